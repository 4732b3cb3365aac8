import { offStatus, type EventElement, type Field, type Inline } from '../../../src/cards/card.ts';
import { assertNever } from '../../../src/errors.ts';
import type { Language } from '../../../src/language/language.ts';
import { button, buttonRow } from './actions.ts';
import { LIMITS } from './limits.ts';
import type { Block, Colour, Column, ColumnSet, TextRun } from './shapes.ts';
import { richText, run, runs, title } from './text.ts';

/** Wide enough for “20–22 Nov” and for most labels; what is left of a phone still holds a title. */
const LEFT_COLUMN = '96px';

/** Names and values, side by side. A name that repeats is said once. */
export function fieldRows(fields: readonly Field[]): readonly ColumnSet[] {
  return fields.map((field, at) => {
    const label = at > 0 && fields[at - 1]?.label === field.label ? ' ' : field.label;
    return row([run(label, { isSubtle: true })], runs(field.value));
  });
}

/** An event with everything that is known of it. */
export function fullEvent(event: EventElement, language: Language): readonly Block[] {
  const relative: Inline[] = event.relative === null ? [] : [` (${event.relative})`];
  const known: Field[] = [
    { label: language.t('fact.when'), value: [event.when, ...relative] },
    ...(event.local === null ? [] : [{ label: language.t('fact.local'), value: [event.local] }]),
    ...(event.place === null ? [] : [{ label: language.t('fact.place'), value: [event.place] }]),
  ];
  const status = event.status === null ? [] : [richText(statusRuns(event.status), { spacing: 'Small' })];
  const parts = partRows(event.comprises, 0);
  const comprises: Block[] =
    parts.length === 0
      ? []
      : [
          {
            type: 'Container',
            style: 'emphasis',
            spacing: 'Medium',
            items: [richText([run(language.t('fact.comprises'), { weight: 'Bolder' })]), ...parts],
          },
        ];
  return [
    title(event.title, 'event'),
    ...status,
    ...fieldRows([...known, ...event.facts]),
    ...comprises,
    ...buttonRow(event.actions, language),
  ];
}

/** An event as one line of a list, its parts below it and further in. Pressing a line opens the event. */
export function eventRows(event: EventElement, indent = 0): readonly Block[] {
  return [eventRow(event, indent), ...partRows(event.comprises, indent + 1)];
}

function partRows(parts: readonly EventElement[], indent: number): readonly Block[] {
  return parts.flatMap((part) => eventRows(part, indent));
}

function eventRow(event: EventElement, indent: number): ColumnSet {
  const place = event.place === null ? [] : [run(`, ${event.place}`, { isSubtle: true })];
  const off = offStatus(event);
  const [way] = event.actions;
  // A screen reader says the name of what a press does in the place of the line, and no line through its words.
  const named = off === null ? event.title : `${off.text}: ${event.title}`;
  const open = way ? button({ ...way, label: `${way.label}: ${named}` }) : null;
  const options = { indent, ...(open === null ? {} : { selectAction: open }) };
  if (off !== null) {
    const what = [...statusRuns({ ...off, text: `${off.text}:` }), run(' '), run(event.title), ...place];
    return row([run(event.shortWhen, { strikethrough: true })], what, options);
  }
  const status = event.status === null ? [] : [run(' '), ...statusRuns(event.status)];
  return row([run(event.shortWhen, { weight: 'Bolder' })], [run(event.title), ...place, ...status], options);
}

interface RowOptions {
  readonly indent?: number;
  readonly selectAction?: ColumnSet['selectAction'];
}

function row(left: readonly TextRun[], right: readonly TextRun[], options: RowOptions = {}): ColumnSet {
  const steps = Math.min(options.indent ?? 0, LIMITS.indents);
  const space: Column[] = steps === 0 ? [] : [{ type: 'Column', width: `${(steps * 12).toString()}px` }];
  return {
    type: 'ColumnSet',
    spacing: 'Small',
    ...(options.selectAction ? { selectAction: options.selectAction } : {}),
    columns: [
      ...space,
      { type: 'Column', width: LEFT_COLUMN, items: [richText(left)] },
      { type: 'Column', width: 'stretch', spacing: 'Small', items: [richText(right)] },
    ],
  };
}

/** A dot in the colour of the status, and its words in the colour of text: yellow words cannot be read on white. */
function statusRuns(status: NonNullable<EventElement['status']>): readonly TextRun[] {
  return [run('●', { color: colourOf(status.code) }), run(' '), run(status.text, { weight: 'Bolder' })];
}

function colourOf(code: NonNullable<EventElement['status']>['code']): Colour {
  switch (code) {
    case 'confirmed':
      return 'Good';
    case 'tentative':
    case 'postponed':
    case 'draft':
      return 'Warning';
    case 'cancelled':
      return 'Attention';
    default:
      return assertNever(code);
  }
}

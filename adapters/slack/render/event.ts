import { offStatus, type EventElement } from '../../../src/cards/card.ts';
import { cleanLine } from '../../../src/clean.ts';
import type { Language } from '../../../src/language/language.ts';
import { mrkdwn } from './block.ts';
import { eventButtons } from './buttons.ts';
import { cut } from './escape.ts';
import { across, columns, labelled, sorted, type Labelled } from './fields.ts';
import { LIMITS } from './limits.ts';
import { code, fit, glue, moment, momentBeside, strong, struck, words, type Span } from './mrkdwn.ts';
import { counted, LINE, type Part } from './part.ts';
import type { Rendering } from './rendering.ts';

/** A title longer than any schedule holds; what is longer cannot be meant for reading. In UTF-16 units. */
const TITLE = 300;

// The sign only helps the eye: the words always stand beside it.
const SIGNS: Readonly<Record<NonNullable<EventElement['status']>['code'], string>> = {
  confirmed: '✅',
  tentative: '❔',
  postponed: '⏸️',
  cancelled: '🚫',
  draft: '📝',
};

/** An event with everything that is known of it: title, when and where in columns, the rest below, its parts, buttons. */
export function fullEvent(event: EventElement, rendering: Rendering): readonly Part[] {
  const { language } = rendering;
  const { short, long } = sorted([...cornerstones(event, language), ...labelled(event.facts, language)]);
  const title = fit([strong(titleOf(event)), glue('  '), code(cut(event.handle, 100))], LIMITS.sectionText);
  const parts = event.comprises.flatMap((part) => eventLines(part, language));
  return [
    counted({
      type: 'section',
      text: mrkdwn(title),
      ...(short.length > 0 ? { fields: short.slice(0, LIMITS.fields) } : {}),
    }),
    ...columns(short.slice(LIMITS.fields)),
    ...long.flatMap(across),
    ...(parts.length > 0
      ? [{ type: 'lines' as const, heading: fit([strong(language.t('fact.comprises'))], LINE), lines: parts }]
      : []),
    ...eventButtons(event.actions, titleOf(event), rendering),
  ];
}

/** An event as a line, its parts as lines further in. */
export function eventLines(event: EventElement, language: Language, depth = 0): readonly string[] {
  // Slack drops plain spaces at the beginning of a line.
  const lead = '\u2003'.repeat(depth) + (depth === 0 ? '• ' : '◦ ');
  return [
    fit([glue(lead), ...lineOf(event, language)], LINE),
    ...event.comprises.flatMap((part) => eventLines(part, language, depth + 1)),
  ];
}

/** The words of an event's line. */
export function lineOf(event: EventElement, language: Language): readonly Span[] {
  const place = cleanLine(event.place ?? '');
  const off = offStatus(event);
  const when = cut(event.shortWhen, TITLE);
  if (off !== null) {
    // Nothing stands beside the date that could be taken for a time to come.
    return [
      strong(`${cut(cleanLine(off.text), TITLE)}:`),
      glue(' '),
      struck(when),
      glue('  '),
      words(titleOf(event)),
      ...(place === '' ? [] : [words(`, ${cut(place, TITLE)}`)]),
      glue('  '),
      code(cut(event.handle, 100)),
    ];
  }
  return [
    strong(when),
    glue('  '),
    words(titleOf(event)),
    ...(place === '' ? [] : [words(`, ${cut(place, TITLE)}`)]),
    ...(event.status === null ? [] : [glue(' '), { open: '_', words: inItalics(event.status.text), close: '_' }]),
    glue('  '),
    code(cut(event.handle, 100)),
    ...momentBeside(event.when, language),
  ];
}

function inItalics(text: string): string {
  return strong(`(${cut(cleanLine(text), TITLE)})`).words;
}

function titleOf({ title, handle }: EventElement): string {
  return cut(cleanLine(title), TITLE) || cleanLine(handle) || '—';
}

/** When, where, and whether it is sure. */
function cornerstones(event: EventElement, language: Language): readonly Labelled[] {
  const { when, relative, local, place, status } = event;
  const own = moment(when, 'whole');
  const localWords = local === null ? [] : [words(local)];
  const yours = [...own, ...(own.length > 0 && localWords.length > 0 ? [glue('\n')] : []), ...localWords];
  const field = (label: string, value: readonly Span[]) =>
    value.some((span) => span.words.trim() !== '') ? [{ label, value }] : [];
  const held = field(
    language.t('fact.status'),
    status === null || cleanLine(status.text) === '' ? [] : [words(`${SIGNS[status.code]} ${status.text}`)],
  );
  const isOff = offStatus(event) !== null;
  return [
    ...(isOff ? held : []),
    ...field(language.t('fact.when'), [words(when.text), words(relative === null ? '' : ` (${relative})`)]),
    ...field(language.t('fact.place'), place === null ? [] : [words(place)]),
    ...field(language.t('fact.local'), yours),
    ...(isOff ? [] : held),
  ];
}

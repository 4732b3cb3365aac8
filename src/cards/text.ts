import { assertNever } from '../errors.ts';
import type { Language } from '../language/language.ts';
import {
  isNamedByLine,
  offStatus,
  typed,
  type Action,
  type ActionsElement,
  type Card,
  type Element,
  type EventElement,
  type Field,
  type FormElement,
  type Inline,
  type MonthElement,
} from './card.ts';
import { cleanLine, cleanText } from '../clean.ts';

/** How a terminal sets words apart; nothing at all for notifications and screen readers. */
export interface TextStyle {
  strong(words: string): string;
  muted(words: string): string;
  code(words: string): string;
  heading(words: string): string;
  warning(words: string): string;
  link(words: string, url: string): string;
}

const same = (words: string) => words;

/** Words only. A link is followed by its address. */
export const plainStyle: TextStyle = {
  strong: same,
  muted: same,
  code: same,
  heading: same,
  warning: same,
  link: (words, url) => (words === url ? url : `${words} <${url}>`),
};

export interface TextOptions {
  readonly language: Language;
  readonly style?: TextStyle;
  /** Columns; lines are broken between words. `Infinity`, when left out: never. */
  readonly width?: number;
  /** Whether pictures can be seen that are made of characters. */
  readonly isDrawn?: boolean;
}

type Rendering = Required<TextOptions>;

/** A card as text: for the terminal, for notifications, for screen readers. Says everything that the card says. */
export function cardText(
  card: Card,
  { language, style = plainStyle, width = Infinity, isDrawn = false }: TextOptions,
): string {
  const rendering: Rendering = { language, style, width, isDrawn };
  const title = card.title === null ? '' : wrap(style.heading(cleanLine(card.title)), width);
  let shown = title;
  for (const [at, element] of card.elements.entries()) {
    const isNextLine = isLine(element) && isLine(card.elements[at - 1]);
    const part = elementText(element, rendering);
    if (part !== '') shown += `${shown === '' ? '' : isNextLine ? '\n' : '\n\n'}${part}`;
  }
  return shown;
}

/** The lines of a list stand close together. */
function isLine(element: Element | undefined): boolean {
  return element?.type === 'event' && element.detail === 'line';
}

function elementText(element: Element, rendering: Rendering): string {
  const { style, width, language, isDrawn } = rendering;
  switch (element.type) {
    case 'text': {
      const words = inlineText(element.content, style);
      return wrap(element.emphasis === 'muted' ? style.muted(words) : words, width);
    }
    case 'heading':
      return style.strong(cleanLine(element.text).toLocaleUpperCase(language.locale));
    case 'fields':
      return fieldLines(element.fields, rendering).join('\n');
    case 'event':
      return element.detail === 'full' ? fullEvent(element, rendering) : eventLines(element, rendering).join('\n');
    case 'list':
      return element.items.map((item) => hanging('• ', inlineText(item, style), width)).join('\n');
    case 'month':
      return monthText(element, rendering);
    case 'actions':
      return actionsText(element, rendering);
    case 'file':
      return isDrawn && element.drawing !== undefined ? element.drawing : style.muted(cleanLine(element.name));
    case 'form':
      return formText(element, rendering);
    default:
      return assertNever(element);
  }
}

function inlineText(content: readonly Inline[], style: TextStyle): string {
  return content
    .map((part) => {
      if (typeof part === 'string') return cleanKeepingEdges(part);
      switch (part.type) {
        case 'date':
          return cleanLine(part.text);
        case 'link':
          return style.link(cleanLine(part.text), cleanLine(part.url));
        case 'code':
          return style.code(cleanLine(part.text));
        case 'strong':
          return style.strong(cleanLine(part.text));
        default:
          return assertNever(part);
      }
    })
    .join('');
}

/** Spaces at the edges of a piece are those between the pieces of a line. */
function cleanKeepingEdges(piece: string): string {
  const before = /^\s/u.test(piece) ? ' ' : '';
  const after = /\S\s$/u.test(piece) ? ' ' : '';
  return before + cleanText(piece) + after;
}

/** Beyond this many columns a label no longer moves the values to the right. */
const WIDEST_LABEL = 30;

function fieldLines(fields: readonly Field[], rendering: Rendering, indent = ''): string[] {
  const { style, width } = rendering;
  const labels = fields.map((field) => cleanLine(field.label));
  const column = Math.min(WIDEST_LABEL, Math.max(0, ...labels.map(columns))) + 2;
  return fields.map((field, at) => {
    const label = labels[at] ?? '';
    const shown = at > 0 && labels[at - 1] === label ? '' : label;
    const lead = indent + style.muted(shown) + ' '.repeat(Math.max(2, column - columns(shown)));
    return hanging(lead, inlineText(field.value, style), width);
  });
}

function fullEvent(event: EventElement, rendering: Rendering): string {
  const { style, width, language } = rendering;
  const relative = event.relative === null ? '' : ` (${cleanLine(event.relative)})`;
  const status: Field[] =
    event.status === null ? [] : [{ label: language.t('fact.status'), value: [event.status.text] }];
  const isOff = offStatus(event) !== null;
  const fields: Field[] = [
    ...(isOff ? status : []),
    { label: language.t('fact.when'), value: [event.when, relative] },
    ...(event.local === null ? [] : [{ label: language.t('fact.local'), value: [event.local] }]),
    ...(event.place === null ? [] : [{ label: language.t('fact.place'), value: [event.place] }]),
    ...(isOff ? [] : status),
    ...event.facts,
  ];
  const title = hanging(
    '',
    `${style.strong(cleanLine(event.title))}  ${style.muted(`[${cleanLine(event.handle)}]`)}`,
    width,
  );
  const parts = event.comprises.flatMap((part) => eventLines(part, rendering, '    '));
  return [
    title,
    ...fieldLines(fields, rendering, '  '),
    ...(parts.length > 0 ? [`  ${style.muted(language.t('fact.comprises'))}`, ...parts] : []),
    ...(event.actions.length > 0 ? [offers(event.actions, rendering, '  ')] : []),
  ].join('\n');
}

function eventLines(event: EventElement, rendering: Rendering, indent = ''): string[] {
  const { style, width } = rendering;
  const when = cleanLine(event.shortWhen);
  // A date that does not hold is not the first thing that is read.
  const off = offStatus(event);
  const first = off === null ? style.strong(when) : `${style.warning(`${cleanLine(off.text)}:`)} ${when}`;
  const lead = `${indent}${first}${' '.repeat(Math.max(2, 16 - columns(first)))}`;
  const status = event.status === null || off !== null ? '' : ` ${style.warning(`(${cleanLine(event.status.text)})`)}`;
  const place = event.place === null ? '' : `, ${cleanLine(event.place)}`;
  const words = `${cleanLine(event.title)}${place}${status}  ${style.muted(`[${cleanLine(event.handle)}]`)}`;
  return [
    hanging(lead, words, width),
    ...event.comprises.flatMap((part) => eventLines(part, rendering, `${indent}    `)),
  ];
}

function monthText(month: MonthElement, rendering: Rendering): string {
  const { style } = rendering;
  const cells = month.weeks
    .flat()
    .map((day) => `${day.isToday ? '*' : ''}${day.day?.toString() ?? ''}${day.marks.join('')}`);
  const column = Math.max(3, ...month.weekdays.map(columns), ...cells.map(columns)) + 1;
  const row = (texts: readonly string[]) =>
    texts
      .map((cell) => cell.padEnd(column))
      .join(' ')
      .trimEnd();
  const weeks = month.weeks.map((_, at) => row(cells.slice(at * 7, at * 7 + 7)));
  const legend = month.legend.flatMap(({ mark, event }) => eventLines(event, rendering, `${mark}  `));
  return [
    style.strong(cleanLine(month.title)),
    style.muted(row(month.weekdays)),
    ...weeks,
    ...(legend.length > 0 ? ['', ...legend] : []),
  ].join('\n');
}

/** Nobody types a token: such a choice is made by its number or its button. */
const TOKEN = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/u;

function actionsText(element: ActionsElement, rendering: Rendering): string {
  const { style, language } = rendering;
  if (element.purpose === 'offer') {
    const lines = element.actions
      .filter(({ note }) => note !== undefined)
      .map((action) => explanation(action, rendering));
    const others = element.actions.filter(({ note }) => note === undefined);
    return [...lines, ...(others.length > 0 ? [offers(others, rendering)] : [])].join('\n');
  }
  return element.actions
    .map((action, at) => {
      const { text: line } = typed(cleanLine(action.run), language);
      const beside = action.run === action.label || TOKEN.test(action.run) ? '' : `  ${style.muted(line)}`;
      return `  ${(at + 1).toString()}. ${cleanLine(action.label)}${beside}`;
    })
    .join('\n');
}

/** What an action is for, with what to type for it: beside it if there is room, otherwise below. */
function explanation(action: Action, rendering: Rendering): string {
  const { style, language, width } = rendering;
  const note = cleanLine(action.note ?? '');
  if (isNamedByLine(action)) {
    return hanging('• ', `${style.code(typed(cleanLine(action.run), language).text)} — ${note}`, width);
  }
  const way = offers([action], { ...rendering, width: Infinity });
  const line = `• ${note}   ${way}`;
  return columns(line) <= width ? line : `${hanging('• ', note, width)}\n  ${way}`;
}

/** Ways to go on beside each other; one that has no room in its line begins the next. */
function offers(actions: ActionsElement['actions'], { style, width, language }: Rendering, lead = ''): string {
  const offered = actions.map(
    ({ label, run }) => `${style.muted(`${cleanLine(label)}:`)} ${style.code(typed(cleanLine(run), language).text)}`,
  );
  return filled(offered, '   ', width - columns(lead))
    .map((line) => lead + line)
    .join('\n');
}

function formText(form: FormElement, { style, width, language }: Rendering): string {
  return form.fields
    .map((field) => {
      const need = field.isRequired ? '' : ` ${style.muted(language.t('form.optional'))}`;
      const value = field.value === null ? '' : `: ${cleanLine(field.value)}`;
      const problem = field.problem === null ? '' : `\n    ${style.warning(cleanLine(field.problem))}`;
      return hanging('• ', `${cleanLine(field.label)}${need}${value}${problem}`, width);
    })
    .join('\n');
}

// Colours (CSI … m) and links (OSC 8) take no room.
// eslint-disable-next-line no-control-regex
const INVISIBLE = /\u001B\[[\d;]*m|\u001B\]8;;[^\u0007\u001B]*(?:\u0007|\u001B\\)/gu;

/** Latin letters and the usual punctuation: each is one character as people count them, whatever stands beside it. */
const SIMPLE = /^[\u0020-\u02ff\u2010-\u2027]*$/u;

// Takes several milliseconds to make, and most answers never need it.
let graphemes: Intl.Segmenter | undefined;

/** How many columns a text takes: one for each character as people count them. */
function columns(words: string): number {
  const visible = words.replace(INVISIBLE, '');
  if (SIMPLE.test(visible)) return visible.length;
  graphemes ??= new Intl.Segmenter();
  return Array.from(graphemes.segment(visible)).length;
}

/** Breaks lines between words so that they fit. */
function wrap(words: string, width: number): string {
  return hanging('', words, width);
}

/** The same with something in front of the first line; the others begin below where its words begin. */
function hanging(lead: string, words: string, width: number): string {
  const room = Math.max(20, width - columns(lead));
  const indent = ' '.repeat(Math.min(columns(lead), WIDEST_LABEL + 4));
  const lines = words.split('\n').flatMap((line) => (room === Infinity ? [line] : broken(line, room)));
  return lines.map((line, at) => (at === 0 ? lead + line : line === '' ? '' : indent + line)).join('\n');
}

function broken(line: string, room: number): string[] {
  return filled(line.split(' '), ' ', room);
}

/** Pieces beside each other in as few lines as have room for them. Each is measured once, however long its line. */
function filled(pieces: readonly string[], between: string, room: number): string[] {
  const lines: string[][] = [];
  let taken = 0;
  for (const piece of pieces) {
    const wide = room === Infinity ? 0 : columns(piece);
    const line = lines.at(-1);
    if (line !== undefined && (taken === 0 || taken + between.length + wide <= room)) {
      line.push(piece);
      taken += (taken === 0 ? 0 : between.length) + wide;
    } else {
      lines.push([piece]);
      taken = wide;
    }
  }
  return lines.map((line) => line.join(between));
}

import type { DateInline, Inline } from '../../../src/cards/card.ts';
import { cleanLine, cleanText } from '../../../src/clean.ts';
import { assertNever } from '../../../src/errors.ts';
import type { Language } from '../../../src/language/language.ts';
import { beginning, cut, escaped, safeUrl, typed, unmarked } from './escape.ts';

/** Words and the marks around them. A cut shortens the words and leaves the marks whole. */
export interface Span {
  readonly open: string;
  /** Not escaped yet, and without anything that is a mark to Slack. */
  readonly words: string;
  readonly close: string;
}

/** Plain words. */
export function words(text: string): Span {
  return { open: '', words: unmarked(keepingEdges(text)), close: '' };
}

/** Spaces, bullets and line ends of our own, as they are. */
export function glue(text: string): Span {
  return { open: '', words: text, close: '' };
}

export function strong(text: string): Span {
  return { open: '*', words: unmarked(cleanLine(text)), close: '*' };
}

/** Words that do not hold any more, with a line through them. */
export function struck(text: string): Span {
  return { open: '~', words: unmarked(cleanLine(text)), close: '~' };
}

/** Something to type. Inside of it only a back-tick and the three control characters mean anything. */
export function code(text: string): Span {
  return { open: '`', words: typed(text), close: '`' };
}

/** A link, or its words and address as text when nobody should follow it from here. */
export function link(text: string, url: string): readonly Span[] {
  const address = safeUrl(url);
  const label = cleanLine(text) || cleanLine(url);
  if (address !== null) return [{ open: `<${address}|`, words: unmarked(label), close: '>' }];
  return [words(label === cleanLine(url) ? label : `${label} (${cleanLine(url)})`)];
}

/** How Slack shows a moment: alone in its place, or inside a line. */
const FORMATS = { whole: '{date_long_pretty} {time}', line: '{date_short_pretty} {time}' } as const;

/**
 * A moment that Slack shows in each reader's own zone and language. What says something where Slack cannot show it are
 * the words. Source: docs.slack.dev/messaging/formatting-message-text, “Date formatting”.
 *
 * @returns nothing for a date that is no exact moment, which must never be shifted
 */
export function moment({ instant, text }: DateInline, format: keyof typeof FORMATS): readonly Span[] {
  const seconds = instant === null ? NaN : Math.floor(Date.parse(instant) / 1000);
  if (!Number.isFinite(seconds)) return [];
  const fallback = cut(unmarked(cleanLine(text)), 150) || '—';
  return [{ open: `<!date^${seconds.toString()}^${FORMATS[format]}|`, words: fallback, close: '>' }];
}

/** The same beside the words of a line: “ (your time: …)”. */
export function momentBeside(date: DateInline, language: Language): readonly Span[] {
  const shown = moment(date, 'line');
  return shown.length === 0 ? [] : [glue(` (${unmarked(language.t('slack.your-time'))} `), ...shown, glue(')')];
}

/** A line of a card. */
export function inline(content: readonly Inline[], language: Language): readonly Span[] {
  return content.flatMap((part) => {
    if (typeof part === 'string') return [words(part)];
    switch (part.type) {
      case 'date':
        return [words(part.text), ...momentBeside(part, language)];
      case 'link':
        return link(part.text, part.url);
      case 'code':
        return [code(part.text)];
      case 'strong':
        return [strong(part.text)];
      default:
        return assertNever(part);
    }
  });
}

/**
 * Writes spans as Slack's markup.
 *
 * @param room UTF-16 units at most; what does not fit becomes “…”
 * @returns `''` when there is nothing to see
 */
export function fit(spans: readonly Span[], room: number): string {
  const all = joined(spans);
  if (all.length <= room) return all.trim() === '' ? '' : all;
  let text = '';
  for (const span of spans) {
    const next = joined([span], text);
    if (text.length + next.length < room) {
      text += next;
      continue;
    }
    const kept = beginning(
      span.words,
      room - 1 - text.length - (next.length - escaped(span.words).length),
      escaped,
    ).trimEnd();
    if (kept !== '') text += joined([{ ...span, words: kept }], text);
    break;
  }
  return `${text}…`;
}

/** The same in as many texts as it takes, broken between words where there are any. */
export function spread(spans: readonly Span[], room: number): readonly string[] {
  const texts: string[] = [];
  let text = '';
  for (const piece of spans.flatMap((span) => pieces(span, Math.floor(room / 4)))) {
    const next = joined([piece], text);
    if (text.length + next.length <= room) text += next;
    else {
      texts.push(text);
      text = fit([piece], room);
    }
  }
  return [...texts, text].map((written) => written.trim()).filter((written) => written !== '');
}

/** What sets words apart. */
const MARKS: ReadonlySet<string> = new Set(['*', '`', '~']);
const WORD_OR_MARK = /[\p{L}\p{N}*`~]/u;

function joined(spans: readonly Span[], before = ''): string {
  let text = '';
  for (const { open, words: inside, close } of spans) {
    if (inside === '') continue;
    const written = open + escaped(inside) + close;
    const last = (text || before).at(-1) ?? '';
    const isMarked = MARKS.has(open) || MARKS.has(last);
    // Slack takes a mark for one only where no word touches it from outside.
    const apart = isMarked && WORD_OR_MARK.test(last) && WORD_OR_MARK.test(written.charAt(0)) ? '\u200b' : '';
    text += apart + written;
  }
  return text;
}

function pieces(span: Span, room: number): readonly Span[] {
  if (escaped(span.words).length <= room) return [span];
  if (span.open !== '') return [{ ...span, words: `${beginning(span.words, room - 1, escaped)}…` }];
  const parts: string[] = [];
  let part = '';
  for (const word of span.words.split(/(?<=\s)/u)) {
    if (part !== '' && escaped(part + word).length > room) {
      parts.push(part);
      part = '';
    }
    part += word;
    while (escaped(part).length > room) {
      const kept = beginning(part, room, escaped) || part.slice(0, room).replace(/[\ud800-\udbff]$/u, '');
      parts.push(kept);
      part = part.slice(kept.length);
    }
  }
  return [...parts, part].map((text) => ({ ...span, words: text }));
}

/** Spaces at the edges of a piece are those between the pieces of a line. */
function keepingEdges(piece: string): string {
  const before = /^\s/u.test(piece) ? ' ' : '';
  const after = /\S\s$/u.test(piece) ? ' ' : '';
  return before + cleanText(piece) + after;
}

import { cleanLine, cleanText } from '../../../src/clean.ts';
import { LIMITS } from './limits.ts';

/** A word joiner: no width, no line break, and the characters on its two sides are no longer neighbours. */
const JOINER = '\u2060';

const graphemes = new Intl.Segmenter();

/** A text of at most so many UTF-16 code units, cut between characters as people count them. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  const near = text.slice(0, max + 64);
  const cut = graphemes.segment(near).containing(max - 1)?.index ?? 0;
  return `${near
    .slice(0, cut === 0 ? max - 1 : cut)
    .toWellFormed()
    .trimEnd()}…`;
}

/**
 * Takes the magic out of what looks like `{{DATE(…)}}` (read even inside a TextRun), a mention or a Markdown link. What
 * is seen stays the same: a character without width stands between the two that would have meant something.
 */
function inert(text: string): string {
  return text
    .replace(/\{(?=\{)/gu, `{${JOINER}`)
    .replace(/\](?=[([])/gu, `]${JOINER}`)
    .replace(/<(?=\/?at\b)/giu, `<${JOINER}`);
}

/** A text of one line for a place that shows letters as they are: a run, a label, a button. */
export function line(text: string, max: number = LIMITS.title): string {
  return inert(clip(cleanLine(text), max));
}

/** The same, of several lines. */
export function lines(text: string, max: number = LIMITS.piece): string {
  return inert(clip(cleanText(text), max));
}

/** The same for a place that one client reads as plain text and another as HTML: tags and entities come apart too. */
export function plain(text: string, max: number): string {
  return lines(text, max)
    .replace(/<(?=[a-z/!?])/giu, `<${JOINER}`)
    .replace(/&(?=[a-z#])/giu, `&${JOINER}`);
}

/**
 * Whether a text means the same with and without Markdown: letters, digits and the punctuation of plain sentences. Only
 * such a text may go into a TextBlock, the only element that can be a heading for screen readers.
 */
export function isWithoutMarkup(text: string): boolean {
  return /^\p{L}(?:[\p{L}\p{M}\p{N} ,;?!’‘“”„«»…–—]|(?<=[\p{L}\p{N}])-(?=[\p{L}\p{N}])|:(?= ))*$/u.test(text);
}

const SCHEMES: readonly string[] = ['http:', 'https:', 'mailto:', 'webcal:'];

/** The address in its normal form, when it is one to follow: http, https, mailto or webcal; `null` otherwise. */
export function safeUrl(url: string): string | null {
  const parsed = URL.parse(cleanLine(url));
  if (parsed === null || !SCHEMES.includes(parsed.protocol)) return null;
  return parsed.href.length <= LIMITS.url ? parsed.href : null;
}

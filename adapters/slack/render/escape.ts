import { cleanLine, cleanText } from '../../../src/clean.ts';
import { LIMITS } from './limits.ts';

const graphemes = new Intl.Segmenter();

/** The characters of a text as people count them, so that no cut falls inside one. */
export function characters(words: string): readonly string[] {
  // Most texts are plain, and the segmenter is slow.
  if (/^[\n -~]*$/u.test(words)) return words.split('');
  return Array.from(graphemes.segment(words), ({ segment }) => segment);
}

/** As many whole characters as fit into so many UTF-16 units once they are written by `write`. */
export function beginning(words: string, room: number, write: (character: string) => string = same): string {
  let kept = '';
  let length = 0;
  // A character is at least one unit long, so nothing after the room's end can fit; a little more keeps the last whole.
  for (const character of characters(words.slice(0, Math.max(0, room) + 64))) {
    length += write(character).length;
    if (length > room) break;
    kept += character;
  }
  return kept;
}

const same = (character: string) => character;

/** A text of at most so many UTF-16 units, ended by “…” when something is left out; never cut inside a character. */
export function cut(words: string, limit: number): string {
  return words.length <= limit ? words : `${beginning(words, limit - 1).trimEnd()}…`;
}

// A word joiner takes no room, breaks no line, and keeps “@here” from being read as a call to everybody. The end of
// the word does not matter: a cut may still come there.
const BROADCAST = /@(?=here|channel|everyone|group)/giu;

/** Words that call nobody. */
function calm(words: string): string {
  return words.replace(BROADCAST, '@\u2060');
}

/** A harmless line for places without markup. */
export function plain(words: string): string {
  return calm(cleanLine(words));
}

/** A harmless line for places where letters have one width and only a back-tick and the control characters matter. */
export function typed(words: string): string {
  return plain(words).replaceAll('`', lookalike);
}

/**
 * `&`, `<` and `>` as Slack asks for them; everything that Slack does on its own begins with one of them.
 * Source: docs.slack.dev/messaging/formatting-message-text, “Escaping text”.
 */
export function escaped(text: string): string {
  return /[&<>]/u.test(text) ? entities(text) : text;
}

function entities(text: string): string {
  return text.replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/>/gu, '&gt;');
}

/** The top-level text of a message: escaped, cut to Slack's limit, never empty. */
export function topLevelText(words: string, instead: string): string {
  const harmless = calm(cleanText(words)) || instead;
  const whole = harmless.length <= LIMITS.text ? escaped(harmless) : null;
  if (whole !== null && whole.length <= LIMITS.text) return whole;
  return `${escaped(beginning(harmless, LIMITS.text - 1, escaped)).trimEnd()}…`;
}

// Slack has no escape for its marks, so each becomes a character that looks the same and means nothing to Slack.
const LOOKALIKES: Readonly<Record<string, string>> = { '*': '∗', _: 'ˍ', '~': '∼', '`': 'ˋ', '>': '＞', ':': '∶' };
const lookalike = (mark: string) => LOOKALIKES[mark] ?? mark;

// An underline inside a word marks nothing: handles, file names and addresses stay as they are.
const MARK = /[*~`]|(?<![a-z0-9])_|_(?![a-z0-9])/giu;
const QUOTE = /(?<=^[^\S\n]*)>/gmu;
// “:tada:”, but not the minutes of 10:30:45.
const EMOJI = /:(?=[\p{L}\p{N}_+'-]+:)(?!(?<=\d:)\d{1,2}:)/gu;

/** Words in which nothing is a mark to Slack any more: neither emphasis, nor code, nor a quote, nor an emoji. */
export function unmarked(words: string): string {
  // Most words hold none of them.
  return /[*_~`>:@]/u.test(words) ? withLookalikes(words) : words;
}

function withLookalikes(words: string): string {
  return calm(words).replace(MARK, lookalike).replace(QUOTE, lookalike).replace(EMOJI, lookalike);
}

const FOLLOWED = new Set(['http:', 'https:', 'webcal:', 'mailto:']);

/**
 * An address ready for a link, or `null` when it is none that people should follow from here: another scheme, a name
 * or password in front of the host, too long for Slack.
 */
export function safeUrl(url: string): string | null {
  const parsed = URL.parse(cleanLine(url));
  if (parsed === null || !FOLLOWED.has(parsed.protocol) || parsed.username !== '' || parsed.password !== '')
    return null;
  const address = parsed.href.replace(/[<>|`\s]/gu, (sign) => encodeURIComponent(sign));
  const sent = address.replace(/&/gu, '&amp;');
  return sent.length <= LIMITS.url ? sent : null;
}

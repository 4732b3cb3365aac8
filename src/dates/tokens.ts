import type { DateWords } from '../language/date-words.ts';
import type { Language } from '../language/language.ts';
import { monthNames, weekdayNames, dateNames } from './names.ts';
import { isoDate } from './calendar-days.ts';

/** What a word of the catalogue may stand for; one word can stand for several things. */
export type WordClass = Exclude<
  keyof DateWords,
  | 'cities'
  | 'zonePatterns'
  | 'ordinals'
  | 'numbers'
  | 'hours'
  | 'evening'
  | 'dayParts'
  | 'am'
  | 'pm'
  | 'months'
  | 'weekdays'
>;

/** A date in digits. `month` and `day` are as written: the calendar may not have them. */
export interface DigitDate {
  readonly type: 'date';
  /** `null`: not written. */
  readonly year: number | null;
  readonly month: number;
  readonly day: number;
}

/** A piece of a date as written. */
export type DateToken =
  | DigitDate
  | { readonly type: 'year-month'; readonly year: number; readonly month: number }
  | { readonly type: 'number'; readonly value: number; readonly isYear: boolean; readonly isOrdinal: boolean }
  | { readonly type: 'month'; readonly month: number }
  | { readonly type: 'weekday'; readonly weekday: number }
  | { readonly type: 'word'; readonly classes: readonly WordClass[]; readonly number: number | null }
  /** Minutes after midnight; `null`: the clock has no such time. */
  | {
      readonly type: 'clock';
      readonly minutes: number | null;
      readonly half: 'am' | 'pm' | null;
      readonly text: string;
    }
  | { readonly type: 'dash' };

/** Whether `04/12` is 4 December or 12 April. */
export type DigitOrder = 'day-first' | 'month-first';

/** Dates in digits whose order nobody can tell from the form: with slashes, or with dashes and the year last. */
export const UNORDERED = /(?<![\d/.])(\d{1,2})(?:\/(\d{1,2})(?:\/(\d{4}|\d{2}))?|-(\d{1,2})-(\d{4}))(?![\d/])/gu;

interface Vocabulary {
  /** Folded phrase → token; the longest phrase that fits is taken. */
  readonly phrases: ReadonlyMap<string, DateToken>;
  readonly longest: number;
  readonly ordinals: RegExp;
  readonly clock: RegExp;
  readonly am: ReadonlySet<string>;
}

const vocabularies = new Map<string, Vocabulary>();

/** Without case, accents, odd digits and odd dashes. */
export function foldDate(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/gu, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
    .replace(/\p{Pd}|\u2212/gu, '-')
    .replace(/[\u200e\u200f]/gu, '')
    .replace(/\p{Extended_Pictographic}/gu, ' ')
    .toLowerCase()
    .trim();
}

/** Cuts a text into the pieces of a date; `null` when something in it is none. The text is folded. */
export function dateTokens(folded: string, language: Language, order: DigitOrder): readonly DateToken[] | null {
  const vocabulary = vocabularyOf(language);
  const tokens: DateToken[] = [];
  let rest = folded;
  for (;;) {
    rest = rest.replace(/^[\s,;]+/u, '');
    if (rest === '') return tokens;
    const piece = firstPiece(rest, order, vocabulary);
    if (!piece) return null;
    if (piece.token) tokens.push(piece.token);
    rest = rest.slice(piece.length);
  }
}

/** Whether a date may begin where a text begins: a look that costs far less than reading one. The text is folded. */
export function mayBeginDate(folded: string, language: Language): boolean {
  return firstPiece(folded, 'day-first', vocabularyOf(language)) !== null;
}

function firstPiece(text: string, order: DigitOrder, vocabulary: Vocabulary): Piece | null {
  return digits(text, order, vocabulary) ?? phrase(text, vocabulary) ?? number(text, vocabulary);
}

interface Piece {
  readonly token: DateToken | null;
  readonly length: number;
}

function digits(text: string, order: DigitOrder, { clock, am }: Vocabulary): Piece | null {
  // ISO 8601 writes a slash between the two ends of an interval.
  if (text.startsWith('-') || /^\/\d{4}-/u.test(text)) return { token: { type: 'dash' }, length: 1 };
  if (!/^\d/u.test(text)) return null;
  const read = (pattern: RegExp) => pattern.exec(text);
  let match = read(/^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)(?:t(?=\d))?/u);
  if (match) return piece(match, date(match[1], match[3], match[4]));
  match = read(/^(\d{4})-(\d{1,2})(?![\d-])/u);
  if (match) return piece(match, { type: 'year-month', year: Number(match[1]), month: Number(match[2]) });
  match = read(clock);
  if (match) {
    const half = match[3] === undefined ? null : am.has(match[3].replaceAll('.', '')) ? 'am' : 'pm';
    return piece(match, { type: 'clock', minutes: minutesOf(match[1], match[2], half), half, text: match[0] });
  }
  match = read(/^(\d{1,2})(?::(\d{2})|h(\d{2})?)(?![\d:\p{L}])/u);
  if (match) {
    return piece(match, {
      type: 'clock',
      minutes: minutesOf(match[1], match[2] ?? match[3], null),
      half: null,
      text: match[0],
    });
  }
  match = read(/^(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d{2}(?!\d))?)?(?![\d:])/u);
  if (match) return piece(match, date(match[3], match[2], match[1]));
  match = read(/^(\d{1,2})\/(\d{4})(?![\d/])/u);
  if (match) return piece(match, { type: 'year-month', year: Number(match[2]), month: Number(match[1]) });
  match = new RegExp(`^${UNORDERED.source}`, 'u').exec(text);
  if (!match) return null;
  const [first, second, year] = [match[1], match[2] ?? match[4], match[3] ?? match[5]];
  return piece(match, order === 'day-first' ? date(year, second, first) : date(year, first, second));
}

function phrase(text: string, { phrases, longest }: Vocabulary): Piece | null {
  for (let length = Math.min(longest, text.length); length > 0; length -= 1) {
    const token = phrases.get(text.slice(0, length));
    if (!token) continue;
    // A dot may close an abbreviation; a letter would go on with another word.
    const after = text.slice(length);
    if (
      /^[\p{L}\p{N}]/u.test(after) &&
      /[\p{L}\p{N}]$/u.test(text.slice(0, length)) &&
      !/^\p{Script=Han}/u.test(text)
    ) {
      continue;
    }
    return { token, length: after.startsWith('.') ? length + 1 : length };
  }
  return null;
}

function number(text: string, { ordinals }: Vocabulary): Piece | null {
  const match = ordinals.exec(text);
  if (!match) return null;
  const written = match[1] ?? '';
  return piece(match, {
    type: 'number',
    value: Number(written),
    isYear: written.length === 4,
    isOrdinal: /\p{L}$/u.test(match[0]),
  });
}

function piece(match: RegExpExecArray, token: DateToken): Piece {
  return { token, length: match[0].length };
}

function date(year: string | undefined, month: string | undefined, day: string | undefined): DateToken {
  const written = year === undefined ? null : Number(year);
  const full = written !== null && year?.length === 2 ? 2000 + written : written;
  return { type: 'date', year: full, month: Number(month), day: Number(day) };
}

function minutesOf(hours: string | undefined, minutes: string | undefined, half: 'am' | 'pm' | null): number | null {
  const [hour, minute] = [Number(hours), Number(minutes ?? 0)];
  if (minute > 59) return null;
  if (half === null) return hour > 23 ? null : hour * 60 + minute;
  return hour < 1 || hour > 12 ? null : ((hour % 12) + (half === 'pm' ? 12 : 0)) * 60 + minute;
}

function vocabularyOf(language: Language): Vocabulary {
  let vocabulary = vocabularies.get(language.tag);
  if (!vocabulary) {
    vocabulary = createVocabulary(language);
    vocabularies.set(language.tag, vocabulary);
  }
  return vocabulary;
}

function createVocabulary({ locale, dates }: Language): Vocabulary {
  const phrases = new Map<string, DateToken>();
  const add = (name: string, token: DateToken) => phrases.set(foldDate(name).replace(/\.$/u, ''), token);

  const byWord = new Map<string, WordClass[]>();
  for (const [key, words] of Object.entries(dates)) {
    if (!Array.isArray(words) || ['zonePatterns', 'ordinals', 'hours', 'evening', 'dayParts', 'am', 'pm'].includes(key))
      continue;
    for (const word of words as readonly string[]) {
      const folded = foldDate(word);
      byWord.set(folded, [...(byWord.get(folded) ?? []), key as WordClass]);
    }
  }
  for (const [word, classes] of byWord) add(word, { type: 'word', classes, number: dates.numbers[word] ?? null });
  for (const [word, value] of Object.entries(dates.numbers)) {
    if (!byWord.has(word)) add(word, { type: 'word', classes: [], number: value });
  }

  for (const style of ['short', 'long'] as const) {
    weekdayNames(locale, style).forEach((name, at) => add(name, { type: 'weekday', weekday: at + 1 }));
    monthNames(locale, style).forEach((name, at) => {
      const token: DateToken = { type: 'month', month: at + 1 };
      add(name, token);
      // Inside a date, many languages put the month in another case.
      add(dateNames(isoDate(1970, at + 1, 1), locale, style).month, token);
    });
  }
  for (const [name, month] of Object.entries(dates.months)) add(name, { type: 'month', month });
  for (const [name, weekday] of Object.entries(dates.weekdays)) add(name, { type: 'weekday', weekday });

  const halves = [...dates.am, ...dates.pm].map((word) => word.replace(/./gu, '$&\\.?')).join('|');
  return {
    phrases,
    longest: Math.max(...[...phrases.keys()].map((name) => name.length)),
    ordinals: new RegExp(`^(\\d{1,2}|\\d{4})(?:${[...dates.ordinals, '\\.(?=\\s)'].join('|')})?(?![\\d\\p{L}:/])`, 'u'),
    clock: new RegExp(`^(\\d{1,2})(?:[:.](\\d{2}))?\\s*(${halves || '(?!)'})(?![\\p{L}\\p{N}])`, 'u'),
    am: new Set(dates.am),
  };
}

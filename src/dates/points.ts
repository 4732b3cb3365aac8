import type { DateToken, WordClass } from './tokens.ts';
import type { Precision } from '../schedule/when.ts';

/** A date or a stretch of dates as written: what is not said is `null`. */
export type Point =
  | DayPoint
  | { readonly unit: 'week'; readonly day: DayPoint }
  | MonthPoint
  | { readonly unit: 'year'; readonly year: number }
  /** A unit so many away from the present one: `next week` is 1 week away. */
  | { readonly unit: 'away'; readonly of: Unit; readonly amount: number }
  /** From now so many units on, or back when negative: `next 10 days`. */
  | { readonly unit: 'stretch'; readonly of: Unit; readonly amount: number }
  | { readonly unit: 'weekday'; readonly weekday: number; readonly which: Which }
  /** A weekday of the week so many away from the present one: `Tuesday next week`. */
  | { readonly unit: 'weekday-of-week'; readonly weekday: number; readonly weeks: number };

/** A day of the calendar. Without a month it is the first or the last of a range: the 6 of `6–8 November`. */
export interface DayPoint {
  readonly unit: 'day';
  readonly year: number | null;
  readonly month: number | null;
  readonly day: number;
  readonly weekday: number | null;
  /** Said as “the 6th”: alone, it is the nearest one. */
  readonly isOrdinal?: true;
}

export interface MonthPoint {
  readonly unit: 'month';
  readonly year: number | null;
  readonly month: number;
  /** `next December`; `null`: the nearest in the direction of the context. */
  readonly which: Which;
}

export type Unit = Exclude<Precision, 'time'>;
export type Which = 'this' | 'next' | 'last' | null;

/** How many points a phrase has, and how they hang together. */
export type Phrase =
  | { readonly kind: 'one'; readonly point: Point }
  | { readonly kind: 'range'; readonly first: Point; readonly last: Point; readonly isAdjacent: boolean }
  | { readonly kind: 'from' | 'since' | 'after' | 'before' | 'until'; readonly point: Point };

interface Read<T> {
  readonly value: T;
  readonly next: number;
}

const UNITS = ['day', 'week', 'month', 'year'] as const;

/** How many are meant by “the coming weeks”. */
const SEVERAL = { day: 7, week: 4, month: 3, year: 3 } as const;

/** Reads all the tokens as one phrase; `null` when they are none. */
export function readPhrase(tokens: readonly DateToken[]): Phrase | null {
  const at = skipNoise(tokens, 0);
  for (const kind of ['from', 'since', 'after', 'before', 'until'] as const) {
    if (!isWord(tokens[at], kind)) continue;
    const range: Phrase | null = kind === 'from' ? readRange(tokens, at + 1) : null;
    if (range) return range;
    const point = readPoint(tokens, at + 1);
    if (point?.next === tokens.length) return { kind, point: point.value };
  }
  if (isWord(tokens[at], 'between')) return readRange(tokens, at + 1, true);
  const range = readRange(tokens, 0);
  if (range) return range;
  const point = readPoint(tokens, 0);
  return point?.next === tokens.length ? { kind: 'one', point: point.value } : null;
}

function readRange(tokens: readonly DateToken[], at: number, isBetween = false): Phrase | null {
  const first = readPoint(tokens, at);
  if (!first) return null;
  const joint = tokens[first.next];
  const isAnd = isWord(joint, 'and');
  if (!isAnd && joint?.type !== 'dash' && !isWord(joint, 'to')) return null;
  const last = readPoint(tokens, first.next + 1);
  if (last?.next !== tokens.length) return null;
  return { kind: 'range', first: first.value, last: last.value, isAdjacent: isAnd && !isBetween };
}

function readPoint(tokens: readonly DateToken[], start: number): Read<Point> | null {
  const at = skipNoise(tokens, start);
  const token = tokens[at];
  if (!token) return null;
  if (isWord(token, 'weekOf')) {
    const day = readDay(tokens, skipNoise(tokens, at + 1));
    return day && { value: { unit: 'week', day: day.value }, next: day.next };
  }
  // “in” is noise before a month, but not before a number of units.
  const count = readCount(tokens, start) ?? readCount(tokens, at);
  return (
    readWeekdayOfWeek(tokens, at) ??
    count ??
    readSeveral(tokens, at) ??
    readDay(tokens, at) ??
    readRelative(tokens, at) ??
    readMonth(tokens, at) ??
    readYear(tokens, at)
  );
}

/** `in two weeks`, `two weeks ago`, `next 10 days`. */
function readCount(tokens: readonly DateToken[], at: number): Read<Point> | null {
  const first = tokens[at];
  const which = whichOf(first);
  const hasWord = isWord(first, 'in') || which === 'next' || which === 'last';
  const amount = countOf(tokens[hasWord ? at + 1 : at]);
  const of = unitOf(tokens[hasWord ? at + 2 : at + 1]);
  if (amount === null || of === null) return null;
  if (isWord(first, 'in')) return { value: { unit: 'away', of, amount }, next: at + 3 };
  if (hasWord) return { value: { unit: 'stretch', of, amount: which === 'last' ? -amount : amount }, next: at + 3 };
  return isWord(tokens[at + 2], 'ago') ? { value: { unit: 'away', of, amount: -amount }, next: at + 3 } : null;
}

/** `the coming weeks`, `next few days`, `last months`. */
function readSeveral(tokens: readonly DateToken[], at: number): Read<Point> | null {
  const which = whichOf(tokens[at]);
  const unit = isWord(tokens[at + 1], 'few') ? at + 2 : at + 1;
  const of = unitOf(tokens[unit]);
  if (which === null || of === null || !isWord(tokens[unit], 'several')) return null;
  return { value: { unit: 'stretch', of, amount: which === 'last' ? -SEVERAL[of] : SEVERAL[of] }, next: unit + 1 };
}

/** `Tuesday next week`, `next week on Tuesday`. */
function readWeekdayOfWeek(tokens: readonly DateToken[], at: number): Read<Point> | null {
  const isAhead = tokens[at]?.type === 'weekday';
  const which = isAhead ? skipNoise(tokens, at + 1) : at;
  const day = isAhead ? at : skipNoise(tokens, at + 2);
  const weekday = tokens[day];
  const amount = amountOf(whichOf(tokens[which]));
  if (weekday?.type !== 'weekday' || amount === null || unitOf(tokens[which + 1]) !== 'week') return null;
  const next = isAhead ? which + 2 : day + 1;
  return { value: { unit: 'weekday-of-week', weekday: weekday.weekday, weeks: amount }, next };
}

/** A day, with its weekday before it or not, the month before or after its number. */
function readDay(tokens: readonly DateToken[], start: number): Read<DayPoint> | null {
  const named = tokens[start];
  const weekday = named?.type === 'weekday' ? named.weekday : null;
  const at = weekday === null ? start : skipNoise(tokens, start + 1);
  const token = tokens[at];
  if (token?.type === 'date') {
    const { year, month, day } = token;
    return { value: { unit: 'day', year, month, day, weekday }, next: at + 1 };
  }
  if (token?.type === 'month') {
    const next = skipNoise(tokens, at + 1);
    const number = dayNumberOf(tokens[next]);
    if (number === null) return null;
    return withYear(tokens, next + 1, (year) => ({ unit: 'day', year, month: token.month, day: number, weekday }));
  }
  const day = dayNumberOf(token);
  if (day === null) return null;
  const next = skipNoise(tokens, at + 1);
  const month = tokens[next];
  if (month?.type !== 'month') {
    const isOrdinal = token?.type === 'number' && token.isOrdinal;
    return withYear(tokens, at + 1, (year) => ({
      unit: 'day',
      year,
      month: null,
      day,
      weekday,
      ...(isOrdinal && { isOrdinal }),
    }));
  }
  return withYear(tokens, next + 1, (year) => ({ unit: 'day', year, month: month.month, day, weekday }));
}

/** `today`, `next week`, `Friday`, `next Tuesday`. */
function readRelative(tokens: readonly DateToken[], at: number): Read<Point> | null {
  const token = tokens[at];
  for (const [word, amount] of [
    ['today', 0],
    ['tomorrow', 1],
    ['yesterday', -1],
    ['dayAfterTomorrow', 2],
    ['dayBeforeYesterday', -2],
  ] as const) {
    if (isWord(token, word)) return { value: { unit: 'away', of: 'day', amount }, next: at + 1 };
  }
  if (token?.type === 'weekday') {
    const which = whichOf(tokens[at + 1]);
    return { value: { unit: 'weekday', weekday: token.weekday, which }, next: which === null ? at + 1 : at + 2 };
  }
  // Some languages say “week next”.
  const isBefore = whichOf(token) !== null;
  const which = whichOf(isBefore ? token : tokens[at + 1]);
  const other = isBefore ? tokens[at + 1] : token;
  const amount = amountOf(which);
  if (amount === null) return null;
  const of = unitOf(other);
  if (of !== null) return { value: { unit: 'away', of, amount }, next: at + 2 };
  if (other?.type === 'weekday') return { value: { unit: 'weekday', weekday: other.weekday, which }, next: at + 2 };
  if (other?.type !== 'month') return null;
  return { value: { unit: 'month', year: null, month: other.month, which }, next: at + 2 };
}

function readMonth(tokens: readonly DateToken[], at: number): Read<Point> | null {
  const token = tokens[at];
  if (token?.type === 'year-month') {
    return { value: { unit: 'month', year: token.year, month: token.month, which: null }, next: at + 1 };
  }
  if (token?.type !== 'month') return null;
  return withYear(tokens, at + 1, (year) => ({ unit: 'month', year, month: token.month, which: null }));
}

function readYear(tokens: readonly DateToken[], at: number): Read<Point> | null {
  const token = tokens[at];
  if (token?.type !== 'number' || !token.isYear) return null;
  return { value: { unit: 'year', year: token.value }, next: at + 1 };
}

function withYear<T>(tokens: readonly DateToken[], at: number, build: (year: number | null) => T): Read<T> {
  const found = skipNoise(tokens, at);
  const token = tokens[found];
  if (token?.type === 'number' && token.isYear) return { value: build(token.value), next: found + 1 };
  return { value: build(null), next: at };
}

/** Whether the token is a word of that class. */
export function isWord(token: DateToken | undefined, name: WordClass): boolean {
  return token?.type === 'word' && token.classes.includes(name);
}

function skipNoise(tokens: readonly DateToken[], start: number): number {
  let at = start;
  while (isWord(tokens[at], 'noise')) at += 1;
  return at;
}

function whichOf(token: DateToken | undefined): Which {
  return (['this', 'next', 'last'] as const).find((which) => isWord(token, which)) ?? null;
}

/** How many units away “this”, “next” and “last” are. */
function amountOf(which: Which): number | null {
  if (which === null) return null;
  return { this: 0, next: 1, last: -1 }[which];
}

function unitOf(token: DateToken | undefined): Unit | null {
  return UNITS.find((unit) => isWord(token, unit)) ?? null;
}

function countOf(token: DateToken | undefined): number | null {
  if (token?.type === 'number') return token.value;
  return token?.type === 'word' ? token.number : null;
}

function dayNumberOf(token: DateToken | undefined): number | null {
  return token?.type === 'number' && !token.isYear ? token.value : null;
}

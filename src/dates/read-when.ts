import { addDays, mondayOf } from './calendar-days.ts';
import type { Language } from '../language/language.ts';
import { withFullTimes } from './bare-times.ts';
import { LONGEST, readOrders } from './orders.ts';
import type { OneReading, OrdersReading } from './orders.ts';
import { isWord, readPhrase } from './points.ts';
import type { Phrase } from './points.ts';
import { stretchOf } from './ranges.ts';
import type { DateProblem, DateStretch, Present } from './ranges.ts';
import type { DateToken } from './tokens.ts';
import { presentOf } from './read-period.ts';
import type { DateContext } from './read-period.ts';
import { checkWhen, isDoubled } from '../schedule/when.ts';
import type { When } from '../schedule/when.ts';
import { splitZone } from './written-zone.ts';

/** What the time of an event as written means. `isDoubled`: the clocks show it twice, and the first is taken. */
export type WhenReading =
  | { readonly when: When; readonly isDoubled: boolean }
  | { readonly ambiguous: readonly { readonly when: When; readonly rewritten: string }[] }
  | { readonly problem: DateProblem }
  | null;

/** A time that ends before it starts is taken to end on the next day when it lasts less than this. */
const LONGEST_NIGHT = 12 * 60;

/**
 * Reads the time of an event as people write it: `8 Nov 15:00-16:30`, `tomorrow 9am`, `6-8 November`, `week of 6
 * November`, `December 2018`. It is in the zone written behind it (`New York time`, `Asia/Bangkok`, `UTC`), otherwise
 * in `place`, the IANA zone of the event; “today” is the writer's. What {@link whenInWords} says is read back as it was.
 */
export function readWhen(text: string, context: DateContext & { readonly place: string }): WhenReading {
  const present = presentOf(context);
  const split = splitZone(text, context.language);
  if ('problem' in split) return split;
  const zone = split.zone ?? context.place;
  const readText = (rest: string) =>
    readOrders(rest, present, context.language, (tokens) => {
      const read = readTokens(tokens, present);
      if (!read || 'problem' in read) return read;
      const checked = checkWhen({ ...read.value, zone });
      return 'when' in checked ? { value: checked.when } : { problem: checked.problem };
    });
  const reading = readTimes(split.rest, context.language, readText);
  if (!reading || 'problem' in reading) return reading;
  if ('value' in reading) return { when: reading.value, isDoubled: isDoubled(reading.value) };
  const zoneText = split.zone === null ? '' : ` ${split.zone}`;
  return {
    ambiguous: reading.ambiguous.map(({ value, rewritten }) => ({ when: value, rewritten: rewritten + zoneText })),
  };
}

/**
 * Reads a text as it stands, or, where that is no date, with its times in full. “At 3” reads two ways: what people call 3
 * is mostly in the afternoon, but 03:00 is what it says.
 */
function readTimes(text: string, language: Language, read: (text: string) => OrdersReading<When>): OrdersReading<When> {
  const asItStands = read(text);
  // A number that is out of reach as a year is a time: “8 Nov 1530 hrs”.
  const isDate = asItStands && !('problem' in asItStands && asItStands.problem.code === 'year-out-of-range');
  if (isDate || text.length > LONGEST) return asItStands;
  for (const texts of withFullTimes(text, language)) {
    const readings = texts.flatMap((rewritten) => {
      const reading = read(rewritten);
      if (!reading || 'problem' in reading) return [];
      return 'ambiguous' in reading ? reading.ambiguous : [{ value: reading.value, rewritten }];
    });
    const [only] = readings;
    if (only) return readings.length === 1 ? { value: only.value } : { ambiguous: readings };
  }
  return asItStands;
}

type Local = Omit<When, 'zone'>;
type Clock = Extract<DateToken, { type: 'clock' }>;

function readTokens(given: readonly DateToken[], present: Present): OneReading<Local> {
  const tokens = withClocks(given.filter((token) => !isWord(token, 'tentative')));
  const clocks = tokens.flatMap((token, at) => (token.type === 'clock' ? [{ clock: token, at }] : []));
  const wrong = clocks.find(({ clock }) => clock.minutes === null);
  if (wrong) return { problem: { code: 'no-such-time', text: wrong.clock.text } };
  const [first, last] = clocks;
  if (clocks.length > 2) return null;
  if (!first) return dates(tokens, present);
  if (!last) return openTime(tokens, first.at, present);
  if (last.at === first.at + 2 && isJoint(tokens[first.at + 1])) return hours(tokens, first.at, present);
  return isJoint(tokens[first.at + 1]) ? dayToDay(tokens, first.at, last.at, present) : null;
}

/** Dates without a time of day. */
function dates(tokens: readonly DateToken[], present: Present): OneReading<Local> {
  const stretch = closedStretch(readPhrase(tokens), present);
  if (!stretch || 'problem' in stretch) return stretch;
  const { unit, first, last } = stretch;
  switch (unit) {
    case 'day':
      return { value: { precision: 'day', start: first, end: last } };
    case 'week':
      return { value: { precision: 'week', start: first, end: mondayOf(last) } };
    case 'month':
      return { value: { precision: 'month', start: first.slice(0, 7), end: last.slice(0, 7) } };
    case 'year':
      return { value: { precision: 'year', start: first.slice(0, 4), end: last.slice(0, 4) } };
    case null:
      return null;
  }
}

function openTime(tokens: readonly DateToken[], at: number, present: Present): OneReading<Local> {
  const stretch = closedStretch(readPhrase(without(tokens, at, at + 1)), present);
  if (!stretch || 'problem' in stretch) return stretch;
  if (stretch.unit !== 'day' || stretch.first !== stretch.last) return null;
  return { value: { precision: 'time', start: wall(stretch.first, minutesAt(tokens, at)), end: null } };
}

/** One pair of times: of one day, or from the first day to the last. */
function hours(tokens: readonly DateToken[], at: number, present: Present): OneReading<Local> {
  const stretch = closedStretch(readPhrase(without(tokens, at, at + 3)), present);
  if (!stretch || 'problem' in stretch) return stretch;
  if (stretch.unit !== 'day') return null;
  const { first } = stretch;
  const [start, end] = [minutesAt(tokens, at), minutesAt(tokens, at + 2)];
  const isOvernight = stretch.last === first && end < start && 24 * 60 - start + end < LONGEST_NIGHT;
  const last = isOvernight ? addDays(first, 1) : stretch.last;
  return { value: { precision: 'time', start: wall(first, start), end: wall(last, end) } };
}

/** Each time with its own day. */
function dayToDay(tokens: readonly DateToken[], at: number, lastAt: number, present: Present): OneReading<Local> {
  const first = readPhrase(without(tokens.slice(0, at + 1), at, at + 1));
  const last = readPhrase(without(tokens.slice(at + 2), lastAt - at - 2, lastAt - at - 1));
  if (first?.kind !== 'one' || last?.kind !== 'one') return null;
  const range: Phrase = { kind: 'range', first: first.point, last: last.point, isAdjacent: false };
  const stretch = stretchOf(range, present);
  if (!stretch || 'problem' in stretch) return stretch;
  if (stretch.unit !== 'day') return null;
  return {
    value: {
      precision: 'time',
      start: wall(stretch.first, minutesAt(tokens, at)),
      end: wall(stretch.last, minutesAt(tokens, lastAt)),
    },
  };
}

function closedStretch(phrase: Phrase | null, present: Present): DateStretch | { problem: DateProblem } | null {
  return phrase?.kind === 'one' || phrase?.kind === 'range' ? stretchOf(phrase, present) : null;
}

/** The tokens without those from `start` to before `end`, nor the words that only lead to them: “at”, “from”. */
function without(tokens: readonly DateToken[], start: number, end: number): readonly DateToken[] {
  let from = start;
  while (from > 0 && (['at', 'from', 'between', 'noise'] as const).some((word) => isWord(tokens[from - 1], word))) {
    from -= 1;
  }
  return [...tokens.slice(0, from), ...tokens.slice(end)];
}

/** Words such as “noon” become times, and `3-4:30pm` gets its other “pm”. */
function withClocks(given: readonly DateToken[]): readonly DateToken[] {
  const tokens = given.map((token): DateToken => {
    if (isWord(token, 'noon')) return { type: 'clock', minutes: 12 * 60, half: 'pm', text: '12:00' };
    if (isWord(token, 'midnight')) return { type: 'clock', minutes: 0, half: 'am', text: '00:00' };
    return token;
  });
  return tokens.map((token, at) => {
    if (isJoint(tokens[at + 1])) {
      const other = tokens[at + 2];
      if (other?.type === 'clock' && other.half !== null) return inHalf(token, other, (own, last) => own < last);
    }
    const before = tokens[at - 2];
    const isDay = token.type === 'number' && tokens[at + 1]?.type === 'month';
    if (!isDay && isJoint(tokens[at - 1]) && before?.type === 'clock' && before.half !== null) {
      return inHalf(token, before, (own, first) => own > first);
    }
    return token;
  });
}

/** A time without its half of the day, in the other's half when that puts the two in order. */
function inHalf(token: DateToken, other: Clock, isInOrder: (own: number, other: number) => boolean): DateToken {
  const isBareHour = token.type === 'number' && !token.isYear && token.value >= 1 && token.value <= 12;
  const isBareClock = token.type === 'clock' && token.half === null && token.minutes !== null;
  if ((!isBareHour && !isBareClock) || other.minutes === null) return token;
  const minutes = isBareHour ? (token.value % 12) * 60 : ((token as Clock).minutes ?? 0);
  const text = isBareHour ? String(token.value) : (token as Clock).text;
  const options = other.half === 'pm' ? [(minutes % 720) + 720, minutes] : [minutes, (minutes % 720) + 720];
  const own = options.find((option) => isInOrder(option, other.minutes ?? 0)) ?? minutes;
  if (isBareClock && minutes >= 13 * 60) return token;
  return { type: 'clock', minutes: own, half: own >= 720 ? 'pm' : 'am', text };
}

function isJoint(token: DateToken | undefined): boolean {
  return token?.type === 'dash' || isWord(token, 'to') || isWord(token, 'and');
}

function minutesAt(tokens: readonly DateToken[], at: number): number {
  const token = tokens[at];
  return token?.type === 'clock' ? (token.minutes ?? 0) : 0;
}

function wall(date: string, minutes: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

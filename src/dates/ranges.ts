import {
  addDays,
  addMonths,
  dateOfDay,
  dayNumber,
  isoDate,
  isoMonth,
  isRealDate,
  lastDayOfMonth,
  mondayOf,
  partsOf,
  weekdayOf,
} from './calendar-days.ts';
import type { DayPoint, MonthPoint, Phrase, Point, Unit, Which } from './points.ts';
import { FIRST_YEAR, LAST_YEAR } from '../schedule/when.ts';
import type { WhenProblem } from '../schedule/when.ts';

/** What is wrong with a date as written: `dateProblemInWords` has the sentences. */
export type DateProblem =
  | WhenProblem
  /** The weekday that was written is not the date's. Weekdays are 1 for Monday to 7 for Sunday. */
  | { readonly code: 'other-weekday'; readonly date: string; readonly written: number; readonly real: number };

/** From which day a date is read, and where one without a year is looked for: the present month counts both ways. */
export interface Present {
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly direction: 'future' | 'past';
}

/** Calendar dates, both ends in them, and what they were said as; `null` is a stretch that is no whole unit. */
export interface DateStretch {
  readonly unit: Unit | null;
  readonly first: string;
  readonly last: string;
}

export type StretchReading = DateStretch | { readonly problem: DateProblem } | null;

/** The dates of a point, or of the range between two. Open phrases are for the caller to open. */
export function stretchOf(phrase: Phrase, present: Present): StretchReading {
  // “Since June” looks back, whatever is asked for.
  if (phrase.kind === 'since') return pointStretch(phrase.point, { ...present, direction: 'past' });
  if (phrase.kind !== 'range') return pointStretch(phrase.point, present);
  const weeks = weekRange(phrase, present);
  if (weeks) return weeks;
  const filled = fillRange(phrase.first, phrase.last, present);
  if (!filled) return null;
  const first = pointStretch(filled.first, present);
  if (!first || 'problem' in first) return first;
  const last = pointStretch(filled.last, present);
  if (!last || 'problem' in last) return last;
  if (last.last < first.first) {
    return { problem: { code: 'end-before-start', start: first.first, end: last.last } };
  }
  // “6 and 7 November” is a range, “6 and 8 November” would be one with a hole.
  if (phrase.isAdjacent && addDays(first.last, 1) !== last.first) return null;
  return { unit: first.unit === last.unit ? first.unit : null, first: first.first, last: last.last };
}

/** `weeks of 6 to 13 November`: the weeks of a range of days. */
function weekRange({ first, last }: Extract<Phrase, { kind: 'range' }>, present: Present): StretchReading {
  if (first.unit !== 'week') return null;
  const end = last.unit === 'week' ? last.day : last;
  const days = stretchOf({ kind: 'range', first: first.day, last: end, isAdjacent: false }, present);
  if (!days || 'problem' in days || days.unit !== 'day') return days;
  return { unit: 'week', first: mondayOf(days.first), last: weekStretch(days.last).last };
}

type Dated = DayPoint | MonthPoint;

/** Gives each end of a range what only the other says: the month and the year. */
function fillRange(first: Point, last: Point, present: Present): { first: Point; last: Point } | null {
  if (first.unit === 'weekday' && last.unit === 'weekday-of-week' && first.which === null) {
    return { first: { ...last, weekday: first.weekday }, last };
  }
  if (first.unit === 'weekday' && last.unit === 'weekday' && last.which === null) {
    // “Monday to Wednesday” ends in the week in which it begins.
    const { weekday, which } = first;
    const weeks = (dayNumber(mondayOf(weekdayDate(weekday, which, present))) - dayNumber(mondayOf(present.today))) / 7;
    const isLater = last.weekday < weekday ? 1 : 0;
    return { first, last: { unit: 'weekday-of-week', weekday: last.weekday, weeks: weeks + isLater } };
  }
  if (!isDated(first)) {
    if (!isDated(last) || last.year !== null || last.month === null) return { first, last };
    const start = pointStretch(first, present);
    if (!start || 'problem' in start) return { first, last };
    const year = Number(start.first.slice(0, 4));
    const isLater = last.month >= Number(start.first.slice(5, 7));
    return { first, last: { ...last, year: isLater ? year : year + 1 } };
  }
  if (!isDated(last)) return { first, last };
  const month = first.month ?? last.month;
  const lastMonth = last.month ?? first.month;
  if (month === null || lastMonth === null) return null;
  const years = rangeYears(first.year, month, last.year, lastMonth, present);
  return { first: { ...first, month, year: years.first }, last: { ...last, month: lastMonth, year: years.last } };
}

function rangeYears(
  first: number | null,
  month: number,
  last: number | null,
  lastMonth: number,
  present: Present,
): { first: number; last: number } {
  const turns = lastMonth < month ? 1 : 0;
  if (first !== null) return { first, last: last ?? first + turns };
  if (last !== null) return { first: last - turns, last };
  const year = nearestYear(month, present);
  return { first: year, last: year + turns };
}

function isDated(point: Point): point is Dated {
  return point.unit === 'day' || (point.unit === 'month' && point.which === null);
}

/** The year of a month that is written without one. */
export function nearestYear(month: number, { today, direction }: Present): number {
  const { year, month: current } = partsOf(today);
  if (direction === 'future') return month >= current ? year : year + 1;
  return month <= current ? year : year - 1;
}

/** The month of “the 6th”: the present one, or its neighbour when that day of it lies on the other side of today. */
function nearestMonth(day: number, { today, direction }: Present): { year: number; month: number } {
  const own = partsOf(today).day;
  const isBeyond = direction === 'future' ? day < own : day > own;
  const { year, month } = partsOf(`${addMonths(today, isBeyond ? (direction === 'future' ? 1 : -1) : 0)}-01`);
  return { year, month };
}

function pointStretch(point: Point, present: Present): StretchReading {
  const { today } = present;
  switch (point.unit) {
    case 'day':
      return dayStretch(point, present);
    case 'week': {
      const day = dayStretch(point.day, present);
      return day && 'first' in day ? weekStretch(day.first) : day;
    }
    case 'month':
      return monthStretch(point, present);
    case 'year':
      return yearProblem(point.year) ?? yearStretch(point.year);
    case 'away':
      return awayStretch(point.of, point.amount, today);
    case 'stretch': {
      const other = shifted(today, point.of, point.amount);
      if (other === null) return null;
      return point.amount < 0 ? { unit: null, first: other, last: today } : { unit: null, first: today, last: other };
    }
    case 'weekday':
      return single(weekdayDate(point.weekday, point.which, present));
    case 'weekday-of-week':
      return single(addDays(mondayOf(today), point.weekday - 1 + 7 * point.weeks));
  }
}

function dayStretch(point: DayPoint, present: Present): StretchReading {
  const { year: written, month, day, weekday } = point;
  if (month === null && point.isOrdinal && written === null) {
    return dayStretch({ ...point, ...nearestMonth(day, present) }, present);
  }
  if (month === null || month < 1 || month > 12 || day < 1 || day > 31) return null;
  const year = written ?? nearestYear(month, present);
  const outOfRange = yearProblem(year);
  if (outOfRange) return outOfRange;
  const date = isoDate(year, month, day);
  if (!isRealDate(year, month, day)) {
    return { problem: { code: 'no-such-date', text: date, lastDay: lastDayOfMonth(date.slice(0, 7)) } };
  }
  if (weekday !== null && weekday !== weekdayOf(date)) {
    return { problem: { code: 'other-weekday', date, written: weekday, real: weekdayOf(date) } };
  }
  return single(date);
}

function monthStretch({ year: written, month, which }: MonthPoint, present: Present): StretchReading {
  if (month < 1 || month > 12) return null;
  const { year: thisYear, month: current } = partsOf(present.today);
  let year = written ?? nearestYear(month, present);
  if (which === 'this') year = thisYear;
  if (which === 'next') year = month > current ? thisYear : thisYear + 1;
  if (which === 'last') year = month < current ? thisYear : thisYear - 1;
  return yearProblem(year) ?? wholeMonth(isoMonth(year, month));
}

function awayStretch(unit: Unit, amount: number, today: string): StretchReading {
  const date = shifted(today, unit, amount);
  if (date === null) return null;
  switch (unit) {
    case 'day':
      return single(date);
    case 'week':
      return weekStretch(date);
    case 'month':
      return wholeMonth(date.slice(0, 7));
    case 'year':
      return yearStretch(Number(date.slice(0, 4)));
  }
}

/** The date so many units away, held to the last day of a shorter month; `null` beyond what a schedule holds. */
function shifted(date: string, unit: Unit, amount: number): string | null {
  const days = { day: 1, week: 7, month: 30, year: 365 }[unit];
  if (Math.abs(amount * days) > (LAST_YEAR - FIRST_YEAR) * 366) return null;
  let moved: string;
  if (unit === 'day' || unit === 'week') moved = dateOfDay(dayNumber(date) + amount * days);
  else {
    const month = addMonths(date, unit === 'month' ? amount : amount * 12);
    const last = lastDayOfMonth(month);
    moved = `${month}-${date.slice(8)}` > last ? last : `${month}-${date.slice(8)}`;
  }
  const year = Number(moved.slice(0, 4));
  return year < FIRST_YEAR || year > LAST_YEAR ? null : moved;
}

/**
 * The date of a weekday. Alone it is the nearest in the direction of the context, today included. With “this” and
 * “next” it belongs to this week and to the next, from Monday to Sunday; with “last” it is the latest before today.
 */
function weekdayDate(weekday: number, which: Which, present: Present): string {
  const { today, direction } = present;
  const inThisWeek = addDays(mondayOf(today), weekday - 1);
  if (which === 'this') return inThisWeek;
  if (which === 'next') return addDays(inThisWeek, 7);
  if (which === 'last') return inThisWeek < today ? inThisWeek : addDays(inThisWeek, -7);
  if (direction === 'future') return inThisWeek >= today ? inThisWeek : addDays(inThisWeek, 7);
  return inThisWeek <= today ? inThisWeek : addDays(inThisWeek, -7);
}

function yearProblem(year: number): { readonly problem: DateProblem } | null {
  if (year >= FIRST_YEAR && year <= LAST_YEAR) return null;
  return { problem: { code: 'year-out-of-range', year, first: FIRST_YEAR, last: LAST_YEAR } };
}

function single(date: string): DateStretch {
  return { unit: 'day', first: date, last: date };
}

function weekStretch(date: string): DateStretch {
  return { unit: 'week', first: mondayOf(date), last: addDays(mondayOf(date), 6) };
}

function wholeMonth(month: string): DateStretch {
  return { unit: 'month', first: `${month}-01`, last: lastDayOfMonth(month) };
}

function yearStretch(year: number): DateStretch {
  return { unit: 'year', first: isoDate(year, 1, 1), last: isoDate(year, 12, 31) };
}

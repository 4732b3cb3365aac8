import { addDays, addMonths, dayNumber, daysInMonth, isoDate, partsOf, weekdayOf } from '../dates/calendar-days.ts';
import { LIMITS } from '../schedule/limits.ts';

/** A recurrence rule as ical.js reads it from RRULE (RFC 5545 §3.3.10): `{ freq: 'WEEKLY', byday: ['MO'] }`. */
export type RecurrenceRule = Readonly<Record<string, unknown>>;

/** Why a rule is not expanded. */
export type RecurrenceProblem =
  /** Neither UNTIL nor COUNT. */
  | { readonly problem: 'endless' }
  | { readonly problem: 'too-many' }
  /** A part that makes no dates a schedule has, or that is no rule at all. */
  | { readonly problem: 'part'; readonly part: string };

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const KNOWN = ['freq', 'interval', 'count', 'until', 'byday', 'bymonthday', 'bymonth', 'bysetpos', 'wkst'];
const PERIODS_A_YEAR = { DAILY: 366, WEEKLY: 53, MONTHLY: 12, YEARLY: 1 } as const;
/** What would be held so late is a mistake in the rule. */
const YEARS = 50;

/**
 * The dates of a recurrence, its first one included, in order. Bounded whatever the rule says: by the number of dates, and
 * by the years that are looked at, so that a rule that no date fits comes to an end too.
 *
 * @param until the last wall time, where the rule has an UNTIL: it is in UTC, so its reader puts it into the zone
 */
export function recurrenceDates(
  rule: RecurrenceRule,
  start: string,
  until: string | null,
): { readonly dates: readonly string[] } | RecurrenceProblem {
  const odd = Object.keys(rule).find((part) => !KNOWN.includes(part));
  if (odd !== undefined) return { problem: 'part', part: odd.toUpperCase() };
  const frequency = String(rule.freq);
  if (!isFrequency(frequency)) return { problem: 'part', part: `FREQ=${frequency}` };
  const count = rule.count === undefined ? null : Number(rule.count);
  if (count === null && until === null) return { problem: 'endless' };
  const parts = partsIn(rule);
  if (typeof parts === 'string') return { problem: 'part', part: parts };

  const first = start.slice(0, 10);
  const dates = [first];
  const interval = Math.max(1, Number(rule.interval ?? 1));
  const last = until?.slice(0, 10) ?? '9999-12-31';
  const periods = (YEARS * PERIODS_A_YEAR[frequency]) / interval;
  for (let step = 0; step <= periods; step += 1) {
    const period = daysOf(frequency, first, step * interval, parts);
    for (const date of positioned(period.days, parts.positions)) {
      if (date <= first) continue;
      if (count !== null && dates.length >= count) return { dates };
      if (date > last || (until !== null && date + start.slice(10) > until)) return { dates };
      if (dates.length >= LIMITS.occurrences) return { problem: 'too-many' };
      dates.push(date);
    }
    if (period.begins > last) break;
  }
  return { dates };
}

function isFrequency(text: string): text is keyof typeof PERIODS_A_YEAR {
  return Object.hasOwn(PERIODS_A_YEAR, text);
}

interface Parts {
  /** 1 for Monday; `nth` 0: every one. */
  readonly weekdays: readonly { readonly weekday: number; readonly nth: number }[];
  readonly monthDays: readonly number[];
  readonly months: readonly number[];
  readonly positions: readonly number[];
  readonly weekStart: number;
}

function partsIn(rule: RecurrenceRule): Parts | string {
  const listOf = (part: string) => [...new Set([rule[part] ?? []].flat() as readonly unknown[])];
  const weekdays = listOf('byday').map((text) => {
    const day = /^(?<nth>[+-]?\d{1,2})?(?<name>[A-Z]{2})$/u.exec(String(text).toUpperCase())?.groups;
    return { weekday: WEEKDAYS.indexOf(day?.name ?? '') + 1, nth: Number(day?.nth ?? 0) };
  });
  const numbers = (part: string) => listOf(part).map(Number);
  const wkst = rule.wkst;
  const weekStart =
    typeof wkst === 'number' ? ((wkst + 5) % 7) + 1 : WEEKDAYS.indexOf(typeof wkst === 'string' ? wkst : 'MO') + 1;
  const parts = {
    weekdays,
    monthDays: numbers('bymonthday'),
    months: numbers('bymonth'),
    positions: numbers('bysetpos'),
    weekStart: weekStart === 0 ? 1 : weekStart,
  };
  if (weekdays.some(({ weekday }) => weekday === 0)) return 'BYDAY';
  const isWhole = [...parts.monthDays, ...parts.months, ...parts.positions].every(Number.isSafeInteger);
  return isWhole ? parts : 'RRULE';
}

/** The days of the period that is so many days, weeks, months or years after that of the first date. */
function daysOf(
  frequency: keyof typeof PERIODS_A_YEAR,
  first: string,
  steps: number,
  parts: Parts,
): { readonly begins: string; readonly days: readonly string[] } {
  const { weekdays, monthDays, months, weekStart } = parts;
  const isInMonth = (date: string) => months.length === 0 || months.includes(partsOf(date).month);
  const isWeekday = (date: string) =>
    weekdays.length === 0 || weekdays.some(({ weekday }) => weekday === weekdayOf(date));
  switch (frequency) {
    case 'DAILY': {
      const date = addDays(first, steps);
      const isMeant = isInMonth(date) && isWeekday(date) && (monthDays.length === 0 || isMonthDay(date, monthDays));
      return { begins: date, days: isMeant ? [date] : [] };
    }
    case 'WEEKLY': {
      const begins = addDays(first, -((weekdayOf(first) - weekStart + 7) % 7) + steps * 7);
      const week = Array.from({ length: 7 }, (_, day) => addDays(begins, day));
      const meant = weekdays.length === 0 ? (date: string) => weekdayOf(date) === weekdayOf(first) : isWeekday;
      return { begins, days: week.filter((date) => meant(date) && isInMonth(date)) };
    }
    case 'MONTHLY': {
      const month = addMonths(first.slice(0, 7), steps);
      const days = daysOfMonth(month).filter(isInMonth);
      return { begins: `${month}-01`, days: chosen(days, first, parts) };
    }
    case 'YEARLY': {
      const year = partsOf(first).year + steps;
      const named =
        months.length > 0 ? months : monthDays.length > 0 || weekdays.length > 0 ? ALL_MONTHS : [partsOf(first).month];
      const inMonths = named.toSorted((a, b) => a - b).map((month) => daysOfMonth(isoDate(year, month, 1).slice(0, 7)));
      // RFC 5545 §3.3.10: without BYMONTH the nth weekday is counted in the year.
      const days =
        months.length > 0
          ? inMonths.flatMap((month) => chosen(month, first, parts))
          : chosen(inMonths.flat(), first, parts);
      return { begins: isoDate(year, 1, 1), days };
    }
  }
}

const ALL_MONTHS = Array.from({ length: 12 }, (_, month) => month + 1);

function daysOfMonth(month: string): readonly string[] {
  const { year, month: number } = partsOf(`${month}-01`);
  return Array.from({ length: daysInMonth(year, number) }, (_, day) => isoDate(year, number, day + 1));
}

/** Of the days of a month or year those that BYMONTHDAY and BYDAY mean; without them the day of the first date. */
function chosen(days: readonly string[], first: string, { weekdays, monthDays }: Parts): readonly string[] {
  if (weekdays.length === 0 && monthDays.length === 0) {
    return days.filter((date) => partsOf(date).day === partsOf(first).day);
  }
  return days.filter((date) => {
    if (monthDays.length > 0 && !isMonthDay(date, monthDays)) return false;
    if (weekdays.length === 0) return true;
    return weekdays.some(({ weekday, nth }) => {
      if (weekdayOf(date) !== weekday) return false;
      if (nth === 0) return true;
      const before = Math.floor((dayNumber(date) - dayNumber(days[0] ?? date)) / 7) + 1;
      const after = Math.floor((dayNumber(days.at(-1) ?? date) - dayNumber(date)) / 7) + 1;
      return nth > 0 ? before === nth : after === -nth;
    });
  });
}

function isMonthDay(date: string, monthDays: readonly number[]): boolean {
  const { year, month, day } = partsOf(date);
  return monthDays.includes(day) || monthDays.includes(day - daysInMonth(year, month) - 1);
}

function positioned(days: readonly string[], positions: readonly number[]): readonly string[] {
  if (positions.length === 0) return days;
  const picked = positions.flatMap((position) => days.at(position > 0 ? position - 1 : position) ?? []);
  return [...new Set(picked)].sort();
}

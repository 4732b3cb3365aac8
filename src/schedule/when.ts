import { z } from 'zod';
import {
  addDays,
  dateOfDay,
  dayNumber,
  isoMonth,
  isRealDate,
  lastDayOfMonth,
  MILLISECONDS_A_DAY,
  mondayOf,
  partsOf,
  weekdayOf,
} from '../dates/calendar-days.ts';
import { readWall, wallAt } from '../dates/zone-offsets.ts';
import { canonicalZone } from '../dates/zones.ts';

/** How exactly the time of an event is known. */
export const PRECISIONS = ['time', 'day', 'week', 'month', 'year'] as const;
export type Precision = (typeof PRECISIONS)[number];

/**
 * When an event is held: wall time, IANA zone and precision. The zone is the venue's. Only `time` is ever shifted to
 * another zone; 6 November in Bangkok is 6 November.
 *
 * | precision | `start`            | `end`                                                |
 * |-----------|--------------------|------------------------------------------------------|
 * | `time`    | `2017-11-08T15:00` | `2017-11-08T16:30`, the moment it ends; `null`: open |
 * | `day`     | `2017-11-06`       | `2017-11-08`, its last day; `null`: one day          |
 * | `week`    | `2017-11-06`       | Monday of the last week; `null`: one week            |
 * | `month`   | `2018-12`          | the last month; `null`: one month                    |
 * | `year`    | `2018`             | the last year; `null`: one year                      |
 *
 * The `start` of a week is its Monday (ISO 8601). An `end` is never before or the same as `start`.
 */
export interface When {
  readonly precision: Precision;
  readonly start: string;
  readonly end: string | null;
  readonly zone: string;
}

/** The first and the last year that a schedule can hold. */
export const FIRST_YEAR = 1900;
export const LAST_YEAR = 2200;

/** How long an event without an end is taken to last: the length of a United Nations meeting (10:00–13:00). */
export const OPEN_END_HOURS = 3;

/** What is wrong with the time of an event. The sentences are in the catalogue, under `when.problem.CODE`. */
export type WhenProblem =
  /** The text is not written as its precision asks; `form` is how: `YYYY-MM-DDTHH:MM`, `YYYY-MM-DD`, … */
  | { readonly code: 'form'; readonly text: string; readonly form: string }
  /** The calendar has no such day; `lastDay` is the last of that month, `YYYY-MM-DD`, `null` without such a month. */
  | { readonly code: 'no-such-date'; readonly text: string; readonly lastDay: string | null }
  /** 24:00, 15:60. */
  | { readonly code: 'no-such-time'; readonly text: string }
  | { readonly code: 'year-out-of-range'; readonly year: number; readonly first: number; readonly last: number }
  | { readonly code: 'end-before-start'; readonly start: string; readonly end: string }
  /** `choices` are names that the person may have meant. */
  | { readonly code: 'unknown-zone'; readonly zone: string; readonly choices: readonly string[] }
  /** A week begins on a Monday; `monday` is the one of the given day's week. */
  | { readonly code: 'not-a-monday'; readonly date: string; readonly monday: string }
  /**
   * The clocks go forward over this wall time: from `from` straight to `to`. `earlier` and `later` are the same time
   * by the clock before and after the change, both of which exist. All are `YYYY-MM-DDTHH:MM`.
   */
  | {
      readonly code: 'skipped-time';
      readonly text: string;
      readonly zone: string;
      readonly from: string;
      readonly to: string;
      readonly earlier: string;
      readonly later: string;
    }
  /** The zone crossed the date line and left the day out (Apia, 30 December 2011). */
  | {
      readonly code: 'skipped-day';
      readonly date: string;
      readonly zone: string;
      readonly before: string;
      readonly after: string;
    };

const FORMS: Readonly<Record<Precision, { readonly form: string; readonly pattern: RegExp }>> = {
  time: { form: 'YYYY-MM-DDTHH:MM', pattern: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/u },
  day: { form: 'YYYY-MM-DD', pattern: /^\d{4}-\d{2}-\d{2}$/u },
  week: { form: 'YYYY-MM-DD', pattern: /^\d{4}-\d{2}-\d{2}$/u },
  month: { form: 'YYYY-MM', pattern: /^\d{4}-\d{2}$/u },
  year: { form: 'YYYY', pattern: /^\d{4}$/u },
};

/**
 * Checks the time of an event and brings it into its normal form: the zone under its current IANA name, an `end` that
 * only repeats the `start` of a day, week, month or year left out.
 */
export function checkWhen(
  given: When,
): { readonly when: When } | { readonly problem: WhenProblem; readonly field: 'start' | 'end' | 'zone' } {
  const zone = canonicalZone(given.zone);
  if (zone === null) return { problem: { code: 'unknown-zone', zone: given.zone, choices: [] }, field: 'zone' };
  const startProblem = pointProblem(given.start, given.precision, zone);
  if (startProblem) return { problem: startProblem, field: 'start' };
  if (given.end === null) return { when: { ...pick(given), zone } };

  const endProblem = pointProblem(given.end, given.precision, zone);
  if (endProblem) return { problem: endProblem, field: 'end' };
  // Wall times are compared, not instants: a doubled time is its first occurrence, so the order is the same.
  if (given.end === given.start && given.precision !== 'time') return { when: { ...pick(given), end: null, zone } };
  if (given.end <= given.start) {
    return { problem: { code: 'end-before-start', start: given.start, end: given.end }, field: 'end' };
  }
  return { when: { ...pick(given), zone } };
}

function pick({ precision, start, end, zone }: When): When {
  return { precision, start, end, zone };
}

function pointProblem(text: string, precision: Precision, zone: string): WhenProblem | null {
  const { form, pattern } = FORMS[precision];
  if (!pattern.test(text)) return { code: 'form', text, form };
  const year = Number(text.slice(0, 4));
  if (year < FIRST_YEAR || year > LAST_YEAR) {
    return { code: 'year-out-of-range', year, first: FIRST_YEAR, last: LAST_YEAR };
  }
  if (precision === 'year') return null;
  const { month, day } = partsOf(text);
  if (month < 1 || month > 12) return { code: 'no-such-date', text, lastDay: null };
  if (precision === 'month') return null;
  if (!isRealDate(year, month, day)) {
    return { code: 'no-such-date', text: text.slice(0, 10), lastDay: lastDayOfMonth(isoMonth(year, month)) };
  }
  if (precision === 'week') {
    return weekdayOf(text) === 1 ? null : { code: 'not-a-monday', date: text, monday: mondayOf(text) };
  }
  if (precision === 'day') return skippedDay(text, zone);
  if (Number(text.slice(11, 13)) > 23 || Number(text.slice(14)) > 59) return { code: 'no-such-time', text };
  return skippedTime(text, zone);
}

function skippedDay(date: string, zone: string): WhenProblem | null {
  if (startOfDay(date, zone) < startOfDay(addDays(date, 1), zone)) return null;
  return { code: 'skipped-day', date, zone, before: addDays(date, -1), after: addDays(date, 1) };
}

function skippedTime(text: string, zone: string): WhenProblem | null {
  const wall = wallOf(text);
  const reading = readWall(zone, wall);
  if (reading.kind !== 'skipped') return null;
  const { from, to } = reading;
  const gap = to - from;
  return {
    code: 'skipped-time',
    text,
    zone,
    from: wallText(from),
    to: wallText(to),
    earlier: wallText(wall - gap),
    later: wallText(wall + gap),
  };
}

/**
 * The shape of a stored or imported time. Problems come as custom issues whose `params.problem` is a
 * {@link WhenProblem}; {@link whenProblems} takes them out again.
 */
export const whenSchema: z.ZodType<When> = z
  .strictObject({
    precision: z.enum(PRECISIONS),
    start: z.string(),
    end: z.string().nullable(),
    zone: z.string(),
  })
  .transform((given, context) => {
    const checked = checkWhen(given);
    if ('when' in checked) return checked.when;
    const { problem, field } = checked;
    context.addIssue({ code: 'custom', message: problem.code, params: { problem }, path: [field] });
    return z.NEVER;
  });

/** The problems that {@link whenSchema} found, each with its path from the root of the value that was parsed. */
export function whenProblems(
  error: z.ZodError,
): readonly { readonly path: readonly PropertyKey[]; readonly problem: WhenProblem }[] {
  return error.issues.flatMap((issue) => {
    if (issue.code !== 'custom' || !issue.params?.problem) return [];
    return [{ path: issue.path, problem: issue.params.problem as WhenProblem }];
  });
}

/** Whether less than the day is known: such an event never enters a calendar as if it were certain. */
export function isVague(when: When): boolean {
  return when.precision === 'week' || when.precision === 'month' || when.precision === 'year';
}

/** Whether the clocks go back over the start or the end, so that this wall time occurs twice. The first is meant. */
export function isDoubled(when: When): boolean {
  if (when.precision !== 'time') return false;
  return isDoubledTime(when.start, when.zone) || (when.end !== null && isDoubledTime(when.end, when.zone));
}

/** Whether the clocks of the zone show the wall time `YYYY-MM-DDTHH:MM` twice. */
export function isDoubledTime(local: string, zone: string): boolean {
  return readWall(zone, wallOf(local)).kind === 'doubled';
}

/** A stretch of time in epoch milliseconds; `end` is the first moment after it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * The stretch of time that an event takes, in its own zone. A day goes from midnight to midnight, or from the first
 * moment of the day where the clocks skip midnight. A time without an end lasts {@link OPEN_END_HOURS}.
 */
export function spanOf(when: When): Span {
  const { precision, start, end, zone } = when;
  if (precision === 'time') {
    const from = instantOf(start, zone);
    return { start: from, end: end === null ? from + OPEN_END_HOURS * 3_600_000 : instantOf(end, zone) };
  }
  const { first, last } = coveredDates(when);
  return { start: startOfDay(first, zone), end: startOfDay(addDays(last, 1), zone) };
}

/** The first and the last calendar date of something, `YYYY-MM-DD` both. */
export interface DateRange {
  readonly first: string;
  readonly last: string;
}

/**
 * The calendar dates that an event covers for a reader in `zone`. Only a time is shifted there; one that ends at
 * midnight does not reach the next date, and one without an end is on the date it starts.
 */
export function datesOf(when: When, zone: string): DateRange {
  if (when.precision !== 'time') return coveredDates(when);
  // Nothing is shifted for a reader in the event's own zone, so nothing needs to be asked of the zone.
  if (zone === when.zone) {
    return {
      first: when.start.slice(0, 10),
      last: when.end === null ? when.start.slice(0, 10) : dateOfWall(wallOf(when.end) - 1),
    };
  }
  const first = dateOfWall(wallAt(zone, instantOf(when.start, when.zone)));
  return {
    first,
    last: when.end === null ? first : dateOfWall(wallAt(zone, instantOf(when.end, when.zone) - 1)),
  };
}

function coveredDates({ precision, start, end }: When): DateRange {
  const last = end ?? start;
  switch (precision) {
    case 'week':
      return { first: start, last: addDays(last, 6) };
    case 'month':
      return { first: `${start}-01`, last: lastDayOfMonth(last) };
    case 'year':
      return { first: `${start}-01-01`, last: `${last}-12-31` };
    default:
      return { first: start.slice(0, 10), last: last.slice(0, 10) };
  }
}

/**
 * The instant of the wall time `YYYY-MM-DDTHH:MM` in an IANA zone, in epoch milliseconds. A doubled time is its first
 * occurrence; a skipped one, which {@link checkWhen} refuses, is moved forward as RFC 5545 §3.3.5 says.
 */
export function instantOf(local: string, zone: string): number {
  const wall = wallOf(local);
  const reading = readWall(zone, wall);
  return reading.kind === 'skipped' ? reading.instant + (wall - reading.from) : reading.instant;
}

/** The first moment of a `YYYY-MM-DD` date in an IANA zone, in epoch milliseconds. */
export function startOfDay(date: string, zone: string): number {
  return readWall(zone, dayNumber(date) * MILLISECONDS_A_DAY).instant;
}

/** The `YYYY-MM-DD` date that the calendar of an IANA zone shows at an instant in epoch milliseconds. */
export function dateAt(instant: number, zone: string): string {
  return dateOfWall(wallAt(zone, instant));
}

/** The wall time `YYYY-MM-DDTHH:MM` that the clocks of an IANA zone show at an instant in epoch milliseconds. */
export function wallTimeAt(instant: number, zone: string): string {
  return wallText(wallAt(zone, instant));
}

function wallOf(local: string): number {
  const minutes = Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16));
  return dayNumber(local) * MILLISECONDS_A_DAY + minutes * 60_000;
}

function wallText(wall: number): string {
  return new Date(wall).toISOString().slice(0, 16);
}

function dateOfWall(wall: number): string {
  return dateOfDay(Math.floor(wall / MILLISECONDS_A_DAY));
}

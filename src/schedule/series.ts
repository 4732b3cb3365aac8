import { addDays, addMonths, daysInMonth, dayNumber, isoDate, partsOf, weekdayOf } from '../dates/calendar-days.ts';
import type { ScheduledEvent } from './event.ts';
import { LIMITS } from './limits.ts';
import type { Schedule } from './schedule.ts';
import { checkWhen, type When, type WhenProblem } from './when.ts';

/** By what rule an event repeats. */
export type Rule =
  | { readonly unit: 'week'; readonly every: number }
  /** On the same day of the month; months that lack it are left out (RFC 5545 §3.3.10). */
  | { readonly unit: 'month'; readonly every: number; readonly on: 'date' }
  /** On the same weekday of the month: `nth` 1 to 4 from the beginning, -1 for the last. */
  | {
      readonly unit: 'month';
      readonly every: number;
      readonly on: 'weekday';
      readonly nth: number;
      readonly weekday: number;
    };

/** Where a series ends: on a date, or after so many occurrences, the first included. */
export type SeriesEnd = { readonly until: string } | { readonly count: number };

/** The dates of a series after its first, or what is wrong with one of them. */
export type Occurrences =
  { readonly dates: readonly When[] } | { readonly problem: WhenProblem } | { readonly tooMany: number };

/**
 * The dates of a series after its first one. Each is at the same wall time as the first, whatever the clocks do.
 *
 * @param first a time or a day; what is vaguer cannot repeat
 */
export function occurrencesAfter(first: When, rule: Rule, end: SeriesEnd): Occurrences {
  const start = first.start.slice(0, 10);
  const dates: When[] = [];
  for (let step = 1; step <= LIMITS.occurrences * 12; step += 1) {
    const date = dateOf(start, rule, step);
    if (date === null) continue;
    if ('until' in end ? date > end.until : dates.length + 1 >= end.count) return { dates };
    if (dates.length + 1 >= LIMITS.occurrences) return { tooMany: LIMITS.occurrences };
    const moved = checkWhen(shifted(first, dayNumber(date) - dayNumber(start)));
    if ('problem' in moved) return { problem: moved.problem };
    dates.push(moved.when);
  }
  return { tooMany: LIMITS.occurrences };
}

/** The date of the rule's step; `null`: that month has no such day. */
function dateOf(start: string, rule: Rule, step: number): string | null {
  if (rule.unit === 'week') return addDays(start, 7 * rule.every * step);
  const month = addMonths(start, rule.every * step);
  const { year, month: number } = partsOf(`${month}-01`);
  if (rule.on === 'date') {
    const { day } = partsOf(start);
    return day > daysInMonth(year, number) ? null : isoDate(year, number, day);
  }
  return weekdayInMonth(year, number, rule.weekday, rule.nth);
}

/** The nth weekday of a month, 1 for Monday; -1 is the last. */
export function weekdayInMonth(year: number, month: number, weekday: number, nth: number): string {
  if (nth > 0) {
    const first = isoDate(year, month, 1);
    return addDays(first, ((weekday - weekdayOf(first) + 7) % 7) + 7 * (nth - 1));
  }
  const last = isoDate(year, month, daysInMonth(year, month));
  return addDays(last, -((weekdayOf(last) - weekday + 7) % 7));
}

/**
 * The first date, not before `start`, that is the weekday which a rule names; with `nth`, the one of its month.
 *
 * @param start `YYYY-MM-DD`
 */
export function firstOnDay(start: string, { weekday, nth }: { readonly weekday: number; readonly nth: number | null }) {
  if (nth === null) return addDays(start, (weekday - weekdayOf(start) + 7) % 7);
  const inMonth = (month: string) => {
    const { year, month: number } = partsOf(`${month}-01`);
    return weekdayInMonth(year, number, weekday, nth);
  };
  const first = inMonth(start.slice(0, 7));
  return first < start ? inMonth(addMonths(start, 1)) : first;
}

/** The same wall times so many days later. */
export function shifted(when: When, days: number): When {
  const move = (local: string) => addDays(local.slice(0, 10), days) + local.slice(10);
  return { ...when, start: move(when.start), end: when.end === null ? null : move(when.end) };
}

/** Which occurrences of a series a change is for. */
export const SCOPES = ['this', 'following', 'all'] as const;
export type Scope = (typeof SCOPES)[number];

/** The other occurrences of an event's series that lie in a scope, by start. */
export function othersInScope(event: ScheduledEvent, scope: Scope, schedule: Schedule): readonly ScheduledEvent[] {
  if (event.series === undefined || scope === 'this') return [];
  const others = schedule.events.filter(({ uid, series }) => series === event.series && uid !== event.uid);
  if (scope === 'all') return others;
  const start = event.when?.start ?? '';
  return others.filter((other) => (other.when?.start ?? '') > start);
}

/**
 * What a new date of one occurrence is for another: as many days away from its own as this one moved, at the new times.
 * `null` where a vague date makes that no question of days.
 */
export function movedAlike(other: When | null, before: When | null, after: When): When | null {
  const isCertain = (when: When | null) => when !== null && (when.precision === 'time' || when.precision === 'day');
  if (other === null || before === null || !isCertain(other) || !isCertain(before) || !isCertain(after)) return null;
  const days = dayNumber(other.start) - dayNumber(before.start);
  return shifted(after, days);
}

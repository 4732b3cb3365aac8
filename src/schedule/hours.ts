import { dayNumber } from '../dates/calendar-days.ts';
import { checkWhen, type When, type WhenProblem } from './when.ts';
import { shifted } from './series.ts';

/**
 * A new date that leaves open what the old one said: the times of day, how long it lasts. “Move it to 9 November” keeps
 * a meeting from 15:00 to 16:30 there, and three days stay three days.
 */
export function keepingHours(
  before: When | null,
  after: When,
): { readonly when: When } | { readonly problem: WhenProblem } {
  return checkWhen(before === null || after.end !== null ? after : filled(before, after));
}

function filled(before: When, after: When): When {
  const isDay = after.precision === 'day';
  if (isDay && (before.precision === 'time' || before.precision === 'day')) {
    const days = dayNumber(after.start) - dayNumber(before.start);
    return { ...shifted(before, days), zone: after.zone };
  }
  if (after.precision === 'time' && before.precision === 'time' && before.end !== null) {
    const lasts = Date.parse(`${before.end}:00Z`) - Date.parse(`${before.start}:00Z`);
    const end = new Date(Date.parse(`${after.start}:00Z`) + lasts).toISOString().slice(0, 16);
    return { ...after, end };
  }
  return after;
}

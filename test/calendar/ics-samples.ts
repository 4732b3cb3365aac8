import { Temporal } from 'temporal-polyfill';
import { renderCalendar, type CalendarOptions } from '../../src/calendar/ics.ts';
import { english } from '../../src/language/index.ts';
import type { ScheduledEvent, WorkingGroup } from '../../src/schedule/event.ts';
import { createSchedule, type Schedule } from '../../src/schedule/schedule.ts';
import type { When } from '../../src/schedule/when.ts';
import { NOW } from '../support/store-samples.ts';

/** The group of the calendar tests. */
export const GROUP: WorkingGroup = {
  id: 'group-1',
  slug: 'gcm',
  name: 'Working Group on IOM-UN Relations',
  zone: 'Europe/Zurich',
  language: 'en',
  organizerName: 'Secretariat, Working Group',
  organizerEmail: 'gcm@example.org',
  revision: 7,
  changedAt: NOW,
};

/** A schedule of those events. */
export function scheduleOf(events: readonly ScheduledEvent[], group: Partial<WorkingGroup> = {}): Schedule {
  return createSchedule({ group: { ...GROUP, ...group }, events, notes: [] });
}

/** A time in a zone. */
export function time(start: string, end: string | null, zone: string): When {
  return { precision: 'time', start, end, zone };
}

/** One or several whole days. */
export function days(start: string, end: string | null = null, zone = 'Europe/Zurich'): When {
  return { precision: 'day', start, end, zone };
}

/** The calendar of those events, as a file unless said otherwise. */
export async function calendarOf(
  events: readonly ScheduledEvent[],
  options: Partial<CalendarOptions> = {},
): Promise<string> {
  const { text } = await renderCalendar(events, {
    method: 'PUBLISH',
    schedule: scheduleOf(events),
    language: english,
    stamp: Temporal.Instant.from('2017-11-02T10:30:00Z'),
    ...options,
  });
  return text;
}

/** The unfolded content lines of a calendar (RFC 5545 §3.1). */
export function linesOf(text: string): readonly string[] {
  return text.replaceAll('\r\n ', '').split('\r\n').slice(0, -1);
}

/** The lines of a property, with its name and parameters. */
export function linesNamed(text: string, name: string): readonly string[] {
  return linesOf(text).filter((line) => new RegExp(`^${name}[;:]`, 'u').test(line));
}

import { addDays } from '../dates/calendar-days.ts';
import { datesOf, instantOf, spanOf, type When } from '../schedule/when.ts';

/**
 * How long before an event somebody wants to hear of it.
 *
 * - Days are days of the calendar: “a day before” is the same time by the clock on the wall of the venue, whatever the
 *   clocks did in between.
 * - Minutes are exact: “an hour before” is sixty minutes of real time.
 *
 * One of the two is 0.
 */
export interface LeadTime {
  readonly days: number;
  readonly minutes: number;
}

/** The longest lead time, in days. */
export const LONGEST_LEAD_DAYS = 366;

const UNITS: Readonly<Record<string, LeadTime>> = {
  w: { days: 7, minutes: 0 },
  d: { days: 1, minutes: 0 },
  h: { days: 0, minutes: 60 },
  m: { days: 0, minutes: 1 },
};

/** Reads `7d`, `1w`, `2h`, `30m`; `null` for anything else, for nothing at all and for more than a year. */
export function readLeadTime(text: string): LeadTime | null {
  const parts = /^(?<count>\d{1,6})\s*(?<unit>[wdhm])$/u.exec(text.trim().toLowerCase())?.groups;
  const unit = UNITS[parts?.unit ?? ''];
  const count = Number(parts?.count);
  if (!unit || count === 0) return null;
  const lead = { days: unit.days * count, minutes: unit.minutes * count };
  return lead.days + lead.minutes / 1440 > LONGEST_LEAD_DAYS ? null : lead;
}

/** The shortest way to write it, which {@link readLeadTime} reads again: `7d`, `2h`, `90m`. */
export function leadTimeText({ days, minutes }: LeadTime): string {
  if (days > 0) return `${days}d`;
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}

/** Which of two lead times is the longer one: the difference, in minutes of days that have 24 hours. */
export function compareLeadTimes(a: LeadTime, b: LeadTime): number {
  return a.days * 1440 + a.minutes - (b.days * 1440 + b.minutes);
}

/**
 * The instant that lies a lead time before an event with a time, in epoch milliseconds. A wall time that the clocks
 * skip on that day is moved forward by the change; of one that they show twice it is the first.
 */
export function instantBefore(when: When, { days, minutes }: LeadTime): number {
  if (days === 0) return instantOf(when.start, when.zone) - minutes * 60_000;
  return instantOf(addDays(when.start.slice(0, 10), -days) + when.start.slice(10), when.zone);
}

/**
 * How many days before an event without a time a lead time announces it: there is no hour to count hours from, so
 * every lead time shorter than a day is a day.
 */
export function wholeDays({ days, minutes }: LeadTime): number {
  return days > 0 ? days : Math.ceil(minutes / 1440);
}

/**
 * The instant at which an event without a time is announced, in epoch milliseconds: so many days before its first
 * date, at `hour` by the clock of whoever is told. Where they are so far west of the venue that the day has begun
 * there by then, it is the day before.
 *
 * @param hour `HH:MM`
 */
export function announcementOf(when: When, days: number, hour: string, zone: string): number {
  const { start } = spanOf(when);
  const { first } = datesOf(when, zone);
  let announced = instantOf(`${addDays(first, -days)}T${hour}`, zone);
  for (let more = 1; announced >= start; more += 1)
    announced = instantOf(`${addDays(first, -days - more)}T${hour}`, zone);
  return announced;
}

/** What a lead time comes to for an event: of one without a time, two hours before and a day before are the same. */
export function effectiveLeadTime(when: When | null, lead: LeadTime): string {
  return when === null || when.precision === 'time' ? leadTimeText(lead) : `${wholeDays(lead)}d`;
}

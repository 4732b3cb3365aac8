import { addDays } from '../dates/calendar-days.ts';
import type { ScheduledEvent } from '../schedule/event.ts';
import { passes } from '../schedule/filter.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { dateAt, datesOf, isVague, spanOf, type When } from '../schedule/when.ts';
import type { FilterAt } from './filter-at.ts';
import { announcementOf, instantBefore, leadTimeText, wholeDays, type LeadTime } from './lead-time.ts';
import { beforeMoving, outOfQuiet, type Stretch } from './quiet.ts';
import type { Subscription } from './subscription.ts';

/** One moment at which somebody wants to hear of an event. Instants are epoch milliseconds. */
export interface Occasion {
  readonly event: ScheduledEvent;
  /** The lead time in its shortest form. */
  readonly trigger: string;
  /** The start it speaks of, as {@link startKey} names it. */
  readonly start: string;
  /** When it is due. */
  readonly at: number;
  /** When the event begins, after which it is of no use. */
  readonly startsAt: number;
}

/**
 * What a reminder was about: the start of an event as precisely as it was known. Another time, another date, a date
 * that becomes vague or precise is another start, for which every lead time counts anew.
 */
export function startKey({ precision, start, zone }: When): string {
  return precision === 'time' ? `time:${start}@${zone}` : `${precision}:${start}`;
}

/** Whether reminders of an event are sent at all: it is published, has a date, and is to be held on it. */
export function isReminded(event: ScheduledEvent): event is ScheduledEvent & { readonly when: When } {
  return (
    event.when !== null &&
    event.visibility === 'published' &&
    (event.status === 'confirmed' || event.status === 'tentative')
  );
}

/** Whether an event is one that a subscription is about, whatever its status. */
export function isMeant(
  event: ScheduledEvent,
  subscription: Subscription,
  instant: number,
  filterAt: FilterAt,
): boolean {
  const { only, mutes, zone } = subscription;
  return (
    (only === null || only.includes(event.uid)) &&
    !mutes.includes(event.uid) &&
    passes(event, filterAt(subscription, instant), zone)
  );
}

/**
 * How far ahead an event is announced of which less than the day is known: once, as many days ahead as the longest lead
 * time says. More would be noise about something that nobody can go to yet; once its day is known, all lead times count.
 */
export function vagueLeadTime(leadTimes: readonly LeadTime[]): LeadTime | null {
  const days = Math.max(0, ...leadTimes.map(wholeDays));
  return days === 0 ? null : { days, minutes: 0 };
}

/** Lead times of events with a date but no time: in whole days, each once. */
export function dayLeadTimes(leadTimes: readonly LeadTime[]): readonly LeadTime[] {
  return [...new Set(leadTimes.map(wholeDays))].map((days) => ({ days, minutes: 0 }));
}

/** Events by the instant that lies a lead time before them. */
interface Line {
  readonly instants: Float64Array;
  readonly events: readonly ScheduledEvent[];
}

/**
 * The events of a schedule that can be due, arranged by time, so that what is due in a minute is looked up and not
 * searched for: a binary search for each lead time of events with a time (each lead time's line is sorted once per
 * revision), a look-up by date for the others.
 */
interface TimeIndex {
  /** The line of a lead time. */
  timed(lead: LeadTime): Line;
  /** Events with a date but no time, by first date. */
  readonly dated: ReadonlyMap<string, readonly ScheduledEvent[]>;
  /** Events of which less than the day is known, by the first date of their week, month or year. */
  readonly vague: ReadonlyMap<string, readonly ScheduledEvent[]>;
}

const indexes = new WeakMap<Schedule, TimeIndex>();

function indexOf(schedule: Schedule): TimeIndex {
  let index = indexes.get(schedule);
  if (!index) indexes.set(schedule, (index = createIndex(schedule)));
  return index;
}

function createIndex(schedule: Schedule): TimeIndex {
  const reminded = schedule.events.filter(isReminded);
  const timed = reminded.filter(({ when }) => when.precision === 'time');
  const firstDate = ({ when }: (typeof reminded)[number]) => datesOf(when, when.zone).first;
  const lines = new Map<string, Line>();
  return {
    timed(lead) {
      const key = leadTimeText(lead);
      let line = lines.get(key);
      if (!line) {
        const entries = timed
          .map((event) => ({ event, at: instantBefore(event.when, lead) }))
          .sort((a, b) => a.at - b.at);
        line = { instants: Float64Array.from(entries, ({ at }) => at), events: entries.map(({ event }) => event) };
        lines.set(key, line);
      }
      return line;
    },
    dated: Map.groupBy(
      reminded.filter(({ when }) => when.precision === 'day'),
      firstDate,
    ),
    vague: Map.groupBy(
      reminded.filter(({ when }) => isVague(when)),
      firstDate,
    ),
  };
}

/**
 * All occasions of a subscription in `(start, end]`, by time, the longest lead time first where several fall together.
 * With s lead times and n events it takes s binary searches, O(s log n), plus what it finds.
 */
export function occasionsIn(
  window: Stretch,
  subscription: Subscription,
  schedule: Schedule,
  filterAt: FilterAt,
): readonly Occasion[] {
  const { leadTimes, announceAt, quiet, zone } = subscription;
  if (leadTimes.length === 0 || window.end <= window.start) return [];
  const index = indexOf(schedule);
  const reach = beforeMoving(window, quiet, zone);
  const since = Date.parse(subscription.since);
  const found: Occasion[] = [];

  const consider = (event: ScheduledEvent, lead: LeadTime, wanted: number) => {
    if (event.when === null) return;
    const { start: startsAt } = spanOf(event.when);
    const at = outOfQuiet(wanted, startsAt, quiet, zone);
    if (at <= window.start || at > window.end || at <= since || at >= startsAt) return;
    if (!isMeant(event, subscription, at, filterAt)) return;
    found.push({ event, trigger: leadTimeText(lead), start: startKey(event.when), at, startsAt });
  };
  const announce = (byDate: TimeIndex['dated'], lead: LeadTime) => {
    // A day more: what would come too late for the venue is announced the day before.
    const last = addDays(dateAt(reach.end, zone), lead.days + 2);
    for (let date = addDays(dateAt(reach.start, zone), lead.days); date <= last; date = addDays(date, 1)) {
      for (const event of byDate.get(date) ?? []) {
        if (event.when) consider(event, lead, announcementOf(event.when, lead.days, announceAt, zone));
      }
    }
  };

  for (const lead of leadTimes) {
    const { instants, events } = index.timed(lead);
    for (let at = firstAfter(instants, reach.start); at < instants.length; at += 1) {
      const instant = instants[at] ?? Infinity;
      const event = events[at];
      if (instant > reach.end || !event) break;
      consider(event, lead, instant);
    }
  }
  for (const lead of dayLeadTimes(leadTimes)) announce(index.dated, lead);
  const vague = vagueLeadTime(leadTimes);
  if (vague) announce(index.vague, vague);
  return found.sort((a, b) => a.at - b.at);
}

function firstAfter(instants: Float64Array, limit: number): number {
  let low = 0;
  let high = instants.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((instants[middle] ?? Infinity) > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}

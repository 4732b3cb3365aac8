import type { ScheduledEvent } from './event.ts';
import { everything, passes, type Filter } from './filter.ts';
import type { Schedule } from './schedule.ts';
import { datesOf, isVague } from './when.ts';

/** Who asks, and when: what every question about a schedule depends on. */
export interface Viewpoint {
  /** Epoch milliseconds. */
  readonly now: number;
  /** The reader's IANA zone. */
  readonly zone: string;
  /** The reader's date, `YYYY-MM-DD`. */
  readonly today: string;
}

/** The answer to “what is next?”. No event is in two parts. */
export interface Agenda {
  /** On now, or later today. */
  readonly today: readonly ScheduledEvent[];
  /** Somewhere in a week, month or year that has begun, day still open. */
  readonly sometimeNow: readonly ScheduledEvent[];
  /** What starts next: the whole first day of it, however much was asked for. */
  readonly next: readonly ScheduledEvent[];
  /** What follows after that, at most {@link FOLLOWING}. */
  readonly following: readonly ScheduledEvent[];
  /** Whether there is more than `following` lists. */
  readonly hasMore: boolean;
}

/** How many following events an agenda lists. */
export const FOLLOWING = 5;

/**
 * What is on now or today, what starts next, what follows. Cancelled and postponed events are not coming, so they are
 * not in it. A vague event is next only when nothing with a day comes before its week, month or year is over.
 *
 * @param atLeast how many events `next` holds at the least, when there are as many; the last day is never cut
 */
export function agendaOf(schedule: Schedule, at: Viewpoint, atLeast = 1, filter: Filter = everything): Agenda {
  const isComing = (event: ScheduledEvent) =>
    event.status !== 'cancelled' && event.status !== 'postponed' && passes(event, filter, at.zone);

  const running = schedule.runningAt(at.now).filter(isComing);
  const today = running.filter((event) => event.when !== null && !isVague(event.when));
  const sometimeNow = running.filter((event) => event.when !== null && isVague(event.when));
  const next: ScheduledEvent[] = [];
  const following: ScheduledEvent[] = [];
  let waiting: readonly ScheduledEvent[] = [];
  let lastDay: string | null = null;
  for (const event of schedule.startingAfter(at.now)) {
    if (following.length + waiting.length > FOLLOWING) break;
    if (event.when === null || !isComing(event)) continue;
    const vague = isVague(event.when);
    const day = datesOf(event.when, at.zone).first;
    if (!vague && day <= at.today) {
      today.push(event);
    } else if (!vague && day === lastDay) {
      next.push(event);
    } else if (next.length >= atLeast) {
      following.push(event);
    } else if (vague) {
      waiting = [...waiting, event];
    } else {
      const [overBefore, stillOpen] = partition(waiting, (vagueEvent) => lastDayOf(vagueEvent, at.zone) < day);
      next.push(...overBefore.splice(0, atLeast - next.length));
      if (next.length < atLeast) {
        next.push(event);
        lastDay = day;
        waiting = stillOpen;
      } else {
        following.push(...overBefore, ...stillOpen, event);
        waiting = [];
      }
    }
  }
  next.push(...waiting.slice(0, Math.max(0, atLeast - next.length)));
  const after = [...waiting.filter((event) => !next.includes(event)), ...following];
  return { today, sometimeNow, next, following: after.slice(0, FOLLOWING), hasMore: after.length > FOLLOWING };
}

function lastDayOf(event: ScheduledEvent, zone: string): string {
  return event.when === null ? '' : datesOf(event.when, zone).last;
}

function partition<Value>(values: readonly Value[], belongs: (value: Value) => boolean): [Value[], Value[]] {
  return [values.filter(belongs), values.filter((value) => !belongs(value))];
}

/** The events that are not over, those without a date last. */
export function upcoming(schedule: Schedule, at: Viewpoint, filter: Filter = everything): readonly ScheduledEvent[] {
  const notOver = [...schedule.runningAt(at.now), ...schedule.startingAfter(at.now), ...schedule.undated];
  return notOver.filter((event) => passes(event, filter, at.zone));
}

/** The events that are over, the latest first. */
export function past(schedule: Schedule, at: Viewpoint, filter: Filter = everything): readonly ScheduledEvent[] {
  return schedule.events.filter((event) => passes(event, filter, at.zone) && schedule.isOver(event, at.now)).reverse();
}

/** The events that pass, over or not, by start. */
export function matching(schedule: Schedule, at: Viewpoint, filter: Filter): readonly ScheduledEvent[] {
  return schedule.events.filter((event) => passes(event, filter, at.zone));
}

/**
 * Events as an outline: one that is part of another in the same list stands inside it instead of beside it. A part
 * that the list leaves out still stands inside its whole.
 */
export function outermost(schedule: Schedule, events: readonly ScheduledEvent[]): readonly ScheduledEvent[] {
  const listed = new Set(events.map((event) => event.uid));
  const isInside = (event: ScheduledEvent): boolean => {
    for (let above = event.parent, depth = 0; above !== null && depth < 100; depth += 1) {
      if (listed.has(above)) return true;
      above = schedule.byUid(above)?.parent ?? null;
    }
    return false;
  };
  return events.filter((event) => !isInside(event));
}

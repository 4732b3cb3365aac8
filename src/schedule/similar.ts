import type { ScheduledEvent } from './event.ts';
import { fold } from './filter.ts';
import type { Schedule } from './schedule.ts';
import { isVague, spanOf } from './when.ts';

/** What is in the schedule already and may be the same thing, or at the same time. */
export interface Neighbours {
  readonly similar: readonly ScheduledEvent[];
  readonly overlapping: readonly ScheduledEvent[];
}

/** How far apart events of like names can be and still be the same thing. */
const NEAR = 31 * 86_400_000;
/** How many events are looked at, so that a large schedule costs no more than a small one. */
const LOOKED_AT = 2000;
/** Which share of the words of two titles has to be common to them. */
const ALIKE = 0.6;

/**
 * The events that a new or moved one should be compared with before it is published: those of a like name not far away
 * in time, and those at the same time. Its parts, its whole, its series and what is cancelled are neither.
 *
 * @param most how many there are of each at the most
 */
export function neighboursOf(event: ScheduledEvent, schedule: Schedule, most = 3): Neighbours {
  const words = wordsOf(event);
  const candidates = near(event, schedule).filter((other) => isComparable(event, other));
  const similar = candidates.filter((other) => likeness(words, wordsOf(other)) >= ALIKE).slice(0, most);
  const overlapping = candidates.filter((other) => !similar.includes(other) && overlaps(event, other)).slice(0, most);
  return { similar, overlapping };
}

function near(event: ScheduledEvent, schedule: Schedule): readonly ScheduledEvent[] {
  if (event.when === null) return schedule.undated.slice(0, LOOKED_AT);
  const { start, end } = spanOf(event.when);
  const found = [...schedule.runningAt(start - NEAR)].slice(-LOOKED_AT);
  for (const other of schedule.startingAfter(start - NEAR)) {
    if (found.length >= LOOKED_AT || (other.when && spanOf(other.when).start > end + NEAR)) break;
    found.push(other);
  }
  return found;
}

function isComparable(event: ScheduledEvent, other: ScheduledEvent): boolean {
  return (
    other.uid !== event.uid &&
    other.status !== 'cancelled' &&
    other.parent !== event.uid &&
    event.parent !== other.uid &&
    (event.series === undefined || event.series !== other.series)
  );
}

function overlaps({ when }: ScheduledEvent, other: ScheduledEvent): boolean {
  if (when === null || other.when === null || isVague(when) || isVague(other.when)) return false;
  if (other.status === 'postponed') return false;
  const [one, two] = [spanOf(when), spanOf(other.when)];
  return one.start < two.end && two.start < one.end;
}

function wordsOf({ title }: ScheduledEvent): ReadonlySet<string> {
  return new Set(
    fold(title)
      .split(' ')
      .filter((word) => word.length > 2),
  );
}

function likeness(some: ReadonlySet<string>, others: ReadonlySet<string>): number {
  const common = [...some].filter((word) => others.has(word)).length;
  const all = new Set([...some, ...others]).size;
  return all === 0 ? 0 : common / all;
}

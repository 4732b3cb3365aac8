import type { ScheduleData } from '../ports.ts';
import type { Note, ScheduledEvent, WorkingGroup } from './event.ts';
import { spanOf } from './when.ts';

/**
 * One revision of a group's schedule: an immutable value that answers every question about it. `now` is always an
 * argument, in epoch milliseconds; spans are half-open, `[start, end)`.
 */
export interface Schedule {
  readonly group: WorkingGroup;
  /** By start; of those that start together the most precise first; events without a date last. */
  readonly events: readonly ScheduledEvent[];
  /** Oldest first. */
  readonly notes: readonly Note[];
  byUid(uid: string): ScheduledEvent | undefined;
  byHandle(handle: string): ScheduledEvent | undefined;
  /** The events that an event comprises, by start. */
  partsOf(uid: string): readonly ScheduledEvent[];
  /** The events just before which this one is held. */
  followersOf(uid: string): readonly ScheduledEvent[];
  /** The dated events that have begun by `now` and are not over, by start. */
  runningAt(now: number): readonly ScheduledEvent[];
  /** The dated events that begin after `now`, by start, read one by one. */
  startingAfter(now: number): Iterable<ScheduledEvent>;
  /** The events without a date, by handle. */
  readonly undated: readonly ScheduledEvent[];
  /** Whether an event is over at `now`. One without a date never is. */
  isOver(event: ScheduledEvent, now: number): boolean;
  /** The same schedule without what is still a draft. */
  readonly published: Schedule;
}

interface Entry {
  readonly event: ScheduledEvent;
  readonly start: number;
  readonly end: number;
}

/** Builds the value from what the store gave. */
export function createSchedule(data: ScheduleData): Schedule {
  const entries = data.events.map(toEntry).sort(byStart);
  return index(data, entries);
}

function toEntry(event: ScheduledEvent): Entry {
  if (event.when === null) return { event, start: Infinity, end: Infinity };
  return { event, ...spanOf(event.when) };
}

function byStart(a: Entry, b: Entry): number {
  if (a.start !== b.start) return a.start < b.start ? -1 : 1;
  if (a.end !== b.end) return a.end < b.end ? -1 : 1;
  return a.event.handle < b.event.handle ? -1 : 1;
}

function index(data: ScheduleData, entries: readonly Entry[]): Schedule {
  const events = entries.map((entry) => entry.event);
  const uids = new Map(entries.map((entry) => [entry.event.uid, entry]));
  const handles = new Map(events.map((event) => [event.handle, event]));
  const parts = Map.groupBy(
    events.filter((event) => event.parent !== null),
    (event) => event.parent,
  );
  const followers = new Map<string, ScheduledEvent[]>();
  for (const event of events) {
    for (const uid of event.precededBy) {
      const known = followers.get(uid);
      if (known) known.push(event);
      else followers.set(uid, [event]);
    }
  }
  const dated = entries.slice(
    0,
    firstWhere(entries.length, (at) => entries[at]?.start === Infinity),
  );
  const latestEnd = latestEnds(dated);
  const startedBy = (now: number) => firstWhere(dated.length, (at) => (dated[at]?.start ?? Infinity) > now);

  let published: Schedule | undefined;
  const schedule: Schedule = {
    group: data.group,
    events,
    notes: [...data.notes].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)),
    byUid: (uid) => uids.get(uid)?.event,
    byHandle: (handle) => handles.get(handle),
    partsOf: (uid) => parts.get(uid) ?? [],
    followersOf: (uid) => followers.get(uid) ?? [],
    runningAt(now) {
      const running: ScheduledEvent[] = [];
      collectEndingAfter(dated, latestEnd, 0, startedBy(now), now, running);
      return running;
    },
    *startingAfter(now) {
      for (let at = startedBy(now); at < dated.length; at += 1) {
        const entry = dated[at];
        if (entry) yield entry.event;
      }
    },
    undated: events.slice(dated.length),
    isOver(event, now) {
      const entry = uids.get(event.uid);
      return entry !== undefined && entry.end <= now;
    },
    get published() {
      published ??= events.every((event) => event.visibility === 'published')
        ? schedule
        : index(
            data,
            entries.filter((entry) => entry.event.visibility === 'published'),
          );
      return published;
    },
  };
  return schedule;
}

/** The least index in `[0, length]` from which on `holds` is true. */
function firstWhere(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * For the balanced tree that the sorted entries form (the middle of a range is its root): the latest end below each
 * root. With it, who is on at a moment is found without looking at everything that came before.
 */
function latestEnds(entries: readonly Entry[]): Float64Array {
  const latest = new Float64Array(entries.length);
  const fill = (from: number, to: number): number => {
    if (from >= to) return -Infinity;
    const root = (from + to) >>> 1;
    const own = entries[root]?.end ?? -Infinity;
    return (latest[root] = Math.max(own, fill(from, root), fill(root + 1, to)));
  };
  fill(0, entries.length);
  return latest;
}

/** Gathers, in order, the entries before `limit` that end after `now`. */
function collectEndingAfter(
  entries: readonly Entry[],
  latest: Float64Array,
  from: number,
  limit: number,
  now: number,
  into: ScheduledEvent[],
): void {
  const visit = (low: number, high: number): void => {
    if (low >= high || low >= limit) return;
    const root = (low + high) >>> 1;
    if ((latest[root] ?? -Infinity) <= now) return;
    visit(low, root);
    const entry = entries[root];
    if (entry && root < limit && entry.end > now) into.push(entry.event);
    visit(root + 1, high);
  };
  visit(from, entries.length);
}

import type { Notice } from '../ports.ts';
import { sameValue } from '../schedule/change.ts';
import type { ScheduledEvent } from '../schedule/event.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { spanOf } from '../schedule/when.ts';
import type { FilterAt } from './filter-at.ts';
import { isMeant } from './occasions.ts';
import type { Subscription } from './subscription.ts';

/** Changes within this time of each other are told in one post. */
export const PAUSE_MS = 3 * 60_000;
/** However long somebody goes on changing things, after this time it is told what they are by then. */
export const LONGEST_WAIT_MS = 15 * 60_000;
/** A change that was being written while its neighbours were read must still find its place among them. */
const MARGIN_MS = 30_000;

/** Changes of a group that were made in one go. */
export interface Burst {
  /** The first and the last notice. */
  readonly first: number;
  readonly last: number;
  /** When it is over, in epoch milliseconds. */
  readonly over: number;
}

/**
 * A group's notices, oldest first, as bursts: one ends when nothing has followed for {@link PAUSE_MS}, or after
 * {@link LONGEST_WAIT_MS}. Those that are over at `now`; what is left is still going on.
 */
export function burstsOf(notices: readonly Pick<Notice, 'id' | 'at'>[], now: number): readonly Burst[] {
  const bursts: { first: number; last: number; begun: number; latest: number }[] = [];
  for (const { id, at: text } of notices) {
    const at = Date.parse(text);
    const current = bursts.at(-1);
    if (current && at - current.latest <= PAUSE_MS && at - current.begun <= LONGEST_WAIT_MS) {
      current.last = id;
      current.latest = at;
    } else bursts.push({ first: id, last: id, begun: at, latest: at });
  }
  return bursts
    .map(({ first, last, begun, latest }): Burst => {
      const over = Math.min(latest + PAUSE_MS, begun + LONGEST_WAIT_MS) + MARGIN_MS;
      return { first, last, over };
    })
    .filter(({ over }) => over <= now);
}

/** Until when a change may still be followed by another that takes it back, in epoch milliseconds. */
export function openUntil({ at }: Pick<Notice, 'at'>): number {
  return Date.parse(at) + PAUSE_MS + MARGIN_MS;
}

/** The key of the delivery that tells a subscription of a burst. */
export function changeKey(subscriptionId: string, first: number): string {
  return `${subscriptionId} change ${first}`;
}

/** What happened to an event that people who meant to come have to know. */
export type ChangeKind =
  'new' | 'moved' | 'place' | 'link' | 'confirmed' | 'tentative' | 'postponed' | 'cancelled' | 'restored';

/** An event before and after all that was done to it. */
export interface Change {
  /** `null`: it is new to those who are told. */
  readonly before: ScheduledEvent | null;
  readonly after: ScheduledEvent;
  /** Never empty. */
  readonly kinds: readonly ChangeKind[];
}

/**
 * What the notices come to, one change an event, by start: from what the event was before the first of them to what it
 * is now, which is what is told whatever else has happened since. What was taken back is no change.
 */
export function changesIn(notices: readonly Notice[], schedule: Schedule): readonly Change[] {
  const before = new Map<string, ScheduledEvent | null>();
  for (const notice of notices) if (!before.has(notice.eventUid)) before.set(notice.eventUid, notice.before);
  const changes = [...before].flatMap(([uid, was]): readonly Change[] => {
    const after = schedule.published.byUid(uid);
    return after ? changeOf(was, after) : [];
  });
  const starts = new Map(changes.map(({ after }) => [after, after.when ? spanOf(after.when).start : Infinity]));
  return changes.sort((a, b) => compare(starts.get(a.after), starts.get(b.after)));
}

/** What is to be told of two states of a published event; nothing where people who meant to come need not know. */
export function changeOf(before: ScheduledEvent | null, after: ScheduledEvent): readonly Change[] {
  const kinds = kindsOf(before, after);
  return kinds.length === 0 ? [] : [{ before, after, kinds }];
}

function compare(a = Infinity, b = Infinity): number {
  return a === b ? 0 : a - b;
}

function kindsOf(before: ScheduledEvent | null, after: ScheduledEvent): readonly ChangeKind[] {
  if (before === null) return ['new'];
  const kinds: ChangeKind[] = [];
  if (before.status !== after.status) kinds.push(before.status === 'cancelled' ? 'restored' : after.status);
  // A date that was given up is told by the word for it, and a cancelled event has no place to go to.
  if (after.status === 'cancelled') return kinds;
  if (!sameValue(before.when, after.when)) kinds.push('moved');
  if (!sameValue(before.venue, after.venue)) kinds.push('place');
  if (before.onlineUrl !== after.onlineUrl) kinds.push('link');
  return kinds;
}

/** The changes that a subscription is about: of events that were meant, or are now, and are not over either way. */
export function changesFor(
  subscription: Subscription,
  changes: readonly Change[],
  now: number,
  filterAt: FilterAt,
): readonly Change[] {
  return changes.filter(({ before, after }) => {
    const states = before === null ? [after] : [before, after];
    return (
      states.some((state) => isMeant(state, subscription, now, filterAt)) &&
      states.some(({ when }) => when === null || spanOf(when).end > now)
    );
  });
}

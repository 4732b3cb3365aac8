import type { Schedule } from '../schedule/schedule.ts';
import { spanOf } from '../schedule/when.ts';
import type { Change } from './changes.ts';
import { digestsIn, latestDigest, type DigestMoment } from './digest-rule.ts';
import type { FilterAt } from './filter-at.ts';
import { occasionsIn, type Occasion } from './occasions.ts';
import { quietStretchAt, type Stretch } from './quiet.ts';
import type { Subscription } from './subscription.ts';

/** Why something that was due is not sent; the sentences are in the catalogue, under `reminder.skipped.CODE`. */
export type SkipReason =
  /** A later reminder of the same event, or a later digest, was due by then as well. */
  | 'superseded'
  /** The event had begun before it could be sent. */
  | 'started'
  /** It could only have been sent in quiet times. */
  | 'quiet'
  /** The event is cancelled. */
  | 'cancelled'
  /** The event is put off, and has no date that one could be reminded of. */
  | 'postponed'
  /** The event has another date by now, of which there are reminders of their own. */
  | 'moved'
  /** The event is not published any more, or not there. */
  | 'withdrawn'
  /** The event is muted, or no longer one that the subscription is about. */
  | 'unwanted'
  /** The subscription is gone, or no longer asks for this. */
  | 'unsubscribed'
  /** There was nothing to say. */
  | 'empty'
  /** A later change of the same event was told, or took it back. */
  | 'told'
  /** The message that it corrects is not there any more. */
  | 'gone'
  /** Too late to be of use. */
  | 'late'
  /** The members of the user group or team that it is for are told one by one. */
  | 'passed-on';

/** What a delivery of the planner is about. Instants are epoch milliseconds. */
export type Topic =
  | { readonly kind: 'reminder'; readonly occasion: Occasion }
  | { readonly kind: 'digest'; readonly moment: DigestMoment };

/** Something that fell due. */
export interface Planned {
  /**
   * Unique: subscription, event, trigger, and the start it speaks of. However often the same stretch of time is
   * planned, and by however many processes, it is one delivery.
   */
  readonly key: string;
  readonly subscription: Subscription;
  readonly topic: Topic;
  /** When it was to be sent. */
  readonly at: number;
  /** When it can be sent: now, or at the end of the quiet times that now is in. */
  readonly sendAt: number;
  /** After this it is of no use. */
  readonly uselessFrom: number;
  /** Why it is not sent; `null`: it is to be sent. */
  readonly skipped: SkipReason | null;
}

/** How long after a downtime it is still looked at what fell due: what is older is of no use to anybody. */
export const CATCH_UP_MS = 7 * 86_400_000;

/** Quiet times hold back what comes later than this; what was due just before they began still goes out. */
export const GRACE_MS = 5 * 60_000;

/** From where to plan: from where it was planned to, but no further back than is of use. */
export function planningWindow(plannedTo: number | null, now: number): Stretch {
  return { start: plannedTo === null ? now : Math.max(plannedTo, now - CATCH_UP_MS), end: now };
}

/**
 * Everything that fell due in `(start, end]`, `end` being now, for each subscription. A pure function: the same stretch
 * gives the same deliveries, and a stretch cut into pieces the same keys as the whole.
 *
 * Of several reminders of one event that one stretch makes due, which happens after a downtime, only the latest is sent;
 * the others are skipped, as is what would come after the start.
 */
export function plan(
  window: Stretch,
  subscriptions: readonly Subscription[],
  schedule: Schedule,
  filterAt: FilterAt,
): readonly Planned[] {
  return subscriptions.flatMap((subscription) => [
    ...planReminders(window, subscription, schedule, filterAt),
    ...planDigests(window, subscription),
  ]);
}

function planReminders(
  window: Stretch,
  subscription: Subscription,
  schedule: Schedule,
  filterAt: FilterAt,
): readonly Planned[] {
  const occasions = occasionsIn(window, subscription, schedule, filterAt);
  // The usual minute: nothing, or one reminder each of a few events.
  const latest = new Map(occasions.map((occasion) => [occasion.event.uid, occasion]));
  return occasions.map((occasion): Planned => {
    const { at, startsAt, event } = occasion;
    const sendAt = heldBack(at, window.end, subscription);
    const reason = (): SkipReason | null => {
      if (startsAt <= window.end) return 'started';
      if (latest.get(event.uid) !== occasion) return 'superseded';
      return sendAt < startsAt ? null : 'quiet';
    };
    const topic = { kind: 'reminder', occasion } as const;
    const key = reminderKey(subscription.id, occasion);
    return { key, subscription, topic, at, sendAt, uselessFrom: startsAt, skipped: reason() };
  });
}

function planDigests(window: Stretch, subscription: Subscription): readonly Planned[] {
  const { digest, zone, id } = subscription;
  if (digest === null) return [];
  const since = Date.parse(subscription.since);
  const moments = digestsIn(window, digest, zone).filter(({ at }) => at > since);
  const last = latestDigest(moments);
  return moments.map((moment): Planned => {
    const { at, next } = moment;
    const key = digestKey(id, moment.date);
    // A digest is asked for at a certain time, so quiet times do not move it; they do hold back a late one.
    const sendAt = heldBack(at, window.end, subscription);
    const skipped = moment !== last ? 'superseded' : sendAt < next ? null : 'quiet';
    return { key, subscription, topic: { kind: 'digest', moment }, at, sendAt, uselessFrom: next, skipped };
  });
}

/** The key of the delivery of a digest. */
export function digestKey(subscriptionId: string, date: string): string {
  return `${subscriptionId} digest ${date}`;
}

/** The key of the delivery of a reminder. */
export function reminderKey(subscriptionId: string, { event, trigger, start }: Occasion): string {
  return `${subscriptionId} reminder ${event.uid} ${trigger} ${start}`;
}

/** When something that was due at `at` can be sent at the earliest, `now` being the present. */
export function heldBack(at: number, now: number, { quiet, zone }: Pick<Subscription, 'quiet' | 'zone'>): number {
  if (now - at <= GRACE_MS) return now;
  return quietStretchAt(now, quiet, zone)?.end ?? now;
}

/** Quiet times hold a change back, unless the event would have begun by their end: then it is told at once. */
export function afterQuiet(changes: readonly Change[], subscription: Subscription, at: number, now: number): number {
  const end = heldBack(at, now, subscription);
  const starts = changes.flatMap(({ before, after }) =>
    [before?.when, after.when].flatMap((when) => (when ? [spanOf(when).start] : [])),
  );
  return starts.some((start) => start > now && start <= end) ? now : end;
}

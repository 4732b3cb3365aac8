import type { Notice } from '../ports.ts';
import type { ScheduledEvent } from '../schedule/event.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { spanOf } from '../schedule/when.ts';
import { changeKey, changeOf, changesFor, type Burst, type Change } from './changes.ts';
import type { FilterAt } from './filter-at.ts';
import { placeKey, type DeliveredMessage, type DeliveryRecord, type Ledger, type NewDelivery } from './ledger.ts';
import { startKey } from './occasions.ts';
import { afterQuiet, CATCH_UP_MS } from './plan.ts';
import type { Subscription } from './subscription.ts';

/** The events that are after a burst what they were before it: nothing is told of them, but something may have been in between. */
export function takenBack(
  notices: readonly Notice[],
  changes: readonly Change[],
  schedule: Schedule,
): readonly ScheduledEvent[] {
  const changed = new Set(changes.map(({ after }) => after.uid));
  const mattered = notices.filter(({ before, after }) => changeOf(before, after).length > 0);
  const uids = new Set(mattered.map(({ eventUid }) => eventUid).filter((uid) => !changed.has(uid)));
  return [...uids].flatMap((uid) => schedule.published.byUid(uid) ?? []);
}

/** What the subscriptions are told of the changes of one burst. */
export function changeDeliveries(
  { first, last, over }: Burst,
  changes: readonly Change[],
  subscriptions: readonly Subscription[],
  filterAt: FilterAt,
  now: number,
  groupId: string,
): readonly NewDelivery[] {
  const asking = subscriptions.filter(({ changes: isAskedFor, since }) => isAskedFor && Date.parse(since) < over);
  const wantedBy = (subscription: Subscription) => changesFor(subscription, changes, now, filterAt);
  const mains = Map.groupBy(
    asking.filter(({ only }) => only === null),
    ({ target }) => placeKey(target),
  );
  return asking.flatMap((subscription): NewDelivery[] => {
    // What the same place is told of the group as a whole is enough.
    const covered =
      subscription.only === null ? [] : (mains.get(placeKey(subscription.target)) ?? []).flatMap(wantedBy);
    const wanted = wantedBy(subscription).filter((change) => !covered.includes(change));
    if (wanted.length === 0) return [];
    return [
      {
        key: changeKey(subscription.id, first),
        kind: 'change',
        groupId,
        subscriptionId: subscription.id,
        eventUid: null,
        target: subscription.target,
        payload: { first, last },
        plannedFor: over,
        sendAt: afterQuiet(wanted, subscription, -Infinity, now),
        uselessFrom: over + CATCH_UP_MS,
        skipped: null,
      },
    ];
  });
}

/** How many reminders are amended at most, of so many events that are asked for at once. */
const AMENDED = 10_000;
const EVENTS_AT_ONCE = 500;

/** The reminders on the walls that speak of a date, a place or a status that is not true any more. */
export async function amendments(
  burst: Burst,
  changes: readonly Change[],
  back: readonly ScheduledEvent[],
  ledger: Ledger,
  now: number,
  groupId: string,
): Promise<readonly NewDelivery[]> {
  const eventUids = changes.flatMap(({ after, kinds }) => (kinds.includes('new') ? [] : [after.uid]));
  const starts = new Map(back.map(({ uid, when }) => [uid, when && startKey(when)]));
  eventUids.push(...starts.keys());
  // A reminder that was put right already speaks of a later date than its own.
  const startsOf = new Map(
    changes.map(({ before, after }) => {
      const dates = [before?.when, after.when].flatMap((when) => (when ? [spanOf(when).start] : []));
      return [after.uid, Math.max(...dates)];
    }),
  );
  const found: DeliveryRecord[] = [];
  for (let at = 0; at < eventUids.length; at += EVENTS_AT_ONCE) {
    const some = eventUids.slice(at, at + EVENTS_AT_ONCE);
    const query = { groupId, kind: 'reminder', eventUids: some, state: 'sent', limit: AMENDED } as const;
    found.push(...(await ledger.list(query)));
  }
  return found.flatMap((reminder): NewDelivery[] => {
    const { eventUid, message } = reminder;
    const uselessFrom = Math.max(reminder.uselessFrom ?? Infinity, startsOf.get(eventUid ?? '') ?? -Infinity);
    if (message === null || uselessFrom <= now) return [];
    // What was taken back is wrong only where the mistake was posted.
    if (starts.get(eventUid ?? '') === reminder.payload.start) return [];
    return [
      amendment({ ...reminder, uselessFrom: Number.isFinite(uselessFrom) ? uselessFrom : null }, message, burst, now),
    ];
  });
}

/** Puts a reminder right by the changes from one notice on; of one burst once. */
export function amendment(
  reminder: Pick<NewDelivery, 'key' | 'groupId' | 'subscriptionId' | 'eventUid' | 'target' | 'payload' | 'uselessFrom'>,
  message: DeliveredMessage,
  { first, last }: Pick<Burst, 'first' | 'last'>,
  now: number,
): NewDelivery {
  const { key, groupId, subscriptionId, eventUid, target, payload, uselessFrom } = reminder;
  return {
    key: `${key} amended ${last}`,
    kind: 'amend',
    groupId,
    subscriptionId,
    eventUid,
    target,
    payload: { first, message, start: payload.start },
    plannedFor: now,
    sendAt: now,
    uselessFrom,
    skipped: null,
  };
}

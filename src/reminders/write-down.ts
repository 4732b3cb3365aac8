import type { Clock } from '../clock.ts';
import type { Schedules } from '../engine/schedules.ts';
import type { Language } from '../language/language.ts';
import type { Notice, Store } from '../ports.ts';
import type { WorkingGroup } from '../schedule/event.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { spanOf } from '../schedule/when.ts';
import { burstsOf, changeKey, changesFor, changesIn, type Burst, type Change } from './changes.ts';
import { filtersOf, type FilterAt } from './filter-at.ts';
import { allNotices } from './judge.ts';
import type { DeliveryRecord, Ledger, NewDelivery } from './ledger.ts';
import { CATCH_UP_MS, heldBack, plan, planningWindow, type Planned } from './plan.ts';
import type { Subscription } from './subscription.ts';
import { writeDownTroubles, type TroubleParts } from './troubles.ts';

/** What writing down takes. */
export interface WriteDownParts extends Omit<TroubleParts, 'store'> {
  readonly store: Pick<Store, 'groups' | 'notices' | 'ledger' | 'subscriptions' | 'roles'>;
  readonly schedules: Schedules;
  readonly languages: readonly [Language, ...Language[]];
  readonly clock: Clock;
  /** What else follows from changes that are told, beside posts to those who subscribed. `now`: epoch milliseconds. */
  readonly further?: (schedule: Schedule, changes: readonly Change[], now: number) => Promise<readonly NewDelivery[]>;
}

/**
 * Writes everything that has fallen due since the last time into the ledger, for every group. Whatever stops it half-way
 * or does it at the same time, each delivery is written once: what is planned follows from the stretch of time alone,
 * and how far it is planned is noted last.
 *
 * @returns how many deliveries are new
 */
export async function writeDown({ clock, ...parts }: WriteDownParts): Promise<number> {
  const now = clock.now().epochMilliseconds;
  let added = 0;
  const groups = await parts.store.groups();
  const withParked = new Set(await parts.store.ledger.groupsWithParked());
  for (const group of groups) {
    added += await writeDownGroup(group, { ...parts, now, hasParked: withParked.has(group.id) });
  }
  return added;
}

async function writeDownGroup(
  group: WorkingGroup,
  parts: Omit<WriteDownParts, 'clock'> & { readonly now: number; readonly hasParked: boolean },
): Promise<number> {
  const { store, schedules, languages, further, now, hasParked } = parts;
  const { ledger } = store;
  const position = await ledger.planning(group.id);
  const subscriptions = await store.subscriptions.of(group.id);
  const schedule = await schedules.current(group);
  const filterAt = filtersOf(schedule, languages);
  const notices = await allNotices(store, group.id, { after: position?.noticeId ?? 0 });
  // What was changed before anybody counted is not news.
  const bursts = position === null ? [] : burstsOf(notices, now);
  const noticeId = (position === null ? notices : bursts).at(-1);

  const window = planningWindow(position?.to ?? null, now);
  const deliveries = plan(window, subscriptions, schedule, filterAt).map((planned) => deliveryOf(planned, group.id));
  const told: Change[] = [];
  for (const burst of bursts) {
    const inBurst = notices.filter(({ id }) => id >= burst.first && id <= burst.last);
    const changes = changesIn(inBurst, schedule);
    told.push(...changes);
    deliveries.push(
      ...changeDeliveries(burst, changes, subscriptions, filterAt, now, group.id),
      ...(await amendments(burst, changes, ledger, now, group.id)),
    );
  }
  if (further) deliveries.push(...(await further(schedule, told, now)));
  const added = await ledger.add(deliveries, now);
  await ledger.planned(group.id, { to: now, noticeId: lastOf(noticeId) ?? position?.noticeId ?? 0 });
  return added + (await writeDownTroubles(group.id, { since: position?.troublesTo ?? null, now, hasParked }, parts));
}

function lastOf(last: Notice | Burst | undefined): number | undefined {
  return last && ('last' in last ? last.last : last.id);
}

function deliveryOf(
  { key, subscription, topic, at, sendAt, uselessFrom, skipped }: Planned,
  groupId: string,
): NewDelivery {
  const isReminder = topic.kind === 'reminder';
  return {
    key,
    kind: topic.kind,
    groupId,
    subscriptionId: subscription.id,
    eventUid: isReminder ? topic.occasion.event.uid : null,
    target: subscription.target,
    payload: isReminder ? { trigger: topic.occasion.trigger, start: topic.occasion.start } : { ...topic.moment },
    plannedFor: at,
    sendAt,
    uselessFrom,
    skipped,
  };
}

function changeDeliveries(
  { first, last, over }: Burst,
  changes: readonly Change[],
  subscriptions: readonly Subscription[],
  filterAt: FilterAt,
  now: number,
  groupId: string,
): readonly NewDelivery[] {
  const asking = subscriptions.filter(({ changes: isAskedFor, since }) => isAskedFor && Date.parse(since) < over);
  return asking.flatMap((subscription): NewDelivery[] => {
    const wanted = changesFor(subscription, changes, now, filterAt);
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
        sendAt: afterQuiet(wanted, subscription, now),
        uselessFrom: over + CATCH_UP_MS,
        skipped: null,
      },
    ];
  });
}

/** Quiet times hold a change back, unless the event would have begun by their end: then it is told at once. */
function afterQuiet(changes: readonly Change[], subscription: Subscription, now: number): number {
  const end = heldBack(-Infinity, now, subscription);
  const starts = changes.flatMap(({ before, after }) =>
    [before?.when, after.when].flatMap((when) => (when ? [spanOf(when).start] : [])),
  );
  return starts.some((start) => start > now && start <= end) ? now : end;
}

/** How many reminders are amended at most, of so many events that are asked for at once. */
const AMENDED = 10_000;
const EVENTS_AT_ONCE = 500;

/** The reminders on the walls that speak of a date, a place or a status that is not true any more. */
async function amendments(
  { first, last }: Burst,
  changes: readonly Change[],
  ledger: Ledger,
  now: number,
  groupId: string,
): Promise<readonly NewDelivery[]> {
  const eventUids = changes.flatMap(({ after, kinds }) => (kinds.includes('new') ? [] : [after.uid]));
  const found: DeliveryRecord[] = [];
  for (let at = 0; at < eventUids.length; at += EVENTS_AT_ONCE) {
    const some = eventUids.slice(at, at + EVENTS_AT_ONCE);
    const query = { groupId, kind: 'reminder', eventUids: some, state: 'sent', limit: AMENDED } as const;
    found.push(...(await ledger.list(query)));
  }
  return found.flatMap((reminder): NewDelivery[] => {
    const { key, subscriptionId, eventUid, target, message, uselessFrom } = reminder;
    if (message === null || (uselessFrom !== null && uselessFrom <= now)) return [];
    return [
      {
        key: `${key} amended ${last}`,
        kind: 'amend',
        groupId,
        subscriptionId,
        eventUid,
        target,
        payload: { first, message },
        plannedFor: now,
        sendAt: now,
        uselessFrom,
        skipped: null,
      },
    ];
  });
}

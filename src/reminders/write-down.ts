import type { Clock } from '../clock.ts';
import type { Schedules } from '../engine/schedules.ts';
import { BotError } from '../errors.ts';
import type { Language } from '../language/language.ts';
import type { Notice, Store } from '../ports.ts';
import type { ScheduledEvent, WorkingGroup } from '../schedule/event.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { amendments, changeDeliveries, takenBack } from './change-deliveries.ts';
import { burstsOf, changesIn, type Burst, type Change } from './changes.ts';
import { filtersOf } from './filter-at.ts';
import { allNotices } from './judge.ts';
import { placeKey, type NewDelivery } from './ledger.ts';
import { plan, planningWindow, type Planned } from './plan.ts';
import { writeDownTroubles, type TroubleParts } from './troubles.ts';

/** What writing down takes. */
export interface WriteDownParts extends Omit<TroubleParts, 'store'> {
  readonly store: Pick<Store, 'groups' | 'notices' | 'ledger' | 'subscriptions' | 'roles'>;
  readonly schedules: Schedules;
  readonly languages: readonly [Language, ...Language[]];
  readonly clock: Clock;
  /** What else follows from changes that are told, beside posts to those who subscribed. `now`: epoch milliseconds. */
  readonly further?: (
    schedule: Schedule,
    changed: readonly ScheduledEvent[],
    now: number,
  ) => Promise<readonly NewDelivery[]>;
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
  const failures: unknown[] = [];
  for (const group of groups) {
    try {
      added += await writeDownGroup(group, { ...parts, now, hasParked: withParked.has(group.id) });
    } catch (error) {
      // What keeps one group from being planned keeps no other; without a database there is nothing to go on with.
      if (error instanceof BotError) throw error;
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `groups that could not be planned: ${failures.length}`);
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
  const planned = [...plan(window, subscriptions, schedule, filterAt)];
  const deliveries: NewDelivery[] = [];
  const told: Change[] = [];
  const settledAgain: ScheduledEvent[] = [];
  for (const burst of bursts) {
    const inBurst = notices.filter(({ id }) => id >= burst.first && id <= burst.last);
    const changes = changesIn(inBurst, schedule);
    told.push(...changes);
    const back = takenBack(inBurst, changes, schedule);
    settledAgain.push(...back);
    if (back.length > 0) {
      // Their minute may have passed while the mistake stood.
      const since = { start: Date.parse(inBurst[0]?.at ?? '') - 60_000, end: now };
      planned.push(...plan(since, subscriptions, schedule, filterAt).filter(isOf(back)));
    }
    deliveries.push(
      ...changeDeliveries(burst, changes, subscriptions, filterAt, now, group.id),
      ...(await amendments(burst, changes, back, ledger, now, group.id)),
    );
  }
  deliveries.push(...withoutDoubles(planned).map((each) => deliveryOf(each, group.id)));
  if (further) deliveries.push(...(await further(schedule, [...told.map(({ after }) => after), ...settledAgain], now)));
  const added = await ledger.add(deliveries, now);
  await ledger.planned(group.id, { to: now, noticeId: lastOf(noticeId) ?? position?.noticeId ?? 0 });
  return added + (await writeDownTroubles(group.id, { since: position?.troublesTo ?? null, now, hasParked }, parts));
}

/** Tells the reminders of some events from everything else that is planned. */
function isOf(events: readonly ScheduledEvent[]): (planned: Planned) => boolean {
  const uids = new Set(events.map(({ uid }) => uid));
  return ({ topic }) => topic.kind === 'reminder' && uids.has(topic.occasion.event.uid);
}

/** Of what one place would read of one event at one moment, what it is told of the group as a whole is enough. */
function withoutDoubles(planned: readonly Planned[]): readonly Planned[] {
  const keyOf = ({ subscription: { target }, topic, at }: Planned) =>
    topic.kind === 'reminder' ? `${placeKey(target)} ${topic.occasion.event.uid} ${at}` : '';
  const isSingle = ({ subscription }: Planned) => subscription.only !== null;
  const places = new Set(planned.filter(isSingle).map(({ subscription }) => placeKey(subscription.target)));
  const told = new Set(
    planned
      .filter((each) => !isSingle(each) && each.skipped === null && places.has(placeKey(each.subscription.target)))
      .map(keyOf),
  );
  return planned.map((each) =>
    isSingle(each) && told.has(keyOf(each)) ? { ...each, skipped: each.skipped ?? 'told' } : each,
  );
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

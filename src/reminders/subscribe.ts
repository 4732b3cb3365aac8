import type { Context } from '../engine/command.ts';
import type { ScheduledEvent } from '../schedule/event.ts';
import { everything } from '../schedule/filter.ts';
import { effectiveLeadTime } from './lead-time.ts';
import { filtersOf } from './filter-at.ts';
import { isMeant } from './occasions.ts';
import type { Into } from './rule-arguments.ts';
import { rulesSchema, storedRules, type Rules, type Subscription } from './subscription.ts';
import type { Told } from './told.ts';

/** A subscription that tells nothing yet. */
export function blankSubscription({ target, channel }: Told, context: Context): Subscription {
  const { identity, group, reader, language, present } = context;
  return {
    id: identity.uid(),
    groupId: group.id,
    target,
    leadTimes: [],
    filter: everything,
    only: null,
    announceAt: '09:00',
    quiet: { hours: null, weekends: false },
    digest: null,
    emptyDigests: false,
    changes: false,
    mutes: [],
    zone: channel === null ? reader.zone : group.zone,
    language: channel === null ? language.tag : group.language,
    since: present.toString(),
  };
}

/**
 * A subscription whose posts go where somebody says: into the thread in which they say it, or into the channel. `null`:
 * they say so in no thread.
 *
 * @param into `null`: as before
 */
export function postedInto(subscription: Subscription, into: Into | null, { thread }: Told): Subscription | null {
  const { target } = subscription;
  if (into === null) return subscription;
  if (into === 'thread' && thread === null) return null;
  return target.kind === 'person'
    ? subscription
    : { ...subscription, target: { ...target, thread: into === 'thread' ? thread : null } };
}

/** A subscription with other rules, in the order in which they are stored. */
export function withRules(subscription: Subscription, rules: Partial<Rules>): Subscription {
  return { ...subscription, ...rulesSchema.parse(storedRules({ ...subscription, ...rules })) };
}

/** Whether what somebody is told of the group as a whole includes an event. */
export function includes(main: Subscription | null, event: ScheduledEvent, context: Context): main is Subscription {
  if (main === null) return false;
  const { schedule, language, now } = context;
  return isMeant(event, main, now.epochMilliseconds, filtersOf(schedule, [language]));
}

/**
 * Saves what somebody is told of the group as a whole, and sees to it that nothing is told twice: what it says of an
 * event for which there is a subscription of its own is left to it.
 */
export async function saveMain(main: Subscription, { singles }: Told, context: Context): Promise<void> {
  const { store } = context;
  await store.subscriptions.save(main);
  for (const single of singles) {
    const event = (single.only ?? []).map((uid) => context.schedule.byUid(uid)).find((each) => each !== undefined);
    if (!event || !includes(main, event, context)) continue;
    const known = new Set(main.leadTimes.map((lead) => effectiveLeadTime(event.when, lead)));
    const leadTimes = single.leadTimes.filter((lead) => !known.has(effectiveLeadTime(event.when, lead)));
    if (leadTimes.length === 0) await store.subscriptions.remove(single.id);
    else await store.subscriptions.save(withRules(single, { leadTimes, changes: single.changes && !main.changes }));
  }
}

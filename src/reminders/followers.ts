import type { Context } from '../engine/command.ts';
import type { ScheduledEvent } from '../schedule/event.ts';
import { filtersOf } from './filter-at.ts';
import { tenantOf } from './ledger.ts';
import { isMeant } from './occasions.ts';
import type { Target } from './subscription.ts';

/** Who is told of a change by a post. */
export interface Followers {
  /** The names of the channels. */
  readonly channels: readonly string[];
  /** How many people get a direct message. */
  readonly people: number;
}

/** Those who asked to be told of changes to any of these events, and can be reached. */
export async function followersOf(
  events: readonly ScheduledEvent[],
  { store, group, schedule, language, present }: Context,
): Promise<Followers> {
  const [subscriptions, unreachable] = await Promise.all([
    store.subscriptions.of(group.id),
    store.subscriptions.unreachable(group.id),
  ]);
  const silent = new Set(unreachable.map(placeOf));
  const filterAt = filtersOf(schedule, [language]);
  const now = present.epochMilliseconds;
  const targets = new Map(
    subscriptions
      .filter((each) => each.changes && !silent.has(placeOf(each.target)))
      .filter((each) => events.some((event) => isMeant(event, each, now, filterAt)))
      .map(({ target }) => [`${target.kind} ${placeOf(target)}`, target]),
  );
  const conversations = [...targets.values()].filter(({ kind }) => kind === 'conversation');
  const channels = await Promise.all(
    conversations.map(async ({ platform, tenant, id }) => {
      const known = await store.conversation({ platform, tenant, id });
      return known?.name ?? id;
    }),
  );
  return { channels, people: targets.size - conversations.length };
}

function placeOf(target: Pick<Target, 'platform' | 'tenant' | 'id'>): string {
  return `${tenantOf(target)}/${target.id}`;
}

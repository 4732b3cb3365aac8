import type { Context } from '../engine/command.ts';
import { changesFor, type Change } from './changes.ts';
import { filtersOf } from './filter-at.ts';
import { tenantOf } from './ledger.ts';
import type { Target } from './subscription.ts';

/** Who is told of a change by a post. */
export interface Followers {
  /** The names of the channels. */
  readonly channels: readonly string[];
  /** How many people get a direct message. */
  readonly people: number;
}

/** Those who will be told of any of these changes: they asked for it, it is about what they follow, and they can be reached. */
export async function followersOf(
  changes: readonly Change[],
  { store, group, schedule, language, present }: Context,
): Promise<Followers> {
  const [subscriptions, unreachable] = await Promise.all([
    store.subscriptions.of(group.id),
    store.subscriptions.lost(group.id),
  ]);
  const silent = new Set(unreachable.map(placeOf));
  const filterAt = filtersOf(schedule, [language]);
  const now = present.epochMilliseconds;
  const targets = new Map(
    subscriptions
      .filter((each) => each.changes && !silent.has(placeOf(each.target)))
      // One is enough, and a file may bring thousands.
      .filter((each) => changes.some((change) => changesFor(each, [change], now, filterAt).length > 0))
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

import type { Clock } from '../clock.ts';
import type { Schedules } from '../engine/schedules.ts';
import type { Language } from '../language/language.ts';
import type { Log } from '../log.ts';
import type { Actor, Store } from '../ports.ts';
import { filtersOf, type FilterAt } from '../reminders/filter-at.ts';
import type { WorkingGroup } from '../schedule/event.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { askedTogether } from './asked-together.ts';
import type { Feed, Feeds } from './feed.ts';
import { createRate } from './rate.ts';
import { hashOfToken, MINUTES_BETWEEN_NOTES, type OpenFeed, type StoredFeed } from './stored-feed.ts';

/** What an address opens. */
export type Opening =
  | { readonly type: 'feed'; readonly feed: Feed; readonly group: WorkingGroup }
  /** Never was, is revoked, or its owner may no longer read: nobody can tell which. */
  | { readonly type: 'nothing' }
  | { readonly type: 'too-often'; readonly waitMs: number };

/** What the door stands on. */
export interface FeedDoorParts {
  readonly store: Pick<Store, 'feeds' | 'groups'>;
  readonly schedules: Schedules;
  readonly feeds: Feeds;
  readonly clock: Clock;
  readonly languages: readonly [Language, ...Language[]];
  readonly log: Log;
  /** Whether somebody may read a group’s schedule at all. */
  readonly mayRead: (person: Actor, group: WorkingGroup) => boolean | Promise<boolean>;
  readonly perMinute?: number;
}

/** How often one address may be asked in a minute. Calendars look a few times an hour at most. */
export const FETCHES_A_MINUTE = 60;
/** How many addresses are kept in mind: those that open, and those that certainly do not. */
const REMEMBERED = 10_000;
/** How much of a token’s hash the log shows: enough to find the feed, of no use to open it. */
const SHOWN = 8;

/**
 * Opens feeds by their tokens. Everything is checked at each look: the feed is not revoked, whoever has it may still
 * read, the conversation that has it is still linked to the group.
 */
export function createFeedDoor(parts: FeedDoorParts): { open(token: string): Promise<Opening> } {
  const { store, schedules, feeds, clock, languages, log, mayRead, perMinute = FETCHES_A_MINUTE } = parts;
  const rate = createRate({ perMinute, keys: REMEMBERED });
  // A token that opened nothing never will: they are random, and a revoked feed stays revoked.
  const dead = new Set<string>();
  const find = askedTogether((hashes) => store.feeds.open(hashes));
  const filters = new WeakMap<Schedule, FilterAt>();
  const nothing = { type: 'nothing' } as const;

  const bury = (hash: string): void => {
    dead.add(hash);
    for (const oldest of dead) {
      if (dead.size <= REMEMBERED) break;
      dead.delete(oldest);
    }
  };

  const isLinked = async ({ feed, group, conversation }: OpenFeed): Promise<boolean> => {
    if (feed.conversationId === null) return true;
    if (conversation?.disconnected !== null) return false;
    return (conversation.groupId ?? (await store.groups())[0]?.id) === group.id;
  };

  const note = ({ id, fetchedAt }: StoredFeed): void => {
    const now = clock.now();
    const due = fetchedAt === null ? 0 : Date.parse(fetchedAt) + MINUTES_BETWEEN_NOTES * 60_000;
    if (now.epochMilliseconds < due) return;
    // A calendar gets its events even where this cannot be written.
    store.feeds.fetched(id, now.toString()).catch((error: unknown) => {
      log.warn({ err: error, feed: id }, 'it could not be noted that a feed was fetched');
    });
  };

  const filterOf = (feed: StoredFeed, schedule: Schedule, now: number) => {
    let filterAt = filters.get(schedule);
    if (!filterAt) filters.set(schedule, (filterAt = filtersOf(schedule, languages)));
    return filterAt(feed, now);
  };

  return {
    async open(token) {
      const hash = hashOfToken(token);
      if (dead.has(hash)) return nothing;
      const found = await find(hash);
      if (!found) {
        bury(hash);
        return nothing;
      }
      const { feed, group } = found;
      const now = clock.now();
      const waitMs = rate.take(hash, now.epochMilliseconds);
      if (waitMs > 0) {
        log.warn({ feed: feed.id, token: hash.slice(0, SHOWN) }, 'a feed is fetched too often');
        return { type: 'too-often', waitMs };
      }
      if (!(await mayRead(feed.owner, group)) || !(await isLinked(found))) {
        log.info({ feed: feed.id, token: hash.slice(0, SHOWN) }, 'a feed is refused to whom it no longer belongs');
        return nothing;
      }
      const schedule = await schedules.current(group);
      const filter = filterOf(feed, schedule.published, now.epochMilliseconds);
      const language = languages.find(({ tag }) => tag === feed.language) ?? languages[0];
      const name =
        filter.words === ''
          ? schedule.group.name
          : language.t('feed.name', { group: schedule.group.name, filter: filter.words });
      const rendered = await feeds.feed({
        schedule,
        filter,
        zone: feed.zone,
        language,
        now,
        name,
        alarms: feed.alarms,
      });
      note(feed);
      return { type: 'feed', feed: rendered, group: schedule.group };
    },
  };
}

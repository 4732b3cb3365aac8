import { createHash } from 'node:crypto';
import type { Actor, Conversation, Identity } from '../ports.ts';
import type { WorkingGroup } from '../schedule/event.ts';
import type { Filter } from '../schedule/filter.ts';

/** A secret calendar address as the bot remembers it: without the secret. */
export interface StoredFeed {
  /** What the bot’s buttons and the log call it. */
  readonly id: string;
  /** See {@link hashOfToken}. */
  readonly tokenHash: string;
  readonly groupId: string;
  readonly owner: Actor;
  /** The conversation that it is for, on the owner’s platform; `null`: it is the owner’s own. */
  readonly conversationId: string | null;
  /** As it was understood when it was asked for, and as it was typed. */
  readonly filter: Filter;
  /** IANA zone in which the filter’s days are meant. */
  readonly zone: string;
  /** BCP 47 tag. */
  readonly language: string;
  /** Minutes before the start at which calendars are to remind, the longest first. */
  readonly alarms: readonly number[];
  /** Instants, ISO 8601 in UTC. */
  readonly createdAt: string;
  readonly revokedAt: string | null;
  /** When a calendar last looked, give or take {@link MINUTES_BETWEEN_NOTES}. */
  readonly fetchedAt: string | null;
}

/** How often at most it is noted that a calendar has looked. */
export const MINUTES_BETWEEN_NOTES = 10;

/** A feed, and what it hangs on as that is at the moment. */
export interface OpenFeed {
  readonly feed: StoredFeed;
  readonly group: WorkingGroup;
  /** The conversation that it is for; `null`: it is for none, or for one that the bot does not know. */
  readonly conversation: Pick<Conversation, 'groupId' | 'disconnected'> | null;
}

/** Where feeds are kept. */
export interface StoredFeeds {
  /** The feeds that addresses open, by the hashes of their tokens. Those unknown and those revoked are missing alike. */
  open(tokenHashes: readonly string[]): Promise<ReadonlyMap<string, OpenFeed>>;
  /** The feeds of a group that are not revoked, the oldest first. */
  of(groupId: string): Promise<readonly StoredFeed[]>;
  add(feed: StoredFeed): Promise<void>;
  /**
   * Ends a feed, and lets another one take its place in the same moment.
   *
   * @returns whether it was not revoked yet; if it was, nothing is done
   */
  revoke(id: string, at: string, successor?: StoredFeed): Promise<boolean>;
  /** Notes when a calendar looked. */
  fetched(id: string, at: string): Promise<void>;
}

/** What is kept of a token: 64 hexadecimal digits from which nobody gets it back. A token is random, so no salt. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Whether somebody made a feed themselves. */
export function isOwner({ owner }: StoredFeed, { platform, tenant, user }: Identity): boolean {
  return owner.platform === platform && owner.tenant === tenant && owner.user === user;
}

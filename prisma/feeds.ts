import { join } from '@prisma/client/runtime/client';
import type { OpenFeed, StoredFeed, StoredFeeds } from '../src/calendar/stored-feed.ts';
import { alarmsSchema } from '../src/calendar/alarm-triggers.ts';
import { filterSchema } from '../src/schedule/filter-schema.ts';
import type { Prisma } from './generated/sqlite/client.ts';
import type { StoreParts } from './ledger.ts';
import { groupOf, instantOf } from './rows.ts';

/** A feed, its group and its conversation in one row; the columns that several have are the group’s. */
type JoinedRow = Prisma.WorkingGroupModel &
  Omit<Prisma.FeedModel, 'id' | 'zone' | 'language' | 'createdAt'> & {
    readonly feedId: string;
    readonly feedZone: string;
    readonly feedLanguage: string;
    readonly feedCreatedAt: Date;
    readonly knownConversationId: string | null;
    readonly linkedGroupId: string | null;
    readonly disconnected: string | null;
  };

/** The feeds in an open database. */
export function feedsOn({ client, run }: Pick<StoreParts, 'client' | 'run'>): StoredFeeds {
  return {
    async open(tokenHashes) {
      // Asked by every calendar at every look.
      const rows = await run(
        () => client.$queryRaw<JoinedRow[]>`
          SELECT "WorkingGroup".*, feed."id" AS "feedId", feed."tokenHash", feed."groupId", feed."ownerPlatform",
            feed."ownerTenant", feed."ownerUserId", feed."ownerName", feed."conversationId", feed."filter",
            feed."zone" AS "feedZone", feed."language" AS "feedLanguage", feed."createdAt" AS "feedCreatedAt", feed."alarms",
            feed."revokedAt", feed."fetchedAt", conversation."id" AS "knownConversationId",
            conversation."groupId" AS "linkedGroupId", conversation."disconnected"
          FROM "Feed" AS feed JOIN "WorkingGroup" ON "WorkingGroup"."id" = feed."groupId"
            LEFT JOIN "Conversation" AS conversation ON conversation."platform" = feed."ownerPlatform"
              AND conversation."tenant" = feed."ownerTenant" AND conversation."id" = feed."conversationId"
          WHERE feed."tokenHash" IN (${join([...tokenHashes])}) AND feed."revokedAt" IS NULL`,
      );
      return new Map(rows.map((row) => [row.tokenHash, openFeedOf(row)]));
    },

    async of(groupId) {
      const rows = await run(() =>
        client.feed.findMany({ where: { groupId, revokedAt: null }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] }),
      );
      return rows.map(feedOf);
    },

    async add(feed) {
      await run(() => client.feed.create({ data: feedRow(feed), select: { id: true } }));
    },

    revoke: (id, at, successor) =>
      run(() =>
        client.$transaction(async (tx) => {
          const revoked = { where: { id, revokedAt: null }, data: { revokedAt: new Date(at) } };
          const { count } = await tx.feed.updateMany(revoked);
          if (count === 1 && successor) await tx.feed.create({ data: feedRow(successor), select: { id: true } });
          return count === 1;
        }),
      ),

    async fetched(id, at) {
      await run(() => client.feed.updateMany({ where: { id }, data: { fetchedAt: new Date(at) } }));
    },
  };
}

function openFeedOf(row: JoinedRow): OpenFeed {
  const { feedId: id, feedZone: zone, feedLanguage: language, feedCreatedAt: createdAt } = row;
  const { knownConversationId, linkedGroupId: groupId, disconnected } = row;
  return {
    feed: feedOf({ ...row, id, zone, language, createdAt }),
    group: groupOf(row),
    conversation: knownConversationId === null ? null : { groupId, disconnected },
  };
}

function feedOf(row: Prisma.FeedModel): StoredFeed {
  const { id, tokenHash, groupId, conversationId, zone, language } = row;
  return {
    id,
    tokenHash,
    groupId,
    owner: { platform: row.ownerPlatform, tenant: row.ownerTenant, user: row.ownerUserId, name: row.ownerName },
    conversationId,
    filter: filterSchema.parse(row.filter),
    zone,
    language,
    alarms: alarmsSchema.parse(row.alarms ?? []),
    createdAt: instantOf(row.createdAt),
    revokedAt: row.revokedAt && instantOf(row.revokedAt),
    fetchedAt: row.fetchedAt && instantOf(row.fetchedAt),
  };
}

function feedRow({ owner, filter, ...feed }: StoredFeed) {
  const { id, tokenHash, groupId, conversationId, zone, language, alarms, createdAt, revokedAt, fetchedAt } = feed;
  return {
    id,
    tokenHash,
    groupId,
    ownerPlatform: owner.platform,
    ownerTenant: owner.tenant,
    ownerUserId: owner.user,
    ownerName: owner.name,
    conversationId,
    filter: filter as unknown as Prisma.InputJsonValue,
    zone,
    language,
    alarms: [...alarms],
    createdAt: new Date(createdAt),
    revokedAt: revokedAt === null ? null : new Date(revokedAt),
    fetchedAt: fetchedAt === null ? null : new Date(fetchedAt),
  };
}

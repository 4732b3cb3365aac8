import { Sql } from '@prisma/client/runtime/client';
import { rulesSchema, storedRules, type Subscription, type Subscriptions } from '../src/reminders/subscription.ts';
import type { Prisma } from './generated/sqlite/client.ts';
import type { StoreParts } from './ledger.ts';

/** The subscriptions in an open database. */
export function subscriptionsOn({ provider, client, run }: StoreParts): Subscriptions {
  // What every batch of deliveries asks is written out, so that no plan has to be made for it first.
  const [before, after] =
    provider === 'sqlite'
      ? ['IN (SELECT "value" FROM json_each(', '))']
      : ['= ANY (ARRAY(SELECT jsonb_array_elements_text(', '::jsonb)))'];
  const withIds = [`SELECT * FROM "Subscription" WHERE "id" ${before}`, after];

  return {
    async of(groupId) {
      const rows = await run(() => client.subscription.findMany({ where: { groupId }, orderBy: { id: 'asc' } }));
      return rows.map(subscriptionOf);
    },

    async for({ kind, platform, tenant, id }) {
      const rows = await run(() =>
        client.subscription.findMany({
          where: { targetKind: kind, platform, tenant, targetId: id },
          orderBy: { id: 'asc' },
        }),
      );
      return rows.map(subscriptionOf);
    },

    async withIds(ids) {
      const query = new Sql(withIds, [JSON.stringify(ids)]);
      const rows = await run(() => client.$queryRaw<Prisma.SubscriptionModel[]>(query));
      return rows.map(subscriptionOf);
    },

    async lost(groupId) {
      const rows = await run(
        () => client.$queryRaw<Prisma.ConversationModel[]>`
          SELECT DISTINCT place.* FROM "Subscription" AS told JOIN "Conversation" AS place
            ON place."platform" = told."platform" AND place."tenant" = told."tenant" AND place."id" = told."targetId"
          WHERE told."groupId" = ${groupId} AND told."targetKind" = 'conversation' AND place."disconnected" IS NOT NULL
          ORDER BY place."platform", place."tenant", place."id"`,
      );
      return rows.map(({ platform, tenant, id, name, disconnected, lostOrBackAt }) => {
        const since = lostOrBackAt === null ? null : new Date(lostOrBackAt).getTime();
        return { platform, tenant, id, name, reason: disconnected ?? '', since };
      });
    },

    async save(subscription) {
      const { id, ...rest } = subscriptionRow(subscription);
      await run(() => client.subscription.upsert({ where: { id }, create: { id, ...rest }, update: rest }));
    },

    async remove(id) {
      await run(() => client.subscription.deleteMany({ where: { id } }));
    },
  };
}

function subscriptionRow(subscription: Subscription) {
  const { id, groupId, target, since, ...rules } = subscription;
  return {
    id,
    groupId,
    targetKind: target.kind,
    platform: target.platform,
    tenant: target.tenant,
    targetId: target.id,
    thread: target.kind === 'conversation' ? target.thread : null,
    rules: storedRules(rules) as unknown as Prisma.InputJsonObject,
    since: new Date(since),
  };
}

function subscriptionOf(row: Prisma.SubscriptionModel): Subscription {
  const { id, groupId, targetKind, platform, tenant, targetId, thread, rules, since } = row;
  return {
    ...rulesSchema.parse(rules),
    id,
    groupId,
    target:
      targetKind === 'person'
        ? { kind: 'person', platform, tenant, id: targetId }
        : { kind: 'conversation', platform, tenant, id: targetId, thread },
    since: since.toISOString(),
  };
}

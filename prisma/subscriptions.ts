import { rulesSchema, storedRules, type Subscription, type Subscriptions } from '../src/reminders/subscription.ts';
import type { Prisma } from './generated/sqlite/client.ts';
import type { StoreParts } from './ledger.ts';

/** The subscriptions in an open database. */
export function subscriptionsOn({ client, run }: Pick<StoreParts, 'client' | 'run'>): Subscriptions {
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
      const rows = await run(() => client.subscription.findMany({ where: { id: { in: [...ids] } } }));
      return rows.map(subscriptionOf);
    },

    async unreachable(groupId) {
      const where = { groupId, disconnected: { not: null } };
      return run(() => client.conversation.findMany({ where, select: { platform: true, tenant: true, id: true } }));
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

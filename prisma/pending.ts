import { z } from 'zod';
import type { PendingAction, Preview, Store, Write } from '../src/ports.ts';
import type { Transaction } from './database.ts';
import type { Prisma } from './generated/sqlite/client.ts';
import type { StoreParts } from './ledger.ts';
import { instantOf } from './rows.ts';

/** How long an expired pending action can still be told from one that never was, in milliseconds. */
const PENDING_KEPT = 24 * 3_600_000;

interface PendingParts extends Pick<StoreParts, 'client' | 'run'> {
  /** Does several things in one transaction. */
  writing<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
}

/** The pending actions on an open database. */
export function pendingOn({
  client,
  run,
  writing,
}: PendingParts): Pick<Store, 'keepPending' | 'pending' | 'openPending' | 'answerPending'> {
  return {
    async keepPending(action) {
      const longAgo = new Date(Date.parse(action.madeAt) - PENDING_KEPT);
      await writing(async (tx) => {
        await tx.pendingAction.deleteMany({ where: { expiresAt: { lt: longAgo } } });
        await tx.pendingAction.create({ data: pendingRow(action), select: { token: true } });
      });
    },

    async pending(token) {
      const row = await run(() => client.pendingAction.findUnique({ where: { token } }));
      return row && pendingOf(row);
    },

    async openPending(groupId, { platform, tenant, user }, at) {
      const rows = await run(() =>
        client.pendingAction.findMany({
          where: {
            ...{ groupId, actorPlatform: platform, actorTenant: tenant, actorUserId: user },
            ...{ answer: null, expiresAt: { gt: new Date(at) } },
          },
          // Of those made at one moment either may stand first, but always the same.
          orderBy: [{ madeAt: 'desc' }, { token: 'desc' }],
          // What they would write may be thousands of rows.
          select: { token: true, command: true, preview: true, expiresAt: true },
        }),
      );
      return rows.map((row) => ({ token: row.token, preview: previewOf(row), expiresAt: instantOf(row.expiresAt) }));
    },

    async answerPending(token, { answer, at }) {
      const { count } = await run(() =>
        client.pendingAction.updateMany({
          where: { token, answer: null },
          data: { answer, answeredAt: new Date(at), writes: [] },
        }),
      );
      return count === 1;
    },
  };
}

const given = z.record(z.string(), z.string());

/** A pending action from its row. */
function pendingOf(row: Prisma.PendingActionModel): PendingAction {
  return {
    token: row.token,
    groupId: row.groupId,
    actor: { platform: row.actorPlatform, tenant: row.actorTenant, user: row.actorUserId, name: row.actorName },
    command: row.command,
    given: given.parse(row.given),
    preview: previewOf(row),
    writes: row.writes as unknown as readonly Write[],
    undoes: row.undoes,
    madeAt: instantOf(row.madeAt),
    expiresAt: instantOf(row.expiresAt),
    answer: row.answer,
    answeredAt: row.answeredAt && instantOf(row.answeredAt),
  };
}

/** How a pending action is presented, from its row. */
function previewOf({ preview, command }: Pick<Prisma.PendingActionModel, 'preview' | 'command'>): Preview {
  return (preview as unknown as Preview | null) ?? { title: command };
}

/** The row of a pending action. */
function pendingRow(action: PendingAction) {
  const { token, groupId, actor, command, answer, undoes } = action;
  return {
    token,
    groupId,
    actorPlatform: actor.platform,
    actorTenant: actor.tenant,
    actorUserId: actor.user,
    actorName: actor.name,
    command,
    given: { ...action.given },
    preview: action.preview as unknown as Prisma.InputJsonValue,
    writes: action.writes as unknown as Prisma.InputJsonValue,
    undoes,
    madeAt: new Date(action.madeAt),
    expiresAt: new Date(action.expiresAt),
    answer,
    answeredAt: action.answeredAt === null ? null : new Date(action.answeredAt),
  };
}

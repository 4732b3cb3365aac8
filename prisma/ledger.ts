import { Sql } from '@prisma/client/runtime/client';
import type {
  Claimed,
  DeliveryQuery,
  DeliveryRecord,
  DeliveryState,
  Ledger,
  NewDelivery,
  PlanningPosition,
  Recipient,
  Settlement,
} from '../src/reminders/ledger.ts';
import type { Client } from './database.ts';
import type { Provider } from './derive.ts';
import type { Prisma } from './generated/sqlite/client.ts';
import { type ClaimedColumn, ledgerSql } from './ledger-sql.ts';

/** What the parts of a store work with. */
export interface StoreParts {
  readonly provider: Provider;
  readonly client: Client;
  /** Runs work when the connection is free, and turns the database's errors into the store's. */
  run<T>(work: () => Promise<T>): Promise<T>;
}

/** How many deliveries are added in one statement. */
const ROWS_AT_ONCE = 1000;
/** When a parked delivery may be claimed: there are few, and so the index of what is due finds them for `parkedSince` and `resume`. */
const END_OF_TIME = new Date('9999-12-31T23:59:59.999Z');

/**
 * The ledger on an open database. What every delivery goes through is one statement a batch, whose rows travel as one
 * JSON parameter: the statement is the same however many there are.
 */
export function ledgerOn({ provider, client, run }: StoreParts): Ledger {
  const sql = ledgerSql(provider);
  const query = <Row>(texts: readonly string[], values: readonly unknown[]) =>
    run(() => client.$queryRaw<Row[]>(new Sql(texts, values)));

  const holding = async (
    statement: readonly string[],
    owner: string,
    claims: readonly Pick<Claimed, 'id' | 'attempts'>[],
    until: number,
  ) => {
    if (claims.length === 0) return [];
    const rows = inOrder(claims).map(({ id, attempts }) => ({ id, attempts }));
    return idsOf(await query(statement, [dateOf(until), JSON.stringify(rows), owner]));
  };

  return {
    async add(deliveries, now) {
      let added = 0;
      // Two processes that plan the same add the same keys; in the same order, so that neither waits for the other's.
      const sorted = deliveries.toSorted((a, b) => (a.key < b.key ? -1 : 1));
      for (let at = 0; at < sorted.length; at += ROWS_AT_ONCE) {
        const rows = sorted.slice(at, at + ROWS_AT_ONCE).map((delivery) => newRow(delivery, now));
        added += await run(() => client.$executeRaw(new Sql(sql.add, [JSON.stringify(rows)])));
      }
      return added;
    },

    async claim({ owner, now, until, limit, except, announced }) {
      const leftOut = JSON.stringify(except);
      const values = [owner, dateOf(until), JSON.stringify(announced), dateOf(now), leftOut, limit];
      const rows = await query<ClaimedRow>(sql.claim, values);
      return rows.map(claimedOf).sort((a, b) => a.plannedFor - b.plannedFor || a.id - b.id);
    },

    async settle(owner, settlements, now) {
      if (settlements.length === 0) return [];
      const rows = inOrder(settlements).map((settlement) => settledRow(settlement, now));
      return idsOf(await query(sql.settle, [JSON.stringify(rows), owner]));
    },

    begin: (owner, claims, until) => holding(sql.begin, owner, claims, until),

    extend: (owner, claims, until) => holding(sql.extend, owner, claims, until),

    async leases() {
      const rows = await query<Pick<Prisma.DeliveryModel, 'owner' | 'readyAt'>>(sql.leases, []);
      return rows.map(({ owner, readyAt }) => ({ owner: owner ?? '', until: readyAt?.getTime() ?? 0 }));
    },

    async takeOver(leases, now) {
      if (leases.length === 0) return 0;
      const rows = leases.map(({ owner, until }) => ({ owner, until: textOf(until) }));
      return run(() => client.$executeRaw(new Sql(sql.takeOver, [dateOf(now), JSON.stringify(rows)])));
    },

    async nextReadyAt(except) {
      const [row] = await query<Pick<Prisma.DeliveryModel, 'readyAt'>>(sql.next, [JSON.stringify(except)]);
      return row?.readyAt?.getTime() ?? null;
    },

    async counts(groupId, since) {
      const rows = await run(() =>
        client.delivery.groupBy({
          by: ['state', 'reason'],
          where: { groupId, OR: [{ settledAt: null }, { settledAt: { gte: dateOf(since) } }] },
          _count: true,
          orderBy: [{ state: 'asc' }, { reason: 'asc' }],
        }),
      );
      return rows.map(({ state, reason, _count: count }) => ({ state: state as DeliveryState, reason, count }));
    },

    async withKeys(keys) {
      const rows = await run(() => client.delivery.findMany({ where: { key: { in: [...keys] } } }));
      return rows.map(recordOf);
    },

    async list({ limit, ...which }) {
      const rows = await run(() =>
        client.delivery.findMany({
          where: whereOf(which),
          orderBy: [{ plannedFor: 'desc' }, { id: 'desc' }],
          take: limit,
        }),
      );
      return rows.map(recordOf);
    },

    async retry(which, now) {
      const isUseful = { OR: [{ uselessFrom: null }, { uselessFrom: { gt: dateOf(now) } }] };
      const where = { ...whereOf(which), state: 'parked', ...isUseful };
      const data = { state: 'due', readyAt: dateOf(now), reason: null, detail: null, settledAt: null };
      // Whoever has it tried again although it may have arrived wants it sent: its past is not held against it.
      const unknown = { ...where, AND: { reason: 'nobody-knows' } };
      const counts = await run(() => client.delivery.findMany({ where: unknown, distinct: ['attempts'] }));
      let retried = 0;
      for (const { attempts } of counts) {
        const some = { where: { ...unknown, attempts }, data: { ...data, failed: attempts } };
        retried += (await run(() => client.delivery.updateMany(some))).count;
      }
      return retried + (await run(() => client.delivery.updateMany({ where, data }))).count;
    },

    async groupsWithParked() {
      const rows = await query<Pick<Prisma.DeliveryModel, 'groupId'>>(sql.groupsWithParked, [END_OF_TIME]);
      return rows.map(({ groupId }) => groupId);
    },

    async parkedSince(groupId, since) {
      const rows = await query<Prisma.DeliveryModel>(sql.parked, [END_OF_TIME, groupId, dateOf(since)]);
      return rows.map(recordOf);
    },

    async resume(groupId, now) {
      const at = dateOf(now);
      return run(() => client.$executeRaw(new Sql(sql.resume, [at, at, at, at, at, at, END_OF_TIME, groupId])));
    },

    async forget(before) {
      await run(() => client.delivery.deleteMany({ where: { settledAt: { lt: dateOf(before) } } }));
    },

    async planning(groupId) {
      const row = await run(() => client.planning.findUnique({ where: { groupId } }));
      return row && { to: row.to.getTime(), noticeId: row.noticeId, troublesTo: row.troublesTo?.getTime() ?? null };
    },

    async troublesPlanned(groupId, to) {
      const isLater = { OR: [{ troublesTo: null }, { troublesTo: { lt: dateOf(to) } }] };
      await run(() => client.planning.updateMany({ where: { groupId, ...isLater }, data: { troublesTo: dateOf(to) } }));
    },

    async planned(groupId, { to, noticeId }: PlanningPosition) {
      await query(sql.planned, [groupId, dateOf(to), noticeId]);
    },
  };
}

function dateOf(instant: number): Date {
  return new Date(instant);
}

function whereOf({ target, peopleOf, eventUids, ...which }: Omit<DeliveryQuery, 'limit'>) {
  return {
    ...which,
    ...(eventUids && { eventUid: { in: [...eventUids] } }),
    ...(target && { platform: target.platform, tenant: target.tenant, targetId: target.id }),
    ...(peopleOf && { platform: peopleOf.platform, tenant: peopleOf.tenant, targetKind: 'person' }),
  };
}

function newRow(delivery: NewDelivery, now: number) {
  const { key, kind, groupId, subscriptionId, eventUid, target, payload, plannedFor, uselessFrom, skipped } = delivery;
  const isSkipped = skipped !== null;
  return {
    key,
    kind,
    groupId,
    subscriptionId,
    eventUid,
    targetKind: target.kind,
    platform: target.platform,
    tenant: target.tenant,
    targetId: target.id,
    thread: target.kind === 'conversation' ? target.thread : null,
    payload,
    plannedFor: textOf(plannedFor),
    uselessFrom: textOf(uselessFrom),
    state: isSkipped ? 'skipped' : 'due',
    readyAt: textOf(isSkipped ? null : delivery.sendAt),
    reason: skipped,
    createdAt: textOf(now),
    settledAt: textOf(isSkipped ? now : null),
  };
}

/** What it does not name is emptied. */
function settledRow({ id, attempts, outcome }: Settlement, now: number) {
  const row = { id, attempts, after: attempts, settledAt: textOf(now) };
  switch (outcome.state) {
    case 'sent': {
      const { message, told } = outcome;
      return {
        ...row,
        state: 'sent',
        ...(message && {
          conversationId: message.conversationId,
          messageThread: message.thread,
          messageId: message.messageId,
        }),
        told,
      };
    }
    case 'skipped':
      return { ...row, state: 'skipped', reason: outcome.reason };
    case 'parked':
      return {
        ...row,
        state: 'parked',
        readyAt: textOf(END_OF_TIME.getTime()),
        reason: outcome.reason,
        detail: outcome.detail,
      };
    case 'again': {
      const { at, detail, isUnsent } = outcome;
      return { ...row, state: 'due', readyAt: textOf(at), detail, isUnsent: isUnsent ? 1 : 0, settledAt: null };
    }
    case 'back':
      return { ...row, after: attempts - 1, state: 'due', readyAt: textOf(outcome.at), settledAt: null };
  }
}

/** As Prisma writes instants into SQLite; PostgreSQL reads it as well. */
function textOf(instant: number | null): string | null {
  return instant === null ? null : dateOf(instant).toISOString().replace('Z', '+00:00');
}

/** One process asks several things at once about the same rows: in one order, so that none waits for the other. */
function inOrder<Row extends { readonly id: number }>(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted((a, b) => a.id - b.id);
}

function idsOf(rows: readonly { readonly id: number }[]): readonly number[] {
  return rows.map(({ id }) => id);
}

function targetOf({ targetKind: kind, platform, tenant, targetId: id, thread }: ClaimedRow): Recipient {
  return kind === 'person' || kind === 'team'
    ? { kind, platform, tenant, id }
    : { kind: 'conversation', platform, tenant, id, thread };
}

type ClaimedRow = Pick<Prisma.DeliveryModel, ClaimedColumn>;

/** What a delivery is, whatever became of it. */
function deliveryOf(row: ClaimedRow) {
  const { id, key, kind, groupId, subscriptionId, eventUid, attempts } = row;
  return {
    id,
    key,
    kind,
    groupId,
    subscriptionId,
    eventUid,
    target: targetOf(row),
    payload: row.payload as NewDelivery['payload'],
    plannedFor: row.plannedFor.getTime(),
    uselessFrom: row.uselessFrom?.getTime() ?? null,
    attempts,
  };
}

function claimedOf(row: ClaimedRow): Claimed {
  return { ...deliveryOf(row), isUncertain: row.attempts - 1 > row.failed };
}

function recordOf(row: Prisma.DeliveryModel): DeliveryRecord {
  const { reason, detail, told } = row;
  return {
    ...deliveryOf(row),
    state: row.state as DeliveryState,
    readyAt: row.state === 'parked' ? null : (row.readyAt?.getTime() ?? null),
    reason,
    detail,
    message:
      row.conversationId === null || row.messageId === null
        ? null
        : { conversationId: row.conversationId, thread: row.messageThread, messageId: row.messageId },
    told,
    settledAt: row.settledAt?.getTime() ?? null,
  };
}

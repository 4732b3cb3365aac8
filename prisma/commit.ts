import { setImmediate as nextTurn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { Sql } from '@prisma/client/runtime/client';
import { BotError } from '../src/errors.ts';
import type { Note, ScheduledEvent, WorkingGroup } from '../src/schedule/event.ts';
import type { RoleGrant, ScheduleChange, Write } from '../src/ports.ts';
import { noticesOf } from '../src/schedule/notices.ts';
import type { Transaction } from './database.ts';
import { isTaken } from './failure.ts';
import {
  auditRow,
  documentRows,
  eventRow,
  groupOf,
  noteOf,
  noteRow,
  precedenceRows,
  roleOf,
  roleRow,
  subjectOf,
} from './rows.ts';

type EventWrite = Extract<Write, { type: 'event' }>;
type GroupWrite = Extract<Write, { type: 'group' }>;
type NoteWrite = Extract<Write, { type: 'note' }>;
type RoleWrite = Extract<Write, { type: 'role' }>;

/** Rows of one statement: some 27 columns a row must stay below SQLite's 32,766 and PostgreSQL's 65,535 parameters. */
const ROWS_AT_ONCE = 200;
const KEYS_AT_ONCE = 900;

/**
 * Makes a change inside a transaction and answers the new revision; a change that writes nothing makes none.
 *
 * @throws BotError `conflict`, `moved-on`, `already-answered`, `last-admin`; the transaction must then be rolled back
 */
export async function commitChange(tx: Transaction, change: ScheduleChange): Promise<number> {
  const { groupId } = change;
  const settings = change.writes.filter((write) => write.type === 'group');
  const events = change.writes.filter((write) => write.type === 'event');
  const notes = change.writes.filter((write) => write.type === 'note');
  const roles = change.writes.filter((write) => write.type === 'role');

  for (const write of settings) if (!write.before) await addGroup(tx, write.after, change.at);
  // First of all, because it takes the lock under which everything below is read: changes of one group never overlap.
  const revision = await nextRevision(tx, change);
  if (change.basedOn !== undefined && revision !== change.basedOn + 1) throw new BotError('moved-on');
  if (change.pending) await claim(tx, change.pending, change.at);
  await assertEventsUnchanged(tx, groupId, events);
  await assertNotesUnchanged(tx, groupId, notes);
  for (const write of settings) await writeGroup(tx, groupId, write);
  await writeEvents(tx, groupId, events);
  await writeNotes(tx, groupId, notes);
  await writeRoles(tx, groupId, roles);
  await insert(
    tx,
    'AuditEntry',
    change.writes.map((write) => auditRow(change, revision, write)),
  );
  await insert(
    tx,
    'Notice',
    noticesOf(change).map(({ after }) => ({ groupId, revision, eventUid: after.uid, at: new Date(change.at) })),
  );
  return revision;
}

/** The condition names what the claim itself makes untrue, so that of two answers one finds the action open. */
async function claim(tx: Transaction, { token, answer }: { token: string; answer: string }, at: string): Promise<void> {
  const { count } = await tx.pendingAction.updateMany({
    where: { token, answer: null, expiresAt: { gt: new Date(at) } },
    data: { answer, answeredAt: new Date(at), writes: [] },
  });
  if (count === 0) throw new BotError('already-answered');
}

async function addGroup(tx: Transaction, { id, slug, name, zone, language }: WorkingGroup, at: string): Promise<void> {
  // The oldest group is the default one, also when the clock stands still or was put back.
  const [newest] = await tx.workingGroup.findMany({ orderBy: { createdAt: 'desc' }, take: 1 });
  const createdAt = new Date(Math.max(Date.parse(at), (newest?.createdAt.getTime() ?? 0) + 1));
  try {
    await tx.workingGroup.create({
      data: { id, slug, name, zone, language, createdAt },
      select: { id: true },
    });
  } catch (error) {
    if (isTaken(error)) throw new BotError('conflict', { handle: slug }, { cause: error });
    throw error;
  }
}

async function writeRoles(tx: Transaction, groupId: string, writes: readonly RoleWrite[]): Promise<void> {
  if (writes.length === 0) return;
  const keyOf = ({ kind, platform, tenant, id }: RoleGrant) => ({
    groupId_kind_platform_tenant_subjectId: { groupId, kind, platform, tenant, subjectId: id },
  });
  for (const { before, after } of writes) {
    const named = after ?? before;
    if (!named) continue;
    const stored = await tx.roleGrant.findUnique({ where: keyOf(named) });
    if ((stored ? roleOf(stored).role : null) !== (before?.role ?? null)) {
      throw new BotError('conflict', { handle: named.name ?? named.id });
    }
    if (after) {
      const { role, name, ...key } = roleRow(after, groupId);
      await tx.roleGrant.upsert({ where: keyOf(after), create: { ...key, role, name }, update: { role, name } });
    } else await tx.roleGrant.delete({ where: keyOf(named) });
  }
  const isAdminLost = writes.some(({ before, after }) => before?.role === 'admin' && after?.role !== 'admin');
  if (isAdminLost && (await tx.roleGrant.count({ where: { groupId, role: 'admin', kind: 'person' } })) === 0) {
    throw new BotError('last-admin');
  }
}

async function nextRevision(tx: Transaction, { groupId, at, writes }: ScheduleChange): Promise<number> {
  const [group] =
    writes.length === 0
      ? await tx.workingGroup.findMany({ where: { id: groupId }, select: { revision: true } })
      : await tx.$queryRaw<{ revision: number }[]>`
          UPDATE "WorkingGroup" SET "revision" = "revision" + 1, "changedAt" = ${new Date(at)} WHERE "id" = ${groupId}
          RETURNING "revision"`;
  if (!group) throw new Error(`there is no working group ${groupId}`);
  return group.revision;
}

/** Goes through the writes in their order, so that the first conflict is the one that is told. */
async function assertEventsUnchanged(tx: Transaction, groupId: string, writes: readonly EventWrite[]): Promise<void> {
  const stored = new Map<string, { groupId: string; version: number; handle: string }>();
  for (const uids of chunks([...new Set(writes.map((write) => write.after.uid))], KEYS_AT_ONCE)) {
    const select = { uid: true, groupId: true, version: true, handle: true };
    for (const row of await tx.event.findMany({ where: { uid: { in: uids } }, select })) stored.set(row.uid, row);
  }
  const holders = new Map<string, string>();
  const wanted = writes.filter((write) => write.before?.handle !== write.after.handle);
  for (const handles of chunks([...new Set(wanted.map((write) => write.after.handle))], KEYS_AT_ONCE)) {
    const where = { groupId, handle: { in: handles } };
    for (const row of await tx.event.findMany({ where, select: { uid: true, handle: true } })) {
      holders.set(row.handle, row.uid);
    }
  }
  // A handle that this change gives away is free.
  for (const { before, after } of wanted) {
    if (before && holders.get(before.handle) === after.uid) holders.delete(before.handle);
  }
  for (const { before, after } of writes) {
    const row = stored.get(after.uid);
    const isUnchanged = before ? row?.groupId === groupId && row.version === before.version : !row;
    if (!isUnchanged) throw new BotError('conflict', { handle: before?.handle ?? after.handle });
    if (after.version !== (before?.version ?? 0) + 1) {
      throw new RangeError(`version ${after.version} of ${after.handle} does not follow ${before?.version ?? 0}`);
    }
    if (before?.handle === after.handle) continue;
    if (holders.has(after.handle)) throw new BotError('conflict', { handle: after.handle });
    holders.set(after.handle, after.uid);
  }
}

/** Notes have no version; they are short enough to be compared. */
async function assertNotesUnchanged(tx: Transaction, groupId: string, writes: readonly NoteWrite[]): Promise<void> {
  const stored = new Map<string, Note>();
  for (const uids of chunks(writes.map(subjectOf), KEYS_AT_ONCE)) {
    const rows = await tx.note.findMany({ where: { groupId, uid: { in: uids } } });
    for (const row of rows) stored.set(row.uid, noteOf(row));
  }
  for (const write of writes) {
    if (isDeepStrictEqual(stored.get(subjectOf(write)) ?? null, write.before)) continue;
    const note = write.before ?? write.after;
    throw new BotError('conflict', { handle: note?.topic ?? note?.date ?? '' });
  }
}

/** What people can set; the revision and its instant are the store's. */
function settingsOf({ slug, name, zone, language, organizerName, organizerEmail }: WorkingGroup) {
  return { slug, name, zone, language, organizerName, organizerEmail };
}

async function writeGroup(tx: Transaction, groupId: string, { before, after }: GroupWrite): Promise<void> {
  if (after.id !== groupId) throw new Error(`a change of ${groupId} cannot write to ${after.id}`);
  const stored = await tx.workingGroup.findUniqueOrThrow({ where: { id: groupId } });
  if (before && !isDeepStrictEqual(settingsOf(groupOf(stored)), settingsOf(before))) {
    throw new BotError('conflict', { handle: before.slug });
  }
  try {
    await tx.workingGroup.update({ where: { id: groupId }, data: settingsOf(after), select: { id: true } });
  } catch (error) {
    if (isTaken(error)) throw new BotError('conflict', { handle: after.slug }, { cause: error });
    throw error;
  }
}

async function writeEvents(tx: Transaction, groupId: string, writes: readonly EventWrite[]): Promise<void> {
  const created = writes.filter((write) => !write.before).map((write) => write.after);
  const changed = writes.filter((write) => write.before);

  // Two events may swap their handles, so the old ones make way first, to names that nobody can type.
  const renamed = changed.filter(({ before, after }) => before?.handle !== after.handle).map(({ after }) => after.uid);
  for (const uid of renamed) await tx.event.update({ where: { uid }, data: { handle: `/${uid}` }, select: null });

  try {
    await insert(
      tx,
      'Event',
      parentsFirst(created).map((event) => eventRow(event, groupId)),
    );
  } catch (error) {
    // Only a change of another group that was made at this very moment can have taken a UID that was free above.
    if (isTaken(error)) throw new BotError('conflict', { handle: created[0]?.handle ?? '' }, { cause: error });
    throw error;
  }
  await insert(
    tx,
    'Event',
    changed.map(({ after }) => eventRow(after, groupId)),
    'uid',
  );

  const stale = (isSame: (before: ScheduledEvent, after: ScheduledEvent) => boolean) =>
    changed.filter(({ before, after }) => before && !isSame(before, after)).map(({ after }) => after);
  const redocumented = stale((before, after) => isDeepStrictEqual(before.documents, after.documents));
  const reordered = stale((before, after) => isDeepStrictEqual(before.precededBy, after.precededBy));
  for (const events of chunks(redocumented, KEYS_AT_ONCE)) {
    await tx.document.deleteMany({ where: { eventUid: { in: events.map((event) => event.uid) } } });
  }
  for (const events of chunks(reordered, KEYS_AT_ONCE)) {
    await tx.eventPrecedence.deleteMany({ where: { eventUid: { in: events.map((event) => event.uid) } } });
  }
  await insert(tx, 'Document', [...created, ...redocumented].flatMap(documentRows));
  await insert(tx, 'EventPrecedence', [...created, ...reordered].flatMap(precedenceRows));
}

async function writeNotes(tx: Transaction, groupId: string, writes: readonly NoteWrite[]): Promise<void> {
  for (const uids of chunks(writes.filter((write) => !write.after).map(subjectOf), KEYS_AT_ONCE)) {
    await tx.note.deleteMany({ where: { groupId, uid: { in: uids } } });
  }
  const rows = (isNew: boolean) =>
    writes.filter((write) => !write.before === isNew).flatMap(({ after }) => (after ? [noteRow(after, groupId)] : []));
  await insert(tx, 'Note', rows(true));
  await insert(tx, 'Note', rows(false), 'uid');
}

/** In an order in which no event comes before the one it is part of: foreign keys are checked at every statement. */
function parentsFirst(events: readonly ScheduledEvent[]): ScheduledEvent[] {
  const waiting = new Map(events.map((event) => [event.uid, event]));
  const ordered: ScheduledEvent[] = [];
  for (const event of events) {
    const line: ScheduledEvent[] = [];
    let next = waiting.get(event.uid);
    while (next) {
      waiting.delete(next.uid);
      line.push(next);
      next = next.parent === null ? undefined : waiting.get(next.parent);
    }
    ordered.push(...line.reverse());
  }
  return ordered;
}

/**
 * Inserts rows, which all have the same columns. With `key`, a row whose `key` is there already replaces it.
 *
 * Written out because Prisma's `createMany` plans every row anew: ten times the time on a large import.
 */
async function insert<Row extends object>(
  tx: Transaction,
  table: string,
  rows: readonly Row[],
  key?: keyof Row & string,
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}) as (keyof Row & string)[];
  const names = columns.map((column) => `"${column}"`);
  const replacement = names.map((name) => `${name} = excluded.${name}`).join(', ');
  for (const part of chunks(rows, ROWS_AT_ONCE)) {
    const values = part.flatMap((row) => columns.map((column) => parameter(row[column])));
    const start = `INSERT INTO "${table}" (${names.join(', ')}) VALUES (`;
    const between = part.flatMap((_, row) =>
      columns.map((_, column) => (column > 0 ? ', ' : row > 0 ? '), (' : start)),
    );
    const end = key ? `) ON CONFLICT ("${key}") DO UPDATE SET ${replacement}` : ')';
    await tx.$executeRaw(new Sql([...between, end], values));
    // SQLite answers in the same turn, and the driver's statements are only freed when the turn ends.
    await nextTurn();
  }
}

/** Lists and objects are JSON columns. */
function parameter(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !(value instanceof Date) ? JSON.stringify(value) : value;
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));
}

import type { Notice, Write } from '../src/ports.ts';
import type { Transaction } from './database.ts';
import { auditOf } from './rows.ts';

/** A group's notices inside a transaction, oldest first, each with what the audit has of its change. */
export async function noticesFrom(
  tx: Transaction,
  groupId: string,
  { limit, after, since }: { readonly limit: number; readonly after?: number; readonly since?: string },
): Promise<readonly Notice[]> {
  const rows = await tx.notice.findMany({
    where: {
      groupId,
      ...(after !== undefined && { id: { gt: after } }),
      ...(since !== undefined && { at: { gte: new Date(since) } }),
    },
    orderBy: { id: 'asc' },
    take: limit,
  });
  if (rows.length === 0) return [];
  const revisions = [...new Set(rows.map(({ revision }) => revision))];
  const entries = await tx.auditEntry.findMany({ where: { groupId, revision: { in: revisions }, subject: 'event' } });
  const writes = new Map(entries.map((entry) => [keyOf(entry.revision, entry.subjectUid), auditOf(entry)]));
  return rows.flatMap(({ id, revision, eventUid }): Notice[] => {
    const entry = writes.get(keyOf(revision, eventUid));
    if (!entry) return [];
    const { before, after: became } = entry.write as Extract<Write, { type: 'event' }>;
    const shown = before?.visibility === 'published' ? before : null;
    return [{ id, groupId, revision, eventUid, at: entry.at, before: shown, after: became }];
  });
}

function keyOf(revision: number, uid: string): string {
  return `${revision.toString()} ${uid}`;
}

import type { EventDocument } from '../src/schedule/event.ts';
import type { ScheduleData } from '../src/ports.ts';
import type { Transaction } from './database.ts';
import type { Prisma } from './generated/sqlite/client.ts';
import { documentOf, eventOf, groupOf, noteOf } from './rows.ts';

/**
 * Reads a group's whole schedule inside a transaction, which makes it one revision. Events come in the order of their
 * handles, notes in the order in which they were written. `null`: there is no such group.
 *
 * The queries are written out because a large schedule passes twice as fast through Prisma this way as through its
 * model methods; each reads one table once, and the children are put to their events here.
 */
export async function loadSchedule(tx: Transaction, groupId: string): Promise<ScheduleData | null> {
  const [group] = await tx.$queryRaw<Prisma.WorkingGroupModel[]>`SELECT * FROM "WorkingGroup" WHERE "id" = ${groupId}`;
  if (!group) return null;
  const events = await tx.$queryRaw<Prisma.EventModel[]>`SELECT * FROM "Event" WHERE "groupId" = ${groupId}`;
  const documents = await tx.$queryRaw<Prisma.DocumentModel[]>`
    SELECT "Document".* FROM "Document" JOIN "Event" ON "Event"."uid" = "Document"."eventUid"
    WHERE "Event"."groupId" = ${groupId} ORDER BY "Document"."position"`;
  const precedences = await tx.$queryRaw<Prisma.EventPrecedenceModel[]>`
    SELECT "EventPrecedence".* FROM "EventPrecedence" JOIN "Event" ON "Event"."uid" = "EventPrecedence"."eventUid"
    WHERE "Event"."groupId" = ${groupId} ORDER BY "EventPrecedence"."position"`;
  const notes = await tx.$queryRaw<Prisma.NoteModel[]>`
    SELECT * FROM "Note" WHERE "groupId" = ${groupId} ORDER BY "id"`;

  const children = new Map<string, { precededBy: string[]; documents: EventDocument[] }>();
  const childrenOf = (uid: string) => {
    let found = children.get(uid);
    if (!found) children.set(uid, (found = { precededBy: [], documents: [] }));
    return found;
  };
  for (const row of documents) childrenOf(row.eventUid).documents.push(documentOf(row));
  for (const row of precedences) childrenOf(row.eventUid).precededBy.push(row.precededByUid);

  return {
    group: groupOf(group),
    events: events.map((row) => eventOf(row, children.get(row.uid))).sort((a, b) => (a.handle < b.handle ? -1 : 1)),
    notes: notes.map(noteOf),
  };
}

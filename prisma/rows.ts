import { z } from 'zod';
import type {
  EventDocument,
  EventKind,
  EventStatus,
  Note,
  Participation,
  ScheduledEvent,
  Venue,
  Visibility,
  WorkingGroup,
} from '../src/schedule/event.ts';
import type { Precision, When } from '../src/schedule/when.ts';
import type { AuditEntry, Conversation, Member, RoleGrant, ScheduleChange, Write } from '../src/ports.ts';
import type { Prisma } from './generated/sqlite/client.ts';

// The store is the only writer of its columns, so what a column can hold is trusted; only JSON is looked into.

type EventRow = Prisma.EventModel;
type NoteRow = Prisma.NoteModel;

/** What the store keeps of an event besides its own row. */
export interface EventChildren {
  readonly precededBy: readonly string[];
  readonly documents: readonly EventDocument[];
}

/** An event from its row and its children, which are in order. */
export function eventOf(row: EventRow, children: EventChildren | undefined): ScheduledEvent {
  return {
    uid: row.uid,
    sequence: row.sequence,
    version: row.version,
    handle: row.handle,
    title: row.title,
    kind: row.kind as EventKind,
    status: row.status as EventStatus,
    visibility: row.visibility as Visibility,
    when: whenOf(row),
    venue: venueOf(row),
    onlineUrl: row.onlineUrl,
    organiser: row.organiser,
    region: row.region,
    participation: participationOf(row),
    description: row.description,
    parent: row.parentUid,
    precededBy: children?.precededBy ?? [],
    documents: children?.documents ?? [],
    outcomes: stringsOf(row.outcomes),
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.series !== null && { series: row.series }),
    createdAt: instantOf(row.createdAt),
    updatedAt: instantOf(row.updatedAt),
  };
}

/** The row of an event; its children have rows of their own. */
export function eventRow(event: ScheduledEvent, groupId: string): EventRow {
  return {
    uid: event.uid,
    groupId,
    sequence: event.sequence,
    version: event.version,
    handle: event.handle,
    title: event.title,
    kind: event.kind,
    status: event.status,
    visibility: event.visibility,
    whenPrecision: event.when?.precision ?? null,
    whenStart: event.when?.start ?? null,
    whenEnd: event.when?.end ?? null,
    whenZone: event.when?.zone ?? null,
    venueName: event.venue?.name ?? null,
    venueCity: event.venue?.city ?? null,
    venueCountry: event.venue?.country ?? null,
    onlineUrl: event.onlineUrl,
    organiser: event.organiser,
    region: event.region,
    maxPerDelegation: event.participation?.maxPerDelegation ?? null,
    headLevel: event.participation?.headLevel ?? null,
    participationNotes: event.participation?.notes ?? null,
    description: event.description,
    parentUid: event.parent,
    outcomes: [...event.outcomes],
    reason: event.reason ?? null,
    series: event.series ?? null,
    createdAt: new Date(event.createdAt),
    updatedAt: new Date(event.updatedAt),
  };
}

/** The rows of an event's documents, in order. */
export function documentRows(event: ScheduledEvent): Prisma.DocumentModel[] {
  return event.documents.map(({ title, url, language, note }, position) => ({
    eventUid: event.uid,
    position,
    title,
    url,
    language,
    note,
  }));
}

/** The rows of the events that preceded this one, in order. */
export function precedenceRows(event: ScheduledEvent): Prisma.EventPrecedenceModel[] {
  return event.precededBy.map((precededByUid, position) => ({ eventUid: event.uid, precededByUid, position }));
}

/** A document from its row. */
export function documentOf({ title, url, language, note }: Prisma.DocumentModel): EventDocument {
  return { title, url, language, note };
}

/** A note from its row. */
export function noteOf({ uid, date, topic, text, points }: NoteRow): Note {
  return { uid, date, topic, text, points: stringsOf(points) };
}

/** The row of a note. Its number is given by the database. */
export function noteRow({ uid, date, topic, text, points }: Note, groupId: string): Omit<NoteRow, 'id'> {
  return { uid, groupId, date, topic, text, points: [...points] };
}

/** A working group from its row. */
export function groupOf(row: Prisma.WorkingGroupModel): WorkingGroup {
  const { id, slug, name, zone, language, organizerName, organizerEmail, revision, changedAt } = row;
  return {
    id,
    slug,
    name,
    zone,
    language,
    organizerName,
    organizerEmail,
    revision,
    changedAt: changedAt && instantOf(changedAt),
  };
}

/** A member from their row. */
export function memberOf({ userId, ...rest }: Prisma.MemberModel): Member {
  const { platform, tenant, name, zone, language, platformZone, platformLanguage, email } = rest;
  const known = { platform, tenant, user: userId, name, zone, language, platformZone, platformLanguage };
  return { ...known, ...(email !== null && { email }) };
}

/** The row of a member. */
export function memberRow({ user, ...rest }: Member): Prisma.MemberModel {
  const { platform, tenant, name, zone, language, platformZone, platformLanguage, email = null } = rest;
  return { platform, tenant, userId: user, name, zone, language, platformZone, platformLanguage, email };
}

/** A conversation from its row, or its row from it: they are alike. */
export function conversationOf(
  row: Prisma.ConversationModel | Conversation,
): Conversation & Omit<Prisma.ConversationModel, 'lostOrBackAt'> {
  const { platform, tenant, id, name, serviceUrl, groupId, disconnected } = row;
  return { platform, tenant, id, kind: row.kind as Conversation['kind'], name, serviceUrl, groupId, disconnected };
}

/** The audit's row for one write of a change. */
export function auditRow(change: ScheduleChange, revision: number, write: Write): Omit<Prisma.AuditEntryModel, 'id'> {
  return {
    groupId: change.groupId,
    revision,
    at: new Date(change.at),
    actorPlatform: change.actor.platform,
    actorTenant: change.actor.tenant,
    actorUserId: change.actor.user,
    actorName: change.actor.name,
    action: change.action,
    subject: write.type,
    subjectUid: subjectOf(write),
    before: write.before as Prisma.JsonValue,
    after: write.after as Prisma.JsonValue,
    undoes: change.undoes ?? null,
  };
}

/** The lasting name of what a write is about: a UID, the group's id, or who has a role. */
export function subjectOf(write: Write): string {
  switch (write.type) {
    case 'group':
      return write.after.id;
    case 'event':
      return write.after.uid;
    case 'note':
      return (write.after ?? write.before)?.uid ?? '';
    case 'role': {
      const grant = write.after ?? write.before;
      return grant ? [grant.kind, grant.platform, grant.tenant, grant.id].join(':') : '';
    }
  }
}

/** A role from its row. */
export function roleOf({ kind, platform, tenant, subjectId, name, role }: Prisma.RoleGrantModel): RoleGrant {
  return { kind: kind as RoleGrant['kind'], platform, tenant, id: subjectId, name, role: role as RoleGrant['role'] };
}

/** The row of a role. */
export function roleRow({ kind, platform, tenant, id, name, role }: RoleGrant, groupId: string): Prisma.RoleGrantModel {
  return { groupId, kind, platform, tenant, subjectId: id, name, role };
}

/** An audit entry from its row. */
export function auditOf(row: Prisma.AuditEntryModel): AuditEntry {
  return {
    id: row.id,
    groupId: row.groupId,
    revision: row.revision,
    at: instantOf(row.at),
    actor: { platform: row.actorPlatform, tenant: row.actorTenant, user: row.actorUserId, name: row.actorName },
    action: row.action,
    write: { type: row.subject, before: snapshotOf(row.before), after: snapshotOf(row.after) } as Write,
    undoes: row.undoes,
  };
}

const strings = z.array(z.string());

// An entry is kept as it was written, also when the model has grown since.
const snapshot = z.looseObject({}).nullable();

function stringsOf(value: Prisma.JsonValue): string[] {
  return strings.parse(value);
}

function snapshotOf(value: Prisma.JsonValue): unknown {
  return snapshot.parse(value);
}

function whenOf({ whenPrecision, whenStart, whenEnd, whenZone }: EventRow): When | null {
  if (whenPrecision === null || whenStart === null || whenZone === null) return null;
  return { precision: whenPrecision as Precision, start: whenStart, end: whenEnd, zone: whenZone };
}

function venueOf({ venueName: name, venueCity: city, venueCountry: country }: EventRow): Venue | null {
  return name === null && city === null && country === null ? null : { name, city, country };
}

function participationOf(row: EventRow): Participation | null {
  const { maxPerDelegation, headLevel, participationNotes: notes } = row;
  if (maxPerDelegation === null && headLevel === null && notes === null) return null;
  return { maxPerDelegation, headLevel, notes };
}

/** As Temporal writes it: without the zeros at the end of its fraction. */
export function instantOf(date: Date): string {
  return date.toISOString().replace(/\.?0*Z$/, 'Z');
}

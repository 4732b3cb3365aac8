import type { AuditEntry, Write } from '../ports.ts';
import { changedFields, revise, sameValue, type EventPatch } from './change.ts';
import type { Note, ScheduledEvent, WorkingGroup } from './event.ts';
import type { Schedule } from './schedule.ts';

/** The writes that take a change back, or the name of the first thing that was changed again since. */
export type Undoing =
  | { readonly writes: readonly Write[] }
  | { readonly changedSince: string }
  /** The handle of an event that is part of one that would be withdrawn, or is preceded by it. */
  | { readonly neededBy: string }
  /** Roles are given and taken in the open, with `role`. */
  | { readonly isRole: true };

/**
 * The writes that take back the entries of one change. Only what it altered goes back; what others altered since in the
 * same things stops it. An event that it added is not deleted: it becomes a cancelled draft.
 *
 * @param now the instant of the undoing, ISO 8601 in UTC
 */
export function undo(entries: readonly AuditEntry[], schedule: Schedule, now: string): Undoing {
  const writes: Write[] = [];
  const touched = new Set(entries.flatMap(({ write }) => (write.type === 'event' ? [write.after.uid] : [])));
  // The audit comes newest first.
  for (const { write } of entries.toReversed()) {
    const dependent = write.type === 'event' && write.before === null && dependentOn(write.after, touched, schedule);
    if (dependent) return { neededBy: dependent.handle };
    const back = undoOne(write, schedule, now);
    if (back === null) continue;
    if (!('type' in back)) return back;
    writes.push(back);
  }
  return { writes };
}

/** What hangs on an event that was added, besides what came with it. */
function dependentOn({ uid }: ScheduledEvent, touched: ReadonlySet<string>, schedule: Schedule) {
  return [...schedule.partsOf(uid), ...schedule.followersOf(uid)].find((event) => !touched.has(event.uid));
}

function undoOne(
  write: Write,
  schedule: Schedule,
  now: string,
): Write | { readonly changedSince: string } | { readonly isRole: true } | null {
  switch (write.type) {
    case 'event':
      return undoEvent(write.before, write.after, schedule.byUid(write.after.uid), now);
    case 'note':
      return undoNote(write.before, write.after, schedule.notes);
    case 'group':
      return write.before === null ? null : undoGroup(write.before, write.after, schedule.group);
    case 'role':
      return { isRole: true };
  }
}

function undoEvent(
  before: ScheduledEvent | null,
  after: ScheduledEvent,
  stored: ScheduledEvent | undefined,
  now: string,
): Write | { readonly changedSince: string } | null {
  if (!stored) return { changedSince: after.handle };
  const patch = before ? patchBack(before, after, stored) : withdrawal(after, stored);
  if (patch === null) return { changedSince: stored.handle };
  const back = revise(stored, patch, now);
  return back === stored ? null : { type: 'event', before: stored, after: back };
}

function patchBack(before: ScheduledEvent, after: ScheduledEvent, stored: ScheduledEvent): EventPatch | null {
  const fields = changedFields(before, after);
  const isAlteredSince = changedFields(after, stored).some((field) => fields.includes(field));
  return isAlteredSince ? null : Object.fromEntries(fields.map((field) => [field, before[field]]));
}

function withdrawal(added: ScheduledEvent, stored: ScheduledEvent): EventPatch | null {
  return changedFields(added, stored).length > 0 ? null : { visibility: 'draft', status: 'cancelled' };
}

function undoNote(
  before: Note | null,
  after: Note | null,
  notes: readonly Note[],
): Write | { readonly changedSince: string } | null {
  const uid = (after ?? before)?.uid;
  const stored = notes.find((note) => note.uid === uid) ?? null;
  if (!sameValue(stored, after)) return { changedSince: (stored ?? after ?? before)?.text ?? '' };
  return { type: 'note', before: stored, after: before };
}

const SETTINGS = ['slug', 'name', 'zone', 'language', 'organizerName', 'organizerEmail'] as const;

function undoGroup(
  before: WorkingGroup,
  after: WorkingGroup,
  stored: WorkingGroup,
): Write | { readonly changedSince: string } {
  const fields = SETTINGS.filter((field) => before[field] !== after[field]);
  if (fields.some((field) => stored[field] !== after[field])) return { changedSince: stored.slug };
  const back = Object.fromEntries(fields.map((field) => [field, before[field]]));
  return { type: 'group', before: stored, after: { ...stored, ...back } };
}

/** What an undo can be of: changes, newest first, each with the entries of its revision. */
export interface PastChange {
  readonly revision: number;
  readonly undoes: number | null;
  readonly entries: readonly AuditEntry[];
}

/** Audit entries as the changes that they belong to, newest first; a change of which a part is missing is whole anyway. */
export function pastChanges(entries: readonly AuditEntry[]): readonly PastChange[] {
  return [...Map.groupBy(entries, (entry) => entry.revision)].map(([revision, ofOne]) => ({
    revision,
    undoes: ofOne[0]?.undoes ?? null,
    entries: ofOne,
  }));
}

/** The revisions that are taken back at the moment: an undo that was itself undone takes nothing back. */
export function undoneRevisions(changes: readonly PastChange[]): ReadonlySet<number> {
  const undone = new Set<number>();
  for (const { revision, undoes } of [...changes].sort((a, b) => b.revision - a.revision)) {
    if (undoes !== null && !undone.has(revision)) undone.add(undoes);
  }
  return undone;
}

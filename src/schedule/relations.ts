import type { Write } from '../ports.ts';
import type { ScheduledEvent } from './event.ts';
import type { Schedule } from './schedule.ts';

/** Why events cannot hang together as a change would have it. `names` are handles; of a circle, from event to event. */
export interface RelationProblem {
  readonly code: 'unknown' | 'self' | 'cycle';
  readonly relation: 'parent' | 'precededBy';
  readonly names: readonly string[];
}

type EventWrite = Extract<Write, { type: 'event' }>;

/** Whether a change lets events hang together otherwise: only such a change can close a circle with another one. */
export function changesRelations(writes: readonly Write[]): boolean {
  return eventWrites(writes).some(
    ({ before, after }) =>
      before !== null &&
      (before.parent !== after.parent || before.precededBy.join('\n') !== after.precededBy.join('\n')),
  );
}

/** What would be wrong with the relations between events after a change: each is another one, and none goes in circles. */
export function relationProblems(writes: readonly Write[], schedule: Schedule): readonly RelationProblem[] {
  const changed = eventWrites(writes);
  const after = new Map(changed.map((write) => [write.after.uid, write.after]));
  const find = (uid: string): ScheduledEvent | undefined => after.get(uid) ?? schedule.byUid(uid);
  const isTouched = changed.filter(
    ({ before, after: event }) =>
      event.parent !== (before?.parent ?? null) || event.precededBy.some((uid) => !before?.precededBy.includes(uid)),
  );
  return isTouched.flatMap(({ after: event }) =>
    (['parent', 'precededBy'] as const).flatMap((relation) => problemOf(event, relation, find) ?? []),
  );
}

function eventWrites(writes: readonly Write[]): readonly EventWrite[] {
  return writes.filter((write) => write.type === 'event');
}

function problemOf(
  event: ScheduledEvent,
  relation: RelationProblem['relation'],
  find: (uid: string) => ScheduledEvent | undefined,
): RelationProblem | null {
  const next = ({ parent, precededBy }: ScheduledEvent) =>
    relation === 'precededBy' ? precededBy : parent === null ? [] : [parent];
  for (const uid of next(event)) {
    if (uid === event.uid) return { code: 'self', relation, names: [event.handle] };
    if (!find(uid)) return { code: 'unknown', relation, names: [uid] };
  }
  // Breadth first, each event once, so that a chain of any length ends.
  const cameFrom = new Map<string, string>();
  const waiting = [...next(event)];
  for (const uid of waiting) cameFrom.set(uid, event.uid);
  for (const uid of waiting) {
    if (uid === event.uid) return { code: 'cycle', relation, names: circle(event, cameFrom, find) };
    for (const further of next(find(uid) ?? event)) {
      if (cameFrom.has(further) && further !== event.uid) continue;
      cameFrom.set(further, uid);
      waiting.push(further);
    }
  }
  return null;
}

function circle(
  event: ScheduledEvent,
  cameFrom: ReadonlyMap<string, string>,
  find: (uid: string) => ScheduledEvent | undefined,
): readonly string[] {
  const names = [event.handle];
  for (let uid = cameFrom.get(event.uid); uid !== undefined && uid !== event.uid; uid = cameFrom.get(uid)) {
    names.unshift(find(uid)?.handle ?? uid);
  }
  return [event.handle, ...names];
}

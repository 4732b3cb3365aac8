import type { ScheduleData } from '../ports.ts';
import { handleSource } from '../schedule/change.ts';
import type { Note, ScheduledEvent } from '../schedule/event.ts';
import { checkWhen } from '../schedule/when.ts';
import type { When } from '../schedule/when.ts';
import { shown } from './problem.ts';
import type { ImportProblem, ImportProblemCode } from './problem.ts';
import { whenProblem } from './read-when.ts';
import type { Checked, EventInput, NoteFields } from './record.ts';

/** An event of a file and what it is in the schedule. */
export interface Matched {
  readonly input: EventInput;
  /** The stored event it speaks of; `null`: a new one. */
  readonly before: ScheduledEvent | null;
  /** Its UID after the import. */
  readonly uid: string;
  /** Its handle after the import. */
  readonly handle: string;
  /** `undefined`: the file says nothing of the time. */
  readonly when: When | null | undefined;
}

/**
 * Finds for every event of a file the stored one it speaks of: by UID when it gives one, else by handle, else, for
 * files that know neither, by title and start. A stored event is found at most once.
 */
export function matchEvents(
  inputs: readonly EventInput[],
  data: ScheduleData,
  { newUid, zone, problems }: { newUid: () => string; zone: string; problems: ImportProblem[] },
): readonly Matched[] {
  const stored = {
    uid: new Map(data.events.map((event) => [event.uid, event])),
    handle: new Map(data.events.map((event) => [event.handle, event])),
    look: lookIndex(data.events),
  };
  const found = new Set<ScheduledEvent>();
  const take = (event: ScheduledEvent | undefined): ScheduledEvent | null => {
    if (!event || found.has(event)) return null;
    found.add(event);
    return event;
  };
  // The surer ways first: a record with a UID may have renamed the event whose old handle another record now uses.
  const befores = inputs.map(({ uid }) => (uid === null ? null : take(stored.uid.get(uid))));
  for (const [index, { uid, handle }] of inputs.entries()) {
    if (uid === null && handle !== null) befores[index] = take(stored.handle.get(handle));
  }
  for (const [index, { uid, handle, fields, when }] of inputs.entries()) {
    if (uid !== null || handle !== null || fields?.title === undefined) continue;
    const alike = stored.look.get(look(fields.title, when?.start)) ?? [];
    befores[index] = take(alike.find((event) => !found.has(event)));
  }
  const freeHandle = handleSource(
    new Set([...stored.handle.keys(), ...inputs.flatMap(({ handle }) => (handle === null ? [] : [handle]))]),
  );
  return inputs.map((input, index) => {
    const before = befores[index] ?? null;
    const uid = before?.uid ?? input.uid ?? newUid();
    const handle = input.handle ?? before?.handle ?? freeHandle(input.fields?.title ?? '');
    return { input, before, uid, handle, when: whenOf(input, before, zone, problems) };
  });
}

function whenOf(
  input: EventInput,
  before: ScheduledEvent | null,
  zone: string,
  problems: ImportProblem[],
): When | null | undefined {
  if (!input.when) return input.when;
  const checked = checkWhen({ ...input.when, zone: input.when.zone ?? before?.when?.zone ?? zone });
  if ('when' in checked) return checked.when;
  const { code, values } = whenProblem(checked.problem);
  problems.push({ place: input.place, field: input.nameOf(['when', checked.field]), code, values });
  return undefined;
}

function look(title: string, start: string | undefined): string {
  return `${start ?? ''} ${title}`;
}

function lookIndex(events: readonly ScheduledEvent[]): Map<string, ScheduledEvent[]> {
  const index = new Map<string, ScheduledEvent[]>();
  for (const event of events) {
    const key = look(event.title, event.when?.start);
    const alike = index.get(key);
    if (alike) alike.push(event);
    else index.set(key, [event]);
  }
  return index;
}

/** What the file calls other events, as UIDs: handles first, then UIDs, of the schedule as it will be. */
export type Resolve = (reference: string) => string | null;

/** Checks names: UIDs and handles are given once, and no handle belongs to an event that the file doesn't touch. */
export function checkNames(matched: readonly Matched[], data: ScheduleData, problems: ImportProblem[]): Resolve {
  const touched = new Set(matched.map(({ uid }) => uid));
  const untouched = data.events.filter(({ uid }) => !touched.has(uid));
  const owners = new Map(untouched.map((event) => [event.handle, event.uid]));
  const uids = new Set(untouched.map(({ uid }) => uid));
  const places = new Map<string, Matched>();
  for (const match of matched) {
    const { input, uid, handle } = match;
    const report = (field: string, code: ImportProblemCode): void => {
      problems.push({
        place: input.place,
        field: input.nameOf([field]),
        code,
        values: { value: shown(field === 'uid' ? uid : handle) },
      });
    };
    if (uids.has(uid)) report('uid', 'uid-duplicate');
    const owner = owners.get(handle);
    if (owner !== undefined && owner !== uid)
      report('handle', places.has(handle) ? 'handle-duplicate' : 'handle-taken');
    uids.add(uid);
    if (owner === undefined) owners.set(handle, uid);
    places.set(handle, match);
  }
  return (reference) => owners.get(reference) ?? (uids.has(reference) ? reference : null);
}

/** How two events can hang together. */
type Relation = 'parent' | 'precededBy';

/**
 * Checks that every event named as parent or predecessor exists, is another one, and that nothing goes round in
 * circles, in the schedule as it will be.
 */
export function checkReferences(
  matched: readonly Matched[],
  data: ScheduleData,
  resolve: Resolve,
  problems: ImportProblem[],
): void {
  const byUid = new Map(matched.map((match) => [match.uid, match]));
  const stored = new Map(data.events.map((event) => [event.uid, event]));
  const named = ({ input }: Matched, relation: Relation): readonly string[] | undefined => {
    if (relation === 'precededBy') return input.fields?.precededBy;
    return input.fields?.parent === undefined ? undefined : input.fields.parent === null ? [] : [input.fields.parent];
  };
  const before = (uid: string, relation: Relation): readonly string[] => {
    const event = stored.get(uid);
    if (!event) return [];
    return relation === 'precededBy' ? event.precededBy : event.parent === null ? [] : [event.parent];
  };
  const nameOf = (uid: string): string => byUid.get(uid)?.handle ?? stored.get(uid)?.handle ?? uid;
  for (const relation of ['parent', 'precededBy'] as const) {
    const next = new Map<string, readonly string[]>();
    for (const match of matched) {
      const report = (code: ImportProblemCode, values: ImportProblem['values']): void => {
        problems.push({ place: match.input.place, field: match.input.nameOf([relation]), code, values });
      };
      const names = named(match, relation);
      if (!names) continue;
      const uids = names.flatMap((name) => {
        const uid = resolve(name);
        if (uid === null) report('reference-unknown', { value: shown(name) });
        else if (uid === match.uid) report('reference-self', { value: shown(name) });
        else return [uid];
        return [];
      });
      next.set(match.uid, uids);
    }
    const edges = (uid: string): readonly string[] => next.get(uid) ?? before(uid, relation);
    for (const cycle of cyclesFrom(
      matched.map(({ uid }) => uid),
      edges,
    )) {
      const first = cycle.map((uid) => byUid.get(uid)).find((match) => match !== undefined);
      if (!first) continue;
      const values = { cycle: [...cycle, cycle[0] ?? ''].map(nameOf).join(' → ') };
      problems.push({
        place: first.input.place,
        field: first.input.nameOf([relation]),
        code: 'reference-cycle',
        values,
      });
    }
  }
}

// Depth first without recursion: a file may hold a chain of any length.
function cyclesFrom(roots: readonly string[], edges: (uid: string) => readonly string[]): string[][] {
  const done = new Set<string>();
  const cycles: string[][] = [];
  for (const root of roots) {
    if (done.has(root)) continue;
    const path: string[] = [root];
    const position = new Map([[root, 0]]);
    const waiting = [[...edges(root)]];
    while (path.length > 0) {
      const uid = waiting.at(-1)?.pop();
      if (uid === undefined) {
        waiting.pop();
        const left = path.pop() ?? '';
        position.delete(left);
        done.add(left);
      } else if (position.has(uid)) {
        cycles.push(path.slice(position.get(uid)));
      } else if (!done.has(uid)) {
        position.set(uid, path.length);
        path.push(uid);
        waiting.push([...edges(uid)]);
      }
    }
  }
  return cycles;
}

/** A note of a file and what it is in the schedule. */
export interface MatchedNote {
  readonly input: Checked<NoteFields>;
  readonly before: Note | null;
}

/** Finds for every note the stored one it speaks of: by UID when it gives one, else by day and text. */
export function matchNotes(
  inputs: readonly Checked<NoteFields>[],
  data: ScheduleData,
  problems: ImportProblem[],
): readonly MatchedNote[] {
  const byUid = new Map(data.notes.map((note) => [note.uid, note]));
  const byText = new Map(data.notes.map((note) => [look(note.text, note.date), note]));
  const seen = new Set<string>();
  return inputs.map((input) => {
    const { uid, fields } = input;
    const before = (uid === null ? byText.get(look(fields?.text ?? '', fields?.date)) : byUid.get(uid)) ?? null;
    const key = before?.uid ?? uid ?? look(fields?.text ?? '', fields?.date);
    if (fields && seen.has(key)) {
      const code = uid === null ? 'note-duplicate' : 'uid-duplicate';
      problems.push({
        place: input.place,
        field: uid === null ? null : input.nameOf(['uid']),
        code,
        values: { value: shown(uid ?? fields.text ?? '') },
      });
    }
    seen.add(key);
    return { input, before };
  });
}

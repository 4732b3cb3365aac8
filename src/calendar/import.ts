import { setImmediate } from 'node:timers/promises';
import type { IdentitySource } from '../identity.ts';
import type { ScheduleChange, ScheduleData, Write } from '../ports.ts';
import { changedFields, createEvent, revise, sameValue } from '../schedule/change.ts';
import type { EventPatch } from '../schedule/change.ts';
import type { Note, ScheduledEvent, WorkingGroup } from '../schedule/event.ts';
import { checkNames, checkReferences, matchEvents, matchNotes } from './compare.ts';
import type { Matched, MatchedNote, Resolve } from './compare.ts';
import { ownUids } from './own-uids.ts';
import type { ImportProblem, ImportProblems, Place } from './problem.ts';
import { textOf } from './read-file.ts';
import type { ImportFormat, RawFile } from './read-file.ts';
import { checkEvent, checkGroup, checkNote } from './record.ts';
import type { Checked, GroupFields } from './record.ts';

/** One stored thing that an import changes. `fields` names what differs, in the order of the model. */
export interface Changed<T> {
  readonly before: T;
  readonly after: T;
  readonly fields: readonly (keyof T & string)[];
}

/** What an import would do, in the order of the file: the dry run. What the file doesn't name is left alone. */
export interface ImportPlan {
  readonly type: 'plan';
  readonly created: readonly ScheduledEvent[];
  readonly changed: readonly Changed<ScheduledEvent>[];
  readonly unchanged: readonly ScheduledEvent[];
  readonly notes: {
    readonly created: readonly Note[];
    readonly changed: readonly Changed<Note>[];
    readonly unchanged: readonly Note[];
  };
  /** The group's own settings, when the file states others; `null`: none, or the same. */
  readonly group: Changed<WorkingGroup> | null;
}

/** A file as it was received. */
export interface ImportFile {
  /** Its name, with or without a folder; the ending helps to tell the format. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What an import is compared with and may draw from. */
export interface ImportContext {
  readonly data: ScheduleData;
  /** The instant of the import, ISO 8601 in UTC. */
  readonly now: string;
  readonly identity: IdentitySource;
  /** IANA zone of dates for which neither the file nor the stored event names one. */
  readonly zone: string;
  /** The UIDs of what other groups have; asked for only when the file names what this one has not. */
  readonly elsewhere?: () => Promise<ReadonlySet<string>>;
  /** Told now and then how many records have been checked; the event loop turns in between. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** After how many records the event loop turns, so that a progress bar moves. */
const PACE = 1000;

/**
 * Reads a file, checks all of it, and compares it with the schedule. Writes nothing, and never throws for a bad file:
 * every problem comes back with its place, in the order of the file.
 */
export async function planImport(file: ImportFile, context: ImportContext): Promise<ImportPlan | ImportProblems> {
  const text = textOf(file.name, file.bytes);
  const raw = 'unreadable' in text ? text.unreadable : await read(text.format, text.text, context.zone);
  const problems = [...raw.problems];
  const thisYear = Number(context.now.slice(0, 4));

  const group = raw.group && checkGroup(raw.group, problems);
  if (group) checkSlug(group, context.data.group, problems);
  const total = raw.events.length + raw.notes.length;
  const inputs = [];
  for (const [index, record] of raw.events.entries()) {
    if (index % PACE === 0) await pause(index, total, context);
    inputs.push(checkEvent(record, thisYear, problems));
  }
  await pause(inputs.length, total, context);
  const noteInputs = raw.notes.map((record) => checkNote(record, thisYear, problems));

  const { data, identity, now } = context;
  const zone = group?.fields?.zone ?? context.zone;
  const nameOf = await namesFor([...inputs, ...noteInputs], context);
  const matched = matchEvents(inputs.map(nameOf.own), data, { newUid: identity.uid, zone, problems });
  const matchedNotes = matchNotes(noteInputs.map(nameOf.own), data, problems);
  const named = checkNames(matched, data, problems);
  const resolve: Resolve = (reference) => named(reference) ?? named(nameOf.uid(reference));
  checkReferences(matched, data, resolve, problems);
  checkRequired(matched, matchedNotes, raw, problems);
  await pause(total, total, context);
  if (problems.length > 0) return { type: 'problems', problems: inFileOrder(problems, raw) };

  const events = matched.map((match) => planEvent(match, resolve, { now, identity }));
  const notes = matchedNotes.map((match) => planNote(match, identity));
  return {
    type: 'plan',
    ...sorted(events, (before, after) => {
      const fields = changedFields(before, after);
      // Only a calendar file that counts further than we do comes to this.
      return fields.length > 0 ? fields : ['sequence'];
    }),
    notes: sorted(notes, differing),
    group: planGroup(group, data.group),
  };
}

/** The plan as the one change that carries it out; without writes when nothing would change. */
export function changeOf(plan: ImportPlan, by: Omit<ScheduleChange, 'writes'>): ScheduleChange {
  const writes: Write[] = [
    ...(plan.group ? [{ type: 'group', before: plan.group.before, after: plan.group.after } as const] : []),
    ...parentsFirst(plan.created).map((after) => ({ type: 'event', before: null, after }) as const),
    ...plan.changed.map(({ before, after }) => ({ type: 'event', before, after }) as const),
    ...plan.notes.created.map((after) => ({ type: 'note', before: null, after }) as const),
    ...plan.notes.changed.map(({ before, after }) => ({ type: 'note', before, after }) as const),
  ];
  return { ...by, writes };
}

/** Calls what the file names by a UID what it is called in this group. */
async function namesFor(
  inputs: readonly Pick<Checked<unknown>, 'uid'>[],
  { data, elsewhere }: ImportContext,
): Promise<{
  readonly uid: (uid: string) => string;
  readonly own: <T extends Checked<{ uid?: string | undefined }>>(input: T) => T;
}> {
  const here = new Set([...data.events, ...data.notes].map(({ uid }) => uid));
  const isNew = inputs.some(({ uid }) => uid !== null && !here.has(uid));
  const others = isNew ? await elsewhere?.() : undefined;
  const uid = ownUids(data.group.id, here, others ?? new Set());
  return {
    uid,
    own(input) {
      if (input.uid === null) return input;
      const own = uid(input.uid);
      return own === input.uid ? input : { ...input, uid: own, fields: input.fields && { ...input.fields, uid: own } };
    },
  };
}

async function read(format: ImportFormat, text: string, zone: string): Promise<RawFile> {
  switch (format) {
    case 'json':
      return (await import('./read-json.ts')).readJson(text);
    case 'csv':
      return (await import('./read-csv.ts')).readCsv(text);
    case 'ics':
      return (await import('./read-ics.ts')).readIcs(text, zone);
  }
}

async function pause(done: number, total: number, { onProgress }: ImportContext): Promise<void> {
  onProgress?.(done, total);
  await setImmediate();
}

function checkSlug(group: Checked<GroupFields>, { slug }: WorkingGroup, problems: ImportProblem[]): void {
  const other = group.fields?.slug;
  if (other === undefined || other === slug) return;
  problems.push({
    place: group.place,
    field: group.nameOf(['slug']),
    code: 'group-other',
    values: { value: other, slug },
  });
}

// What a new event or note can't do without; a key that is there and wrong has been reported already.
function checkRequired(
  matched: readonly Matched[],
  notes: readonly MatchedNote[],
  raw: RawFile,
  problems: ImportProblem[],
): void {
  const check = ({ input, before }: Matched | MatchedNote, key: string, value: unknown): void => {
    const states = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (before || !states || Object.hasOwn(value, key)) return;
    problems.push({ place: input.place, field: input.nameOf([key]), code: 'required', values: {} });
  };
  for (const [index, match] of matched.entries()) check(match, 'title', raw.events[index]?.value);
  for (const [index, match] of notes.entries()) {
    check(match, 'date', raw.notes[index]?.value);
    check(match, 'text', raw.notes[index]?.value);
  }
}

interface Planned<T> {
  readonly before: T | null;
  readonly after: T;
}

function planEvent(
  { input, before, uid, handle, when }: Matched,
  resolve: Resolve,
  source: { readonly now: string; readonly identity: IdentitySource },
): Planned<ScheduledEvent> {
  const { venue, participation, parent, precededBy, title, reason, series, ...rest } = input.fields ?? {};
  const patch: EventPatch = {
    ...present(rest),
    ...present({ title, when }),
    ...(venue === undefined ? {} : { venue: merged(before?.venue, venue, NOWHERE) }),
    ...(participation === undefined ? {} : { participation: merged(before?.participation, participation, ANYBODY) }),
    ...(parent === undefined ? {} : { parent: parent === null ? null : resolve(parent) }),
    ...(precededBy === undefined
      ? {}
      : { precededBy: [...new Set(precededBy.flatMap((name) => resolve(name) ?? []))] }),
    // The model leaves out what most events do not have.
    ...(reason === undefined ? {} : { reason: reason ?? undefined }),
    ...(series === undefined ? {} : { series: series ?? undefined }),
    handle,
  };
  if (before) return { before, after: revise(before, patch, source.now) };
  return { before, after: createEvent({ ...patch, uid, handle, title: title ?? '' }, source) };
}

const NOWHERE = { name: null, city: null, country: null };
const ANYBODY = { maxPerDelegation: null, headLevel: null, notes: null };

// A group of fields in which nothing is known is not known as a whole.
function merged<T extends object>(before: T | null | undefined, given: Loose<T> | null, nothing: T): T | null {
  if (given === null) return null;
  const whole = { ...nothing, ...before, ...present(given) };
  return Object.values(whole).every((value) => value === null) ? null : whole;
}

type Loose<T> = { readonly [K in keyof T]?: T[K] | undefined };
type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function present<T extends object>(value: T): Present<T> {
  return Object.fromEntries(Object.entries(value).filter(([, content]) => content !== undefined)) as Present<T>;
}

function planNote({ input, before }: MatchedNote, identity: IdentitySource): Planned<Note> {
  const { uid, date, text, ...rest } = input.fields ?? {};
  if (!before) {
    const name = uid ?? identity.uid();
    return {
      before,
      after: { topic: null, points: [], ...present(rest), uid: name, date: date ?? '', text: text ?? '' },
    };
  }
  const after = { ...before, ...present({ date, text, ...rest }) };
  return { before, after: sameValue(before, after) ? before : after };
}

function planGroup(group: Checked<GroupFields> | null, before: WorkingGroup): Changed<WorkingGroup> | null {
  const after: WorkingGroup = { ...before, ...present(group?.fields ?? {}) };
  const fields = differing(before, after);
  return fields.length > 0 ? { before, after, fields } : null;
}

function differing<T extends object>(before: T, after: T): readonly (keyof T & string)[] {
  return (Object.keys(before) as (keyof T & string)[]).filter((key) => !sameValue(before[key], after[key]));
}

function sorted<T extends object>(
  planned: readonly Planned<T>[],
  fieldsOf: (before: T, after: T) => readonly (keyof T & string)[],
): { created: readonly T[]; changed: readonly Changed<T>[]; unchanged: readonly T[] } {
  return {
    created: planned.flatMap(({ before, after }) => (before ? [] : [after])),
    changed: planned.flatMap(({ before, after }) =>
      before && before !== after ? [{ before, after, fields: fieldsOf(before, after) }] : [],
    ),
    unchanged: planned.flatMap(({ before, after }) => (before === after ? [before] : [])),
  };
}

// A row can point only at a row that is there.
function parentsFirst(events: readonly ScheduledEvent[]): readonly ScheduledEvent[] {
  const waiting = new Map(events.map((event) => [event.uid, event]));
  const ordered: ScheduledEvent[] = [];
  for (const event of events) {
    const line: ScheduledEvent[] = [];
    for (
      let next: ScheduledEvent | undefined = event;
      next;
      next = next.parent === null ? undefined : waiting.get(next.parent)
    ) {
      if (!waiting.delete(next.uid)) break;
      line.push(next);
    }
    ordered.push(...line.reverse());
  }
  return ordered;
}

function inFileOrder(problems: readonly ImportProblem[], raw: RawFile): readonly ImportProblem[] {
  const records = [...(raw.group ? [raw.group] : []), ...raw.events, ...raw.notes];
  const order = new Map<Place, number>(records.map(({ place }, index) => [place, index]));
  const rank = ({ place }: ImportProblem): number => order.get(place) ?? -1;
  return [...problems].sort((one, other) => rank(one) - rank(other));
}

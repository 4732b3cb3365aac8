import { z } from 'zod';
import { EVENT_KINDS, EVENT_STATUSES, VISIBILITIES } from '../schedule/event.ts';
import { cleanLine, cleanText } from '../clean.ts';
import { HANDLE, isWebAddress, LIMITS } from '../schedule/limits.ts';
import { canonicalZone } from '../dates/zones.ts';
import { shown } from './problem.ts';
import type { ImportProblem, ImportProblemCode, Place } from './problem.ts';
import type { RawRecord } from './read-file.ts';
import { readWhen } from './read-when.ts';
import type { WhenInput } from './read-when.ts';

interface Refusal {
  readonly importProblem: ImportProblemCode;
  readonly values: Record<string, string | number>;
}

function refuse(importProblem: ImportProblemCode, values: Refusal['values'] = {}): { params: Refusal } {
  return { params: { importProblem, values } };
}

const line = (limit: number): z.ZodString => z.string().overwrite(cleanLine).max(limit);
const some = (limit: number): z.ZodString => line(limit).min(1);
const none = (text: string | null): string | null => (text === '' ? null : text);
const perhaps = (limit: number) => line(limit).nullable().transform(none);
const word = <T extends readonly [string, ...string[]]>(allowed: T) =>
  z.preprocess((value) => (typeof value === 'string' ? value.trim().toLowerCase() : value), z.enum(allowed));

const list = <T extends z.ZodType>(entry: T, limit: number) =>
  z
    .array(entry)
    .max(limit)
    .nullable()
    .transform((entries) => entries ?? []);

const count = (least: number, most: number) =>
  z.custom<number>(
    (value) => Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most,
    refuse('number-form', { least, most }),
  );

const address = some(LIMITS.url).refine((text) => text.length > LIMITS.url || isWebAddress(text), refuse('url-form'));
const language = some(LIMITS.language).transform((tag, context) => {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? tag;
  } catch {
    context.addIssue({ code: 'custom', ...refuse('language-form') });
    return z.NEVER;
  }
});
const handle = some(LIMITS.handle).refine((text) => text === '' || HANDLE.test(text), refuse('handle-form'));

const documentSchema = z.strictObject({
  title: some(LIMITS.documentTitle),
  url: address.nullable().default(null),
  language: language.nullable().default(null),
  note: perhaps(LIMITS.documentNote).default(null),
});

const eventSchema = z
  .strictObject({
    uid: some(LIMITS.uid),
    sequence: count(0, LIMITS.sequence),
    handle,
    title: some(LIMITS.title),
    kind: word(EVENT_KINDS),
    status: word(EVENT_STATUSES),
    visibility: word(VISIBILITIES),
    when: z.unknown(),
    venue: z
      .strictObject({ name: perhaps(LIMITS.name), city: perhaps(LIMITS.city), country: perhaps(LIMITS.country) })
      .partial()
      .nullable(),
    onlineUrl: address.nullable(),
    organiser: perhaps(LIMITS.name),
    region: perhaps(LIMITS.region),
    participation: z
      .strictObject({
        maxPerDelegation: count(1, LIMITS.delegation).nullable(),
        headLevel: perhaps(LIMITS.headLevel),
        notes: perhaps(LIMITS.participationNotes),
      })
      .partial()
      .nullable(),
    description: z.string().overwrite(cleanText).max(LIMITS.description).nullable().transform(none),
    parent: some(LIMITS.uid).nullable(),
    precededBy: list(some(LIMITS.uid), LIMITS.precededBy),
    documents: list(documentSchema, LIMITS.documents),
    outcomes: list(some(LIMITS.outcome), LIMITS.outcomes),
    reason: perhaps(LIMITS.reason),
    series: perhaps(LIMITS.uid),
  })
  .partial();

const noteSchema = z
  .strictObject({
    uid: some(LIMITS.uid),
    date: z.unknown(),
    topic: perhaps(LIMITS.topic),
    text: some(LIMITS.noteText),
    points: list(some(LIMITS.point), LIMITS.points),
  })
  .partial();

const groupSchema = z
  .strictObject({
    slug: handle,
    name: some(LIMITS.name),
    zone: some(LIMITS.zone).transform((name, context) => {
      const zone = canonicalZone(name);
      if (zone === null) context.addIssue({ code: 'custom', ...refuse('zone-unknown') });
      return zone ?? z.NEVER;
    }),
    language,
    organizerName: perhaps(LIMITS.name),
    organizerEmail: some(LIMITS.email)
      .refine((text) => text === '' || z.regexes.email.test(text), refuse('email-form'))
      .nullable(),
  })
  .partial();

/** What a file says about one event: keys that are absent say nothing, `null` says "not known". */
export type EventFields = Omit<z.infer<typeof eventSchema>, 'when'>;
/** What a file says about one note. */
export type NoteFields = Omit<z.infer<typeof noteSchema>, 'date'> & { readonly date?: string };
/** What a file says about the group itself. */
export type GroupFields = z.infer<typeof groupSchema>;

/** A record after its own check. `fields` is `null` when something in it is wrong and was reported. */
export interface Checked<T> {
  readonly place: Place;
  readonly nameOf: RawRecord['nameOf'];
  readonly fields: T | null;
  /** What the record calls itself, as far as that could be read, even when the rest is wrong. */
  readonly uid: string | null;
  readonly handle: string | null;
}

/** An event of a file. `when` is `undefined` when the file says nothing, or nothing that could be read. */
export interface EventInput extends Checked<EventFields> {
  readonly when: WhenInput | null | undefined;
}

/** Checks one event by itself; problems are added to the list. */
export function checkEvent(raw: RawRecord, thisYear: number, problems: ImportProblem[]): EventInput {
  const checked = check(eventSchema, raw, problems);
  const when = keyOf(raw.value, 'when');
  const read =
    when === undefined
      ? undefined
      : readWhen(when, thisYear, (path, code, values = {}) => {
          problems.push({ place: raw.place, field: raw.nameOf(path), code, values });
          return false;
        });
  return { ...checked, fields: read === false ? null : checked.fields, when: read === false ? undefined : read };
}

/** Checks one note by itself; problems are added to the list. */
export function checkNote(raw: RawRecord, thisYear: number, problems: ImportProblem[]): Checked<NoteFields> {
  const checked = check(noteSchema, raw, problems);
  const date = keyOf(raw.value, 'date');
  if (date === undefined) return checked as Checked<NoteFields>;
  const read = readWhen({ start: date, precision: 'day' }, thisYear, (_path, code, values = {}) => {
    problems.push({ place: raw.place, field: raw.nameOf(['date']), code, values });
    return false;
  });
  const fields = checked.fields && read ? { ...checked.fields, date: read.start } : null;
  return { ...checked, fields };
}

/** Checks the settings of the group; problems are added to the list. */
export function checkGroup(raw: RawRecord, problems: ImportProblem[]): Checked<GroupFields> {
  return check(groupSchema, raw, problems);
}

function check<T>(schema: z.ZodType<T>, raw: RawRecord, problems: ImportProblem[]): Checked<T> {
  const result = schema.safeParse(raw.value);
  if (!result.success) {
    for (const issue of result.error.issues) problems.push(...problemsOf(issue, raw, schema));
  }
  return {
    place: raw.place,
    nameOf: raw.nameOf,
    fields: result.success ? result.data : null,
    uid: nameIn(raw.value, 'uid'),
    handle: nameIn(raw.value, 'handle'),
  };
}

function problemsOf(issue: z.core.$ZodIssue, raw: RawRecord, schema: z.ZodType): ImportProblem[] {
  const value = issue.path.reduce(keyOf, raw.value);
  const field = issue.path.length === 0 ? null : raw.nameOf(issue.path);
  const one = (code: ImportProblemCode, values: ImportProblem['values'] = {}): ImportProblem[] => [
    { place: raw.place, field, code, values },
  ];
  switch (issue.code) {
    case 'invalid_type':
      if (value === null || value === undefined) return one('required');
      return one('wrong-type', { expected: issue.expected, found: shown(value) });
    case 'too_small':
      return one('required');
    case 'too_big': {
      const limit = Number(issue.maximum);
      if (issue.origin === 'array') return one('too-many', { count: (value as readonly unknown[]).length, limit });
      return one('too-long', { length: String(value).length, limit });
    }
    case 'invalid_value':
      if (value === null) return one('required');
      return one('value-unknown', { value: shown(value), allowed: issue.values.map(String).join(', ') });
    case 'unrecognized_keys': {
      const known = knownKeys(schema, issue.path).join(', ');
      return issue.keys.flatMap((key) => one('key-unknown', { key: shown(key), known }));
    }
    case 'custom': {
      const refusal = issue.params as Refusal | undefined;
      if (refusal) return one(refusal.importProblem, { value: shown(value), ...refusal.values });
      return one('wrong-type', { expected: 'string', found: shown(value) });
    }
    default: {
      const refusal = 'params' in issue ? (issue.params as Refusal) : undefined;
      return one(refusal?.importProblem ?? 'wrong-type', { value: shown(value) });
    }
  }
}

// The keys that an object may have where an issue was found: the shapes are nested at most twice.
function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  let inner: unknown = schema;
  for (const key of [...path, null]) {
    for (;;) {
      if (inner instanceof z.ZodPipe) inner = inner.in;
      else if (inner instanceof z.ZodOptional || inner instanceof z.ZodNullable || inner instanceof z.ZodDefault)
        inner = inner.unwrap();
      else break;
    }
    if (inner instanceof z.ZodArray) inner = inner.element;
    else if (inner instanceof z.ZodObject && key !== null) inner = (inner.shape as Record<PropertyKey, unknown>)[key];
  }
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

function keyOf(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<PropertyKey, unknown>)[key]
    : undefined;
}

function nameIn(value: unknown, key: string): string | null {
  const name = keyOf(value, key);
  return typeof name === 'string' && name.length <= LIMITS.uid ? none(cleanLine(name)) : null;
}

import { addDays } from '../dates/calendar-days.ts';
import { EVENT_KINDS } from '../schedule/event.ts';
import { instantOf, wallTimeAt } from '../schedule/when.ts';
import { LIMITS } from '../schedule/limits.ts';
import { parameter, property, textIn, type Component } from './jcal.ts';
import type { ImportProblem, ImportProblemCode } from './problem.ts';
import { shown } from './problem.ts';
import { recurrenceDates, type RecurrenceRule } from './recurrence.ts';
import { lineAt, unreadable } from './read-file.ts';
import type { RawFile, RawRecord } from './read-file.ts';
import { zoneReader, type ZoneReader } from './read-zones.ts';

const PROPERTIES: Readonly<Record<string, string>> = {
  uid: 'UID',
  sequence: 'SEQUENCE',
  title: 'SUMMARY',
  description: 'DESCRIPTION',
  status: 'STATUS',
  venue: 'LOCATION',
  onlineUrl: 'URL',
  organiser: 'ORGANIZER',
  parent: 'RELATED-TO',
  when: 'DTSTART',
  'when.end': 'DTEND',
};
/** How many recurring events one file holds: each takes a line to write, and hundreds of events to keep. */
const MOST_RECURRING = 1000;
const METHODS = ['PUBLISH', 'REQUEST', 'ADD', 'CANCEL'];

/** Reads the events of an iCalendar file (RFC 5545). Times in UTC and times without a zone are put into `zone`. */
export async function readIcs(text: string, zone: string): Promise<RawFile> {
  const { default: ICAL } = await import('ical.js');
  let calendars: readonly Component[];
  try {
    const parsed = ICAL.parse(text) as unknown as Component | readonly Component[];
    calendars = typeof parsed[0] === 'string' ? [parsed as Component] : (parsed as readonly Component[]);
  } catch (error) {
    // The library says which line it stumbled on only by quoting it.
    const quoted = /(?:\) |in |value )(["'])(.+)\1$/s.exec(error instanceof Error ? error.message : '')?.[2];
    if (quoted === undefined) return unreadable('ics-ended');
    const line = lineAt(text, text.indexOf(quoted.slice(0, 60)));
    return unreadable('ics-broken', { found: shown(quoted) }, { kind: 'line', line, column: null });
  }
  const recurring = calendars.reduce((count, [, , inside]) => count + inside.filter(isRecurring).length, 0);
  if (recurring > MOST_RECURRING) return unreadable('recurrence-too-many', { limit: MOST_RECURRING });
  const instantIn = (definition: Component, wall: string): number => {
    const component = new ICAL.Component(definition as unknown as unknown[]);
    const time = ICAL.Time.fromDateTimeString(wall);
    time.zone = new ICAL.Timezone(component);
    return time.toUnixTime() * 1000;
  };
  const secondsOf = (duration: string): number => ICAL.Duration.fromString(duration).toSeconds();
  const problems: ImportProblem[] = [];
  const events = calendars.flatMap((calendar) => {
    const method = textIn(calendar, 'method')?.toUpperCase();
    if (method !== undefined && !METHODS.includes(method)) {
      const values = { value: shown(method) };
      problems.push({ place: { kind: 'file' }, field: 'METHOD', code: 'method-unsupported', values });
      return [];
    }
    const zones = zoneReader(calendar, zone, instantIn);
    const isOwn = textIn(calendar, 'prodid')?.startsWith(OWN_PRODUCT) ?? false;
    const reading = { zones, secondsOf, cancels: method === 'CANCEL', isOwn, problems };
    const components = calendar[2].filter(([name]) => name === 'vevent');
    const overridden = Map.groupBy(components.filter(isOccurrence), (event) => textIn(event, 'uid'));
    const mastered = new Set(components.filter(isRecurring).map((event) => textIn(event, 'uid')));
    return components.flatMap((event) => {
      const uid = textIn(event, 'uid');
      if (isRecurring(event)) return seriesOf(event, overridden.get(uid) ?? [], reading);
      // Its series takes it up.
      if (isOccurrence(event)) return mastered.has(uid) ? [] : occurrenceOf(event, reading);
      return recordOf(event, reading);
    });
  });
  return { group: null, events, notes: [], problems };
}

interface Reading {
  readonly zones: ZoneReader;
  readonly secondsOf: (duration: string) => number;
  readonly cancels: boolean;
  /** The bot wrote it itself. */
  readonly isOwn: boolean;
  readonly problems: ImportProblem[];
}

function recordOf(event: Component, { zones, secondsOf, cancels, isOwn }: Reading): RawRecord[] {
  const uid = textIn(event, 'uid');
  const place = { kind: 'uid', uid: shown(uid ?? textIn(event, 'summary') ?? '') } as const;
  let when: Record<string, unknown> | undefined;
  try {
    when = whenOf(event, zones, secondsOf);
  } catch {
    // What the library can't count with is shown as it stands, and refused as a date.
    when = { start: textIn(event, 'dtstart') ?? '', end: textIn(event, 'duration') ?? null };
  }
  const sequence = property(event, 'sequence')?.[3];
  const location = textIn(event, 'location');
  const value = Object.entries({
    uid,
    sequence,
    title: titleOf(event, isOwn),
    description: textIn(event, 'description'),
    status: cancels ? 'cancelled' : textIn(event, 'status'),
    kind: kindOf(event),
    venue: location === undefined ? undefined : { name: location },
    // What the bot writes as URL beside no CONFERENCE is its own page.
    onlineUrl: conferenceOf(event) ?? (isOwn ? undefined : textIn(event, 'url')),
    organiser: parameter(property(event, 'organizer'), 'cn'),
    parent: parentOf(event),
    when: when ?? {},
  }).filter(([, content]) => content !== undefined);
  const nameOf = (path: readonly PropertyKey[]): string =>
    PROPERTIES[path.join('.')] ?? PROPERTIES[String(path[0])] ?? String(path[0]).toUpperCase();
  return [{ place, value: Object.fromEntries(value), nameOf }];
}

/** How the bot's own files begin their PRODID. */
const OWN_PRODUCT = '-//GCM//Working group schedule//';
/** What they put before the title of what is not held, in any of their languages: the status says it already. */
const OWN_PREFIXES = /^(?:Cancelled|Postponed): /u;

function titleOf(event: Component, isOwn: boolean): string | undefined {
  const title = textIn(event, 'summary');
  const isMarked = isOwn && textIn(event, 'status')?.toUpperCase() === 'CANCELLED';
  return isMarked ? title?.replace(OWN_PREFIXES, '') : title;
}

function isRecurring(event: Component): boolean {
  return property(event, 'recurrence-id') === undefined && ['rrule', 'rdate'].some((name) => property(event, name));
}

function isOccurrence(event: Component): boolean {
  return property(event, 'recurrence-id') !== undefined;
}

/** The name of one occurrence, the same at every import. */
function occurrenceUid(uid: string, wall: string): string {
  return `${uid}_${wall.replace(/[-:]/g, '')}`;
}

/** An occurrence whose series is not in the file. */
function occurrenceOf(event: Component, reading: Reading): RawRecord[] {
  const uid = textIn(event, 'uid') ?? '';
  const start = property(event, 'dtstart');
  const wall = wallsOf(event, 'recurrence-id', reading.zones, start ? reading.zones.named(start) : '')[0] ?? '';
  return recordOf(event, reading).map((record) => named(record, occurrenceUid(uid, wall), uid));
}

function named(record: RawRecord, uid: string, series: string): RawRecord {
  return { ...record, value: { ...(record.value as object), uid, series } };
}

/** A recurring event as one event for each of its dates (RFC 5545 §3.8.5), bounded. */
function seriesOf(event: Component, overrides: readonly Component[], reading: Reading): RawRecord[] {
  const { zones, problems } = reading;
  const [record] = recordOf(event, reading);
  const start = property(event, 'dtstart');
  const uid = textIn(event, 'uid');
  if (!record || !start || uid === undefined) return record ? [record] : [];
  const refuse = (field: string, code: ImportProblemCode, values: ImportProblem['values'] = {}): RawRecord[] => {
    problems.push({ place: record.place, field, code, values });
    return [];
  };
  const zone = start[2] === 'date' ? '' : zones.named(start);
  const wallOf = (name: string) => wallsOf(event, name, zones, zone);
  const [first = ''] = wallOf('dtstart');
  if (!/^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?$/.test(first)) return [record];
  const walls = new Set([first]);
  const rules = event[1].filter(([name]) => name === 'rrule');
  for (const rule of rules) {
    const parts = rule[3] as RecurrenceRule;
    const expanded = recurrenceDates(parts, first, untilOf(parts, zones, zone));
    if ('problem' in expanded) {
      if (expanded.problem === 'endless') return refuse('RRULE', 'recurrence-endless');
      if (expanded.problem === 'too-many') return refuse('RRULE', 'recurrence-too-long', { limit: LIMITS.occurrences });
      return refuse('RRULE', 'recurrence-part', { part: shown(expanded.part) });
    }
    for (const date of expanded.dates) walls.add(date + first.slice(10));
  }
  for (const wall of wallOf('rdate')) walls.add(wall.length === 10 ? wall + first.slice(10) : wall);
  const excluded = new Set(wallOf('exdate'));
  for (const wall of walls) if (excluded.has(wall) || excluded.has(wall.slice(0, 10))) walls.delete(wall);
  if (walls.size > LIMITS.occurrences) return refuse('RDATE', 'recurrence-too-long', { limit: LIMITS.occurrences });
  if (overrides.some((each) => parameter(property(each, 'recurrence-id'), 'range') !== undefined)) {
    return refuse('RECURRENCE-ID', 'recurrence-part', { part: 'RANGE' });
  }
  const replaced = new Map(overrides.map((each) => [wallsOf(each, 'recurrence-id', zones, zone)[0] ?? '', each]));
  const { when, ...shared } = record.value as { readonly when: Record<string, unknown> };
  return [...new Set([...walls, ...replaced.keys()])].sort().flatMap((wall) => {
    const own = replaced.get(wall);
    if (own) return recordOf(own, reading).map((each) => named(each, occurrenceUid(uid, wall), uid));
    const value = { ...shared, when: movedBy(when, distance(first, wall)) };
    return [named({ ...record, value }, occurrenceUid(uid, wall), uid)];
  });
}

/** The values of a date property as wall times; of periods the start. */
function wallsOf(event: Component, name: string, zones: ZoneReader, zone: string): readonly string[] {
  return event[1]
    .filter(([own]) => own === name)
    .flatMap(([own, parameters, type, ...values]) =>
      values.map((value) => {
        const start = Array.isArray(value) ? (value[0] as unknown) : value;
        if (type === 'date') return String(start);
        return zones.wall([own, parameters, 'date-time', start], zone);
      }),
    );
}

/** UNTIL is in UTC where the start has a zone (RFC 5545 §3.3.10). */
function untilOf({ until }: RecurrenceRule, zones: ZoneReader, zone: string): string | null {
  if (until === undefined) return null;
  const text = typeof until === 'string' ? until : JSON.stringify(until);
  // A date means the whole of it.
  return text.length === 10 ? `${text}T23:59` : zones.wall(['until', {}, 'date-time', text], zone);
}

function distance(from: string, to: string): number {
  return Date.parse(`${to.padEnd(16, 'T00:00')}Z`) - Date.parse(`${from.padEnd(16, 'T00:00')}Z`);
}

/** A date in the shape of the JSON format so many milliseconds of wall time later. */
function movedBy(when: Record<string, unknown>, ms: number): Record<string, unknown> {
  const move = (text: unknown) =>
    typeof text === 'string'
      ? new Date(Date.parse(`${text.padEnd(16, 'T00:00')}Z`) + ms).toISOString().slice(0, text.length)
      : text;
  return { ...when, start: move(when.start), end: move(when.end) };
}

function whenOf(
  event: Component,
  zones: ZoneReader,
  secondsOf: (duration: string) => number,
): Record<string, unknown> | undefined {
  const start = property(event, 'dtstart');
  if (!start) return undefined;
  const end = property(event, 'dtend');
  const duration = textIn(event, 'duration');
  if (start[2] === 'date') {
    const first = String(start[3]);
    const days = duration === undefined ? 1 : Math.max(1, Math.round(secondsOf(duration) / 86_400));
    const after = end ? String(end[3]) : addDays(first, days);
    // The end is the day after (RFC 5545 §3.6.1); some programs write the day itself.
    const last = end?.[2] === 'date-time' || after <= first ? after : addDays(after, -1);
    return { precision: 'day', start: first, end: last === first ? null : last };
  }
  const zone = zones.named(start);
  const first = zones.wall(start, zone);
  if (end) {
    const last = zones.wall(end, zone);
    return { start: first, end: last === first ? null : last, zone };
  }
  if (duration === undefined) return { start: first, zone };
  const seconds = secondsOf(duration);
  const last = wallTimeAt(instantOf(first, zone) + seconds * 1000, zone);
  return { start: first, end: seconds === 0 ? null : last, zone };
}

function kindOf(event: Component): string | undefined {
  const categories = event[1].filter(([name]) => name === 'categories').flatMap((property) => property.slice(3));
  const words = new Set(categories.map((category) => String(category).trim().toLowerCase().replace(/\s+/g, '-')));
  return EVENT_KINDS.find((kind) => words.has(kind));
}

// RFC 9253 §9.1: without RELTYPE the other is the parent.
function parentOf(event: Component): string | undefined {
  const parents = event[1].filter(
    (property) =>
      property[0] === 'related-to' && (parameter(property, 'reltype') ?? 'PARENT').toUpperCase() === 'PARENT',
  );
  return parents[0] && String(parents[0][3]);
}

// RFC 7986 §5.11; a telephone number is no link.
function conferenceOf(event: Component): string | undefined {
  const addresses = event[1].filter(([name]) => name === 'conference').map((property) => String(property[3]));
  return addresses.find((address) => /^https?:/i.test(address));
}

import { addDays } from '../dates/calendar-days.ts';
import { EVENT_KINDS } from '../schedule/event.ts';
import { instantOf, wallTimeAt } from '../schedule/when.ts';
import { canonicalZone } from '../dates/zones.ts';
import type { ImportProblem } from './problem.ts';
import { shown } from './problem.ts';
import { lineAt, unreadable } from './read-file.ts';
import type { RawFile, RawRecord } from './read-file.ts';
import { WINDOWS_ZONES } from './windows-zones.ts';

/** A property as jCal holds it (RFC 7265 §3.4): name, parameters, type, values. */
type Property = readonly [string, Readonly<Record<string, string | readonly string[]>>, string, ...unknown[]];
/** A component as jCal holds it (RFC 7265 §3.3): name, properties, components inside. */
type Component = readonly [string, readonly Property[], readonly Component[]];

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
const REPEATING = ['rrule', 'rdate', 'exdate', 'recurrence-id'];
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
    return calendar[2]
      .filter(([name]) => name === 'vevent')
      .flatMap((event) => recordOf(event, { zones, secondsOf, cancels: method === 'CANCEL', problems }));
  });
  return { group: null, events, notes: [], problems };
}

interface Reading {
  readonly zones: ZoneReader;
  readonly secondsOf: (duration: string) => number;
  readonly cancels: boolean;
  readonly problems: ImportProblem[];
}

function recordOf(event: Component, { zones, secondsOf, cancels, problems }: Reading): RawRecord[] {
  const uid = textIn(event, 'uid');
  const place = { kind: 'uid', uid: shown(uid ?? textIn(event, 'summary') ?? '') } as const;
  const repeating = REPEATING.find((name) => property(event, name));
  if (repeating !== undefined) {
    problems.push({ place, field: repeating.toUpperCase(), code: 'recurrence-later', values: {} });
    return [];
  }
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
    title: textIn(event, 'summary'),
    description: textIn(event, 'description'),
    status: cancels ? 'cancelled' : textIn(event, 'status'),
    kind: kindOf(event),
    venue: location === undefined ? undefined : { name: location },
    onlineUrl: conferenceOf(event) ?? textIn(event, 'url'),
    organiser: parameter(property(event, 'organizer'), 'cn'),
    parent: parentOf(event),
    when: when ?? {},
  }).filter(([, content]) => content !== undefined);
  const nameOf = (path: readonly PropertyKey[]): string =>
    PROPERTIES[path.join('.')] ?? PROPERTIES[String(path[0])] ?? String(path[0]).toUpperCase();
  return [{ place, value: Object.fromEntries(value), nameOf }];
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

interface ZoneReader {
  /** The IANA zone in which a date-time is to be kept; the name as it stands when nobody knows it. */
  named(property: Property): string;
  /** A date-time as wall time `YYYY-MM-DDTHH:MM` in that zone. */
  wall(property: Property, zone: string): string;
}

function zoneReader(
  calendar: Component,
  groupZone: string,
  instantIn: (definition: Component, wall: string) => number,
): ZoneReader {
  const definitions = new Map(
    calendar[2]
      .filter(([name]) => name === 'vtimezone')
      .map((component) => [textIn(component, 'tzid') ?? '', component]),
  );
  const floating = canonicalZone(textIn(calendar, 'x-wr-timezone') ?? '') ?? groupZone;
  const ianaOf = (tzid: string): string | null =>
    canonicalZone(tzid) ??
    WINDOWS_ZONES[tzid.toLowerCase()] ??
    canonicalZone(textIn(definitions.get(tzid), 'x-lic-location') ?? '') ??
    // /mozilla.org/20070129_1/Europe/Berlin
    canonicalZone(tzid.split('/').slice(-2).join('/'));
  const zoneOf = (tzid: string): string => ianaOf(tzid) ?? (definitions.has(tzid) ? groupZone : tzid);
  return {
    named(property) {
      if (String(property[3]).endsWith('Z')) return groupZone;
      const tzid = parameter(property, 'tzid');
      return tzid === undefined ? floating : zoneOf(tzid);
    },
    wall(property, zone) {
      const written = String(property[3]);
      if (property[2] !== 'date-time' || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z?$/.test(written)) return written;
      if (written.endsWith('Z')) return wallTimeAt(Date.parse(written), zone);
      const tzid = parameter(property, 'tzid');
      const minutes = written.slice(0, 16);
      const definition = tzid === undefined ? undefined : definitions.get(tzid);
      if (tzid !== undefined && definition && ianaOf(tzid) === null)
        return wallTimeAt(instantIn(definition, written), zone);
      const own = tzid === undefined ? floating : zoneOf(tzid);
      return own === zone || canonicalZone(own) === null ? minutes : wallTimeAt(instantOf(minutes, own), zone);
    },
  };
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

function property(component: Component | undefined, name: string): Property | undefined {
  return component?.[1].find(([own]) => own === name);
}

function textIn(component: Component | undefined, name: string): string | undefined {
  const value = property(component, name)?.[3];
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function parameter(property: Property | undefined, name: string): string | undefined {
  const value = property?.[1][name];
  return typeof value === 'string' ? value : value?.[0];
}

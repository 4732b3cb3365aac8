import { setImmediate as nextTurn } from 'node:timers/promises';
import type * as Library from 'ical-generator';
import type { ICalDayJsStub, ICalEvent, ICalEventData } from 'ical-generator';
import type { Temporal } from 'temporal-polyfill';
import { placeInWords } from '../cards/present.ts';
import { addDays } from '../dates/calendar-days.ts';
import type { Language } from '../language/language.ts';
import { isDatable, isOff } from '../schedule/dated.ts';
import type { ScheduledEvent, WorkingGroup } from '../schedule/event.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { instantOf, isDoubled, type When } from '../schedule/when.ts';
import { triggersOf } from './alarm-triggers.ts';
import { fold, mailtoPath, parameterText, safeLine, safeText, textValue, uriValue } from './content-line.ts';
import { describer } from './description.ts';

/** What a calendar object is for (RFC 5546 §1.4): a file or feed; an invitation or its update; the end of one. */
export type CalendarMethod = 'PUBLISH' | 'REQUEST' | 'CANCEL';

/** In whose name invitations go out: the same for ever, or calendars take an update for a stranger’s. */
export interface Organizer {
  readonly name: string;
  readonly email: string;
}

/** Somebody who is invited. */
export interface Attendee {
  readonly email: string;
  readonly name?: string | null;
}

/** What a calendar object needs besides its events. */
export interface CalendarOptions {
  readonly method: CalendarMethod;
  /** The events’ schedule. Only what is in it is named as related: pass `published` where drafts must not show. */
  readonly schedule: Schedule;
  /** In which the entries speak; the events’ own texts are in the group’s. */
  readonly language: Language;
  /**
   * DTSTAMP. In mail the moment of sending (RFC 5546 §2.1.5: of two with the same SEQUENCE the later one counts);
   * `last-change` is each event’s own last change, so that the same revision gives the same bytes.
   */
  readonly stamp: Temporal.Instant | 'last-change';
  /** The group’s own by default; none when the group has no address. */
  readonly organizer?: Organizer;
  readonly attendees?: readonly Attendee[];
  /** What calendars call the feed. */
  readonly name?: string;
  /** Minutes before the start at which calendars remind, see `triggersOf`; none by default, and never of what is not held. */
  readonly alarms?: readonly number[];
  /** After how many minutes a subscriber should look again. */
  readonly refreshMinutes?: number;
  /** The page of an event, for those that nobody joins online. */
  readonly linkTo?: (event: ScheduledEvent) => string | null;
  /** Whether the time is taken in people’s calendars. By default only by an invitation. */
  readonly isBusy?: boolean;
}

/** A calendar object, and what it could not say. */
export interface Calendar {
  /** iCalendar (RFC 5545): CRLF after every line, no line over 75 octets, harmless whatever the events’ texts hold. */
  readonly text: string;
  /** Events whose day is not known: they never enter a calendar as if it were. */
  readonly leftOut: readonly ScheduledEvent[];
}

/** In whose name a group invites; `null` without an e-mail address. */
export function organizerOf(group: WorkingGroup): Organizer | null {
  if (group.organizerEmail === null) return null;
  return { name: group.organizerName ?? group.name, email: group.organizerEmail };
}

/**
 * Writes events as an iCalendar object (RFC 5545, 5546, 7986).
 *
 * Cancelled and postponed events are STATUS:CANCELLED and say so in their SUMMARY too, because some calendars do not
 * look at the status of what they subscribe to. A time without an end has no DTEND. What precedes an event is related
 * as SIBLING: the more exact types of RFC 9253 would be read as PARENT where they are not known (RFC 5545 §3.2.15).
 */
export async function renderCalendar(events: readonly ScheduledEvent[], options: CalendarOptions): Promise<Calendar> {
  const [library, { vtimezone }] = await Promise.all([import('ical-generator'), import('./vtimezone.ts')]);
  const { method, name, refreshMinutes, schedule } = options;
  const datable = events.filter(isDatable);
  const calendar = library.default({
    prodId: { company: 'GCM', product: 'Working group schedule', language: 'EN' },
    scale: 'GREGORIAN',
    method: library.ICalCalendarMethod[method],
    ...(name === undefined ? {} : { name: textValue(safeLine(name)) }),
    ...(refreshMinutes === undefined ? {} : { ttl: refreshMinutes * 60 }),
  });
  const end = 'END:VCALENDAR';
  // Joined once: a text that grows line by line keeps the garbage collector busier than all the rest.
  const parts = [calendar.toString().slice(0, -end.length)];
  for (const [zone, walls] of wallsByZone(datable)) parts.push(vtimezone(zone, walls));

  const write = eventWriter(library, calendar, options);
  const own = parameterText(schedule.group.language).replace(/[^\w-]/g, '-');
  const languages = new Map([
    ['SUMMARY', own],
    ['LOCATION', own],
    ['DESCRIPTION', options.language.tag],
  ]);
  const transmitted = (line: string): string => {
    const colon = line.indexOf(':');
    const tag = languages.get(line.slice(0, colon));
    return fold(tag === undefined ? line : `${line.slice(0, colon)};LANGUAGE=${tag}${line.slice(colon)}`);
  };
  for (const [index, event] of datable.entries()) {
    // A feed of thousands takes a while, and somebody in the chat waits for an answer.
    if (index % EVENTS_A_TURN === EVENTS_A_TURN - 1) await nextTurn();
    parts.push(write(event).map(transmitted).join('\r\n'), '\r\n');
  }
  parts.push(end, '\r\n');
  return { text: parts.join(''), leftOut: events.filter((event) => !isDatable(event)) };
}

/** Some ten milliseconds’ worth. */
const EVENTS_A_TURN = 250;

/** Prepares the writing of single events as unfolded content lines. */
function eventWriter(
  library: typeof Library,
  calendar: Library.ICalCalendar,
  options: CalendarOptions,
): (event: ScheduledEvent & { readonly when: When }) => readonly string[] {
  const { ICalAlarm, ICalAlarmType, ICalEvent, ICalEventBusyStatus, ICalEventClass, ICalEventStatus } = library;
  const { ICalAttendeeRole, ICalAttendeeStatus, ICalAttendeeType, ICalEventTransparency } = library;
  const { alarms = [], attendees = [], isBusy = options.method === 'REQUEST', language, schedule } = options;
  const describe = describer(schedule, language);
  const organizer = options.organizer ?? organizerOf(schedule.group);
  const shared: Partial<ICalEventData> = {
    attendees: attendees.map(({ email, name }) => ({
      email: mailtoPath(email),
      ...(name == null ? {} : { name: parameterText(name) }),
      role: ICalAttendeeRole.REQ,
      rsvp: options.method === 'REQUEST',
      status: ICalAttendeeStatus.NEEDSACTION,
      type: ICalAttendeeType.INDIVIDUAL,
    })),
    ...(organizer && {
      organizer: {
        name: parameterText(organizer.name) || parameterText(organizer.email),
        email: mailtoPath(organizer.email),
      },
    }),
  };
  const statuses = {
    tentative: ICalEventStatus.TENTATIVE,
    confirmed: ICalEventStatus.CONFIRMED,
    postponed: ICalEventStatus.CANCELLED,
    cancelled: ICalEventStatus.CANCELLED,
  };

  return (event) => {
    const isFree = options.method === 'CANCEL' || isOff(event.status);
    const takesTime = isBusy && !isFree;
    const changed = instant(event.updatedAt);
    const described = safeText(describe(event));
    const place = placeInWords(event);
    const written = new ICalEvent(
      {
        ...shared,
        ...timesOf(event.when),
        id: textValue(event.uid),
        sequence: event.sequence,
        stamp: options.stamp === 'last-change' ? changed : new Date(options.stamp.epochMilliseconds),
        summary: safeLine(summaryOf(event, language)),
        ...(described === '' ? {} : { description: described }),
        ...(place === null ? {} : { location: safeLine(place) }),
        categories: [{ name: categoryOf(event) }],
        // RFC 5546 §3.2.5: somebody who is no longer invited to what is held gets no STATUS.
        ...(options.method === 'CANCEL' && !isOff(event.status) ? {} : { status: statuses[event.status] }),
        transparency: takesTime ? ICalEventTransparency.OPAQUE : ICalEventTransparency.TRANSPARENT,
        busystatus: !takesTime
          ? ICalEventBusyStatus.FREE
          : event.status === 'tentative'
            ? ICalEventBusyStatus.TENTATIVE
            : ICalEventBusyStatus.BUSY,
        class: event.visibility === 'draft' ? ICalEventClass.PRIVATE : ICalEventClass.PUBLIC,
        created: instant(event.createdAt),
        lastModified: changed,
      },
      calendar,
    );
    const reminders = isFree
      ? []
      : triggersOf(alarms, event.when.precision === 'day').map((triggerBefore) =>
          new ICalAlarm({ type: ICalAlarmType.display, triggerBefore }, written).toString(),
        );
    return [...propertiesOf(written), ...furtherLines(event, options), ...reminders.flatMap(linesOf), 'END:VEVENT'];
  };
}

function propertiesOf(event: ICalEvent): readonly string[] {
  return linesOf(event.toString()).slice(0, -1);
}

function linesOf(text: string): readonly string[] {
  return text.trimEnd().split('\r\n');
}

/** What the library has no word for, or would escape as text although it is an address. */
function furtherLines(event: ScheduledEvent, { schedule, linkTo }: CalendarOptions): readonly string[] {
  const lines: string[] = [];
  const address = (property: string, url: string | null | undefined) => {
    const value = url == null ? null : uriValue(url);
    if (value !== null) lines.push(`${property}:${value}`);
  };
  // RFC 7986 §5.11; most calendars show URL only.
  address('CONFERENCE;VALUE=URI', event.onlineUrl);
  address('URL', event.onlineUrl ?? linkTo?.(event));
  for (const document of event.documents) address('ATTACH', document.url);
  const relate = (type: string, uid: string | null) => {
    if (uid !== null && schedule.byUid(uid)) lines.push(`RELATED-TO;RELTYPE=${type}:${textValue(uid)}`);
  };
  relate('PARENT', event.parent);
  for (const uid of event.precededBy) relate('SIBLING', uid);
  return lines;
}

/** What calendars show as the name of an event. */
function summaryOf({ status, title }: ScheduledEvent, language: Language): string {
  return isOff(status) ? language.t(`ics.summary.${status as 'cancelled' | 'postponed'}`, { title }) : title;
}

// A key by which people colour their calendars, so it is the same in every language; the importer knows it too.
function categoryOf({ kind }: ScheduledEvent): string {
  const words = kind.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function timesOf(when: When): Pick<ICalEventData, 'start' | 'end' | 'allDay' | 'timezone'> {
  const { precision, start, end, zone } = when;
  if (precision === 'day') {
    // RFC 5545 §3.6.1: the end of a date is the first one that is not part of it.
    return { start: wallTime(`${start}T00:00`), end: wallTime(`${addDays(end ?? start, 1)}T00:00`), allDay: true };
  }
  // Of a time that occurs twice the first is meant (RFC 5545 §3.3.5), but some programs take the second.
  const isInUtc = isDoubled(when);
  const timeOf = (local: string) => (isInUtc ? new Date(instantOf(local, zone)) : wallTime(local));
  return {
    start: timeOf(start),
    ...(end === null ? {} : { end: timeOf(end) }),
    timezone: isInUtc ? null : zone,
  };
}

/**
 * A wall time in the shape of a Day.js date. The library asks it for texts only; given a JavaScript date and a zone it
 * would write the clock of the process, and its way from a Temporal value to a text costs more than all the rest.
 */
function wallTime(local: string): ICalDayJsStub {
  const date = local.slice(0, 10).replaceAll('-', '');
  const time = `${local.slice(11, 13)}${local.slice(14, 16)}00`;
  const reading: ICalDayJsStub = {
    isValid: () => true,
    format: (pattern) => (pattern === 'YYYYMMDD' ? date : time),
    tz: () => reading,
    utc: () => reading,
    toDate: () => new Date(`${local}Z`),
    toJSON: () => local,
  };
  return reading;
}

function instant(iso: string): Date {
  return new Date(Date.parse(iso));
}

function wallsByZone(events: readonly (ScheduledEvent & { readonly when: When })[]): Map<string, Set<string>> {
  const zones = new Map<string, Set<string>>();
  for (const { when } of events) {
    if (when.precision !== 'time' || when.zone === 'UTC' || isDoubled(when)) continue;
    let walls = zones.get(when.zone);
    if (!walls) {
      walls = new Set();
      zones.set(when.zone, walls);
    }
    walls.add(when.start);
    if (when.end !== null) walls.add(when.end);
  }
  return zones;
}

import { performance } from 'node:perf_hooks';
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { createEvents, type DateTime, type EventAttributes } from 'ics';
import { Temporal } from 'temporal-polyfill';
import { tzlib_get_ical_block as blockOf } from 'timezones-ical-library';
import { createFeeds } from '../src/calendar/feed.ts';
import { renderCalendar } from '../src/calendar/ics.ts';
import { isDatable } from '../src/schedule/dated.ts';
import { english } from '../src/language/index.ts';
import { addDays } from '../src/dates/calendar-days.ts';
import { EVENT_KINDS, type ScheduledEvent, type WorkingGroup } from '../src/schedule/event.ts';
import { everything } from '../src/schedule/filter.ts';
import { createSchedule, type Schedule } from '../src/schedule/schedule.ts';
import { instantOf } from '../src/schedule/when.ts';
import type { Section } from './section.ts';

const ZONES = [
  'Europe/Zurich',
  'America/New_York',
  'Asia/Bangkok',
  'Africa/Nairobi',
  'America/Santiago',
  'Asia/Kolkata',
];
const SIZES = [100, 1_000, 10_000];
const AT = '2017-11-01T08:00:00.000Z';

/** How long a feed takes to render, beside `ical-generator` alone with the same texts and times. */
export async function feedSection(): Promise<Section> {
  const rows: string[][] = [];
  const now = Temporal.Instant.from(AT);
  for (const size of SIZES) {
    const schedule = scheduleOf(size);
    const { text } = await renderCalendar(schedule.events, optionsOf(schedule));
    const own = await median(() => renderCalendar(schedule.events, optionsOf(schedule)));
    const utc = await median(() => plain(schedule, (local, zone) => new Date(instantOf(local, zone)), false));
    const zoned = await median(() => plain(schedule, (local) => Temporal.PlainDateTime.from(local), true));
    const other = await median(() => withIcs(schedule));
    const feeds = createFeeds();
    const request = { schedule, filter: everything, zone: 'Europe/Zurich', language: english, now, name: 'GCM' };
    await feeds.feed(request);
    const calls = 20_000;
    const begin = performance.now();
    for (let call = 0; call < calls; call += 1) await feeds.feed(request);
    const cached = (performance.now() - begin) / calls;
    rows.push([
      size.toLocaleString('en'),
      `${(text.length / 1024).toFixed(0)} KiB`,
      `${own.toFixed(1)} ms`,
      `${utc.toFixed(1)} ms (${(utc / own).toFixed(1)} ×)`,
      `${zoned.toFixed(1)} ms (${(zoned / own).toFixed(1)} ×)`,
      `${other.toFixed(1)} ms (${(other / own).toFixed(1)} ×)`,
      `${(cached * 1000).toFixed(1)} µs`,
    ]);
  }
  return {
    title: 'Calendar feed: rendering',
    columns: [
      'events',
      'size',
      'here',
      'ical-generator, UTC times',
      'ical-generator, zoned times',
      'ics, UTC times',
      'cached',
    ],
    rows,
    note: 'Medians. The plain library gets the same names, descriptions, places and organizer, and writes no relations, links or documents; with zoned times it also collects the VTIMEZONE blocks, as here.',
  };
}

function optionsOf(schedule: Schedule): Parameters<typeof renderCalendar>[1] {
  return { method: 'PUBLISH', schedule, language: english, stamp: 'last-change', name: 'GCM', refreshMinutes: 60 };
}

function plain(
  schedule: Schedule,
  time: (local: string, zone: string) => Date | Temporal.PlainDateTime,
  isZoned: boolean,
): string {
  const calendar = ical({ name: 'GCM', method: ICalCalendarMethod.PUBLISH, ttl: 3600 });
  if (isZoned) calendar.timezone({ name: null, generator: (zone) => [blockOf(zone)].flat()[0] ?? null });
  for (const event of schedule.events) {
    if (!isDatable(event)) continue;
    const { precision, start, end, zone } = event.when;
    const isAllDay = precision === 'day';
    calendar.createEvent({
      id: event.uid,
      sequence: event.sequence,
      stamp: new Date(event.updatedAt),
      start: isAllDay ? new Date(`${start}T00:00Z`) : time(start, zone),
      end: isAllDay ? new Date(`${addDays(end ?? start, 1)}T00:00Z`) : end === null ? null : time(end, zone),
      allDay: isAllDay,
      timezone: isZoned && !isAllDay ? zone : null,
      summary: event.title,
      description: event.description,
      location: event.venue?.city ?? null,
      organizer: { name: schedule.group.organizerName ?? '', email: schedule.group.organizerEmail ?? '' },
      categories: [{ name: event.kind }],
      status: event.status === 'tentative' ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED,
      created: new Date(event.createdAt),
      lastModified: new Date(event.updatedAt),
    });
  }
  return calendar.toString();
}

/** The same texts and times by the package `ics`, which writes UTC only. */
function withIcs(schedule: Schedule): string {
  const events = schedule.events.filter(isDatable).map((event): EventAttributes => {
    const { precision, start, end, zone } = event.when;
    const partsOf = (text: string): DateTime => text.split(/[-T:]/).map(Number) as DateTime;
    const inUtc = (local: string) => partsOf(new Date(instantOf(local, zone)).toISOString().slice(0, 16));
    const timeOf = precision === 'day' ? partsOf : inUtc;
    const last = precision === 'day' ? addDays(end ?? start, 1) : end;
    return {
      uid: event.uid,
      sequence: event.sequence,
      start: timeOf(start),
      startInputType: 'utc',
      ...(last === null ? { duration: { hours: 0 } } : { end: timeOf(last) }),
      title: event.title,
      description: event.description ?? '',
      location: event.venue?.city ?? '',
      organizer: { name: schedule.group.organizerName ?? '', email: schedule.group.organizerEmail ?? '' },
      categories: [event.kind],
      status: event.status === 'tentative' ? 'TENTATIVE' : 'CONFIRMED',
      created: Date.parse(event.createdAt),
      lastModified: Date.parse(event.updatedAt),
    };
  });
  const { error, value } = createEvents(events);
  if (error) throw error;
  return value ?? '';
}

async function median(run: () => unknown): Promise<number> {
  const times: number[] = [];
  await run();
  for (let round = 0; round < 7; round += 1) {
    const begin = performance.now();
    await run();
    times.push(performance.now() - begin);
  }
  return times.toSorted((one, other) => one - other)[3] ?? 0;
}

/** A schedule of so many events of every sort. */
export function scheduleOf(size: number): Schedule {
  const group: WorkingGroup = {
    id: 'bench',
    slug: 'gcm',
    name: 'Working group',
    zone: 'Europe/Zurich',
    language: 'en',
    organizerName: 'Secretariat',
    organizerEmail: 'secretariat@example.org',
    revision: 1,
    changedAt: AT,
  };
  return createSchedule({ group, events: Array.from({ length: size }, (_, index) => eventOf(index)), notes: [] });
}

function eventOf(index: number): ScheduledEvent {
  const date = addDays('2017-01-02', index % 1500);
  const isAllDay = index % 3 === 0;
  const start = `${date}T${String(8 + (index % 10)).padStart(2, '0')}:30`;
  return {
    uid: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    sequence: index % 4,
    version: 1,
    handle: `event-${String(index)}`,
    title: `Consultation ${String(index)} on safe, orderly and regular migration – réunion régionale`,
    kind: EVENT_KINDS[index % EVENT_KINDS.length] ?? 'meeting',
    status: index % 7 === 0 ? 'tentative' : 'confirmed',
    visibility: 'published',
    when: {
      precision: isAllDay ? 'day' : 'time',
      start: isAllDay ? date : start,
      end: isAllDay ? (index % 2 === 0 ? addDays(date, 2) : null) : `${start.slice(0, 11)}18:00`,
      zone: ZONES[index % ZONES.length] ?? 'UTC',
    },
    venue: { name: null, city: 'Santiago', country: 'Chile' },
    onlineUrl: index % 5 === 0 ? 'https://meet.example.org/room' : null,
    organiser: 'ECLAC',
    region: null,
    participation: { maxPerDelegation: 2, headLevel: 'Ambassadorial', notes: null },
    description:
      'The consultation brings together member states, civil society and the United Nations system; the agenda, a logistical note and the list of speakers are circulated two weeks before.\nInterpretation in six languages is provided.',
    parent: index % 4 === 1 ? `00000000-0000-4000-8000-${String(index - 1).padStart(12, '0')}` : null,
    precededBy: [],
    documents:
      index % 2 === 0 ? [{ title: 'Agenda', url: 'https://example.org/agenda.pdf', language: 'en', note: null }] : [],
    outcomes: [],
    createdAt: AT,
    updatedAt: AT,
  };
}

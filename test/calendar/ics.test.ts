import { describe, expect, test } from 'vitest';
import { renderCalendar, type CalendarOptions } from '../../src/calendar/ics.ts';
import { readIcs } from '../../src/calendar/read-ics.ts';
import { english } from '../../src/language/index.ts';
import type { ScheduledEvent } from '../../src/schedule/event.ts';
import { event, NOW } from '../support/store-samples.ts';
import { calendarOf, days, linesNamed, scheduleOf, time } from './ics-samples.ts';

const stocktaking = event('stocktaking', {
  title: 'Stocktaking meeting',
  kind: 'stocktaking',
  when: days('2017-12-04', '2017-12-06', 'America/Mexico_City'),
  venue: { name: null, city: 'Puerto Vallarta', country: 'Mexico' },
  region: 'Global',
  organiser: 'Government of Mexico',
  participation: { maxPerDelegation: 2, headLevel: 'Ambassadorial', notes: 'Travel is funded for some.' },
  description: 'Agenda:\n1. Opening; welcome\n2. Review of the data, the contributions and the recommendations',
  documents: [
    { title: 'Logistical note', url: 'https://example.org/note.pdf?lang=en,fr;v=2', language: 'en', note: null },
    { title: 'Concept paper', url: null, language: null, note: 'being finalised' },
  ],
  outcomes: ['The summary is circulated in January.'],
});
const briefing = event('briefing', {
  title: 'Briefing on the stocktaking meeting',
  kind: 'briefing',
  when: time('2017-11-08T15:00', '2017-11-08T16:30', 'Europe/Zurich'),
  onlineUrl: 'https://meet.example.org/gcm?id=1,2;3',
});

const CASES: readonly (readonly [string, readonly ScheduledEvent[], Partial<CalendarOptions>])[] = [
  ['all-day', [event('day', { when: days('2017-11-06') })], {}],
  ['multi-day', [stocktaking], {}],
  ['timed', [briefing], {}],
  ['timed-open-end', [event('open', { when: time('2017-11-08T10:00', null, 'Europe/Zurich') })], {}],
  // Half past two twice that night: the first is written, in UTC.
  ['timed-doubled', [event('twice', { when: time('2017-10-29T02:30', '2017-10-29T09:00', 'Europe/Zurich') })], {}],
  ['timed-utc', [event('utc', { when: time('2017-11-08T10:00', '2017-11-08T11:00', 'UTC') })], {}],
  [
    'timed-past-midnight',
    [event('night', { when: time('2017-11-08T22:00', '2017-11-09T01:30', 'America/New_York') })],
    {},
  ],
  ['tentative', [event('perhaps', { status: 'tentative', when: days('2017-11-20') })], { isBusy: true }],
  ['cancelled', [event('off', { status: 'cancelled', sequence: 3, when: days('2017-11-20') })], { alarms: [30] }],
  ['postponed', [event('later', { status: 'postponed', sequence: 1, when: days('2017-11-20') })], {}],
  ['draft', [event('draft', { visibility: 'draft', when: days('2017-11-20') })], {}],
  [
    'nested',
    [
      event('whole', { when: days('2017-09-01', '2017-09-30'), kind: 'regional' }),
      event('first', { when: days('2017-09-04'), kind: 'subregional', parent: 'uid-whole' }),
      event('second', {
        when: days('2017-09-11'),
        kind: 'civil-society',
        parent: 'uid-whole',
        precededBy: ['uid-first'],
      }),
    ],
    {},
  ],
  [
    'long-unicode',
    [
      event('long', {
        title:
          '関係国の協議：移住に関するグローバル・コンパクト 🌍🤝 Консультации по вопросам миграции, première réunion',
        description: `${'é'.repeat(74)}🌍${'ч'.repeat(40)}\n${'移'.repeat(60)}`,
        when: days('2017-11-06'),
      }),
    ],
    {},
  ],
  [
    'injection',
    [
      event('evil', {
        title: 'Title\r\nATTENDEE:mailto:evil@example.org\u0000\u202e <!channel>',
        description: 'One\nEND:VEVENT\nBEGIN:VEVENT\r\nX-EVIL:1\u2028X-EVIL:2\u0085X-EVIL:3\ud800',
        venue: { name: 'Room;X=1:2, "3"\\n', city: null, country: 'A\u000bB' },
        uid: 'uid\r\nX-EVIL:4',
        when: days('2017-11-06'),
        onlineUrl: 'https://example.org/\r\nX-EVIL:5',
        documents: [{ title: 'x\nX-EVIL:6', url: 'javascript:alert(1)', language: null, note: null }],
      }),
    ],
    {
      name: 'Feed\r\nX-EVIL:7',
      organizer: { name: 'The "Chair"\r\nX-EVIL:8:mailto:evil@example.org', email: 'a@example.org\r\nX-EVIL:9' },
      attendees: [{ name: 'A";ROLE=CHAIR:x\nX-EVIL:10', email: 'b@example.org?bcc=evil@example.org' }],
    },
  ],
  [
    'several-zones',
    ['Europe/Kyiv', 'Asia/Kolkata', 'Asia/Kathmandu', 'Africa/Dakar', 'Europe/Stockholm', 'America/Santiago'].map(
      (zone) =>
        event(`in-${zone.toLowerCase().replace('/', '-')}`, {
          when: time('2026-04-08T09:00', '2026-04-08T10:00', zone),
        }),
    ),
    {},
  ],
  [
    'former-rules',
    ['America/Santiago', 'America/Sao_Paulo', 'Europe/Istanbul', 'Africa/Casablanca'].map((zone) =>
      event(`in-${zone.toLowerCase().replace(/[/_]/gu, '-')}`, {
        when: time('2017-06-08T09:00', '2017-11-08T10:00', zone),
      }),
    ),
    {},
  ],
  ['alarms', [event('day', { when: days('2017-11-06') }), briefing], { alarms: [10_080, 1440, 30] }],
  [
    'feed',
    [stocktaking, briefing],
    { name: 'GCM, all events', refreshMinutes: 60, alarms: [15, 1440], stamp: 'last-change' },
  ],
  [
    'request',
    [briefing],
    {
      method: 'REQUEST',
      alarms: [15],
      attendees: [
        { name: 'Ms. Adaeze O’Neill, Mission', email: 'mission+gcm@example.int' },
        { email: 'b@example.org' },
      ],
    },
  ],
  [
    'cancel',
    [{ ...briefing, status: 'cancelled', sequence: 2 }],
    { method: 'CANCEL', attendees: [{ email: 'b@example.org' }] },
  ],
  ['uninvite', [briefing], { method: 'CANCEL', attendees: [{ email: 'b@example.org' }] }],
];

describe('a calendar file', () => {
  test.each(CASES)('%s', async (name, events, options) => {
    await expect(await calendarOf(events, options)).toMatchFileSnapshot(`../golden/ics/${name}.ics`);
  });

  test('keeps every line within 75 octets and ends each with CRLF, whatever the events hold', async () => {
    for (const [, events, options] of CASES) {
      const text = await calendarOf(events, options);
      expect(text).toMatch(/\r\nEND:VCALENDAR\r\n$/u);
      expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u);
      for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    }
  });

  test('lets no text begin a line of its own', async () => {
    const [, events = [], options] = CASES.find(([name]) => name === 'injection') ?? [];
    const text = await calendarOf(events, options);
    expect(linesNamed(text, '(?:X-EVIL|ATTACH)')).toEqual([]);
    expect(linesNamed(text, 'ATTENDEE')).toEqual([
      `ATTENDEE;ROLE=REQ-PARTICIPANT;CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;RSVP=FALSE;CN="A';ROLE=CHAIR:x X-EVIL:10":MAILTO:b@example.org%3Fbcc=evil@example.org`,
    ]);
    expect(text.match(/BEGIN:VEVENT\r\n/gu)).toHaveLength(1);
  });

  test('leaves out what has no day, and says so', async () => {
    const vague = [
      event('undated'),
      event('week', { when: { precision: 'week', start: '2017-11-06', end: null, zone: 'Europe/Zurich' } }),
      event('month', { when: { precision: 'month', start: '2018-12', end: null, zone: 'Europe/Zurich' } }),
      event('year', { when: { precision: 'year', start: '2018', end: null, zone: 'Europe/Zurich' } }),
    ];
    const { text, leftOut } = await renderCalendar([briefing, ...vague], {
      method: 'PUBLISH',
      schedule: scheduleOf([briefing, ...vague]),
      language: english,
      stamp: 'last-change',
    });
    expect(leftOut).toEqual(vague);
    expect(linesNamed(text, 'UID')).toEqual(['UID:uid-briefing']);
  });

  test('is a calendar even without an event', async () => {
    expect(await calendarOf([])).toBe(
      [
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'PRODID:-//GCM//Working group schedule//EN',
        'CALSCALE:GREGORIAN',
        'METHOD:PUBLISH',
        'END:VCALENDAR',
        '',
      ].join('\r\n'),
    );
  });

  test('names no event that the schedule it is given does not show', async () => {
    const hidden = event('hidden', { title: 'Confidential', visibility: 'draft', when: days('2017-11-05') });
    const shown = event('shown', { when: days('2017-11-06'), parent: 'uid-hidden', precededBy: ['uid-hidden'] });
    const text = await calendarOf([shown], { schedule: scheduleOf([hidden, shown]).published });
    expect(text).not.toMatch(/Confidential|uid-hidden/u);
  });

  test('has no organizer while the group has no address', async () => {
    const text = await calendarOf([briefing], { schedule: scheduleOf([briefing], { organizerEmail: null }) });
    expect(linesNamed(text, 'ORGANIZER')).toEqual([]);
  });

  test('carries the moment of the last change as its stamp when it is published, whenever it is rendered', async () => {
    const text = await calendarOf([event('a', { when: days('2017-11-06'), updatedAt: '2017-11-01T09:15:30.250Z' })], {
      stamp: 'last-change',
    });
    expect(linesNamed(text, '(?:DTSTAMP|CREATED|LAST-MODIFIED)')).toEqual([
      'DTSTAMP:20171101T091530Z',
      `CREATED:${NOW.replace(/[-:]/gu, '')}`,
      'LAST-MODIFIED:20171101T091530Z',
    ]);
  });

  test('is read by the bot’s own importer as it was', async () => {
    const part = event('part', {
      kind: 'civil-society',
      parent: 'uid-stocktaking',
      when: time('2017-12-05T09:00', null, 'America/Mexico_City'),
      onlineUrl: 'https://meet.example.org/1',
      status: 'tentative',
    });
    const { events, problems } = await readIcs(await calendarOf([stocktaking, part]), 'Europe/Zurich');
    expect(problems).toEqual([]);
    expect(events.map(({ value }) => value)).toMatchObject([
      {
        uid: 'uid-stocktaking',
        title: 'Stocktaking meeting',
        kind: 'stocktaking',
        when: { precision: 'day', start: '2017-12-04', end: '2017-12-06' },
      },
      {
        uid: 'uid-part',
        kind: 'civil-society',
        parent: 'uid-stocktaking',
        when: { start: '2017-12-05T09:00', zone: 'America/Mexico_City' },
        onlineUrl: 'https://meet.example.org/1',
        status: 'TENTATIVE',
      },
    ]);
  });

  test('points to the page of an event that nobody joins online', async () => {
    const linkTo = ({ handle }: ScheduledEvent) => `https://gcm.example.org/events/${handle}`;
    const text = await calendarOf([briefing, stocktaking], { linkTo });
    expect(linesNamed(text, '(?:URL|CONFERENCE)')).toEqual([
      'CONFERENCE;VALUE=URI:https://meet.example.org/gcm?id=1,2;3',
      'URL:https://meet.example.org/gcm?id=1,2;3',
      'URL:https://gcm.example.org/events/stocktaking',
    ]);
  });
});

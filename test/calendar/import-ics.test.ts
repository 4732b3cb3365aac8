import { describe, expect, test } from 'vitest';
import { after, goodPlan, planOf, problemsOf } from './importing.ts';

const calendar = (...lines: string[]): string =>
  `${['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Example//EN', ...lines, 'END:VCALENDAR'].join('\r\n')}\r\n`;
const event = (...lines: string[]): string =>
  ['BEGIN:VEVENT', 'UID:u1@example.org', 'DTSTAMP:20171001T000000Z', 'SUMMARY:A', ...lines, 'END:VEVENT'].join('\r\n');
const whenOf = async (...lines: string[]) => (await goodPlan('a.ics', calendar(event(...lines)))).created[0]?.when;
const uid = { kind: 'uid', uid: 'u1@example.org' } as const;

describe('an event of a calendar file', () => {
  test('keeps what the model can hold', async () => {
    const plan = await goodPlan(
      'a.ics',
      calendar(
        event('DTSTART;VALUE=DATE:20171106'),
        event(
          'UID:u2@example.org',
          'DTSTART;TZID=Asia/Bangkok:20171106T090000',
          'DTEND;TZID=Asia/Bangkok:20171106T173000',
          'DESCRIPTION:One\\, two\\nthr',
          ' ee',
          'LOCATION:United Nations Conference Centre',
          'URL:https://example.org/meeting',
          'STATUS:TENTATIVE',
          'CATEGORIES:Migration,Regional',
          'ORGANIZER;CN=UNESCAP:mailto:unescap@example.org',
          'SEQUENCE:3',
          'RELATED-TO:u1@example.org',
        ).replace('UID:u1@example.org\r\n', ''),
      ),
    );
    expect(plan.created).toHaveLength(2);
    expect(plan.created[1]).toMatchObject({
      uid: 'u2@example.org',
      sequence: 3,
      title: 'A',
      kind: 'regional',
      status: 'tentative',
      when: { precision: 'time', start: '2017-11-06T09:00', end: '2017-11-06T17:30', zone: 'Asia/Bangkok' },
      venue: { name: 'United Nations Conference Centre', city: null, country: null },
      onlineUrl: 'https://example.org/meeting',
      organiser: 'UNESCAP',
      description: 'One, two\nthree',
      parent: 'u1@example.org',
    });
  });

  test.each([
    [['DTSTART;VALUE=DATE:20171106'], { precision: 'day', start: '2017-11-06', end: null, zone: 'Europe/Zurich' }],
    [
      ['DTSTART;VALUE=DATE:20171106', 'DTEND;VALUE=DATE:20171109'],
      { precision: 'day', start: '2017-11-06', end: '2017-11-08', zone: 'Europe/Zurich' },
    ],
    [
      ['DTSTART;VALUE=DATE:20171106', 'DTEND;VALUE=DATE:20171106'],
      { precision: 'day', start: '2017-11-06', end: null, zone: 'Europe/Zurich' },
    ],
    [
      ['DTSTART;VALUE=DATE:20171106', 'DURATION:P3D'],
      { precision: 'day', start: '2017-11-06', end: '2017-11-08', zone: 'Europe/Zurich' },
    ],
    [
      ['DTSTART:20171106T140000Z', 'DURATION:PT1H30M'],
      { precision: 'time', start: '2017-11-06T15:00', end: '2017-11-06T16:30', zone: 'Europe/Zurich' },
    ],
    [['DTSTART:20171106T150000'], { precision: 'time', start: '2017-11-06T15:00', end: null, zone: 'Europe/Zurich' }],
    [
      ['DTSTART;TZID=Eastern Standard Time:20171106T150000', 'DTEND:20171106T210000Z'],
      { precision: 'time', start: '2017-11-06T15:00', end: '2017-11-06T16:00', zone: 'America/New_York' },
    ],
    [
      ['DTSTART;TZID=/mozilla.org/20070129_1/Europe/Berlin:20171106T150000'],
      { precision: 'time', start: '2017-11-06T15:00', end: null, zone: 'Europe/Berlin' },
    ],
  ])('with %j is at the right time', async (lines, when) => {
    expect(await whenOf(...lines)).toEqual(when);
  });

  test('in a zone that only its file defines is put into the group’s zone', async () => {
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:Our own',
      'BEGIN:STANDARD',
      'DTSTART:16010101T000000',
      'TZOFFSETFROM:+0530',
      'TZOFFSETTO:+0530',
      'END:STANDARD',
      'END:VTIMEZONE',
    ];
    const plan = await goodPlan('a.ics', calendar(...zone, event('DTSTART;TZID=Our own:20171106T150000')));
    expect(plan.created[0]?.when).toMatchObject({ start: '2017-11-06T10:30', zone: 'Europe/Zurich' });
  });

  test('is updated by the next file with its UID, and keeps what that file leaves out', async () => {
    const first = calendar(event('DTSTART;VALUE=DATE:20171106', 'LOCATION:Room XX', 'SEQUENCE:4'));
    const data = after(await goodPlan('a.ics', first));
    expect(await goodPlan('a.ics', first, data)).toMatchObject({ created: [], changed: [], unchanged: data.events });
    const moved = await goodPlan('a.ics', calendar(event('DTSTART;VALUE=DATE:20171107', 'SEQUENCE:7')), data);
    expect(moved.changed).toMatchObject([{ after: { sequence: 7, venue: { name: 'Room XX' } }, fields: ['when'] }]);
  });

  test('is cancelled by METHOD:CANCEL', async () => {
    const plan = await goodPlan('a.ics', calendar('METHOD:CANCEL', event('DTSTART;VALUE=DATE:20171106')));
    expect(plan.created[0]?.status).toBe('cancelled');
  });

  test('in an old code page is read', async () => {
    const bytes = Buffer.from(calendar(event('LOCATION:Genève', 'DTSTART;VALUE=DATE:20171106')), 'latin1');
    expect((await goodPlan('a.ics', new Uint8Array(bytes))).created[0]?.venue?.name).toBe('Genève');
  });
});

describe('what cannot be taken', () => {
  test.each([
    [['DTSTART:20171106T150000Z', 'RRULE:FREQ=WEEKLY'], 'RRULE', 'recurrence-endless', {}],
    [['DTSTART:20171106T150000Z', 'RRULE:FREQ=DAILY;COUNT=201'], 'RRULE', 'recurrence-too-long', { limit: 200 }],
    [['DTSTART:20171106T150000Z', 'RRULE:FREQ=DAILY;COUNT=1000000000'], 'RRULE', 'recurrence-too-long', { limit: 200 }],
    [
      ['DTSTART:20171106T150000Z', 'RRULE:FREQ=SECONDLY;COUNT=9'],
      'RRULE',
      'recurrence-part',
      { part: 'FREQ=SECONDLY' },
    ],
    [
      ['DTSTART:20171106T150000Z', 'RRULE:FREQ=YEARLY;BYWEEKNO=20;COUNT=2'],
      'RRULE',
      'recurrence-part',
      { part: 'BYWEEKNO' },
    ],
    [['LOCATION:Geneva'], 'DTSTART', 'required', {}],
    [['DTSTART;TZID=Mars/Phobos:20171106T150000'], 'DTSTART', 'zone-unknown', { value: 'Mars/Phobos' }],
    [['DTSTART;VALUE=DATE:20171131'], 'DTSTART', 'date-impossible', { value: '2017-11-31', last: '2017-11-30' }],
    [['DTSTART;VALUE=DATE:tomorrow'], 'DTSTART', 'date-form', { value: 'tomo-rr-ow', form: 'YYYY-MM-DD' }],
    [['DTSTART;VALUE=DATE:20171106', 'URL:file:///etc'], 'URL', 'url-form', { value: 'file:///etc' }],
    [['DTSTART;VALUE=DATE:20171106', 'RELATED-TO:u9'], 'RELATED-TO', 'reference-unknown', { value: 'u9' }],
    [
      ['DTSTART;VALUE=DATE:20171106', 'DTEND;VALUE=DATE:20171101'],
      'DTEND',
      'end-not-after-start',
      { start: '2017-11-06', end: '2017-11-01' },
    ],
  ])('%j is named by UID and property', async (lines, field, code, values) => {
    expect(await problemsOf('a.ics', calendar(event(...lines)))).toEqual([{ place: uid, field, code, values }]);
  });

  test('is more events that repeat than can be kept', async () => {
    const repeating = (count: number) =>
      calendar(
        ...Array.from({ length: count }, (_, index) =>
          event('DTSTART;VALUE=DATE:20171106', 'RRULE:FREQ=DAILY;COUNT=1').replace(/^UID:.*$/mu, `UID:u${index}`),
        ),
      );
    expect(await problemsOf('a.ics', repeating(1001))).toEqual([
      { place: { kind: 'file' }, field: null, code: 'recurrence-too-many', values: { limit: 1000 } },
    ]);
    expect((await goodPlan('a.ics', repeating(1000))).created).toHaveLength(1000);
  });

  test('is what repeats in as many words as a file has room for: it is read in time', async () => {
    const dates = (from: number) =>
      Array.from({ length: 60_000 }, (_, index) =>
        new Date(Date.UTC(2017, 0, 1) + (from + index) * 60_000).toISOString().replace(/[-:]|\.000/gu, ''),
      ).join(',');
    const start = 'DTSTART:20161231T230000Z';
    const kept = await goodPlan('a.ics', calendar(event(start, `RDATE:${dates(0)}`, `EXDATE:${dates(2)}`)));
    expect(kept.created).toHaveLength(3);
    const mondays = Array.from({ length: 100_000 }, () => 'MO').join(',');
    const never = `RRULE:FREQ=DAILY;COUNT=200;BYMONTH=2;BYMONTHDAY=30;BYDAY=${mondays}`;
    expect((await goodPlan('a.ics', calendar(event(start, never)))).created).toHaveLength(1);
  });

  test('is an answer to an invitation', async () => {
    expect(await problemsOf('a.ics', calendar('METHOD:REPLY', event('DTSTART:20171106T150000Z')))).toEqual([
      { place: { kind: 'file' }, field: 'METHOD', code: 'method-unsupported', values: { value: 'REPLY' } },
    ]);
  });

  test('is a calendar that breaks off', async () => {
    expect(await problemsOf('a.ics', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n')).toEqual([
      { place: { kind: 'file' }, field: null, code: 'ics-ended', values: {} },
    ]);
  });

  test('is never thrown at, whatever a value holds', async () => {
    for (const value of ['', ';', 'P', '-PT', '2017', '20171106T1500', '99999999T999999Z', '\u0000', '🙂']) {
      for (const name of [
        'DTSTART',
        'DTEND',
        'DURATION',
        'DTSTART;TZID=',
        'SEQUENCE',
        'CATEGORIES',
        'RELATED-TO',
        'CONFERENCE',
      ]) {
        const answer = await planOf('a.ics', calendar(event('DTSTART:20171106T150000Z', `${name}:${value}`)));
        expect(['plan', 'problems']).toContain(answer.type);
        expect(['plan', 'problems']).toContain((await planOf('a.ics', calendar(event(`${name}:${value}`)))).type);
      }
    }
  });
});

describe('a file that the bot wrote itself', () => {
  test('says of what is not held only once that it is not, and its pages are no links to join', async () => {
    const own = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//GCM//Working group schedule//EN'];
    const event = ['BEGIN:VEVENT', 'UID:u1', 'DTSTART;VALUE=DATE:20171106', 'URL:https://gcm.example.org/events/u1'];
    const ics = (...lines: string[]) => [...own, ...event, ...lines, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
    const plan = await goodPlan('a.ics', ics('SUMMARY:Cancelled: Briefing', 'STATUS:CANCELLED'));
    expect(plan.created).toMatchObject([{ title: 'Briefing', status: 'cancelled', onlineUrl: null }]);
    const joined = await goodPlan(
      'a.ics',
      ics('SUMMARY:Cancelled: a play', 'CONFERENCE;VALUE=URI:https://example.org/join'),
    );
    expect(joined.created).toMatchObject([{ title: 'Cancelled: a play', onlineUrl: 'https://example.org/join' }]);
    const other = ics('SUMMARY:Cancelled: Briefing', 'STATUS:CANCELLED').replace('//GCM//', '//Other//');
    expect((await goodPlan('a.ics', other)).created).toMatchObject([
      { title: 'Cancelled: Briefing', onlineUrl: 'https://gcm.example.org/events/u1' },
    ]);
  });
});

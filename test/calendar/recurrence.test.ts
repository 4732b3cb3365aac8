import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { recurrenceDates } from '../../src/calendar/recurrence.ts';
import { EMPTY, goodPlan, problemsOf } from './importing.ts';

const calendar = (...events: readonly (readonly string[])[]): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//example//EN',
    ...events.flatMap((lines) => ['BEGIN:VEVENT', 'UID:u1@example.org', 'SUMMARY:Weekly', ...lines, 'END:VEVENT']),
    'END:VCALENDAR',
    '',
  ].join('\r\n');

const seriesIn = async (...events: readonly (readonly string[])[]) =>
  (await goodPlan('a.ics', calendar(...events))).created.map(({ uid, when, title, status, series }) => ({
    uid,
    start: when?.start,
    end: when?.end,
    ...(title === 'Weekly' ? {} : { title }),
    ...(status === 'confirmed' ? {} : { status }),
    ...(series === 'u1@example.org' ? {} : { series }),
  }));

const startsIn = async (...lines: string[]) => (await seriesIn(lines)).map(({ start }) => start);

describe('an event that repeats', () => {
  test('becomes one event for each date, at the same time by the clock, with a UID that every import gives it again', async () => {
    const lines = [
      'DTSTART;TZID=Europe/Zurich:20171018T150000',
      'DTEND;TZID=Europe/Zurich:20171018T163000',
      'RRULE:FREQ=WEEKLY;COUNT=3',
    ];
    expect(await seriesIn(lines)).toEqual([
      { uid: 'u1@example.org_20171018T1500', start: '2017-10-18T15:00', end: '2017-10-18T16:30' },
      { uid: 'u1@example.org_20171025T1500', start: '2017-10-25T15:00', end: '2017-10-25T16:30' },
      { uid: 'u1@example.org_20171101T1500', start: '2017-11-01T15:00', end: '2017-11-01T16:30' },
    ]);
  });

  test('leaves out what is excluded, adds what is added, and takes what was changed from its own entry', async () => {
    const master = [
      'DTSTART;TZID=Europe/Zurich:20171106T150000',
      'DTEND;TZID=Europe/Zurich:20171106T160000',
      'RRULE:FREQ=WEEKLY;UNTIL=20171204T140000Z',
      'EXDATE;TZID=Europe/Zurich:20171113T150000',
      'RDATE;TZID=Europe/Zurich:20171109T100000',
    ];
    const moved = [
      'RECURRENCE-ID;TZID=Europe/Zurich:20171120T150000',
      'DTSTART;TZID=Europe/Zurich:20171121T090000',
      'SUMMARY:Moved',
    ];
    const off = ['RECURRENCE-ID:20171127T140000Z', 'DTSTART;TZID=Europe/Zurich:20171127T150000', 'STATUS:CANCELLED'];
    expect(await seriesIn(master, moved.toSpliced(2), off)).toMatchObject([
      { start: '2017-11-06T15:00' },
      { start: '2017-11-09T10:00', end: '2017-11-09T11:00' },
      { uid: 'u1@example.org_20171120T1500', start: '2017-11-21T09:00' },
      { start: '2017-11-27T15:00', status: 'cancelled' },
      { start: '2017-12-04T15:00' },
    ]);
  });

  test('keeps whole days, of which the end moves along', async () => {
    expect(
      await seriesIn([
        'DTSTART;VALUE=DATE:20171106',
        'DTEND;VALUE=DATE:20171109',
        'RRULE:FREQ=MONTHLY;COUNT=2',
        'EXDATE;VALUE=DATE:20171106',
      ]),
    ).toEqual([{ uid: 'u1@example.org_20171206', start: '2017-12-06', end: '2017-12-08' }]);
  });

  test.each([
    ['FREQ=MONTHLY;BYDAY=-1FR;COUNT=3', ['2017-11-06', '2017-11-24', '2017-12-29']],
    ['FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3', ['2017-11-06', '2017-12-31', '2018-01-31']],
    ['FREQ=DAILY;INTERVAL=2;BYDAY=MO,WE,FR;COUNT=4', ['2017-11-06', '2017-11-08', '2017-11-10', '2017-11-20']],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=2', ['2017-11-06', '2020-02-29']],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;UNTIL=20180101', ['2017-11-06', '2017-11-30', '2017-12-29']],
    ['FREQ=YEARLY;BYMONTHDAY=30;BYMONTH=2;COUNT=2', ['2017-11-06']],
  ])('%s', async (rule, dates) => {
    expect(await startsIn('DTSTART;VALUE=DATE:20171106', `RRULE:${rule}`)).toEqual(dates);
  });

  test('changes nothing when it is imported twice', async () => {
    const file = calendar(['DTSTART;VALUE=DATE:20171106', 'RRULE:FREQ=WEEKLY;COUNT=3']);
    const { created } = await goodPlan('a.ics', file);
    const again = await goodPlan('a.ics', file, { ...EMPTY, events: created });
    expect([again.created, again.changed, again.unchanged.length]).toEqual([[], [], 3]);
  });

  test('of which only one date is in the file keeps its place in the series', async () => {
    expect(await seriesIn(['RECURRENCE-ID;VALUE=DATE:20171106', 'DTSTART;VALUE=DATE:20171107'])).toEqual([
      { uid: 'u1@example.org_20171106', start: '2017-11-07', end: null },
    ]);
  });

  test('with a change to it and all that follow is refused', async () => {
    const master = ['DTSTART;VALUE=DATE:20171106', 'RRULE:FREQ=WEEKLY;COUNT=3'];
    const later = ['RECURRENCE-ID;VALUE=DATE;RANGE=THISANDFUTURE:20171113', 'DTSTART;VALUE=DATE:20171114'];
    expect(await problemsOf('a.ics', calendar(master, later))).toMatchObject([
      { field: 'RECURRENCE-ID', code: 'recurrence-part' },
    ]);
  });
});

describe('the dates of a rule', () => {
  const weekday = fc.constantFrom('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU');
  const rule = fc.oneof(
    fc.record({ freq: fc.constant('DAILY'), interval: fc.integer({ min: 1, max: 20 }) }),
    fc.record({
      freq: fc.constant('WEEKLY'),
      interval: fc.integer({ min: 1, max: 5 }),
      byday: fc.uniqueArray(weekday, { minLength: 1, maxLength: 4 }),
    }),
    fc.record({
      freq: fc.constant('MONTHLY'),
      interval: fc.integer({ min: 1, max: 5 }),
      bymonthday: fc.uniqueArray(fc.integer({ min: 1, max: 28 }), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      freq: fc.constant('MONTHLY'),
      interval: fc.integer({ min: 1, max: 5 }),
      byday: fc.tuple(fc.constantFrom('1', '2', '3', '4', '-1'), weekday).map(([nth, day]) => [nth + day]),
    }),
    fc.record({
      freq: fc.constant('YEARLY'),
      bymonth: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 3 }),
      bymonthday: fc.constant([15]),
    }),
  );
  const day = fc.date({ min: new Date('2015-01-01'), max: new Date('2025-01-01'), noInvalidDate: true });

  test('are those that another library finds, wherever the first date is one of them', () => {
    fc.assert(
      fc.property(rule, day, (parts, begin) => {
        // The first date of the rule from that day on, as the other library finds it.
        const from = ICAL.Time.fromDateString(begin.toISOString().slice(0, 10));
        const start = ICAL.Recur.fromData(parts as never)
          .iterator(from)
          .next();
        if (!start) return;
        const iterator = ICAL.Recur.fromData({ ...parts, count: 12 } as never).iterator(start);
        const expected = Array.from({ length: 12 }, () => iterator.next().toString());
        const own = recurrenceDates({ ...parts, count: 12 }, start.toString(), null);
        // Dates are looked for within fifty years.
        const dates = 'dates' in own ? own.dates : [];
        expect(dates).toEqual(expected.slice(0, dates.length));
        expect(
          dates.length === 12 ||
            Number(expected[dates.length]?.slice(0, 4)) > Number(start.toString().slice(0, 4)) + 48,
        ).toBe(true);
      }),
    );
  });
});

import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { en } from '../../src/language/en/index.ts';
import { createLanguage } from '../../src/language/language.ts';
import { addDays } from '../../src/dates/calendar-days.ts';
import { readPeriod } from '../../src/dates/read-period.ts';
import type { DateContext } from '../../src/dates/read-period.ts';
import { checkWhen, isDoubled } from '../../src/schedule/when.ts';
import { dateInWords, periodInWords, whenInWords } from '../../src/dates/words.ts';
import { readWhen } from '../../src/dates/read-when.ts';

const language = createLanguage(en);

/** Wednesday 1 November 2017, 09:00 in Geneva. */
const future: DateContext = {
  language,
  zone: 'Europe/Zurich',
  now: Temporal.Instant.from('2017-11-01T09:00+01:00'),
  direction: 'future',
};
const past: DateContext = { ...future, direction: 'past' };

const bounds = (text: string, context = future) => {
  const reading = readPeriod(text, context);
  return reading && 'period' in reading ? [reading.period.from, reading.period.to] : reading;
};

describe('a period as written', () => {
  it.each([
    ['today', '2017-11-01', '2017-11-01'],
    ['Tomorrow', '2017-11-02', '2017-11-02'],
    ['yesterday', '2017-10-31', '2017-10-31'],
    ['this week', '2017-10-30', '2017-11-05'],
    ['next week', '2017-11-06', '2017-11-12'],
    ['last week', '2017-10-23', '2017-10-29'],
    ['this month', '2017-11-01', '2017-11-30'],
    ['next month', '2017-12-01', '2017-12-31'],
    ['last month', '2017-10-01', '2017-10-31'],
    ['this year', '2017-01-01', '2017-12-31'],
    ['december', '2017-12-01', '2017-12-31'],
    ['in December', '2017-12-01', '2017-12-31'],
    ['next December', '2017-12-01', '2017-12-31'],
    ['November', '2017-11-01', '2017-11-30'],
    ['october', '2018-10-01', '2018-10-31'],
    ['Dec 2018', '2018-12-01', '2018-12-31'],
    ['2018', '2018-01-01', '2018-12-31'],
    ['2018-12', '2018-12-01', '2018-12-31'],
    ['12/2018', '2018-12-01', '2018-12-31'],
    ['6 November', '2017-11-06', '2017-11-06'],
    ['on the 6th of November', '2017-11-06', '2017-11-06'],
    ['November 6', '2017-11-06', '2017-11-06'],
    ['Nov 6 2017', '2017-11-06', '2017-11-06'],
    ['Nov. 6, 2017', '2017-11-06', '2017-11-06'],
    ['Monday 6 November', '2017-11-06', '2017-11-06'],
    ['5 January', '2018-01-05', '2018-01-05'],
    ['2017-11-06', '2017-11-06', '2017-11-06'],
    ['6-8 November', '2017-11-06', '2017-11-08'],
    ['6–8 Nov 2017', '2017-11-06', '2017-11-08'],
    ['November 6 - 8, 2017', '2017-11-06', '2017-11-08'],
    ['6 November to 8 December', '2017-11-06', '2017-12-08'],
    ['30 December to 2 January', '2017-12-30', '2018-01-02'],
    ['between 6 and 8 November', '2017-11-06', '2017-11-08'],
    ['6 and 7 November', '2017-11-06', '2017-11-07'],
    ['November to February', '2017-11-01', '2018-02-28'],
    ['2017-11-06/2017-11-08', '2017-11-06', '2017-11-08'],
    ['week of 6 November', '2017-11-06', '2017-11-12'],
    ['the week of 8 November', '2017-11-06', '2017-11-12'],
    ['next Tuesday', '2017-11-07', '2017-11-07'],
    ['Friday', '2017-11-03', '2017-11-03'],
    ['Wednesday', '2017-11-01', '2017-11-01'],
    ['last Friday', '2017-10-27', '2017-10-27'],
    ['in 3 days', '2017-11-04', '2017-11-04'],
    ['in two weeks', '2017-11-13', '2017-11-19'],
    ['in a couple of weeks', '2017-11-13', '2017-11-19'],
    ['3 weeks ago', '2017-10-09', '2017-10-15'],
    ['next 10 days', '2017-11-01', '2017-11-11'],
    ['last 2 months', '2017-09-01', '2017-11-01'],
    ['the coming weeks', '2017-11-01', '2017-11-29'],
    ['next few days', '2017-11-01', '2017-11-08'],
    ['next couple of months', '2017-11-01', '2018-01-01'],
    ['last weeks', '2017-10-04', '2017-11-01'],
    ['6.11.2017', '2017-11-06', '2017-11-06'],
    ['4.12.', '2017-12-04', '2017-12-04'],
    ['13/12', '2017-12-13', '2017-12-13'],
    ['12/13/2017', '2017-12-13', '2017-12-13'],
    ['06/06/2018', '2018-06-06', '2018-06-06'],
    ['before 6 December', null, '2017-12-05'],
    ['until Friday', null, '2017-11-03'],
    ['after December', '2018-01-01', null],
    ['since June', '2017-06-01', null],
    ['from 6 November', '2017-11-06', null],
  ])('“%s”', (text, from, to) => {
    expect(bounds(text)).toEqual([from, to]);
  });

  it.each([
    ['December', '2016-12-01', '2016-12-31'],
    ['October', '2017-10-01', '2017-10-31'],
    ['November', '2017-11-01', '2017-11-30'],
    ['6 November', '2017-11-06', '2017-11-06'],
    ['5 January', '2017-01-05', '2017-01-05'],
    ['Friday', '2017-10-27', '2017-10-27'],
    ['Wednesday', '2017-11-01', '2017-11-01'],
  ])('“%s” of a past one', (text, from, to) => {
    expect(bounds(text, past)).toEqual([from, to]);
  });

  it('begins today on the calendar of the reader', () => {
    const now = Temporal.Instant.from('2017-11-01T23:30Z');
    expect(bounds('today', { ...future, now, zone: 'America/New_York' })).toEqual(['2017-11-01', '2017-11-01']);
    expect(bounds('today', { ...future, now, zone: 'Asia/Kathmandu' })).toEqual(['2017-11-02', '2017-11-02']);
  });

  it('is asked for when it reads two ways', () => {
    expect(readPeriod('04/12', future)).toEqual({
      ambiguous: [
        {
          period: { from: '2017-12-04', to: '2017-12-04', text: 'Monday 4 December 2017' },
          rewritten: '2017-12-04',
        },
        {
          period: { from: '2018-04-12', to: '2018-04-12', text: 'Thursday 12 April 2018' },
          rewritten: '2018-04-12',
        },
      ],
    });
  });

  it.each([
    ['31 November', { code: 'no-such-date', text: '2017-11-31', lastDay: '2017-11-30' }],
    ['31/11', { code: 'no-such-date', text: '2017-11-31', lastDay: '2017-11-30' }],
    ['29 February', { code: 'no-such-date', text: '2018-02-29', lastDay: '2018-02-28' }],
    ['Tuesday 6 November', { code: 'other-weekday', date: '2017-11-06', written: 2, real: 1 }],
    ['from 8 to 6 November', { code: 'end-before-start', start: '2017-11-08', end: '2017-11-06' }],
    ['6 November 1850', { code: 'year-out-of-range', year: 1850, first: 1900, last: 2200 }],
  ])('“%s” is refused with the reason', (text, problem) => {
    expect(readPeriod(text, future)).toEqual({ problem });
  });

  it.each([
    '',
    'on',
    'in',
    '6',
    'week',
    'next',
    'December in',
    '6 and 8 November',
    'Geneva',
    '45/45',
    '12:00',
    '🗓️',
    '<b>',
  ])('%j is none', (text) => {
    expect(readPeriod(text, future)).toBeNull();
  });

  it('is never an exception', () => {
    const word = fc.constantFrom(
      'next',
      'week',
      '6',
      'of',
      '-',
      'November',
      '04/12',
      '2018',
      'in',
      '99',
      'a',
      '/',
      '.',
    );
    const phrase = fc.array(word, { maxLength: 8 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(fc.oneof(phrase, fc.string({ unit: 'grapheme', maxLength: 300 })), (text) => {
        const reading = readPeriod(text, future);
        if (!reading || !('period' in reading)) return;
        expect(`${reading.period.from ?? ''}${reading.period.to ?? ''}`).toMatch(/^(\d{4}-\d\d-\d\d){1,2}$/u);
      }),
    );
    expect(readPeriod('6 '.repeat(50_000), future)).toBeNull();
  });

  const date = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('1970-01-01', days));

  it('is read back from the bot’s own words', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: 0, max: 400 }), (from, days) => {
        const to = addDays(from, days);
        const text = periodInWords({ from, to }, language);
        expect(readPeriod(text, future)).toEqual({ period: { from, to, text } });
      }),
    );
  });

  it('means one of its readings when that is written out', () => {
    fc.assert(
      fc.property(date, fc.boolean(), (day, isShort) => {
        const text = `${day.slice(8)}/${day.slice(5, 7)}${isShort ? '' : `/${day.slice(0, 4)}`}`;
        const reading = readPeriod(text, future);
        if (!reading || !('ambiguous' in reading)) return;
        for (const { period, rewritten } of reading.ambiguous) {
          expect(readPeriod(rewritten, future)).toEqual({ period });
        }
        if (!isShort) expect(reading.ambiguous[0]?.period.text).toBe(dateInWords(day, language));
      }),
    );
  });
});

describe('the time of an event as written', () => {
  const place = 'America/New_York';
  it.each([
    ['8 Nov 15:00-16:30', 'time', '2017-11-08T15:00', '2017-11-08T16:30', place],
    ['8 November at 3pm', 'time', '2017-11-08T15:00', null, place],
    ['tomorrow 9am', 'time', '2017-11-02T09:00', null, place],
    ['next Tuesday 15:00 Nairobi time', 'time', '2017-11-07T15:00', null, 'Africa/Nairobi'],
    ['8 Nov 15:00 Asia/Bangkok', 'time', '2017-11-08T15:00', null, 'Asia/Bangkok'],
    ['2017-11-08 15:00-16:30 UTC', 'time', '2017-11-08T15:00', '2017-11-08T16:30', 'UTC'],
    ['2017-11-08T15:00', 'time', '2017-11-08T15:00', null, place],
    ['from 15:00 to 16:30 on 8 November', 'time', '2017-11-08T15:00', '2017-11-08T16:30', place],
    ['8 Nov 3-4:30pm', 'time', '2017-11-08T15:00', '2017-11-08T16:30', place],
    ['8 Nov 11am-1pm', 'time', '2017-11-08T11:00', '2017-11-08T13:00', place],
    ['8 Nov 11-1pm', 'time', '2017-11-08T11:00', '2017-11-08T13:00', place],
    ['8 Nov noon to 3pm', 'time', '2017-11-08T12:00', '2017-11-08T15:00', place],
    ['8 Nov 3 p.m.', 'time', '2017-11-08T15:00', null, place],
    ['8 Nov 12am', 'time', '2017-11-08T00:00', null, place],
    ['8 Nov 22:00-01:00', 'time', '2017-11-08T22:00', '2017-11-09T01:00', place],
    ['8 Nov 22:00 to 9 Nov 01:00', 'time', '2017-11-08T22:00', '2017-11-09T01:00', place],
    ['6 to 8 November 9:00-17:00', 'time', '2017-11-06T09:00', '2017-11-08T17:00', place],
    ['6-8 November', 'day', '2017-11-06', '2017-11-08', place],
    ['week of 6 November', 'week', '2017-11-06', null, place],
    ['next week', 'week', '2017-11-06', null, place],
    ['December 2018', 'month', '2018-12', null, place],
    ['2018', 'year', '2018', null, place],
  ])('“%s”', (text, precision, start, end, zone) => {
    expect(readWhen(text, { ...future, place })).toEqual({ when: { precision, start, end, zone }, isDoubled: false });
  });

  it.each(['15:00', '6', 'next 10 days', 'since June', '8 Nov 15:00 in New York', '8 Nov 10:00 11:00 12:00', 'lunch'])(
    '%j is none',
    (text) => {
      expect(readWhen(text, { ...future, place })).toBeNull();
    },
  );

  it.each([
    ['8 Nov 16:30-15:00', { code: 'end-before-start', start: '2017-11-08T16:30', end: '2017-11-08T15:00' }],
    ['31 Nov 15:00', { code: 'no-such-date', text: '2017-11-31', lastDay: '2017-11-30' }],
    ['8 Nov 25:00', { code: 'no-such-time', text: '25:00' }],
    ['8 Nov 15:00 Nairoby time', { code: 'unknown-zone', zone: 'Nairoby', choices: ['Nairobi'] }],
    [
      '25 March 2018 02:30 Geneva time',
      {
        code: 'skipped-time',
        text: '2018-03-25T02:30',
        zone: 'Europe/Zurich',
        from: '2018-03-25T02:00',
        to: '2018-03-25T03:00',
        earlier: '2018-03-25T01:30',
        later: '2018-03-25T03:30',
      },
    ],
  ])('“%s” is refused with the reason', (text, problem) => {
    expect(readWhen(text, { ...future, place })).toEqual({ problem });
  });

  it('tells that the clocks show it twice', () => {
    expect(readWhen('5 November 2017 01:30', { ...future, place })).toEqual({
      when: { precision: 'time', start: '2017-11-05T01:30', end: null, zone: place },
      isDoubled: true,
    });
  });

  it('is asked for when its date reads two ways', () => {
    const time = { precision: 'time', end: null, zone: 'Asia/Bangkok' };
    expect(readWhen('04/12 15:00 Bangkok time', { ...future, place })).toEqual({
      ambiguous: [
        { when: { ...time, start: '2017-12-04T15:00' }, rewritten: '2017-12-04 15:00 Asia/Bangkok' },
        { when: { ...time, start: '2018-04-12T15:00' }, rewritten: '2018-04-12 15:00 Asia/Bangkok' },
      ],
    });
  });

  it('is read back from the bot’s own words', () => {
    const zone = fc.constantFrom('Europe/Zurich', 'Asia/Kathmandu', 'America/Sao_Paulo', 'Pacific/Apia', 'UTC');
    const minutes = fc.integer({ min: 0, max: 20_000 * 1440 });
    const local = (value: number) => new Date(value * 60_000).toISOString().slice(0, 16);
    const time = fc.tuple(minutes, fc.integer({ min: 0, max: 5000 })).map(([start, length]) => ({
      precision: 'time' as const,
      start: local(start),
      end: length === 0 ? null : local(start + length),
    }));
    const days = fc.tuple(minutes, fc.integer({ min: 0, max: 60 })).map(([start, length]) => ({
      precision: 'day' as const,
      start: local(start).slice(0, 10),
      end: addDays(local(start), length),
    }));
    const weeks = fc.tuple(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 8 })).map(([week, length]) => ({
      precision: 'week' as const,
      start: addDays('1970-01-05', week * 7),
      end: addDays('1970-01-05', (week + length) * 7),
    }));
    const months = fc.tuple(minutes, fc.integer({ min: 0, max: 500 })).map(([start, length]) => ({
      precision: 'month' as const,
      start: local(start).slice(0, 7),
      end: addDays(local(start), length).slice(0, 7),
    }));
    fc.assert(
      fc.property(fc.oneof(time, days, weeks, months), zone, (value, id) => {
        const checked = checkWhen({ ...value, zone: id });
        if (!('when' in checked) || isDoubled(checked.when)) return;
        const { text } = whenInWords(checked.when, future);
        // What is less precise than a day names no zone.
        const isVague = value.precision === 'week' || value.precision === 'month';
        expect(readWhen(text, { ...future, place: isVague ? id : 'UTC' })).toEqual({
          when: checked.when,
          isDoubled: false,
        });
      }),
      { numRuns: 400 },
    );
  });
});

describe('the times and days that people leave half said', () => {
  it.each([
    ['the 6th', 'day', '2017-11-06', null],
    ['31st', 'day', null, null],
    ['6th 15:00', 'time', '2017-11-06T15:00', null],
    ['week of the 6th', 'week', '2017-11-06', null],
    ['the day after tomorrow', 'day', '2017-11-03', null],
    ['Tuesday next week', 'day', '2017-11-07', null],
    ['next week on Tuesday', 'day', '2017-11-07', null],
    ['Monday to Wednesday', 'day', '2017-11-06', '2017-11-08'],
    ['Friday to Monday', 'day', '2017-11-03', '2017-11-06'],
    ['Mon-Wed next week', 'day', '2017-11-06', '2017-11-08'],
    ['8 Nov at 10', 'time', '2017-11-08T10:00', null],
    ['8 Nov @ 10:00', 'time', '2017-11-08T10:00', null],
    ['tonight at 8', 'time', '2017-11-01T20:00', null],
    ['8 Nov 15.30', 'time', '2017-11-08T15:30', null],
    ['8 Nov 🙂 10:00', 'time', '2017-11-08T10:00', null],
    ['8 Nov 10.12', null, null, null],
    ['8 Nov 15.30-17.00', 'time', '2017-11-08T15:30', '2017-11-08T17:00'],
    ['8 Nov 15 h 30', 'time', '2017-11-08T15:30', null],
    ['8 Nov 15:30 hrs', 'time', '2017-11-08T15:30', null],
    ['8 Nov at 1500 hrs', 'time', '2017-11-08T15:00', null],
    ['8 Nov at 9 o’clock', 'time', '2017-11-08T09:00', null],
    ['8 Nov 10-12', 'time', '2017-11-08T10:00', '2017-11-08T12:00'],
    ['8 Nov from 10 to 12', 'time', '2017-11-08T10:00', '2017-11-08T12:00'],
    ['8 Nov 10am-12', 'time', '2017-11-08T10:00', '2017-11-08T12:00'],
    ['8 Nov noon-2', 'time', '2017-11-08T12:00', '2017-11-08T14:00'],
    ['8 Nov 9-5', 'time', '2017-11-08T09:00', '2017-11-08T17:00'],
    ['at 3 November', 'day', '2017-11-03', null],
  ])('“%s”', (text, precision, start, end) => {
    const reading = readWhen(text, { ...future, place: 'Europe/Zurich' });
    const when = reading && 'when' in reading ? reading.when : null;
    expect([when?.precision ?? null, when?.start ?? null, when?.end ?? null]).toEqual([
      start === null ? null : precision,
      start,
      end,
    ]);
  });

  it('“the 6th” behind us is that of last month for what has been', () => {
    expect(bounds('the 6th', past)).toEqual(['2017-10-06', '2017-10-06']);
  });
});

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { en } from '../../src/language/en/index.ts';
import { createLanguage } from '../../src/language/language.ts';
import type { Precision } from '../../src/schedule/when.ts';
import {
  dateInWords,
  dateProblemInWords,
  instantInWords,
  monthInWords,
  periodInWords,
  whenInWords,
} from '../../src/dates/words.ts';

const language = createLanguage(en);

/** What a reader in Geneva is told on 1 November 2017, 09:00, unless the reader or the moment is another. */
function say(
  [precision, start, end, zone]: readonly [Precision, string, string | null, string],
  { reader = 'Europe/Zurich', now = '2017-11-01T09:00+01:00' } = {},
) {
  const value = { precision, start, end, zone };
  return whenInWords(value, { language, zone: reader, now: Temporal.Instant.from(now) });
}

describe('an event in words', () => {
  it('is the whole answer for a delegate', () => {
    expect(say(['time', '2017-11-08T15:00', '2017-11-08T16:30', 'America/New_York'])).toEqual({
      text: 'Wednesday 8 November 2017, 15:00–16:30, New York time',
      relative: 'in 7 days',
      local: 'Wednesday 8 November, 21:00–22:30, Geneva time',
      instant: '2017-11-08T20:00:00.000Z',
      short: { date: 'Wed 8 Nov', time: '15:00–16:30', zone: 'New York time' },
    });
  });

  it('says that there is no date', () => {
    const now = Temporal.Instant.from('2017-11-01T08:00Z');
    expect(whenInWords(null, { language, zone: 'Europe/Zurich', now })).toEqual({
      text: 'Date to be announced',
      relative: null,
      local: null,
      instant: null,
      short: { date: 'to be announced', time: null, zone: null },
    });
  });

  it.each([
    [['time', '2017-11-01T15:00', null, 'America/New_York'], 'Wednesday 1 November 2017, 15:00, New York time'],
    [
      ['time', '2017-11-08T22:00', '2017-11-09T01:00', 'America/New_York'],
      'Wednesday 8 November, 22:00, to Thursday 9 November 2017, 01:00, New York time',
    ],
    [
      ['time', '2017-12-31T22:00', '2018-01-01T01:00', 'UTC'],
      'Sunday 31 December 2017, 22:00, to Monday 1 January 2018, 01:00, UTC',
    ],
    [
      ['time', '2017-10-29T02:30', null, 'Europe/Zurich'],
      'Sunday 29 October 2017, 02:30 (the first of the two, as the clocks go back), Geneva time',
    ],
    [['day', '2017-11-06', null, 'Europe/Zurich'], 'Monday 6 November 2017, Geneva time'],
    [['day', '2017-11-06', '2017-11-08', 'Asia/Bangkok'], 'Monday 6 to Wednesday 8 November 2017, Bangkok time'],
    [
      ['day', '2017-11-30', '2017-12-02', 'Asia/Kathmandu'],
      'Thursday 30 November to Saturday 2 December 2017, Kathmandu time',
    ],
    [
      ['day', '2017-12-30', '2018-01-02', 'Africa/Nairobi'],
      'Saturday 30 December 2017 to Tuesday 2 January 2018, Nairobi time',
    ],
    [['week', '2017-11-06', null, 'Pacific/Fiji'], 'Week of Monday 6 November 2017, day to be confirmed'],
    [
      ['week', '2017-11-06', '2017-11-13', 'Pacific/Fiji'],
      'Weeks of Monday 6 November to Monday 13 November 2017, day to be confirmed',
    ],
    [['month', '2018-12', null, 'Africa/Casablanca'], 'December 2018, date to be confirmed'],
    [['month', '2018-11', '2018-12', 'Africa/Casablanca'], 'November to December 2018, date to be confirmed'],
    [['month', '2017-12', '2018-01', 'UTC'], 'December 2017 to January 2018, date to be confirmed'],
    [['year', '2018', null, 'UTC'], '2018, date to be confirmed'],
    [['year', '2018', '2019', 'UTC'], '2018 to 2019, date to be confirmed'],
  ] as const)('names day and zone of %o', (value, text) => {
    expect(say(value).text).toBe(text);
  });
});

describe('the reader’s own time', () => {
  it.each([
    [['time', '2017-11-08T15:00', null, 'Europe/Paris'], 'Europe/Zurich', null],
    [['day', '2017-11-06', '2017-11-08', 'Asia/Bangkok'], 'America/New_York', null],
    [
      ['time', '2017-11-06T10:00', '2017-11-06T13:00', 'Asia/Bangkok'],
      'America/New_York',
      'Sunday 5 November, 22:00, to Monday 6 November, 01:00, New York time (the day before)',
    ],
    [
      ['time', '2017-11-08T20:00', '2017-11-08T21:00', 'America/New_York'],
      'Asia/Kathmandu',
      'Thursday 9 November, 06:45–07:45, Kathmandu time (the next day)',
    ],
    [
      ['time', '2017-12-31T22:00', '2017-12-31T23:00', 'America/New_York'],
      'Europe/Zurich',
      'Monday 1 January 2018, 04:00–05:00, Geneva time (the next day)',
    ],
    // Between the changes in Europe and in America, New York is five hours away instead of six.
    [
      ['time', '2017-11-01T15:00', null, 'America/New_York'],
      'Europe/Zurich',
      'Wednesday 1 November, 20:00, Geneva time',
    ],
  ] as const)('of %o in %s', (value, reader, local) => {
    expect(say(value, { reader }).local).toBe(local);
  });
});

describe('how far it is', () => {
  const nine = 'Europe/Zurich';
  it.each([
    [['time', '2017-11-01T09:00', '2017-11-01T10:00', nine], 'on now, until 10:00'],
    [['time', '2017-11-01T08:00', '2017-11-03T17:00', nine], 'on now, until Friday 3 November, 17:00'],
    [['time', '2017-11-01T04:00', '2017-11-01T06:00', 'America/New_York'], 'on now, until 11:00, Geneva time'],
    [['time', '2017-11-01T09:01', null, nine], 'in 1 minute'],
    [['time', '2017-11-01T09:20', null, nine], 'in 20 minutes'],
    [['time', '2017-11-01T10:00', null, nine], 'in 1 hour'],
    [['time', '2017-11-01T10:30', null, nine], 'in 90 minutes'],
    [['time', '2017-11-01T12:59', null, nine], 'in 3 hours'],
    [['time', '2017-11-01T23:00', null, nine], 'in 14 hours'],
    [['time', '2017-11-02T08:00', null, nine], 'tomorrow'],
    [['time', '2017-11-01T08:40', null, nine], 'started 20 minutes ago'],
    [['time', '2017-11-01T05:00', null, nine], 'started 4 hours ago'],
    [['time', '2017-11-01T07:00', '2017-11-01T08:00', nine], 'ended 1 hour ago'],
    [['time', '2017-10-31T09:00', '2017-10-31T10:00', nine], 'yesterday'],
    [['day', '2017-11-01', null, 'America/New_York'], 'today'],
    [['day', '2017-11-02', null, nine], 'tomorrow'],
    [['day', '2017-11-06', '2017-11-08', 'Asia/Bangkok'], 'in 5 days'],
    [['day', '2017-10-31', '2017-11-02', nine], 'on now, day 2 of 3'],
    [['day', '2017-12-04', '2017-12-06', 'America/Mexico_City'], 'in 5 weeks'],
    [['day', '2017-10-12', '2017-10-13', nine], '3 weeks ago'],
    [['day', '2018-03-05', null, nine], 'in 4 months'],
    [['day', '2020-03-05', null, nine], 'in 3 years'],
    [['week', '2017-10-30', null, nine], 'this week'],
    [['week', '2017-11-06', null, nine], 'next week'],
    [['week', '2017-10-23', null, nine], 'last week'],
    [['week', '2017-10-09', null, nine], '3 weeks ago'],
    [['month', '2017-11', null, nine], 'this month'],
    [['month', '2017-12', null, nine], 'next month'],
    [['month', '2018-12', null, nine], 'in 13 months'],
    [['year', '2017', null, nine], 'this year'],
    [['year', '2018', null, nine], 'next year'],
  ] as const)('%o is %s', (value, relative) => {
    expect(say(value).relative).toBe(relative);
  });

  it('counts days from the reader’s date, not from the one of the event or of the machine', () => {
    const value = ['day', '2017-11-06', null, 'Asia/Bangkok'] as const;
    const now = '2017-11-05T22:00-05:00';
    expect(say(value, { reader: 'America/New_York', now }).relative).toBe('tomorrow');
    expect(say(value, { reader: 'Asia/Bangkok', now }).relative).toBe('today');
  });

  it('says hours across midnight while they are few', () => {
    const value = ['time', '2017-11-02T00:30', null, 'Europe/Zurich'] as const;
    expect(say(value, { now: '2017-11-01T22:00+01:00' }).relative).toBe('in 2 hours');
  });
});

describe('the short form', () => {
  it.each([
    [['day', '2017-11-06', null, 'Asia/Bangkok'], { date: 'Mon 6 Nov', time: null, zone: 'Bangkok time' }],
    [['day', '2017-11-06', '2017-11-08', 'UTC'], { date: '6–8 Nov', time: null, zone: 'UTC' }],
    [['day', '2018-11-06', '2018-11-08', 'UTC'], { date: '6–8 Nov 2018', time: null, zone: 'UTC' }],
    [['day', '2018-11-06', null, 'UTC'], { date: 'Tue 6 Nov 2018', time: null, zone: 'UTC' }],
    [['day', '2017-11-30', '2017-12-02', 'UTC'], { date: '30 Nov – 2 Dec', time: null, zone: 'UTC' }],
    [['day', '2017-12-30', '2018-01-02', 'UTC'], { date: '30 Dec 2017 – 2 Jan 2018', time: null, zone: 'UTC' }],
    [['time', '2017-11-08T09:00', null, 'UTC'], { date: 'Wed 8 Nov', time: '09:00', zone: 'UTC' }],
    [['week', '2017-11-06', null, 'UTC'], { date: 'week of 6 Nov', time: null, zone: null }],
    [['week', '2018-01-01', null, 'UTC'], { date: 'week of 1 Jan 2018', time: null, zone: null }],
    [['month', '2018-12', null, 'UTC'], { date: 'Dec 2018', time: null, zone: null }],
    [['month', '2018-11', '2018-12', 'UTC'], { date: 'Nov 2018 – Dec 2018', time: null, zone: null }],
    [['year', '2018', null, 'UTC'], { date: '2018', time: null, zone: null }],
  ] as const)('of %o', (value, short) => {
    expect(say(value).short).toEqual(short);
  });
});

it('says dates, months, instants and periods in words', () => {
  expect([
    dateInWords('2017-11-01', language),
    monthInWords('2017-11', language),
    instantInWords(Temporal.Instant.from('2017-11-01T23:30Z'), 'Europe/Zurich', language),
    instantInWords('2017-11-01T23:30:00.000Z', 'UTC', language),
    periodInWords({ from: '2017-11-01', to: '2018-01-31' }, language),
    periodInWords({ from: '2018-01-01', to: '2018-12-31' }, language),
    periodInWords({ from: '2017-11-06', to: null }, language),
    periodInWords({ from: null, to: '2017-11-06' }, language),
    periodInWords({ from: null, to: null }, language),
  ]).toEqual([
    'Wednesday 1 November 2017',
    'November 2017',
    'Thursday 2 November 2017, 00:30, Geneva time',
    'Wednesday 1 November 2017, 23:30, UTC',
    'November 2017 to January 2018',
    '2018',
    'from Monday 6 November 2017',
    'until Monday 6 November 2017',
    'any date',
  ]);
});

it('says what is wrong with a date, and what would be right', () => {
  const zone = 'Europe/Zurich';
  expect(
    [
      { code: 'no-such-date', text: '2017-11-31', lastDay: '2017-11-30' } as const,
      { code: 'year-out-of-range', year: 3018, first: 1900, last: 2200 } as const,
      { code: 'end-before-start', start: '2017-11-08T15:00', end: '2017-11-08T14:00' } as const,
      { code: 'unknown-zone', zone: 'Nairoby', choices: ['Nairobi'] } as const,
      { code: 'other-weekday', date: '2017-11-06', written: 2, real: 1 } as const,
      {
        code: 'skipped-time',
        text: '2017-03-26T02:30',
        zone,
        from: '2017-03-26T02:00',
        to: '2017-03-26T03:00',
        earlier: '2017-03-26T01:30',
        later: '2017-03-26T03:30',
      } as const,
    ].map((problem) => dateProblemInWords(problem, language)),
  ).toEqual([
    'There is no 31 November 2017: the last day of that month is Thursday 30 November 2017.',
    'The year 3018 is out of reach: the schedule holds 1900 to 2200.',
    'The end (Wednesday 8 November 2017, 14:00) has to come after the start (Wednesday 8 November 2017, 15:00).',
    '“Nairoby” is no time zone. Did you mean Nairobi?',
    '6 November 2017 is a Monday, not a Tuesday.',
    'On Sunday 26 March 2017 the clocks go from 02:00 straight to 03:00 (Geneva time), so there is no 02:30. Choose 01:30 or 03:30.',
  ]);
});

it('says and reads the same in a process of any zone', () => {
  const script = fileURLToPath(new URL('./date-digest.ts', import.meta.url));
  const [first, ...others] = ['UTC', 'America/New_York', 'Asia/Kathmandu'].map((zone) => {
    const output = execFileSync(process.execPath, [script], { env: { ...process.env, TZ: zone }, encoding: 'utf8' });
    return JSON.parse(output) as { offset: number; digest: unknown };
  });
  expect([first?.offset, ...others.map(({ offset }) => offset)]).toEqual([0, 240, -345]);
  for (const { digest } of others) expect(digest).toEqual(first?.digest);
}, 30_000);

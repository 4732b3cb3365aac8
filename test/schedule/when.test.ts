import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  checkWhen,
  datesOf,
  instantOf,
  isDoubled,
  isVague,
  spanOf,
  startOfDay,
  whenProblems,
  whenSchema,
} from '../../src/schedule/when.ts';
import type { Precision, When } from '../../src/schedule/when.ts';
import { offsetAt } from '../../src/dates/zone-offsets.ts';

const ZONES = [
  'Europe/Zurich',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Casablanca',
  'America/Sao_Paulo',
  'Asia/Bangkok',
] as const;

const when = (precision: Precision, start: string, end: string | null = null, zone = 'Europe/Zurich'): When => ({
  precision,
  start,
  end,
  zone,
});

const instant = (written: string) => Temporal.Instant.from(written).epochMilliseconds;

/** The instants of a span with the offset that the zone has there, written out. */
function written(value: When): readonly string[] {
  const { start, end } = spanOf(value);
  return [start, end].map((at) =>
    Temporal.Instant.fromEpochMilliseconds(at)
      .toZonedDateTimeISO(value.zone)
      .toString({ timeZoneName: 'never', smallestUnit: 'minute' }),
  );
}

describe('checking a time', () => {
  it.each([
    when('time', '2017-11-08T15:00', '2017-11-08T16:30', 'America/New_York'),
    when('day', '2017-11-06', '2017-11-08', 'Asia/Bangkok'),
    when('week', '2017-11-06', '2017-11-13'),
    when('month', '2018-12'),
    when('year', '1900', '2200'),
    when('day', '2016-02-29'),
  ])('takes %o as it is', (value) => {
    expect(checkWhen(value)).toEqual({ when: value });
  });

  it('leaves out an end that repeats the start', () => {
    expect(checkWhen(when('day', '2017-11-06', '2017-11-06'))).toEqual({ when: when('day', '2017-11-06') });
    expect(checkWhen(when('month', '2018-12', '2018-12'))).toEqual({ when: when('month', '2018-12') });
  });

  it('brings the zone under its current name', () => {
    expect(checkWhen(when('day', '2017-11-06', null, 'asia/katmandu'))).toEqual({
      when: when('day', '2017-11-06', null, 'Asia/Kathmandu'),
    });
  });

  it.each([
    [when('day', '2017-11-31'), { code: 'no-such-date', text: '2017-11-31', lastDay: '2017-11-30' }],
    [when('day', '2017-02-29'), { code: 'no-such-date', text: '2017-02-29', lastDay: '2017-02-28' }],
    [when('time', '2017-11-31T10:00'), { code: 'no-such-date', text: '2017-11-31', lastDay: '2017-11-30' }],
    [when('month', '2017-13'), { code: 'no-such-date', text: '2017-13', lastDay: null }],
    [when('time', '2017-11-06T24:00'), { code: 'no-such-time', text: '2017-11-06T24:00' }],
    [when('time', '2017-11-06'), { code: 'form', text: '2017-11-06', form: 'YYYY-MM-DDTHH:MM' }],
    [when('time', '2017-11-06T10:00:30'), { code: 'form', text: '2017-11-06T10:00:30', form: 'YYYY-MM-DDTHH:MM' }],
    [when('day', '6 November'), { code: 'form', text: '6 November', form: 'YYYY-MM-DD' }],
    [when('year', '1899'), { code: 'year-out-of-range', year: 1899, first: 1900, last: 2200 }],
    [when('day', '2201-01-01'), { code: 'year-out-of-range', year: 2201, first: 1900, last: 2200 }],
    [when('week', '2017-11-08'), { code: 'not-a-monday', date: '2017-11-08', monday: '2017-11-06' }],
    [when('day', '2017-11-06', null, 'Mars/Base'), { code: 'unknown-zone', zone: 'Mars/Base', choices: [] }],
    [when('day', '2017-11-06', null, '+02:00'), { code: 'unknown-zone', zone: '+02:00', choices: [] }],
    [when('day', '2017-11-08', '2017-11-06'), { code: 'end-before-start', start: '2017-11-08', end: '2017-11-06' }],
    [
      when('time', '2017-11-08T15:00', '2017-11-08T15:00'),
      { code: 'end-before-start', start: '2017-11-08T15:00', end: '2017-11-08T15:00' },
    ],
    [
      when('time', '2017-03-26T02:30'),
      {
        code: 'skipped-time',
        text: '2017-03-26T02:30',
        zone: 'Europe/Zurich',
        from: '2017-03-26T02:00',
        to: '2017-03-26T03:00',
        earlier: '2017-03-26T01:30',
        later: '2017-03-26T03:30',
      },
    ],
    [
      when('time', '2017-10-01T02:10', null, 'Australia/Lord_Howe'),
      {
        code: 'skipped-time',
        text: '2017-10-01T02:10',
        zone: 'Australia/Lord_Howe',
        from: '2017-10-01T02:00',
        to: '2017-10-01T02:30',
        earlier: '2017-10-01T01:40',
        later: '2017-10-01T02:40',
      },
    ],
    [
      when('day', '2011-12-30', null, 'Pacific/Apia'),
      {
        code: 'skipped-day',
        date: '2011-12-30',
        zone: 'Pacific/Apia',
        before: '2011-12-29',
        after: '2011-12-31',
      },
    ],
  ])('refuses %o', (value, problem) => {
    expect(checkWhen(value)).toMatchObject({ problem });
    expect(Object.keys(checkWhen(value)).sort()).toEqual(['field', 'problem']);
  });

  it('hands its problems through zod with their path', () => {
    const parsed = z.object({ when: whenSchema }).safeParse({ when: when('day', '2017-11-06', '2017-11-31') });
    expect(parsed.success).toBe(false);
    expect(parsed.error && whenProblems(parsed.error)).toEqual([
      { path: ['when', 'end'], problem: { code: 'no-such-date', text: '2017-11-31', lastDay: '2017-11-30' } },
    ]);
  });

  it('refuses fields that a time does not have', () => {
    expect(whenSchema.safeParse({ ...when('year', '2018'), hour: 3 }).success).toBe(false);
  });
});

describe('the span of a time', () => {
  it.each([
    // The last hour before and the first after each change, on both edges.
    [when('time', '2017-03-26T01:59', '2017-03-26T03:00'), ['2017-03-26T01:59+01:00', '2017-03-26T03:00+02:00']],
    [when('time', '2017-10-29T01:59', '2017-10-29T03:00'), ['2017-10-29T01:59+02:00', '2017-10-29T03:00+01:00']],
    [when('time', '2017-10-29T02:30', '2017-10-29T03:30'), ['2017-10-29T02:30+02:00', '2017-10-29T03:30+01:00']],
    [
      when('time', '2017-03-12T01:59', '2017-03-12T03:00', 'America/New_York'),
      ['2017-03-12T01:59-05:00', '2017-03-12T03:00-04:00'],
    ],
    [
      when('time', '2017-11-05T01:30', '2017-11-05T02:00', 'America/New_York'),
      ['2017-11-05T01:30-04:00', '2017-11-05T02:00-05:00'],
    ],
    [
      when('time', '2017-10-01T01:59', '2017-10-01T02:30', 'Australia/Lord_Howe'),
      ['2017-10-01T01:59+10:30', '2017-10-01T02:30+11:00'],
    ],
    [
      when('time', '2017-04-02T01:29', '2017-04-02T02:00', 'Australia/Lord_Howe'),
      ['2017-04-02T01:29+11:00', '2017-04-02T02:00+10:30'],
    ],
    [
      when('time', '2011-12-29T23:59', '2011-12-31T00:00', 'Pacific/Apia'),
      ['2011-12-29T23:59-10:00', '2011-12-31T00:00+14:00'],
    ],
    // Morocco went back to standard time for Ramadan of 2017.
    [
      when('time', '2017-05-21T01:59', '2017-05-21T03:00', 'Africa/Casablanca'),
      ['2017-05-21T01:59+01:00', '2017-05-21T03:00+00:00'],
    ],
    [
      when('time', '2017-07-02T01:59', '2017-07-02T03:00', 'Africa/Casablanca'),
      ['2017-07-02T01:59+00:00', '2017-07-02T03:00+01:00'],
    ],
    [
      when('time', '2017-11-06T09:00', '2017-11-06T17:00', 'Asia/Kathmandu'),
      ['2017-11-06T09:00+05:45', '2017-11-06T17:00+05:45'],
    ],
    [when('time', '2017-11-06T09:00', null, 'Asia/Bangkok'), ['2017-11-06T09:00+07:00', '2017-11-06T12:00+07:00']],
    [when('day', '2017-03-26'), ['2017-03-26T00:00+01:00', '2017-03-27T00:00+02:00']],
    [when('day', '2017-10-29'), ['2017-10-29T00:00+02:00', '2017-10-30T00:00+01:00']],
    // São Paulo skips the midnight that begins the day.
    [when('day', '2017-10-15', null, 'America/Sao_Paulo'), ['2017-10-15T01:00-02:00', '2017-10-16T00:00-02:00']],
    [when('day', '2017-10-14', null, 'America/Sao_Paulo'), ['2017-10-14T00:00-03:00', '2017-10-15T01:00-02:00']],
    [when('day', '2011-12-29', '2011-12-31', 'Pacific/Apia'), ['2011-12-29T00:00-10:00', '2012-01-01T00:00+14:00']],
    [when('week', '2017-10-23'), ['2017-10-23T00:00+02:00', '2017-10-30T00:00+01:00']],
    [when('week', '2017-11-06', '2017-11-13'), ['2017-11-06T00:00+01:00', '2017-11-20T00:00+01:00']],
    [when('month', '2018-12'), ['2018-12-01T00:00+01:00', '2019-01-01T00:00+01:00']],
    [when('month', '2017-10', '2017-11'), ['2017-10-01T00:00+02:00', '2017-12-01T00:00+01:00']],
    [when('year', '2018', null, 'UTC'), ['2018-01-01T00:00+00:00', '2019-01-01T00:00+00:00']],
  ])('of %o is its own', (value, span) => {
    expect(written(value)).toEqual(span);
  });

  it('agrees with Temporal in every zone, at every wall time', () => {
    const zone = fc.constantFrom(...ZONES);
    const minute = fc.integer({
      min: instant('1950-01-01T00:00Z') / 60_000,
      max: instant('2100-01-01T00:00Z') / 60_000,
    });
    fc.assert(
      fc.property(zone, minute, (id, minutes) => {
        const local = new Date(minutes * 60_000).toISOString().slice(0, 16);
        const zoned = Temporal.PlainDateTime.from(local).toZonedDateTime(id);
        expect(instantOf(local, id)).toBe(zoned.epochMilliseconds);
        const date = Temporal.PlainDate.from(local.slice(0, 10)).toZonedDateTime(id);
        expect(startOfDay(local.slice(0, 10), id)).toBe(date.epochMilliseconds);
        const at = Temporal.Instant.fromEpochMilliseconds(minutes * 60_000).toZonedDateTimeISO(id);
        expect(offsetAt(id, minutes * 60_000)).toBe(at.offsetNanoseconds / 1_000_000);
      }),
      { numRuns: 500 },
    );
  });

  it('agrees with Temporal around every clock change of ten years', () => {
    for (const id of ZONES) {
      let change = Temporal.ZonedDateTime.from(`2010-01-01T00:00[${id}]`).getTimeZoneTransition('next');
      while (change && change.year < 2020) {
        for (let minutes = -180; minutes <= 180; minutes += 10) {
          const at = change.epochMilliseconds + minutes * 60_000 + change.offsetNanoseconds / 1_000_000;
          const local = new Date(at).toISOString().slice(0, 16);
          const zoned = Temporal.PlainDateTime.from(local).toZonedDateTime(id);
          expect([id, local, instantOf(local, id)]).toEqual([id, local, zoned.epochMilliseconds]);
        }
        change = change.getTimeZoneTransition('next');
      }
    }
  });
});

describe('a doubled time', () => {
  it('is known as one, and its first occurrence is meant', () => {
    const doubled = when('time', '2017-10-29T02:30');
    expect([isDoubled(doubled), spanOf(doubled).start]).toEqual([true, instant('2017-10-29T02:30+02:00')]);
    expect(isDoubled(when('time', '2017-10-29T01:00', '2017-10-29T02:59'))).toBe(true);
  });

  it('is neither the minute before nor the minute after, nor a day', () => {
    expect(isDoubled(when('time', '2017-10-29T01:59', '2017-10-29T03:00'))).toBe(false);
    expect(isDoubled(when('day', '2017-10-29'))).toBe(false);
    expect(isDoubled(when('time', '2017-04-02T01:29', null, 'Australia/Lord_Howe'))).toBe(false);
    expect(isDoubled(when('time', '2017-04-02T01:30', null, 'Australia/Lord_Howe'))).toBe(true);
  });
});

describe('the dates of a time', () => {
  it.each([
    [
      when('time', '2017-11-08T15:00', '2017-11-08T16:30', 'America/New_York'),
      'Europe/Zurich',
      '2017-11-08',
      '2017-11-08',
    ],
    [
      when('time', '2017-11-08T22:00', '2017-11-08T23:30', 'America/New_York'),
      'Europe/Zurich',
      '2017-11-09',
      '2017-11-09',
    ],
    [
      when('time', '2017-11-06T09:00', '2017-11-06T12:01', 'Asia/Bangkok'),
      'America/New_York',
      '2017-11-05',
      '2017-11-06',
    ],
    [when('time', '2017-11-06T21:00', '2017-11-07T00:00'), 'Europe/Zurich', '2017-11-06', '2017-11-06'],
    [when('time', '2017-11-06T23:00'), 'Europe/Zurich', '2017-11-06', '2017-11-06'],
    [when('day', '2017-11-06', '2017-11-08', 'Asia/Bangkok'), 'America/New_York', '2017-11-06', '2017-11-08'],
    [when('week', '2017-11-06', null, 'Asia/Bangkok'), 'America/New_York', '2017-11-06', '2017-11-12'],
    [when('month', '2018-02', null, 'Asia/Bangkok'), 'America/New_York', '2018-02-01', '2018-02-28'],
    [when('year', '2018', '2019'), 'Asia/Tokyo', '2018-01-01', '2019-12-31'],
  ])('%o seen from %s', (value, zone, first, last) => {
    expect(datesOf(value, zone)).toEqual({ first, last });
  });
});

it('a time is vague when less than its day is known', () => {
  const vague = (['time', 'day', 'week', 'month', 'year'] as const).filter((precision) =>
    isVague(when(precision, '2018')),
  );
  expect(vague).toEqual(['week', 'month', 'year']);
});

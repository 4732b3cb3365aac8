import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keepingHours } from '../../src/schedule/hours.ts';
import { movedAlike, occurrencesAfter, othersInScope, type Rule } from '../../src/schedule/series.ts';
import type { When } from '../../src/schedule/when.ts';
import { event } from '../support/store-samples.ts';
import { scheduleOf } from '../support/subscriptions.ts';

const time = (start: string, end: string | null = null, zone = 'Europe/Zurich'): When => ({
  ...{ precision: 'time', start, end, zone },
});
const day = (start: string, end: string | null = null): When => ({
  ...{ precision: 'day', start, end, zone: 'Europe/Zurich' },
});
const starts = (first: When, rule: Rule, count: number) => {
  const found = occurrencesAfter(first, rule, { count });
  return 'dates' in found ? found.dates.map(({ start }) => start) : found;
};

describe('the dates of a series', () => {
  test.each<[string, When, Rule, readonly string[]]>([
    [
      'are at the same wall time before and after the clocks change',
      time('2018-03-19T10:00', '2018-03-19T11:00'),
      { unit: 'week', every: 1 },
      ['2018-03-26T10:00', '2018-04-02T10:00'],
    ],
    ['may be every other week', day('2017-12-18'), { unit: 'week', every: 2 }, ['2018-01-01', '2018-01-15']],
    [
      'leave out the months that lack the day (RFC 5545 §3.3.10)',
      day('2018-01-31'),
      { unit: 'month', every: 1, on: 'date' },
      ['2018-03-31', '2018-05-31'],
    ],
    [
      'may be the second Tuesday of each month',
      day('2017-11-14'),
      { unit: 'month', every: 1, on: 'weekday', nth: 2, weekday: 2 },
      ['2017-12-12', '2018-01-09'],
    ],
    [
      'may be the last Friday of each month, the fourth or the fifth',
      day('2017-11-24'),
      { unit: 'month', every: 1, on: 'weekday', nth: -1, weekday: 5 },
      ['2017-12-29', '2018-01-26'],
    ],
  ])('%s', (_name, first, rule, expected) => {
    expect(starts(first, rule, 3)).toEqual(expected);
  });

  test('end on the last date that is not after the end', () => {
    const found = occurrencesAfter(day('2017-11-06'), { unit: 'week', every: 1 }, { until: '2017-11-20' });
    expect(found).toEqual({ dates: [day('2017-11-13'), day('2017-11-20')] });
  });

  test('keep how long each lasts, over midnight too', () => {
    const found = occurrencesAfter(
      time('2017-11-06T22:00', '2017-11-07T02:00'),
      { unit: 'week', every: 1 },
      { count: 2 },
    );
    expect(found).toEqual({ dates: [time('2017-11-13T22:00', '2017-11-14T02:00')] });
  });

  test('are refused when the clocks leave one out, or when they are too many', () => {
    const weekly = { unit: 'week', every: 1 } as const;
    expect(occurrencesAfter(time('2018-03-18T02:30'), weekly, { count: 3 })).toMatchObject({
      problem: { code: 'skipped-time', text: '2018-03-25T02:30' },
    });
    expect(occurrencesAfter(day('2018-01-01'), weekly, { until: '2100-01-01' })).toEqual({ tooMany: 200 });
    expect(occurrencesAfter(day('2018-01-01'), weekly, { count: 201 })).toEqual({ tooMany: 200 });
  });

  test('rise, and are on the weekday of the first when it repeats by weeks', () => {
    const dates = fc.date({ min: new Date('2000-01-01'), max: new Date('2050-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(dates, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 2, max: 20 }), (date, every, count) => {
        const found = starts(day(date.toISOString().slice(0, 10)), { unit: 'week', every }, count);
        if (!Array.isArray(found)) throw new Error(JSON.stringify(found));
        const all = [date.toISOString().slice(0, 10), ...found].map((each) => Date.parse(each));
        expect(all).toHaveLength(count);
        for (const [at, each] of all.slice(1).entries()) {
          expect(each - (all[at] ?? 0)).toBe(every * 7 * 86_400_000);
        }
      }),
    );
  });
});

describe('a change of a series', () => {
  const [a, b, c, d] = [
    event('a', { series: 's', when: day('2017-11-06') }),
    event('b', { series: 's', when: day('2017-11-13') }),
    event('c', { series: 's', when: day('2017-11-20') }),
    event('d', { series: 's', when: day('2017-11-27'), status: 'cancelled' }),
  ];
  const schedule = scheduleOf(a, b, c, d, event('e', { when: day('2017-11-13') }));

  test('is for this one, for those after it, or for all', () => {
    expect(othersInScope(b, 'this', schedule)).toEqual([]);
    expect(othersInScope(b, 'following', schedule)).toEqual([c, d]);
    expect(othersInScope(b, 'all', schedule)).toEqual([a, c, d]);
  });

  test('moves the others by as many days, at the new times', () => {
    const to = time('2017-11-14T15:00', '2017-11-14T16:00');
    expect(movedAlike(c.when, b.when, to)).toEqual(time('2017-11-21T15:00', '2017-11-21T16:00'));
    expect(movedAlike(c.when, b.when, { ...to, precision: 'month', start: '2017-12', end: null })).toBeNull();
  });
});

describe('a new date', () => {
  const before = time('2017-11-06T15:00', '2017-11-06T16:30');
  test.each<[string, When | null, When, When]>([
    ['keeps the hours when it is only a day', before, day('2017-11-09'), time('2017-11-09T15:00', '2017-11-09T16:30')],
    [
      'keeps how long it lasts when it has no end',
      before,
      time('2017-11-09T09:00'),
      time('2017-11-09T09:00', '2017-11-09T10:30'),
    ],
    ['keeps the number of days', day('2017-11-06', '2017-11-08'), day('2017-11-13'), day('2017-11-13', '2017-11-15')],
    [
      'is taken as it is when it says an end itself',
      before,
      day('2017-11-09', '2017-11-10'),
      day('2017-11-09', '2017-11-10'),
    ],
    ['is taken as it is when nothing was known before', null, day('2017-11-09'), day('2017-11-09')],
  ])('%s', (_name, old, after, expected) => {
    expect(keepingHours(old, after)).toEqual({ when: expected });
  });
});

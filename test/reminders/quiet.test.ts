import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { beforeMoving, outOfQuiet, quietStretchAt, type QuietTimes } from '../../src/reminders/quiet.ts';

const NIGHTS: QuietTimes = { hours: { from: '20:00', to: '08:00' }, weekends: false };
const NIGHTS_AND_WEEKENDS: QuietTimes = { ...NIGHTS, weekends: true };
const WEEKENDS: QuietTimes = { hours: null, weekends: true };
const LUNCH: QuietTimes = { hours: { from: '12:00', to: '14:00' }, weekends: false };

function stretch(moment: string, quiet: QuietTimes, zone = 'Europe/Zurich'): readonly string[] | null {
  const found = quietStretchAt(Date.parse(moment), quiet, zone);
  const local = (instant: number) =>
    Temporal.Instant.fromEpochMilliseconds(instant)
      .toZonedDateTimeISO(zone)
      .toString({ timeZoneName: 'never', smallestUnit: 'minute' });
  return found && [local(found.start), local(found.end)];
}

describe('quiet times', () => {
  test.each([
    ['at night', '2017-11-07T23:00+01:00', NIGHTS, ['2017-11-07T20:00+01:00', '2017-11-08T08:00+01:00']],
    ['after midnight', '2017-11-08T07:59+01:00', NIGHTS, ['2017-11-07T20:00+01:00', '2017-11-08T08:00+01:00']],
    ['from their first minute', '2017-11-07T20:00+01:00', NIGHTS, ['2017-11-07T20:00+01:00', '2017-11-08T08:00+01:00']],
    ['not at their end', '2017-11-08T08:00+01:00', NIGHTS, null],
    ['by day', '2017-11-07T13:00+01:00', LUNCH, ['2017-11-07T12:00+01:00', '2017-11-07T14:00+01:00']],
    ['at weekends', '2017-11-05T10:00+01:00', WEEKENDS, ['2017-11-04T00:00+01:00', '2017-11-06T00:00+01:00']],
    ['not on Friday', '2017-11-03T23:59+01:00', WEEKENDS, null],
    [
      'through a whole weekend with its nights',
      '2017-11-04T12:00+01:00',
      NIGHTS_AND_WEEKENDS,
      ['2017-11-03T20:00+01:00', '2017-11-06T08:00+01:00'],
    ],
    [
      'over a night that is an hour shorter',
      '2017-03-26T01:00+01:00',
      NIGHTS,
      ['2017-03-25T20:00+01:00', '2017-03-26T08:00+02:00'],
    ],
    [
      'over a night that is an hour longer',
      '2017-10-29T02:30+01:00',
      NIGHTS,
      ['2017-10-28T20:00+02:00', '2017-10-29T08:00+01:00'],
    ],
  ] as const)('hold %s', (_when, moment, quiet, expected) => {
    expect(stretch(moment, quiet)).toEqual(expected);
  });

  test('that end at a time which the clocks show twice end after the moment they are asked at', () => {
    const quiet: QuietTimes = { hours: { from: '22:00', to: '02:30' }, weekends: false };
    expect(stretch('2017-10-29T02:10+02:00', quiet)?.[1]).toBe('2017-10-29T02:30+02:00');
    expect(stretch('2017-10-29T02:10+01:00', quiet)?.[1]).toBe('2017-10-29T02:30+01:00');
  });

  test('are those of the reader’s zone', () => {
    expect(stretch('2017-11-07T13:00Z', NIGHTS, 'Asia/Bangkok')).toEqual([
      '2017-11-07T20:00+07:00',
      '2017-11-08T08:00+07:00',
    ]);
    expect(stretch('2017-11-07T13:00Z', NIGHTS, 'America/New_York')).toBeNull();
  });
});

describe('what falls into quiet times', () => {
  const moved = (moment: string, deadline: string, quiet: QuietTimes) =>
    new Date(outOfQuiet(Date.parse(moment), Date.parse(deadline), quiet, 'Europe/Zurich')).toISOString();

  test('moves to their end when that leaves at least half of the notice', () => {
    expect(moved('2017-11-08T06:00Z', '2017-11-08T08:00Z', NIGHTS)).toBe('2017-11-08T07:00:00.000Z');
    expect(moved('2017-11-04T09:00Z', '2017-11-11T09:00Z', NIGHTS_AND_WEEKENDS)).toBe('2017-11-06T07:00:00.000Z');
  });

  test('moves to the minute before them when it would come too late', () => {
    expect(moved('2017-11-08T06:30Z', '2017-11-08T07:30Z', NIGHTS)).toBe('2017-11-08T07:00:00.000Z');
    expect(moved('2017-11-08T06:15Z', '2017-11-08T07:15Z', NIGHTS)).toBe('2017-11-07T18:59:00.000Z');
    expect(moved('2017-11-05T09:00Z', '2017-11-06T09:00Z', NIGHTS_AND_WEEKENDS)).toBe('2017-11-03T18:59:00.000Z');
  });

  test('stays where it is otherwise', () => {
    expect(moved('2017-11-08T12:00Z', '2017-11-08T13:00Z', NIGHTS)).toBe('2017-11-08T12:00:00.000Z');
  });
});

test('whatever is moved into a stretch of time is looked for where it came from', () => {
  const quiet = fc.constantFrom(NIGHTS, NIGHTS_AND_WEEKENDS, WEEKENDS, LUNCH, {
    hours: { from: '09:00', to: '09:01' },
    weekends: true,
  });
  const start = Date.parse('2017-10-20T00:00Z');
  const instant = fc.integer({ min: 0, max: 20 * 1440 }).map((minutes) => start + minutes * 60_000);
  const notice = fc.integer({ min: 1, max: 3000 }).map((minutes) => minutes * 60_000);
  const length = fc.constantFrom(1000, 60_000, 86_400_000);
  fc.assert(
    fc.property(quiet, instant, notice, length, fc.nat(), (times, wanted, before, lasting, shift) => {
      const landed = outOfQuiet(wanted, wanted + before, times, 'Europe/Zurich');
      expect(quietStretchAt(landed, times, 'Europe/Zurich')).toBeNull();
      const end = landed + (shift % lasting);
      const reach = beforeMoving({ start: end - lasting, end }, times, 'Europe/Zurich');
      expect(wanted).toBeGreaterThan(reach.start);
      expect(wanted).toBeLessThanOrEqual(reach.end);
    }),
    { numRuns: 1000 },
  );
});

import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import {
  announcementOf,
  instantBefore,
  leadTimeText,
  readLeadTime,
  wholeDays,
  type LeadTime,
} from '../../src/reminders/lead-time.ts';
import { at, leads } from '../support/subscriptions.ts';

/** An instant by the clock of a zone, with its offset written out. */
function local(instant: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO(zone)
    .toString({ timeZoneName: 'never', smallestUnit: 'minute' });
}

function lead(text: string): LeadTime {
  const [read] = leads(text);
  if (!read) throw new Error(text);
  return read;
}

describe('a lead time is read', () => {
  test.each([
    ['7d', { days: 7, minutes: 0 }],
    ['1w', { days: 7, minutes: 0 }],
    [' 2 H ', { days: 0, minutes: 120 }],
    ['90m', { days: 0, minutes: 90 }],
    ['366d', { days: 366, minutes: 0 }],
  ])('%s', (text, read) => {
    expect(readLeadTime(text)).toEqual(read);
  });

  test.each(['', '0d', '1', 'd', '-1d', '1.5h', '1y', '367d', '53w', '9000h', '1d 2h', '9999999m'])(
    'unless it is “%s”',
    (text) => {
      expect(readLeadTime(text)).toBeNull();
    },
  );

  test('and written so that it is read again', () => {
    const arbitrary = fc.oneof(
      fc.record({ days: fc.integer({ min: 1, max: 366 }), minutes: fc.constant(0) }),
      fc.record({ days: fc.constant(0), minutes: fc.integer({ min: 1, max: 366 * 1440 }) }),
    );
    fc.assert(
      fc.property(arbitrary, (given) => {
        expect(readLeadTime(leadTimeText(given))).toEqual(given);
      }),
    );
    expect(leadTimeText({ days: 0, minutes: 120 })).toBe('2h');
  });
});

describe('a day before is the same time by the clock on the wall, an hour before an hour of real time', () => {
  test.each([
    // Geneva, 26 March 2017: from 02:00 (+01:00) straight to 03:00 (+02:00).
    ['Europe/Zurich', '2017-03-26T10:00', '1d', '2017-03-25T10:00+01:00'],
    ['Europe/Zurich', '2017-03-26T10:00', '24h', '2017-03-25T09:00+01:00'],
    ['Europe/Zurich', '2017-03-26T03:30', '1h', '2017-03-26T01:30+01:00'],
    // The day before the event has no 02:30.
    ['Europe/Zurich', '2017-03-27T02:30', '1d', '2017-03-26T03:30+02:00'],
    // Geneva, 29 October 2017: from 03:00 (+02:00) back to 02:00 (+01:00).
    ['Europe/Zurich', '2017-10-29T10:00', '1d', '2017-10-28T10:00+02:00'],
    ['Europe/Zurich', '2017-10-29T10:00', '24h', '2017-10-28T11:00+02:00'],
    ['Europe/Zurich', '2017-10-29T03:30', '1h', '2017-10-29T02:30+01:00'],
    ['Europe/Zurich', '2017-10-29T03:30', '2h', '2017-10-29T02:30+02:00'],
    // The day before the event has 02:30 twice: the first.
    ['Europe/Zurich', '2017-10-30T02:30', '1d', '2017-10-29T02:30+02:00'],
    // New York, 12 March and 5 November 2017.
    ['America/New_York', '2017-03-12T15:00', '7d', '2017-03-05T15:00-05:00'],
    ['America/New_York', '2017-11-05T15:00', '1d', '2017-11-04T15:00-04:00'],
    ['America/New_York', '2017-11-05T15:00', '24h', '2017-11-04T16:00-04:00'],
    // Lord Howe changes by half an hour, 1 October 2017: from 02:00 (+10:30) to 02:30 (+11:00).
    ['Australia/Lord_Howe', '2017-10-01T09:00', '1d', '2017-09-30T09:00+10:30'],
    ['Australia/Lord_Howe', '2017-10-01T09:00', '24h', '2017-09-30T08:30+10:30'],
    ['Australia/Lord_Howe', '2017-10-02T02:15', '1d', '2017-10-01T02:45+11:00'],
    // São Paulo has no midnight on 15 October 2017: from 00:00 (-03:00) to 01:00 (-02:00).
    ['America/Sao_Paulo', '2017-10-16T00:00', '1d', '2017-10-15T01:00-02:00'],
    ['America/Sao_Paulo', '2017-10-15T09:00', '1d', '2017-10-14T09:00-03:00'],
    // Casablanca went back for Ramadan on 21 May 2017: from 03:00 (+01:00) to 02:00 (+00:00).
    ['Africa/Casablanca', '2017-05-21T10:00', '1d', '2017-05-20T10:00+01:00'],
    // Kathmandu never changes, and is 15 minutes off.
    ['Asia/Kathmandu', '2017-03-26T10:00', '1d', '2017-03-25T10:00+05:45'],
    // Apia left out 30 December 2011.
    ['Pacific/Apia', '2011-12-31T10:00', '1d', '2011-12-31T10:00+14:00'],
    ['Pacific/Apia', '2011-12-31T10:00', '2d', '2011-12-29T10:00-10:00'],
    // Zones that changed their rules for good: Pyongyang on 4 May 2018, Almaty on 1 March 2024, Istanbul, which stayed
    // at +03:00 in the autumn of 2016.
    ['Asia/Pyongyang', '2018-05-05T10:00', '1d', '2018-05-04T10:00+08:30'],
    ['Asia/Pyongyang', '2018-05-05T10:00', '24h', '2018-05-04T09:30+08:30'],
    ['Asia/Almaty', '2024-03-01T10:00', '1d', '2024-02-29T10:00+06:00'],
    ['Europe/Istanbul', '2016-10-30T10:00', '1d', '2016-10-29T10:00+03:00'],
    // A leap day, and the day before 1 March without one.
    ['UTC', '2016-03-01T10:00', '1d', '2016-02-29T10:00+00:00'],
    ['UTC', '2017-03-01T10:00', '1d', '2017-02-28T10:00+00:00'],
    ['UTC', '2016-02-29T10:00', '366d', '2015-02-28T10:00+00:00'],
  ])('%s: %s, %s before', (zone, start, text, expected) => {
    expect(local(instantBefore(at(start, zone), lead(text)), zone)).toBe(expected);
  });
});

describe('an event without a time is announced at the local hour of whoever is told', () => {
  test.each([
    // The event, its zone, days, hour, zone of the reader, when.
    ['2017-11-06', 'Asia/Bangkok', 1, '09:00', 'Europe/Zurich', '2017-11-05T09:00+01:00'],
    ['2017-11-06', 'Asia/Bangkok', 7, '09:00', 'Europe/Zurich', '2017-10-30T09:00+01:00'],
    // Across the reader's clock change it is still nine by their clock.
    ['2017-10-30', 'Europe/Zurich', 1, '09:00', 'Europe/Zurich', '2017-10-29T09:00+01:00'],
    ['2017-10-30', 'Europe/Zurich', 2, '09:00', 'Europe/Zurich', '2017-10-28T09:00+02:00'],
    // At an hour that the reader's clock skips on that day.
    ['2017-03-27', 'Europe/Zurich', 1, '02:30', 'Europe/Zurich', '2017-03-26T03:30+02:00'],
    // In Honolulu it is 5 November, 09:00, when 6 November is nine hours old on Kiritimati: a day earlier.
    ['2017-11-06', 'Pacific/Kiritimati', 1, '09:00', 'Pacific/Honolulu', '2017-11-04T09:00-10:00'],
    ['2017-11-06', 'Pacific/Honolulu', 1, '09:00', 'Pacific/Kiritimati', '2017-11-05T09:00+14:00'],
    // Late in the evening on the other side of the date line, it is two days earlier.
    ['2017-11-06', 'Pacific/Apia', 1, '23:00', 'Pacific/Pago_Pago', '2017-11-03T23:00-11:00'],
    // The first day of a week, a month, a year.
    ['2017-12', 'Europe/Zurich', 7, '09:00', 'Europe/Zurich', '2017-11-24T09:00+01:00'],
    ['2018', 'Europe/Zurich', 7, '09:00', 'Europe/Zurich', '2017-12-25T09:00+01:00'],
  ])('%s in %s, %i days before at %s in %s', (start, zone, days, hour, readers, expected) => {
    expect(local(announcementOf(at(start, zone), days, hour, readers), readers)).toBe(expected);
  });

  test('hours before it are a day before it', () => {
    expect(leads('7d', '24h', '25h', '1h', '5m').map(wholeDays)).toEqual([7, 1, 2, 1, 1]);
  });
});

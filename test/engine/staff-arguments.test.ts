import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import type { Argument } from '../../src/engine/argument.ts';
import { after, editable, event, flag, optional, words } from '../../src/engine/argument.ts';
import { when } from '../../src/engine/date-argument.ts';
import { takeGroup } from '../../src/engine/in-group.ts';
import { distribute } from '../../src/engine/parse.ts';
import { who } from '../../src/engine/person-argument.ts';
import { venueOf, zoneOfPlace } from '../../src/engine/place.ts';
import { interval, seriesEnd } from '../../src/engine/rule-argument.ts';
import { tokenize } from '../../src/engine/tokenize.ts';
import { english } from '../../src/language/index.ts';
import { createSchedule } from '../../src/schedule/schedule.ts';
import { event as sample, workingGroup } from '../support/store-samples.ts';

const bangkok = sample('unescap', {
  when: { precision: 'day', start: '2017-11-06', end: null, zone: 'Asia/Bangkok' },
});
const context = {
  now: Temporal.Instant.from('2017-11-01T08:00:00Z'),
  zone: 'Europe/Zurich',
  language: english,
  schedule: createSchedule({ group: workingGroup(), events: [bangkok], notes: [] }),
  given: {},
};
const read = async <Value>(argument: Argument<Value>, text: string, given = {}) => {
  const result = await argument.read(text, { ...context, given });
  return result.ok ? result.value : result.problem.key;
};

describe('what stands behind its words', () => {
  const args = {
    event: event(),
    to: after('to', when()),
    because: optional(after('because', words({ maxLength: 100 }))),
    quietly: flag(),
  };
  const given = (line: string) => distribute(args, line, tokenize(line), english).given;

  test.each([
    ['the briefing to 8 Nov 10:00 to 12:00', { event: 'the briefing', to: '8 Nov 10:00 to 12:00' }],
    ['briefing to Friday because of the strike', { event: 'briefing', to: 'Friday', because: 'the strike' }],
    ['"Road to Marrakech" to 8 Nov --quietly', { event: 'Road to Marrakech', to: '8 Nov', quietly: 'true' }],
    ['briefing --to "8 Nov"', { event: 'briefing', to: '8 Nov' }],
    ['to 8 Nov', { to: '8 Nov' }],
  ])('%s', (line, expected) => {
    expect(given(line)).toEqual(expected);
  });
});

describe('a date with a place', () => {
  const at = (start: string, end: string | null, zone: string, place: string | null, precision = 'time') => ({
    when: { precision, start, end, zone },
    place,
  });
  test.each([
    ['8 Nov 15:00-16:30 in New York', {}, at('2017-11-08T15:00', '2017-11-08T16:30', 'America/New_York', 'New York')],
    [
      '8 Nov at 15:00 at Palais des Nations, Geneva',
      {},
      at('2017-11-08T15:00', null, 'Europe/Zurich', 'Palais des Nations, Geneva'),
    ],
    ['in Nairobi on 8 Nov', {}, at('2017-11-08', null, 'Africa/Nairobi', 'Nairobi', 'day')],
    ['8 Nov 15:00 New York time', {}, at('2017-11-08T15:00', null, 'America/New_York', null)],
    ['8 Nov 15:00', {}, at('2017-11-08T15:00', null, 'Europe/Zurich', null)],
    ['8 Nov 15:00', { place: 'Nairobi' }, at('2017-11-08T15:00', null, 'Africa/Nairobi', null)],
    ['8 Nov 15:00', { event: 'unescap' }, at('2017-11-08T15:00', null, 'Asia/Bangkok', null)],
    ['December 2018 in Timbuktu', {}, at('2018-12', null, 'Europe/Zurich', 'Timbuktu', 'month')],
    ['in two weeks', {}, at('2017-11-13', null, 'Europe/Zurich', null, 'week')],
    ['04/12 in New York', {}, 'date.ambiguous'],
    ['28 October 2018 02:30', {}, 'when.doubled'],
    ['25 March 2018 02:30', {}, 'date.problem'],
    ['whenever', {}, 'when.not-understood'],
  ])('%s, with %j', async (text, given, expected) => {
    expect(await read(when(), text, given)).toEqual(expected);
  });
});

describe('a place', () => {
  test.each([
    ['New York', { name: null, city: 'New York', country: null }, 'America/New_York'],
    ['Puerto Vallarta, Mexico', { name: null, city: 'Puerto Vallarta', country: 'Mexico' }, 'America/Mexico_City'],
    ['UNCC, Bangkok, Thailand', { name: 'UNCC', city: 'Bangkok', country: 'Thailand' }, 'Asia/Bangkok'],
    ['Conference Room 4', { name: 'Conference Room 4', city: null, country: null }, null],
    ['Kigali Hills, Rwanda', { name: null, city: 'Kigali Hills', country: 'Rwanda' }, null],
  ])('%s', (place, venue, zone) => {
    expect(venueOf(place, english)).toEqual(venue);
    expect(zoneOfPlace(place, english)).toBe(zone);
  });
});

describe('how often, and until when', () => {
  test.each([
    ['weekly', { unit: 'week', every: 1, by: 'date' }],
    ['every 3 weeks', { unit: 'week', every: 3, by: 'date' }],
    ['fortnightly', { unit: 'week', every: 2, by: 'date' }],
    ['monthly on the last weekday', { unit: 'month', every: 1, by: 'last' }],
    ['each month', { unit: 'month', every: 1, by: 'date' }],
    ['quarterly', { unit: 'month', every: 3, by: 'date' }],
    ['every Tuesday', { unit: 'week', every: 1, by: 'date', on: { weekday: 2, nth: null } }],
    ['every 2 weeks on Thu', { unit: 'week', every: 2, by: 'date', on: { weekday: 4, nth: null } }],
    ['monthly on the second Tuesday', { unit: 'month', every: 1, by: 'weekday', on: { weekday: 2, nth: 2 } }],
    ['the 2nd Tuesday of each month', { unit: 'month', every: 1, by: 'weekday', on: { weekday: 2, nth: 2 } }],
    ['every second Tuesday of the month', { unit: 'month', every: 1, by: 'weekday', on: { weekday: 2, nth: 2 } }],
    ['last Friday of each month', { unit: 'month', every: 1, by: 'last', on: { weekday: 5, nth: -1 } }],
    ['every last Friday', { unit: 'month', every: 1, by: 'last', on: { weekday: 5, nth: -1 } }],
    ['every 3 months on the first Monday', { unit: 'month', every: 3, by: 'weekday', on: { weekday: 1, nth: 1 } }],
    ['every second Tuesday', 'argument.interval-ambiguous'],
    ['weekly on the second Tuesday', 'argument.interval'],
    ['monthly on Tuesday', 'argument.interval'],
    ['now and then', 'argument.interval'],
    ['every 0 weeks', 'argument.interval'],
  ])('%s', async (text, expected) => {
    expect(await read(interval(), text)).toEqual(expected);
  });

  test.each([
    ['15 December', { until: '2017-12-15' }],
    ['June 2018', { until: '2018-06-30' }],
    ['6 times', { count: 6 }],
    ['1 times', 'argument.series-end'],
    ['04/12', 'date.ambiguous'],
    ['for ever', 'argument.series-end'],
  ])('until %s', async (text, expected) => {
    expect(await read(seriesEnd(), text)).toEqual(expected);
  });
});

describe('a person', () => {
  test.each([
    ['<@U012|ada>', { type: 'mention', kind: 'person', id: 'U012', name: 'ada' }],
    ['<!subteam^S012>', { type: 'mention', kind: 'team', id: 'S012', name: null }],
    ['slack:T1:U1', { type: 'identity', kind: 'person', platform: 'slack', tenant: 'T1', id: 'U1' }],
    [
      'team:teams:T1:19:abc@thread',
      { type: 'identity', kind: 'team', platform: 'teams', tenant: 'T1', id: '19:abc@thread' },
    ],
    ['@Ada Lovelace', { type: 'name', name: 'Ada Lovelace' }],
    ['@', 'argument.who'],
  ])('%s', async (text, expected) => {
    expect(await read(who(), text)).toEqual(expected);
  });
});

test('an edit leaves alone what is not said, and clears what is emptied or a dash', async () => {
  const region = editable(words({ maxLength: 10 }));
  expect(await region.read(undefined, context)).toEqual({ ok: true, value: undefined });
  expect([await read(region, ''), await read(region, ' - '), await read(region, 'Africa')]).toEqual([
    null,
    null,
    'Africa',
  ]);
});

describe('the working group of a line', () => {
  test.each([
    ['next --group climate', 'climate', 'next'],
    ['next —group=climate regional', 'climate', 'next  regional'],
    ['group:Climate next', 'climate', 'next'],
    ['next', null, 'next'],
    ['find "--group climate"', null, 'find "--group climate"'],
  ])('%s', (line, slug, rest) => {
    expect(takeGroup({ type: 'line', line })).toEqual({ slug, input: { type: 'line', line: rest } });
  });

  test('comes back with a form', () => {
    const form = { type: 'form', command: 'add', given: { title: 'A', group: 'climate' } } as const;
    expect(takeGroup(form)).toEqual({ slug: 'climate', input: { ...form, given: { title: 'A' } } });
  });
});

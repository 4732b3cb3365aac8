import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agendaOf, FOLLOWING, outermost, past, upcoming } from '../../src/schedule/agenda.ts';
import { createSchedule } from '../../src/schedule/schedule.ts';
import type { ScheduledEvent } from '../../src/schedule/event.ts';
import { dateAt, datesOf, isVague, type When } from '../../src/schedule/when.ts';
import { arbitrarySchedule } from '../support/schedules.ts';
import { event, workingGroup } from '../support/store-samples.ts';

const day = (start: string, zone = 'Europe/Zurich', end: string | null = null): When => ({
  precision: 'day',
  start,
  end,
  zone,
});

function agenda(events: readonly ScheduledEvent[], now: string, { zone = 'Europe/Zurich', atLeast = 1 } = {}) {
  const schedule = createSchedule({ group: workingGroup(), events, notes: [] });
  const instant = Date.parse(now);
  const { hasMore, ...parts } = agendaOf(schedule, { now: instant, zone, today: dateAt(instant, zone) }, atLeast);
  const named = Object.entries(parts).map(([name, part]) => [name, part.map(({ handle }) => handle)]);
  return { ...Object.fromEntries(named), hasMore } as unknown;
}

const NOON = '2017-11-01T12:00:00+01:00';

describe('what is next', () => {
  test('is the whole of the first day, wherever in the world it is', () => {
    const events = [
      event('bangkok', { when: day('2017-11-06', 'Asia/Bangkok') }),
      event('geneva', { when: day('2017-11-06') }),
      event('new-york', { when: day('2017-11-06', 'America/New_York') }),
      event('later', { when: day('2017-11-07') }),
    ];
    expect(agenda(events, NOON)).toEqual({
      today: [],
      sometimeNow: [],
      next: ['bangkok', 'geneva', 'new-york'],
      following: ['later'],
      hasMore: false,
    });
  });

  test('counts a timed event to the reader’s day', () => {
    const evening = { precision: 'time', start: '2017-11-05T22:00', end: null, zone: 'America/New_York' } as const;
    const events = [event('evening', { when: evening }), event('geneva', { when: day('2017-11-06') })];
    expect(agenda(events, NOON)).toMatchObject({ next: ['geneva', 'evening'] });
    expect(agenda(events, NOON, { zone: 'America/New_York' })).toMatchObject({
      next: ['geneva'],
      following: ['evening'],
    });
  });

  test('has what is later today beside what is on now', () => {
    const events = [
      event('on-now', { when: day('2017-10-31', 'Europe/Zurich', '2017-11-02') }),
      event('this-evening', {
        when: { precision: 'time', start: '2017-11-01T18:00', end: null, zone: 'Europe/Zurich' },
      }),
      event('this-morning', {
        when: { precision: 'time', start: '2017-11-01T08:00', end: '2017-11-01T09:00', zone: 'Europe/Zurich' },
      }),
    ];
    expect(agenda(events, NOON)).toMatchObject({ today: ['on-now', 'this-evening'], next: [] });
  });

  test('is a vague event only when nothing with a day comes before its time is over', () => {
    const month = event('sometime', {
      when: { precision: 'month', start: '2017-12', end: null, zone: 'Europe/Zurich' },
    });
    const inside = event('inside', { when: day('2017-12-20') });
    const after = event('after', { when: day('2018-01-10') });
    expect(agenda([month, inside], NOON)).toMatchObject({ next: ['inside'], following: ['sometime'] });
    expect(agenda([month, after], NOON)).toMatchObject({ next: ['sometime'], following: ['after'] });
    expect(agenda([month], NOON)).toMatchObject({ next: ['sometime'], following: [] });
  });

  test('leaves out what is cancelled or postponed', () => {
    const events = [
      event('off', { when: day('2017-11-02'), status: 'cancelled' }),
      event('put-off', { when: day('2017-11-03'), status: 'postponed' }),
      event('on', { when: day('2017-11-04'), status: 'tentative' }),
    ];
    expect(agenda(events, NOON)).toMatchObject({ today: [], next: ['on'], following: [] });
  });

  test('says when there is more than it lists', () => {
    const events = Array.from({ length: FOLLOWING + 3 }, (_, at) =>
      event(`day-${at}`, { when: day(`2017-11-1${at}`) }),
    );
    expect(agenda(events, NOON)).toMatchObject({
      following: ['day-1', 'day-2', 'day-3', 'day-4', 'day-5'],
      hasMore: true,
    });
    expect(agenda(events.slice(0, FOLLOWING + 1), NOON)).toMatchObject({ hasMore: false });
  });
});

const anywhere = fc
  .tuple(
    arbitrarySchedule(workingGroup(), { maxEvents: 25 }),
    fc.date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
    fc.constantFrom('Europe/Zurich', 'Pacific/Apia', 'America/New_York', 'Asia/Kathmandu'),
  )
  .map(([data, date, zone]) => {
    const now = date.getTime();
    return { schedule: createSchedule(data), at: { now, zone, today: dateAt(now, zone) } };
  });

describe('any agenda', () => {
  test('has no event twice, none that is over, and never cuts the day it ends on', () => {
    fc.assert(
      fc.property(anywhere, fc.integer({ min: 1, max: 5 }), ({ schedule, at }, atLeast) => {
        const { today, sometimeNow, next, following } = agendaOf(schedule, at, atLeast);
        const all = [...today, ...sometimeNow, ...next, ...following];
        expect(new Set(all).size).toBe(all.length);
        expect(all.filter((one) => schedule.isOver(one, at.now))).toEqual([]);
        const days = new Set(
          next.flatMap(({ when }) => (when && !isVague(when) ? [datesOf(when, at.zone).first] : [])),
        );
        const cut = following.filter(({ when }) => when && !isVague(when) && days.has(datesOf(when, at.zone).first));
        expect(cut).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('what has been and what will be', () => {
  test('are everything, and nothing is both', () => {
    fc.assert(
      fc.property(anywhere, ({ schedule, at }) => {
        const [before, after] = [past(schedule, at), upcoming(schedule, at)];
        expect([...before.toReversed(), ...after].toSorted(byUid)).toEqual(schedule.events.toSorted(byUid));
      }),
    );
  });

  test('what will be is in the order of the schedule', () => {
    fc.assert(
      fc.property(anywhere, ({ schedule, at }) => {
        expect(upcoming(schedule, at)).toEqual(schedule.events.filter((event) => !schedule.isOver(event, at.now)));
      }),
    );
  });

  test('as an outline show each event once: beside its whole, or inside it', () => {
    fc.assert(
      fc.property(anywhere, ({ schedule }) => {
        const inside = (event: ScheduledEvent): readonly ScheduledEvent[] => [
          event,
          ...schedule.partsOf(event.uid).flatMap(inside),
        ];
        const shown = outermost(schedule, schedule.events).flatMap(inside);
        expect(shown.toSorted(byUid)).toEqual(schedule.events.toSorted(byUid));
      }),
    );
  });
});

function byUid(a: ScheduledEvent, b: ScheduledEvent): number {
  return a.uid < b.uid ? -1 : 1;
}

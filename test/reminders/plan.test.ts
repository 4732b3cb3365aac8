import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { readFilter } from '../../src/engine/read-filter.ts';
import { english, languages } from '../../src/language/index.ts';
import { filtersOf } from '../../src/reminders/filter-at.ts';
import { announcementOf, instantBefore } from '../../src/reminders/lead-time.ts';
import { dayLeadTimes, isReminded, startKey, vagueLeadTime } from '../../src/reminders/occasions.ts';
import { CATCH_UP_MS, plan, planningWindow, type Planned } from '../../src/reminders/plan.ts';
import { upcomingPosts } from '../../src/reminders/preview.ts';
import { outOfQuiet } from '../../src/reminders/quiet.ts';
import type { Subscription } from '../../src/reminders/subscription.ts';
import type { ScheduledEvent } from '../../src/schedule/event.ts';
import { checkWhen, isVague, spanOf, type When } from '../../src/schedule/when.ts';
import { at, held, leads, scheduleOf, subscription } from '../support/subscriptions.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

function planned(
  from: number | string,
  to: number | string,
  subscriptions: readonly Subscription[],
  events: readonly ScheduledEvent[],
): readonly Planned[] {
  const schedule = scheduleOf(...events);
  const instant = (moment: number | string) => (typeof moment === 'number' ? moment : Date.parse(moment));
  const window = { start: instant(from), end: instant(to) };
  return plan(window, subscriptions, schedule, filtersOf(schedule, languages));
}

/** When which lead time is due, and what becomes of it. */
function summary(due: readonly Planned[]): readonly string[] {
  return due.map(({ at: instant, topic, skipped }) =>
    [
      new Date(instant).toISOString().slice(0, 16),
      topic.kind === 'reminder' ? topic.occasion.trigger : 'digest',
      ...(skipped ? [skipped] : []),
    ].join(' '),
  );
}

const ZONES = [
  'Europe/Zurich',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'America/Sao_Paulo',
  'Africa/Casablanca',
  'Pacific/Kiritimati',
  'Pacific/Honolulu',
  'UTC',
];

/** Three weeks around the clock changes of March or October 2017. */
const arbitraryDay = fc
  .tuple(fc.constantFrom('2017-03-18', '2017-10-14'), fc.integer({ min: 0, max: 30 }))
  .map(([first, days]) => new Date(Date.parse(first) + days * DAY).toISOString().slice(0, 10));
const arbitraryClock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '15', '30'))
  .map(([hour, minute]) => `${hour.toString().padStart(2, '0')}:${minute}`);

const arbitraryTime: fc.Arbitrary<When> = fc
  .record({
    precision: fc.constantFrom('time', 'time', 'day', 'week', 'month' as const),
    day: arbitraryDay,
    clock: arbitraryClock,
    zone: fc.constantFrom(...ZONES),
  })
  .map(({ precision, day, clock, zone }): When => {
    const monday = Date.parse(day) - ((new Date(day).getUTCDay() + 6) % 7) * DAY;
    const start = {
      time: `${day}T${clock}`,
      day,
      week: new Date(monday).toISOString().slice(0, 10),
      month: day.slice(0, 7),
    }[precision];
    return { precision, start, end: null, zone };
  })
  .filter((when) => 'when' in checkWhen(when));

const arbitraryEvents = fc
  .array(fc.tuple(arbitraryTime, fc.constantFrom('confirmed', 'confirmed', 'tentative', 'postponed', 'cancelled')), {
    minLength: 1,
    maxLength: 12,
  })
  .map((times) => times.map(([when, status], number) => held(`e${number}`, when, { status: status as 'confirmed' })));

const arbitrarySubscription: fc.Arbitrary<Subscription> = fc
  .record({
    leadTimes: fc.uniqueArray(fc.constantFrom('14d', '7d', '2d', '1d', '36h', '24h', '2h', '1h', '30m', '5m'), {
      maxLength: 5,
    }),
    announceAt: arbitraryClock,
    hours: fc.option(fc.tuple(arbitraryClock, arbitraryClock)),
    weekends: fc.boolean(),
    zone: fc.constantFrom(...ZONES),
    digest: fc.option(fc.record({ every: fc.constant('day' as const), at: arbitraryClock })),
  })
  .map(({ leadTimes, hours, weekends, ...rest }) => {
    const quiet = hours && hours[0] !== hours[1] ? { from: hours[0], to: hours[1] } : null;
    return subscription({ ...rest, leadTimes: leads(...leadTimes), quiet: { hours: quiet, weekends } });
  });

const SPRING = Date.parse('2017-03-01T00:00:00Z');
const WINTER = Date.parse('2017-12-01T00:00:00Z');
const arbitraryCuts = fc
  .uniqueArray(fc.integer({ min: SPRING, max: WINTER }), { maxLength: 40 })
  .map((cuts) => [SPRING, ...cuts, WINTER].sort((a, b) => a - b));

/** What is due when time is cut so. */
function inPieces(cuts: readonly number[], who: Subscription, events: readonly ScheduledEvent[]): readonly Planned[] {
  return cuts.slice(1).flatMap((end, piece) => planned(cuts[piece] ?? end, end, [who], events));
}

const keys = (due: readonly Planned[]) => due.map(({ key }) => key).sort();

describe('every reminder, exactly once', () => {
  test('however time is cut into ticks', () => {
    fc.assert(
      fc.property(arbitraryEvents, arbitrarySubscription, arbitraryCuts, (events, who, cuts) => {
        const whole = keys(planned(SPRING, WINTER, [who], events));
        expect(new Set(whole).size).toBe(whole.length);
        expect(keys(inPieces(cuts, who, events))).toEqual(whole);
      }),
    );
  });

  test('at the moment that follows from the event and the subscription alone, found without looking at every event', () => {
    fc.assert(
      fc.property(arbitraryEvents, arbitrarySubscription, arbitraryCuts, (events, given, cuts) => {
        const who = { ...given, digest: null };
        const expected = events.flatMap((event) => {
          if (!isReminded(event)) return [];
          const { when } = event;
          const vague = vagueLeadTime(who.leadTimes);
          const wanted =
            when.precision === 'time'
              ? who.leadTimes.map((lead) => instantBefore(when, lead))
              : (isVague(when) ? (vague ? [vague] : []) : dayLeadTimes(who.leadTimes)).map(({ days }) =>
                  announcementOf(when, days, who.announceAt, who.zone),
                );
          const { start } = spanOf(when);
          return wanted
            .map((instant) => outOfQuiet(instant, start, who.quiet, who.zone))
            .filter((instant) => instant > SPRING && instant < start && start < WINTER)
            .map((instant) => `${event.uid} ${startKey(when)} ${instant}`);
        });
        const found = inPieces(cuts, who, events).flatMap(({ at: instant, topic }) =>
          topic.kind === 'reminder' ? [`${topic.occasion.event.uid} ${topic.occasion.start} ${instant}`] : [],
        );
        expect(found.sort()).toEqual(expected.sort());
      }),
    );
  });

  test('and never after the start, or when it has come too late', () => {
    fc.assert(
      fc.property(arbitraryEvents, arbitrarySubscription, arbitraryCuts, (events, who, cuts) => {
        for (const { at: instant, sendAt, uselessFrom, skipped } of inPieces(cuts, who, events)) {
          expect(instant).toBeLessThan(uselessFrom);
          if (skipped === null) expect(sendAt).toBeLessThan(uselessFrom);
        }
      }),
    );
  });

  test('of one event at most once in one tick', () => {
    fc.assert(
      fc.property(arbitraryEvents, arbitrarySubscription, arbitraryCuts, (events, who, cuts) => {
        for (let piece = 1; piece < cuts.length; piece += 1) {
          const due = planned(cuts[piece - 1] ?? 0, cuts[piece] ?? 0, [who], events);
          const sent = due.filter(({ skipped }) => skipped === null);
          const topics = sent.map(({ topic }) => (topic.kind === 'reminder' ? topic.occasion.event.uid : topic.kind));
          expect(new Set(topics).size).toBe(topics.length);
        }
      }),
    );
  });

  test('to every subscription on its own', () => {
    const event = held('briefing', at('2017-11-08T15:00'));
    const both = [subscription({ id: 'a' }), subscription({ id: 'b', leadTimes: leads('1d') })];
    const due = planned('2017-11-07T13:59Z', '2017-11-07T14:00Z', both, [event]);
    expect(keys(due)).toEqual([
      'a reminder uid-briefing 1d time:2017-11-08T15:00@Europe/Zurich',
      'b reminder uid-briefing 1d time:2017-11-08T15:00@Europe/Zurich',
    ]);
  });
});

describe('an event that changes', () => {
  test('is reminded of anew at every lead time when it moves, and not at the old ones any more', () => {
    fc.assert(
      fc.property(
        arbitraryTime,
        arbitraryTime,
        arbitrarySubscription,
        fc.integer({ min: SPRING, max: WINTER }),
        (from, to, given, moved) => {
          fc.pre(startKey(from) !== startKey(to));
          const who = { ...given, digest: null };
          const before = planned(SPRING, moved, [who], [held('event', from)]);
          const after = planned(moved, WINTER, [who], [held('event', to)]);
          expect(keys(before).filter((key) => keys(after).includes(key))).toEqual([]);
          const all = keys(planned(SPRING, WINTER, [who], [held('event', to)]));
          const passed = keys(planned(SPRING, moved, [who], [held('event', to)]));
          expect(keys(after)).toEqual(all.filter((key) => !passed.includes(key)));
        },
      ),
    );
  });

  test.each(['cancelled', 'postponed'] as const)('is silent when it is %s', (status) => {
    fc.assert(
      fc.property(arbitraryTime, arbitrarySubscription, (when, who) => {
        expect(planned(SPRING, WINTER, [{ ...who, digest: null }], [held('event', when, { status })])).toEqual([]);
      }),
    );
  });

  test('is silent while it is a draft or has no date', () => {
    const events = [held('draft', at('2017-11-08T15:00'), { visibility: 'draft' }), held('undated', null)];
    expect(planned(SPRING, WINTER, [subscription()], events)).toEqual([]);
  });

  const month = ['2017-11-01T00:00Z', '2017-12-31T00:00Z'] as const;

  test('counts anew when it becomes vague, and when it becomes precise again, also on the same date', () => {
    const starts = [at('2017-12-04T10:00'), at('2017-12-04'), at('2017-12-04', 'Europe/Zurich', 'week'), at('2017-12')];
    const found = starts.map((when) => keys(planned(...month, [subscription()], [held('e', when)])));
    expect(found.map((each) => each.length)).toEqual([3, 2, 1, 1]);
    expect(new Set(found.flat()).size).toBe(7);
  });

  test('does not count anew when only its end, its title or the zone of its day changes', () => {
    const timed = { ...at('2017-12-04T10:00'), end: '2017-12-04T12:00' };
    const expected = keys(planned(...month, [subscription()], [held('e', at('2017-12-04T10:00'))]));
    expect(keys(planned(...month, [subscription()], [held('e', timed, { title: 'Other' })]))).toEqual(expected);
    const day = (zone: string) => keys(planned(...month, [subscription()], [held('e', at('2017-12-04', zone))]));
    expect(day('Asia/Bangkok')).toEqual(day('Europe/Zurich'));
  });

  test('that is new or moved gets the lead times that are still ahead, and none that are past', () => {
    const event = held('e', at('2017-11-08T15:00'));
    expect(summary(planned('2017-11-07T20:00Z', '2017-11-08T13:59Z', [subscription()], [event]))).toEqual([
      '2017-11-08T13:00 1h',
    ]);
    expect(summary(planned('2017-11-05T00:00Z', '2017-11-07T20:00Z', [subscription()], [event]))).toEqual([
      '2017-11-07T14:00 1d',
    ]);
  });
});

describe('after a downtime', () => {
  const event = held('e', at('2017-11-08T15:00'));

  test('only the latest of several reminders of one event is sent', () => {
    expect(summary(planned('2017-10-31T00:00Z', '2017-11-08T13:30Z', [subscription()], [event]))).toEqual([
      '2017-11-01T14:00 7d superseded',
      '2017-11-07T14:00 1d superseded',
      '2017-11-08T13:00 1h',
    ]);
  });

  test('what has begun is skipped, with that reason', () => {
    const due = planned('2017-11-07T00:00Z', '2017-11-08T14:00Z', [subscription()], [event]);
    expect(summary(due)).toEqual(['2017-11-07T14:00 1d started', '2017-11-08T13:00 1h started']);
  });

  test('what is late waits for the end of the quiet times, as long as that is before the start', () => {
    const who = subscription({ quiet: { hours: { from: '20:00', to: '08:00' }, weekends: false } });
    const [late] = planned('2017-11-07T13:00Z', '2017-11-07T22:00Z', [who], [event]);
    expect(new Date(late?.sendAt ?? 0).toISOString()).toBe('2017-11-08T07:00:00.000Z');
    const early = held('e', at('2017-11-08T07:30'));
    expect(summary(planned('2017-11-07T05:00Z', '2017-11-07T22:00Z', [who], [early]))).toEqual([
      '2017-11-07T07:00 1d superseded',
      '2017-11-07T18:59 1h quiet',
    ]);
  });

  test('it is not looked further back than is of use', () => {
    const now = Date.parse('2017-11-08T00:00Z');
    expect(planningWindow(now - 100 * DAY, now)).toEqual({ start: now - CATCH_UP_MS, end: now });
    expect(planningWindow(now - MINUTE, now)).toEqual({ start: now - MINUTE, end: now });
  });

  test('the first time of all, nothing is due that was before', () => {
    const now = Date.parse('2017-11-08T13:30Z');
    const { start, end } = planningWindow(null, now);
    expect(planned(start, end, [subscription()], [event])).toEqual([]);
  });

  test('only the last digest is sent', () => {
    const who = subscription({ leadTimes: [], digest: { every: 'day', at: '09:00' } });
    expect(summary(planned('2017-11-05T00:00Z', '2017-11-07T09:00Z', [who], []))).toEqual([
      '2017-11-05T08:00 digest superseded',
      '2017-11-06T08:00 digest superseded',
      '2017-11-07T08:00 digest',
    ]);
  });
});

describe('whom a reminder is for', () => {
  const event = held('e', at('2017-11-08T15:00'));
  const reminded = (fields: Partial<Subscription>) =>
    planned('2017-11-07T13:59Z', '2017-11-07T14:00Z', [subscription(fields)], [event]).length > 0;

  test('nobody who has muted the event, asked for others only, or subscribed later', () => {
    expect(reminded({})).toBe(true);
    expect(reminded({ mutes: [event.uid] })).toBe(false);
    expect(reminded({ only: ['other'] })).toBe(false);
    expect(reminded({ only: [event.uid] })).toBe(true);
    expect(reminded({ since: '2017-11-07T14:00:00.000Z' })).toBe(false);
    expect(reminded({ since: '2017-11-07T13:59:59.999Z' })).toBe(true);
  });

  test('those whose filter lets it pass, a date in it being read on the day of the reminder', () => {
    const events = [
      held('november', at('2017-11-08T15:00')),
      held('december', at('2017-12-13T15:00')),
      held('hearing', at('2017-11-08T15:00'), { kind: 'hearing' }),
    ];
    const typed = 'meetings next week';
    const read = readFilter(typed, {
      now: Temporal.Instant.from('2017-11-01T08:00Z'),
      zone: 'Europe/Zurich',
      language: english,
      schedule: scheduleOf(...events),
      given: {},
      direction: 'future',
    });
    if (!read.ok) throw new Error(read.problem.key);
    const who = subscription({ filter: read.value, leadTimes: leads('7d') });
    const titles = planned(SPRING, '2018-01-01T00:00Z', [who], events).map(({ topic }) =>
      topic.kind === 'reminder' ? topic.occasion.event.handle : '',
    );
    expect(titles).toEqual(['november', 'december']);
  });
});

describe('a preview', () => {
  test('shows what will be posted, in order, as often as asked for', () => {
    const events = [held('a', at('2017-11-08T15:00')), held('b', at('2017-11-06'))];
    const who = subscription({
      leadTimes: leads('1d', '24h', '1h'),
      digest: { every: 'week', weekday: 1, at: '08:00' },
    });
    const schedule = scheduleOf(...events);
    const window = { start: Date.parse('2017-11-01T08:00Z'), end: Date.parse('2017-12-01T08:00Z') };
    const posts = upcomingPosts(window, who, schedule, filtersOf(schedule, languages), 4);
    expect(summary(posts)).toEqual([
      '2017-11-05T08:00 1d',
      '2017-11-06T07:00 digest',
      '2017-11-07T14:00 24h',
      '2017-11-08T13:00 1h',
    ]);
  });
});

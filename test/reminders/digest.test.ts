import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { languages } from '../../src/language/index.ts';
import type { Notice } from '../../src/ports.ts';
import { digestsIn } from '../../src/reminders/digest-rule.ts';
import { digestOf, type Digest } from '../../src/reminders/digest.ts';
import { filtersOf } from '../../src/reminders/filter-at.ts';
import type { DigestRule, Subscription } from '../../src/reminders/subscription.ts';
import type { ScheduledEvent } from '../../src/schedule/event.ts';
import { at, held, leads, scheduleOf, subscription } from '../support/subscriptions.ts';
import { office } from './office.ts';

function moments(from: string, to: string, rule: DigestRule, zone = 'Europe/Zurich'): readonly string[] {
  return digestsIn({ start: Date.parse(from), end: Date.parse(to) }, rule, zone).map(({ at: instant }) =>
    Temporal.Instant.fromEpochMilliseconds(instant)
      .toZonedDateTimeISO(zone)
      .toString({ timeZoneName: 'never', smallestUnit: 'minute' }),
  );
}

describe('a digest is due', () => {
  test('every day at the local time, through both clock changes', () => {
    expect(moments('2017-10-28T00:00Z', '2017-10-30T23:00Z', { every: 'day', at: '09:00' })).toEqual([
      '2017-10-28T09:00+02:00',
      '2017-10-29T09:00+01:00',
      '2017-10-30T09:00+01:00',
    ]);
    expect(moments('2017-03-25T00:00Z', '2017-03-27T22:00Z', { every: 'day', at: '02:30' })).toEqual([
      '2017-03-25T02:30+01:00',
      '2017-03-26T03:30+02:00',
      '2017-03-27T02:30+02:00',
    ]);
    expect(moments('2017-10-28T22:00Z', '2017-10-29T22:00Z', { every: 'day', at: '02:30' })).toEqual([
      '2017-10-29T02:30+02:00',
    ]);
  });

  test('every week on its day', () => {
    expect(moments('2017-11-01T00:00Z', '2017-11-14T00:00Z', { every: 'week', weekday: 1, at: '09:00' })).toEqual([
      '2017-11-06T09:00+01:00',
      '2017-11-13T09:00+01:00',
    ]);
  });

  test('every month on its day, the last one in shorter months', () => {
    expect(moments('2016-01-01T00:00Z', '2016-05-01T00:00Z', { every: 'month', day: 31, at: '09:00' })).toEqual([
      '2016-01-31T09:00+01:00',
      '2016-02-29T09:00+01:00',
      '2016-03-31T09:00+02:00',
      '2016-04-30T09:00+02:00',
    ]);
  });

  test('never at the beginning of the stretch, always at its end', () => {
    const rule = { every: 'day', at: '09:00' } as const;
    expect(moments('2017-11-01T08:00Z', '2017-11-02T08:00Z', rule)).toEqual(['2017-11-02T09:00+01:00']);
  });
});

const MONDAY = '2017-11-06T08:00:00Z';

function digest(
  events: readonly ScheduledEvent[],
  notices: readonly Notice[] = [],
  fields: Partial<Subscription> = {},
): Digest | null {
  const rule = { every: 'week', weekday: 1, at: '09:00' } as const;
  const instant = Date.parse(MONDAY);
  const [moment] = digestsIn({ start: instant - 1, end: instant }, rule, 'Europe/Zurich');
  if (!moment) throw new Error('no digest is due');
  const schedule = scheduleOf(...events);
  const who = subscription({ digest: rule, ...fields });
  return digestOf(moment, who, schedule, notices, filtersOf(schedule, languages));
}

function notice(before: ScheduledEvent | null, after: ScheduledEvent, moment = '2017-11-03T08:00:00Z'): Notice {
  return { id: 1, groupId: 'group', revision: 1, eventUid: after.uid, at: moment, before, after };
}

const handles = (events: readonly ScheduledEvent[] = []) => events.map(({ handle }) => handle);

describe('a digest says', () => {
  test('what is coming until the next one, and what may fall into that time', () => {
    const events = [
      held('over', at('2017-11-06T08:00')),
      held('today', at('2017-11-06')),
      held('sunday', at('2017-11-12T20:00')),
      held('next-monday', at('2017-11-13')),
      held('some-day', at('2017-11')),
      held('cancelled', at('2017-11-07'), { status: 'cancelled' }),
      held('draft', at('2017-11-07'), { visibility: 'draft' }),
    ].map((event) =>
      event.handle === 'over' ? { ...event, when: { ...at('2017-11-06T08:00'), end: '2017-11-06T09:00' } } : event,
    );
    const found = digest(events);
    expect(found).toMatchObject({ from: '2017-11-06', to: '2017-11-12' });
    expect(handles(found?.coming)).toEqual(['today', 'sunday']);
    expect(handles(found?.possible)).toEqual(['some-day']);
  });

  test('what moved since the last one, and what is new and not coming anyway', () => {
    const moved = held('moved', at('2017-12-08T15:00'));
    const [soon, later] = [held('soon', at('2017-11-08')), held('later', at('2018-02-08'))];
    const before = { ...moved, when: at('2017-12-07T15:00') };
    const notices = [notice(before, moved), notice(null, soon), notice(null, later)];
    const found = digest([moved, soon, later], notices);
    expect(found?.changed.map(({ kinds }) => kinds)).toEqual([['moved']]);
    expect(handles(found?.coming)).toEqual(['soon']);
    expect(handles(found?.added)).toEqual(['later']);
  });

  test('nothing of what the digest before has told, or will be told by the next', () => {
    const event = held('later', at('2018-02-08'));
    expect(digest([event], [notice(null, event, '2017-10-30T07:59:59Z')])).toBeNull();
    expect(digest([event], [notice(null, event, MONDAY)])).toBeNull();
    expect(digest([event], [notice(null, event, '2017-10-30T08:00:00Z')])).not.toBeNull();
  });

  test('which documents have arrived', () => {
    const paper = { title: 'Agenda', url: null, language: null, note: null };
    const old = { title: 'Note', url: 'https://example.org/old', language: null, note: null };
    const before = held('later', at('2018-02-08'), { documents: [paper, old] });
    const ready = { ...paper, url: 'https://example.org/agenda' };
    const after = { ...before, documents: [ready, old] };
    const found = digest([after], [notice(before, after)]);
    expect(found?.documents).toEqual([{ event: after, documents: [ready] }]);
    expect(found?.changed).toEqual([]);
  });

  test('nothing when there is nothing to say, unless that is asked for', () => {
    expect(digest([])).toBeNull();
    expect(digest([held('muted', at('2017-11-08'))], [], { mutes: ['uid-muted'] })).toBeNull();
    expect(digest([], [], { emptyDigests: true })).toMatchObject({ coming: [], changed: [] });
  });
});

test('a weekly digest is posted on its day, and not when it has nothing to say', async () => {
  const there = await office('2017-11-03T12:00:00+01:00');
  await there.add(held('briefing', at('2017-11-08T15:00')));
  await there.subscribe({ leadTimes: leads(), digest: { every: 'week', weekday: 1, at: '09:00' } });
  await there.sleepUntil('2017-11-06T09:00:00+01:00');
  expect(there.titles()).toEqual(['Overview: Monday 6 to Sunday 12 November 2017']);
  expect(there.platform.posted[0]?.text).toContain('About briefing');
  await there.sleepUntil('2017-11-13T09:00:30+01:00');
  expect(there.platform.posted).toHaveLength(1);
  expect(await there.states()).toEqual(['s1 digest 2017-11-06 sent', 's1 digest 2017-11-13 skipped empty']);
});

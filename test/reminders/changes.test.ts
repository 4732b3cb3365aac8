import { describe, expect, test } from 'vitest';
import type { Notice } from '../../src/ports.ts';
import { burstsOf, changesIn, LONGEST_WAIT_MS, PAUSE_MS } from '../../src/reminders/changes.ts';
import type { ScheduledEvent } from '../../src/schedule/event.ts';
import { at, held, leads, scheduleOf } from '../support/subscriptions.ts';
import { office } from './office.ts';

const T = Date.parse('2017-11-01T08:00:00Z');
const seconds = (count: number) => count * 1000;

describe('changes that are made in one go', () => {
  const bursts = (moments: readonly number[], now: number) =>
    burstsOf(
      moments.map((moment, id) => ({ id: id + 1, at: new Date(moment).toISOString() })),
      now,
    ).map(({ first, last }) => [first, last]);

  test('are those that follow each other within three minutes', () => {
    const moments = [T, T + PAUSE_MS, T + 2 * PAUSE_MS, T + 3 * PAUSE_MS + 1];
    expect(bursts(moments, T + 10 * PAUSE_MS)).toEqual([
      [1, 3],
      [4, 4],
    ]);
  });

  test('are not over while something may follow', () => {
    expect(bursts([T], T + PAUSE_MS)).toEqual([]);
    expect(bursts([T], T + PAUSE_MS + seconds(30))).toEqual([[1, 1]]);
  });

  test('do not keep people waiting for ever', () => {
    const restless = Array.from({ length: 20 }, (_, minute) => T + minute * 60_000);
    expect(bursts(restless, T + LONGEST_WAIT_MS + seconds(30))).toEqual([[1, 16]]);
  });

  test('are the same ones however often and from whichever of their beginnings they are counted', () => {
    const moments = [T, T + 1000, T + 400_000, T + 401_000, T + 900_000];
    const all = bursts(moments, T + 9_000_000);
    expect(all).toEqual([
      [1, 2],
      [3, 4],
      [5, 5],
    ]);
    expect(bursts(moments.slice(2), T + 9_000_000)).toEqual([
      [1, 2],
      [3, 3],
    ]);
  });
});

describe('what people are told of them', () => {
  const notice = (id: number, before: ScheduledEvent | null, after: ScheduledEvent): Notice => ({
    id,
    groupId: 'group',
    revision: id,
    eventUid: after.uid,
    at: new Date(T).toISOString(),
    before,
    after,
  });
  const first = held('e', at('2017-11-08T15:00'));

  test('is the way from what was to what is now, whatever was in between', () => {
    const second = { ...first, when: at('2017-11-09T15:00') };
    const third = { ...second, when: at('2017-11-10T15:00'), status: 'tentative' as const };
    const now = { ...third, onlineUrl: 'https://example.org' };
    const changes = changesIn([notice(1, first, second), notice(2, second, third)], scheduleOf(now));
    expect(changes).toEqual([{ before: first, after: now, kinds: ['tentative', 'moved', 'link'] }]);
  });

  test('is nothing when it was taken back, when only the wording changed, or when the event is a draft again', () => {
    const moved = { ...first, when: at('2017-11-09T15:00') };
    expect(changesIn([notice(1, first, moved), notice(2, moved, first)], scheduleOf(first))).toEqual([]);
    const renamed = { ...first, title: 'Other' };
    expect(changesIn([notice(1, first, renamed)], scheduleOf(renamed))).toEqual([]);
    expect(changesIn([notice(1, first, moved)], scheduleOf({ ...moved, visibility: 'draft' }))).toEqual([]);
  });

  test.each([
    ['new', null, first],
    ['confirmed', { ...first, status: 'tentative' }, first],
    ['postponed', first, { ...first, status: 'postponed' }],
    ['cancelled', first, { ...first, status: 'cancelled', when: at('2017-12-08') }],
    ['restored', { ...first, status: 'cancelled' }, first],
    ['place', first, { ...first, venue: { name: null, city: 'Geneva', country: null } }],
    ['link', { ...first, onlineUrl: 'https://example.org' }, first],
  ] as const)('is that an event is %s', (kind, before, after) => {
    expect(changesIn([notice(1, before, after)], scheduleOf(after)).map(({ kinds }) => kinds)).toEqual([[kind]]);
  });
});

describe('a change of the schedule', () => {
  const BRIEFING = held('briefing', at('2017-11-08T15:00'));
  const START = '2017-11-06T10:00:00+01:00';

  test('is told old → new, once, three minutes after the last of several edits, in one post for all events', async () => {
    const there = await office(START);
    await there.add(BRIEFING, held('talk', at('2017-11-09T10:00')));
    await there.subscribe({ leadTimes: [] });
    await there.edit('briefing', { when: at('2017-11-08T16:00') });
    await there.until('2017-11-06T10:02:00+01:00');
    await there.edit('briefing', { when: at('2017-11-08T17:00') });
    await there.edit('talk', { status: 'cancelled' });
    await there.until('2017-11-06T10:05:00+01:00');
    expect(there.platform.posted).toEqual([]);
    await there.until('2017-11-06T10:30:00+01:00');
    expect(there.titles()).toEqual(['2 changes in the schedule']);
    const text = there.platform.posted[0]?.text ?? '';
    expect(text.replace(/\s+/gu, ' ')).toContain(
      'Date: Wednesday 8 November 2017, 15:00, Geneva time → Wednesday 8 November 2017, 17:00, Geneva time',
    );
    expect(text).toContain('Cancelled');
    expect(await there.states()).toEqual(['s1 change 1 sent']);
  });

  test('says why something is not held, and on which date it was to be', async () => {
    const there = await office('2017-11-07T12:00:00+01:00');
    await there.add(held('briefing', at('2017-11-08T15:00')), held('round', at('2017-11-10')), held('talk', null));
    await there.subscribe({ leadTimes: [] });
    await there.until('2017-11-07T12:05:00+01:00');
    await there.edit('briefing', { status: 'cancelled', reason: 'the room is flooded' });
    await there.edit('round', { status: 'postponed', when: null });
    await there.edit('talk', { status: 'postponed', reason: 'the speaker is ill' });
    await there.until('2017-11-07T12:10:00+01:00');
    const [changes] = there.platform.posted.map(({ text }) => text.split('\n').filter((line) => line.startsWith('•')));
    expect(changes).toEqual([
      '• Cancelled: the room is flooded',
      '• Postponed. It was to be on Friday 10 November 2017, Geneva time; a new date will be announced',
      '• Postponed: the speaker is ill. A new date will be announced',
    ]);
  });

  test('that nobody is to be told of, or that nobody asks for, is not told', async () => {
    const there = await office(START);
    await there.add(BRIEFING);
    await there.subscribe({ leadTimes: [] });
    await there.subscribe({ id: 's2', leadTimes: [], changes: false });
    await there.subscribe({ id: 's3', leadTimes: [], mutes: [BRIEFING.uid] });
    await there.edit('briefing', { when: at('2017-11-08T16:00') }, { tell: false });
    await there.until('2017-11-06T10:10:00+01:00');
    expect(there.platform.posted).toEqual([]);
    await there.edit('briefing', { when: at('2017-11-08T17:00') });
    await there.until('2017-11-06T10:20:00+01:00');
    expect(await there.states()).toEqual(['s1 change 1 sent']);
  });

  test('is not told when it was made before anybody counted, or before somebody subscribed', async () => {
    const there = await office(START);
    await there.add(BRIEFING);
    await there.edit('briefing', { when: at('2017-11-08T16:00') });
    await there.until('2017-11-06T10:01:00+01:00');
    await there.subscribe({ leadTimes: [], since: '2017-11-06T09:30:00.000Z' });
    await there.until('2017-11-06T10:10:00+01:00');
    expect(await there.records()).toEqual([]);
  });

  test('waits for the end of the quiet times, unless an event would have begun by then: then all is told', async () => {
    const there = await office('2017-11-07T21:00:00+01:00');
    await there.add(held('early', at('2017-11-08T07:00')), BRIEFING);
    const quiet = { hours: { from: '20:00', to: '08:00' }, weekends: false };
    await there.subscribe({ leadTimes: [], quiet });
    await there.edit('briefing', { status: 'cancelled' });
    await there.until('2017-11-07T21:10:00+01:00');
    expect(there.platform.posted).toEqual([]);
    await there.edit('early', { status: 'cancelled' });
    await there.until('2017-11-07T21:20:00+01:00');
    expect(there.titles()).toEqual(['2 changes in the schedule']);
    await there.sleepUntil('2017-11-08T08:00:00+01:00');
    expect(await there.states()).toEqual(['s1 change 1 skipped told', 's1 change 2 sent']);
  });

  test('that could not be told in time is told as things stand then, and not a second time', async () => {
    const there = await office(START);
    await there.add(BRIEFING);
    await there.subscribe({ leadTimes: [] });
    await there.edit('briefing', { when: at('2017-11-08T16:00') });
    there.platform.next({ outcome: 'again', afterMs: 1_200_000, reason: 'rate limited' });
    await there.until('2017-11-06T10:10:00+01:00');
    await there.edit('briefing', { when: at('2017-11-08T17:00') });
    await there.until('2017-11-06T10:40:00+01:00');
    expect(there.platform.posted).toHaveLength(1);
    expect(there.platform.posted[0]?.text.replace(/\s+/gu, ' ')).toContain(
      '15:00, Geneva time → Wednesday 8 November 2017, 17:00',
    );
    expect((await there.states()).toSorted()).toEqual(['s1 change 1 sent', 's1 change 2 skipped told']);
  });

  test('takes the wrong date off the wall: the earlier reminder is edited, and the new date is reminded of', async () => {
    const there = await office('2017-11-07T14:58:00+01:00');
    await there.add(BRIEFING);
    await there.subscribe({ leadTimes: leads('1d', '1h'), changes: false });
    await there.until('2017-11-07T15:01:00+01:00');
    expect(there.titles()).toEqual(['Reminder: About briefing']);
    await there.edit('briefing', { when: at('2017-11-09T10:00') });
    await there.until('2017-11-07T15:10:00+01:00');
    expect(there.platform.posted).toHaveLength(1);
    const text = there.platform.posted[0]?.text.replace(/\s+/gu, ' ') ?? '';
    expect(text).toContain('The schedule has changed since');
    expect(text).toContain('When Thursday 9 November 2017, 10:00');
    await there.sleepUntil('2017-11-08T10:00:00+01:00');
    expect(there.platform.posted).toHaveLength(2);
    expect(await there.states()).toEqual([
      's1 reminder uid-briefing 1d sent',
      's1 reminder uid-briefing 1d sent',
      's1 reminder uid-briefing 1d sent',
    ]);
  });
});

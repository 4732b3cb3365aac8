import { expect, test } from 'vitest';
import type { Behaviour } from '../support/messenger.ts';
import { change, channel, workingGroup } from '../support/store-samples.ts';
import { at, held, leads, subscription } from '../support/subscriptions.ts';
import { office, type Office } from './office.ts';

const BRIEFING = held('briefing', at('2017-11-08T15:00'));
const textsOf = (there: Office) => there.platform.posted.map(({ text }) => text);

test('a message that is refused for what it says leaves its channel in reach', async () => {
  const there = await office('2017-11-08T13:58:00+01:00');
  await there.add(BRIEFING, held('other', at('2017-11-08T15:02')));
  await there.store.saveConversation(channel({ groupId: there.groupId }));
  await there.subscribe({ leadTimes: leads('1h') });
  there.platform.next({ outcome: 'never', reason: 'Slack refused the message (invalid_blocks).' });
  await there.until('2017-11-08T14:03:00+01:00');
  expect(there.titles()).toEqual(['Reminder: About other']);
});

test('a reminder of the group as a whole and one of the event alone that fall together are one', async () => {
  const there = await office('2017-11-07T08:58:00+01:00');
  await there.add(held('briefing', at('2017-11-08')));
  await there.subscribe({ leadTimes: leads('7d', '1d') });
  await there.subscribe({ id: 's2', leadTimes: leads('2h'), only: [BRIEFING.uid], changes: false });
  await there.until('2017-11-07T09:02:00+01:00');
  expect(there.titles()).toEqual(['Reminder: About briefing']);
});

test('a reminder whose minute passed while a mistake stood is sent when it is taken back', async () => {
  const there = await office('2017-11-08T13:58:00+01:00');
  await there.add(BRIEFING);
  await there.subscribe({ leadTimes: leads('1h') });
  await there.edit('briefing', { when: at('2017-11-09T15:00') });
  await there.until('2017-11-08T14:01:00+01:00');
  await there.edit('briefing', { when: BRIEFING.when });
  await there.until('2017-11-08T14:08:00+01:00');
  expect(there.titles()).toEqual(['Reminder: About briefing']);
});

test('a reminder that was posted while a mistake stood does not keep the wrong date', async () => {
  const there = await office('2017-11-07T14:58:00+01:00');
  await there.add(held('briefing', at('2017-11-09T15:00')));
  await there.subscribe({ leadTimes: leads('1d') });
  await there.edit('briefing', { when: at('2017-11-08T15:00') });
  await there.until('2017-11-07T15:01:00+01:00');
  expect(textsOf(there)).toEqual([expect.stringContaining('Wednesday 8 November')]);
  await there.edit('briefing', { when: at('2017-11-09T15:00') });
  await there.until('2017-11-07T15:08:00+01:00');
  expect(textsOf(there)).toEqual([expect.stringContaining('Thursday 9 November')]);
});

test('what changed before a digest that was left out stands in the next one', async () => {
  const there = await office('2017-11-05T12:00:00+01:00');
  await there.add(held('briefing', at('2018-03-08T15:00')));
  await there.subscribe({ leadTimes: [], changes: false, digest: { every: 'day', at: '09:00' } });
  await there.edit('briefing', { when: at('2018-03-09T15:00') });
  await there.until('2017-11-05T12:05:00+01:00');
  await there.sleepUntil('2017-11-07T09:30:00+01:00');
  expect(textsOf(there)).toEqual([expect.stringContaining('Friday 9 March 2018')]);
});

test('a platform that asks for a second again and again is not given up within a minute', async () => {
  const there = await office('2017-11-08T13:58:00+01:00');
  await there.add(BRIEFING);
  await there.subscribe({ leadTimes: leads('1h') });
  const busy = { outcome: 'again', afterMs: 1000, reason: 'rate limited' } as const;
  there.platform.always('C1', busy);
  await there.until('2017-11-08T14:03:00+01:00');
  there.platform.always('C1', 'sent');
  await there.until('2017-11-08T14:20:00+01:00');
  expect(there.titles()).toEqual(['Reminder: About briefing']);
});

test('a change is told at night to nobody who is not to be told anything then, however late it is sent', async () => {
  const there = await office('2017-11-01T19:55:00+01:00');
  await there.add(BRIEFING);
  await there.subscribe({ quiet: { hours: { from: '20:00', to: '08:00' }, weekends: false } });
  await there.edit('briefing', { when: at('2017-11-09T15:00') });
  there.platform.next({ outcome: 'again', afterMs: 600_000, reason: 'rate limited' });
  await there.until('2017-11-01T19:59:00+01:00');
  expect(there.platform.tries).toBe(1);
  await there.sleepUntil('2017-11-02T03:00:00+01:00');
  await there.until('2017-11-02T03:11:00+01:00');
  expect(there.platform.posted).toEqual([]);
  await there.sleepUntil('2017-11-02T08:00:00+01:00');
  expect(there.titles()).toEqual(['A change in the schedule']);
});

test('a reminder whose minute passed while its event was cancelled by mistake is sent', async () => {
  const there = await office('2017-11-08T13:50:00+01:00');
  await there.add(BRIEFING);
  await there.subscribe({ leadTimes: leads('1h') });
  await there.until('2017-11-08T13:59:00+01:00');
  await there.edit('briefing', { status: 'cancelled' });
  await there.until('2017-11-08T14:01:00+01:00');
  await there.edit('briefing', { status: 'confirmed' });
  await there.until('2017-11-08T14:59:00+01:00');
  expect(there.titles()).toEqual(['Reminder: About briefing']);
});

test('a reminder that speaks of a later date by now is put right when that changes too', async () => {
  const there = await office('2017-11-07T14:50:00+01:00');
  await there.add(BRIEFING);
  await there.subscribe({ leadTimes: leads('1d') });
  await there.until('2017-11-07T15:10:00+01:00');
  await there.edit('briefing', { when: at('2017-11-15T15:00') });
  await there.until('2017-11-07T15:20:00+01:00');
  expect(textsOf(there)[0]).toContain('15 November');
  await there.sleepUntil('2017-11-09T10:00:00+01:00');
  await there.edit('briefing', { status: 'cancelled' });
  await there.until('2017-11-09T10:10:00+01:00');
  expect(textsOf(there)[0]).toContain('ancelled');
});

test('a change that a channel is told with the group as a whole is told once', async () => {
  const there = await office('2017-11-01T10:00:00+01:00');
  await there.add(BRIEFING);
  await there.subscribe({ leadTimes: leads('7d', '1d') });
  await there.subscribe({ id: 's2', leadTimes: leads('2h'), only: [BRIEFING.uid], changes: true });
  await there.until('2017-11-01T10:01:00+01:00');
  await there.edit('briefing', { when: at('2017-11-09') });
  await there.until('2017-11-01T10:10:00+01:00');
  expect(there.titles()).toHaveLength(1);
});

test('a group that cannot be planned keeps no other from being told, and the log says so', async () => {
  const there = await office('2017-11-08T13:55:00+01:00');
  const other = workingGroup({ id: 'aaa', slug: 'hr', name: 'Human rights' });
  const briefing = held('hearing', at('2017-11-08T15:00'));
  await there.store.commit(
    change('aaa', [
      { type: 'group', before: null, after: other },
      { type: 'event', before: null, after: briefing },
    ]),
  );
  await there.store.subscriptions.save(
    subscription({ id: 's2', groupId: 'aaa', target: { kind: 'person', platform: 'slack', tenant: 'T1', id: 'U1' } }),
  );
  const [first] = await there.store.groups();
  const broken = there.another({
    store: {
      ...there.store,
      subscriptions: {
        ...there.store.subscriptions,
        of: (id) => (id === first?.id ? Promise.reject(new Error('rules')) : there.store.subscriptions.of(id)),
      },
    },
  });
  await broken.tick();
  there.clock.set('2017-11-08T14:00:00+01:00');
  await broken.tick();
  await there.timer.pass(0);
  expect(there.titles()).toEqual(['Reminder: About hearing']);
  expect(there.errors).toEqual(Array(2).fill(expect.stringContaining('groups that could not be planned: 1')));
});

test('a reminder that arrived without anybody knowing is put right when its event is moved meanwhile', async () => {
  const there = await office('2017-11-08T13:55:00+01:00');
  await there.add(BRIEFING);
  await there.subscribe({ leadTimes: leads('1h') });
  const again = { outcome: 'again', afterMs: 60_000, reason: 'x' } as const;
  there.platform.next('dropped');
  const find = there.platform.messenger.find;
  let away = true;
  Object.assign(there.platform.messenger, {
    find: (...given: Parameters<typeof find>) => (away ? Promise.resolve(again) : find(...given)),
  });
  await there.until('2017-11-08T14:01:00+01:00');
  await there.edit('briefing', { when: at('2017-11-09T15:00') });
  await there.until('2017-11-08T14:10:00+01:00');
  away = false;
  await there.until('2017-11-08T14:30:00+01:00');
  expect(textsOf(there)[0]).toContain('9 November');
});

test('a reminder that could not be sent at once waits for a change that may be a mistake', async () => {
  const there = await office('2017-11-08T13:58:00+01:00');
  await there.add(BRIEFING);
  await there.subscribe({ leadTimes: leads('1h') });
  there.platform.next({ outcome: 'again', afterMs: 120_000, reason: 'rate limited' });
  await there.until('2017-11-08T14:01:00+01:00');
  await there.edit('briefing', { status: 'cancelled' });
  await there.until('2017-11-08T14:03:00+01:00');
  await there.edit('briefing', { status: 'confirmed' });
  await there.until('2017-11-08T14:10:00+01:00');
  expect(there.titles()).toEqual(['Reminder: About briefing']);
});

/** An office that tells of a change, whatever comes of it, and has another to tell of some minutes later. */
async function twoChanges(...answers: readonly Behaviour[]): Promise<Office> {
  const there = await oneChange(...answers);
  await there.edit('other', { when: at('2017-11-09T16:00') });
  return there;
}

async function oneChange(...answers: readonly Behaviour[]): Promise<Office> {
  const there = await office('2017-11-01T10:00:00+01:00');
  await there.add(BRIEFING, held('other', at('2017-11-08T16:00')));
  await there.subscribe();
  await there.until('2017-11-01T10:01:00+01:00');
  await there.edit('briefing', { when: at('2017-11-09T15:00') });
  there.platform.next(...answers);
  await there.until('2017-11-01T10:05:00+01:00');
  return there;
}

test('a change that arrived without anybody knowing is not told again with the next one, which is not lost either', async () => {
  const there = await twoChanges('dropped');
  const { find } = there.platform.messenger;
  const away = { outcome: 'again', afterMs: null, reason: 'no answer' } as const;
  Object.assign(there.platform.messenger, { find: () => Promise.resolve(away) });
  await there.until('2017-11-01T10:12:00+01:00');
  Object.assign(there.platform.messenger, { find });
  await there.until('2017-11-01T11:30:00+01:00');
  expect(textsOf(there)).toHaveLength(2);
  expect(textsOf(there)[0]).not.toContain('About other');
  expect(textsOf(there)[1]).toContain('About other');
  expect(textsOf(there)[1]).not.toContain('About briefing');
});

test('a change that did not arrive is told together with the next one', async () => {
  const there = await twoChanges({ outcome: 'again', afterMs: 480_000, reason: 'rate limited' });
  await there.until('2017-11-01T10:30:00+01:00');
  expect(textsOf(there)).toEqual([expect.stringMatching(/About briefing[^]*About other/u)]);
});

test('a change does not wait for an earlier one until its event has begun', async () => {
  const there = await oneChange('dropped');
  const away = { outcome: 'again', afterMs: null, reason: 'no answer' } as const;
  Object.assign(there.platform.messenger, { find: () => Promise.resolve(away) });
  await there.until('2017-11-01T12:00:00+01:00');
  const [earlier] = (await there.records()).filter(({ attempts }) => attempts > 1);
  await there.until(new Date((earlier?.readyAt ?? 0) + 60_000).toISOString());
  // The earlier one is asked about again six and a half minutes later.
  const soon = there.clock.now().add({ minutes: 6 }).toZonedDateTimeISO('Europe/Zurich').toPlainDateTime();
  await there.edit('other', { when: at(soon.toString({ smallestUnit: 'minute' })) });
  await there.timer.pass(0);
  await there.until(there.clock.now().add({ minutes: 5 }).toString());
  expect(textsOf(there)).toHaveLength(2);
  expect(textsOf(there)[1]).toContain('About other');
});

test('a change that could not be told is told with the next one, and not with the one after that', async () => {
  const there = await twoChanges({ outcome: 'never', reason: 'Slack refused the message (invalid_blocks).' });
  await there.until('2017-11-01T10:15:00+01:00');
  await there.edit('other', { when: at('2017-11-10T16:00') });
  await there.until('2017-11-01T10:30:00+01:00');
  expect(textsOf(there)).toEqual([
    expect.stringMatching(/About briefing[^]*About other/u),
    expect.not.stringContaining('About briefing'),
  ]);
});

import { describe, expect, test } from 'vitest';
import type { NewDelivery } from '../../src/reminders/ledger.ts';
import type { Subscription } from '../../src/reminders/subscription.ts';
import type { Behaviour } from '../support/messenger.ts';
import { change } from '../support/store-samples.ts';
import { at, held, leads, subscription } from '../support/subscriptions.ts';
import { office, type Office } from './office.ts';

const BRIEFING = held('briefing', at('2017-11-08T15:00'));
/** A few minutes before the briefing's reminder of an hour before. */
const BEFORE = '2017-11-08T13:55:00+01:00';

/** An office in which the reminder of an hour before is about to be due. */
async function aboutToRemind(parts: Parameters<typeof office>[1] = {}): Promise<Office> {
  const there = await office(BEFORE, parts);
  await there.add(BRIEFING);
  await there.subscribe();
  return there;
}

describe('a reminder', () => {
  test('is posted at its time, once, with the event and its buttons', async () => {
    const there = await aboutToRemind();
    await there.until('2017-11-08T13:59:00+01:00');
    expect(there.platform.posted).toEqual([]);
    await there.until('2017-11-08T14:30:00+01:00');
    expect(there.platform.posted).toEqual([
      {
        to: { platform: 'slack', tenant: 'T1', id: 'C1', thread: null },
        text: expect.stringContaining('Wednesday 8 November 2017, 15:00, Geneva time') as string,
        deliveryId: 's1 reminder uid-briefing 1h time:2017-11-08T15:00@Europe/Zurich',
        told: null,
        messageId: 'm1',
      },
    ]);
    expect(there.titles()).toEqual(['Reminder: About briefing']);
    expect(await there.records()).toMatchObject([
      { state: 'sent', message: { conversationId: 'C1', thread: null, messageId: 'm1' }, attempts: 1 },
    ]);
    expect(there.errors).toEqual([]);
  });

  test('goes to a person by direct message, and into a thread', async () => {
    const there = await aboutToRemind();
    await there.subscribe({ id: 's2', target: { kind: 'person', platform: 'slack', tenant: 'T1', id: 'U1' } });
    const inThread = { kind: 'conversation', platform: 'slack', tenant: 'T1', id: 'C2', thread: '17.5' } as const;
    await there.subscribe({ id: 's3', target: inThread });
    await there.until('2017-11-08T14:01:00+01:00');
    expect(there.platform.posted.map(({ to }) => [to.id, to.thread]).sort()).toEqual([
      ['C1', null],
      ['C2', '17.5'],
      ['DU1', null],
    ]);
  });

  test('is posted once by two processes that share the ledger', async () => {
    const there = await aboutToRemind();
    const other = there.another();
    await other.tick();
    there.clock.set('2017-11-08T14:00:30+01:00');
    await Promise.all([there.sweep.tick(), other.tick()]);
    await Promise.all([there.sweep.idle(), other.idle()]);
    expect(there.titles()).toEqual(['Reminder: About briefing']);
  });

  test('is late after a downtime, says so, and is the only one', async () => {
    const there = await office('2017-10-31T12:00:00+01:00');
    await there.add(BRIEFING);
    await there.subscribe();
    await there.sleepUntil('2017-11-08T14:20:00+01:00');
    expect(there.platform.posted).toHaveLength(1);
    expect(there.platform.posted[0]?.text).toContain(
      'This reminder is late: it was due Wednesday 8 November 2017, 14:00',
    );
    expect(await there.states()).toEqual([
      's1 reminder uid-briefing 1d skipped superseded',
      's1 reminder uid-briefing 1h sent',
      's1 reminder uid-briefing 7d skipped superseded',
    ]);
  });

  test('of an event that began during the downtime is not posted', async () => {
    const there = await aboutToRemind();
    await there.sleepUntil('2017-11-08T15:00:00+01:00');
    expect(there.platform.posted).toEqual([]);
    expect(await there.states()).toEqual(['s1 reminder uid-briefing 1h skipped started']);
  });
});

test('buttons name the group where there are several, wherever they are pressed', async () => {
  const there = await aboutToRemind();
  const [group] = await there.store.groups();
  if (!group) throw new Error('there is no group');
  const other = { ...group, id: 'other', slug: 'hr', name: 'Human rights' };
  const writes = [
    { type: 'group', before: null, after: other } as const,
    { type: 'event', before: null, after: held('hearing', at('2017-11-08T15:00')) } as const,
  ];
  await there.store.commit(change(other.id, writes));
  const person = { kind: 'person', platform: 'slack', tenant: 'T1', id: 'U1' } as const;
  await there.store.subscriptions.save(subscription({ id: 's2', groupId: other.id, target: person }));
  await there.until('2017-11-08T14:02:00+01:00');
  const runs = there.platform.posted.map(({ to, text }) => [
    to.id,
    /Details: (?<run>.+?) {2}/u.exec(text)?.groups?.run,
  ]);
  expect(runs).toEqual([
    ['C1', 'show briefing --group gcm'],
    ['DU1', 'show hearing --group hr'],
  ]);
});

describe('at the moment of sending', () => {
  /** The reminder is in the ledger; the platform asks to wait, and something happens meanwhile. */
  async function meanwhile(happens: (there: Office) => Promise<void>): Promise<readonly string[]> {
    const there = await aboutToRemind();
    there.platform.next({ outcome: 'again', afterMs: 120_000, reason: 'rate limited' });
    await there.until('2017-11-08T14:00:00+01:00');
    await happens(there);
    await there.until('2017-11-08T14:04:00+01:00');
    expect(there.titles().filter((title) => title.startsWith('Reminder'))).toEqual([]);
    return (await there.states()).filter((state) => state.includes('reminder'));
  }

  test.each([
    ['cancelled', 'cancelled', { status: 'cancelled' }],
    ['postponed', 'postponed', { status: 'postponed' }],
    ['moved', 'moved', { when: at('2017-11-09T15:00') }],
    ['without a date', 'moved', { when: null }],
    ['vague', 'moved', { when: at('2017-11') }],
    ['a draft again', 'withdrawn', { visibility: 'draft' }],
  ] as const)('nothing is said of an event that is %s by then', async (_name, reason, fields) => {
    expect(await meanwhile((there) => there.edit('briefing', fields))).toEqual([
      `s1 reminder uid-briefing 1h skipped ${reason}`,
    ]);
  });

  const others: readonly (readonly [string, string, Partial<Subscription>])[] = [
    ['who has muted the event', 'unwanted', { mutes: [BRIEFING.uid] }],
    ['who asks for other events by then', 'unwanted', { only: ['other'] }],
    ['who asks for other lead times by then', 'unsubscribed', { leadTimes: leads('2h') }],
  ];
  test.each(others)('nothing is said to somebody %s', async (_name, reason, fields) => {
    expect(await meanwhile((there) => there.subscribe(fields))).toEqual([
      `s1 reminder uid-briefing 1h skipped ${reason}`,
    ]);
  });

  test('nothing is said to somebody who has unsubscribed', async () => {
    expect(await meanwhile((there) => there.store.subscriptions.remove('s1'))).toEqual([
      's1 reminder uid-briefing 1h skipped unsubscribed',
    ]);
  });

  test('a reminder is left out when the next one is due as well', async () => {
    const there = await aboutToRemind();
    await there.subscribe({ leadTimes: leads('1h', '58m') });
    there.platform.next({ outcome: 'again', afterMs: 150_000, reason: 'rate limited' });
    await there.until('2017-11-08T14:05:00+01:00');
    expect(there.platform.posted).toHaveLength(1);
    expect(await there.states()).toEqual([
      's1 reminder uid-briefing 1h skipped superseded',
      's1 reminder uid-briefing 58m sent',
    ]);
  });

  test('quiet times that have begun meanwhile hold it back', async () => {
    const there = await office('2017-11-07T19:55:00+01:00');
    await there.add(held('talk', at('2017-11-08T19:57')));
    await there.subscribe({
      leadTimes: leads('1d'),
      quiet: { hours: { from: '20:00', to: '08:00' }, weekends: false },
    });
    there.platform.next({ outcome: 'again', afterMs: 600_000, reason: 'rate limited' });
    await there.until('2017-11-07T20:30:00+01:00');
    expect(there.platform.posted).toEqual([]);
    await there.sleepUntil('2017-11-08T07:59:00+01:00');
    expect(there.platform.posted).toEqual([]);
    await there.sleepUntil('2017-11-08T08:00:00+01:00');
    expect(there.platform.posted).toHaveLength(1);
  });
});

describe('whatever the platform answers, there is one message or a reason', () => {
  const again: Behaviour = { outcome: 'again', afterMs: null, reason: 'HTTP 500' };

  test.each<readonly [string, readonly Behaviour[]]>([
    ['fails for a while', [again, again, again]],
    ['asks to wait', [{ outcome: 'again', afterMs: 30_000, reason: 'rate limited' }]],
    ['accepts and breaks off', ['dropped']],
    ['breaks off without having accepted', ['lost']],
    ['fails, then breaks off', [again, 'lost', 'dropped']],
    ['throws', ['throws', 'throws']],
  ])('when it %s', async (_name, behaviours) => {
    const there = await aboutToRemind();
    there.platform.next(...behaviours);
    await there.until('2017-11-08T14:30:00+01:00');
    expect(there.titles()).toEqual(['Reminder: About briefing']);
    expect(await there.states()).toEqual(['s1 reminder uid-briefing 1h sent']);
    expect(await there.records()).toMatchObject([{ message: { messageId: 'm1' } }]);
  });

  test('when it does not answer at all: after half a minute it is asked whether it has arrived', async () => {
    const there = await aboutToRemind();
    there.platform.next('hangs');
    await there.until('2017-11-08T14:00:00+01:00');
    await there.timer.pass(20_000);
    there.platform.letGo();
    await there.until('2017-11-08T14:05:00+01:00');
    expect(there.titles()).toHaveLength(1);
  });

  test('when it refuses for good: parked, the conversation is known to be out of reach, and is not tried again', async () => {
    const there = await aboutToRemind();
    const key = { platform: 'slack', tenant: 'T1', id: 'C1' };
    await there.store.saveConversation({
      ...key,
      kind: 'channel',
      name: 'gcm',
      serviceUrl: null,
      groupId: there.groupId,
      disconnected: null,
    });
    await there.subscribe({ leadTimes: leads('1h', '30m') });
    there.platform.always('C1', { outcome: 'never', reason: 'is_archived', isPlaceLost: true });
    await there.until('2017-11-08T14:35:00+01:00');
    expect((await there.store.conversation(key))?.disconnected).toBe('is_archived');
    expect(there.platform.tries).toBe(1);
    expect(await there.states()).toEqual([
      's1 reminder uid-briefing 1h parked never',
      's1 reminder uid-briefing 30m parked disconnected',
    ]);
    expect(await there.records()).toMatchObject([{ detail: '' }, { detail: 'is_archived' }]);
  });

  test('when the person is gone', async () => {
    const there = await aboutToRemind();
    await there.subscribe({ target: { kind: 'person', platform: 'slack', tenant: 'T1', id: 'gone' } });
    await there.until('2017-11-08T14:05:00+01:00');
    expect(await there.states()).toEqual(['s1 reminder uid-briefing 1h parked never']);
  });

  test('when it cannot be asked: parked, or sent again, as the setting says', async () => {
    const careful = await aboutToRemind();
    careful.platform.canTell = false;
    careful.platform.next('dropped');
    await careful.until('2017-11-08T14:05:00+01:00');
    expect(careful.titles()).toHaveLength(1);
    expect(await careful.states()).toEqual(['s1 reminder uid-briefing 1h parked nobody-knows']);

    const eager = await aboutToRemind({ whenUnknown: 'send' });
    eager.platform.canTell = false;
    eager.platform.next('lost');
    await eager.until('2017-11-08T14:05:00+01:00');
    expect(eager.titles()).toHaveLength(1);
    expect(await eager.states()).toEqual(['s1 reminder uid-briefing 1h sent']);
  });

  test('when nobody here speaks on it', async () => {
    const there = await aboutToRemind({ messengers: new Map() });
    await there.until('2017-11-08T14:05:00+01:00');
    expect(await there.states()).toEqual(['s1 reminder uid-briefing 1h parked no-messenger']);
  });

  test('when it never gets well: it is tried ever more seldom, and not after the start', async () => {
    const there = await aboutToRemind();
    there.platform.always('C1', again);
    await there.until('2017-11-08T15:05:00+01:00');
    expect(there.platform.tries).toBeGreaterThan(8);
    expect(there.platform.tries).toBeLessThan(20);
    expect(await there.states()).toEqual(['s1 reminder uid-briefing 1h skipped started']);
  });
});

describe('who is slow holds up nobody else', () => {
  test('neither the other conversations of its workspace, nor other workspaces', async () => {
    const there = await aboutToRemind();
    const channel = (id: string, tenant: string) =>
      ({ kind: 'conversation', platform: 'slack', tenant, id, thread: null }) as const;
    for (let number = 2; number <= 30; number += 1) {
      const target = channel(`C${number}`, number <= 15 ? 'T1' : 'T2');
      await there.subscribe({ id: `s${number}`, target });
    }
    there.platform.always('C1', 'hangs');
    there.platform.always('C2', { outcome: 'again', afterMs: 600_000, reason: 'rate limited' });
    there.clock.set('2017-11-08T14:00:00+01:00');
    await there.sweep.tick();
    await there.timer.pass(0);
    const arrived = new Set(there.platform.posted.map(({ to }) => to.id));
    for (let number = 16; number <= 30; number += 1) expect(arrived).toContain(`C${number}`);
    there.platform.letGo();
    await there.until('2017-11-08T14:12:00+01:00');
    expect(there.platform.posted).toHaveLength(29);
    expect(there.platform.mostAtOnce).toBe(1);
  });
});

test('a workspace with thousands of deliveries that hangs leaves room for the others', async () => {
  const there = await aboutToRemind();
  const now = there.clock.now().epochMilliseconds;
  const due = (key: string, tenant: string, id: string, sendAt: number): NewDelivery => ({
    key,
    kind: 'reminder',
    groupId: there.groupId,
    subscriptionId: 's1',
    eventUid: BRIEFING.uid,
    target: { kind: 'conversation', platform: 'slack', tenant, id, thread: null },
    payload: { trigger: '1h', start: 'time:2017-11-08T15:00@Europe/Zurich' },
    plannedFor: now,
    sendAt,
    uselessFrom: null,
    skipped: null,
  });
  const flood = Array.from({ length: 6000 }, (_, number) => due(`flood ${number}`, 'T1', `C${number % 500}`, now - 1));
  for (let number = 0; number < 500; number += 1) there.platform.always(`C${number}`, 'hangs');
  await there.store.ledger.add([...flood, due('one', 'T2', 'other', now)], now);
  await there.sweep.tick();
  for (let turn = 0; turn < 50 && there.platform.posted.length === 0; turn += 1) await there.timer.pass(0);
  expect(there.platform.posted.map(({ to }) => to.id)).toEqual(['other']);
  expect(await there.store.ledger.list({ state: 'claimed', limit: 10_000 })).toHaveLength(300);
});

describe('a worker that stops', () => {
  test('lets what is in flight finish, and hands back the rest untouched', async () => {
    const there = await aboutToRemind();
    for (let number = 2; number <= 20; number += 1) await there.subscribe({ id: `s${number}` });
    there.platform.next('hangs');
    there.clock.set('2017-11-08T14:00:00+01:00');
    await there.sweep.tick();
    await there.timer.pass(0);
    const stopping = there.sweep.stop();
    await there.timer.pass(5000);
    there.platform.letGo();
    await stopping;
    const records = await there.records();
    expect(records.filter(({ state }) => state === 'sent')).toHaveLength(1);
    expect(records.filter(({ state, attempts }) => state === 'due' && attempts === 0)).toHaveLength(19);

    const other = there.another();
    await other.tick();
    await there.timer.pass(0);
    expect(there.platform.posted).toHaveLength(20);
  });

  test('gives up after ten seconds, and the next one asks what has arrived', async () => {
    const there = await aboutToRemind();
    there.platform.next('hangs');
    there.clock.set('2017-11-08T14:00:00+01:00');
    await there.sweep.tick();
    await there.timer.pass(0);
    const stopping = there.sweep.stop();
    await there.timer.pass(10_000);
    await stopping;
    expect(await there.records()).toMatchObject([{ state: 'due', attempts: 1 }]);
    const other = there.another();
    await other.tick();
    await there.timer.pass(4999);
    // It may be there in a moment, and only then can be asked for.
    there.platform.letGo();
    await there.timer.pass(1);
    expect(there.titles()).toHaveLength(1);
    expect(await there.states()).toEqual(['s1 reminder uid-briefing 1h sent']);
  });

  test('dead in the middle: another takes over within a minute, and asks what has arrived', async () => {
    const there = await aboutToRemind();
    there.clock.set('2017-11-08T14:00:00+01:00');
    // What a process does that is killed right after its message has arrived.
    const dead = there.another({
      store: {
        ...there.store,
        ledger: {
          ...there.store.ledger,
          settle: () => new Promise(() => undefined),
          extend: () => Promise.resolve([]),
        },
      },
    });
    await dead.tick();
    await there.timer.pass(0);
    expect(there.titles()).toHaveLength(1);
    const other = there.another();
    await other.tick();
    await there.timer.pass(49_000);
    expect(await there.records()).toMatchObject([{ state: 'claimed', attempts: 1 }]);
    await there.timer.pass(11_000);
    expect(there.titles()).toHaveLength(1);
    expect(await there.states()).toEqual(['s1 reminder uid-briefing 1h sent']);
  });
});

describe('when the database fails', () => {
  test('what came of a delivery is written down as soon as it is back', async () => {
    let failures = 0;
    const there = await aboutToRemind();
    const { ledger } = there.store;
    const shaky = there.another({
      store: {
        ...there.store,
        ledger: {
          ...ledger,
          settle: (...given) => ((failures += 1) <= 3 ? Promise.reject(new Error('gone')) : ledger.settle(...given)),
        },
      },
    });
    there.clock.set('2017-11-08T14:00:00+01:00');
    await shaky.tick();
    await there.timer.pass(10_000);
    expect(there.titles()).toHaveLength(1);
    expect(await there.states()).toEqual(['s1 reminder uid-briefing 1h sent']);
    expect(there.errors).toHaveLength(3);
  });

  test('a tick that could not write anything down is made good by the next', async () => {
    let failures = 0;
    const there = await aboutToRemind();
    const { ledger } = there.store;
    const shaky = there.another({
      store: {
        ...there.store,
        ledger: {
          ...ledger,
          add: (...given) => ((failures += 1) <= 1 ? Promise.reject(new Error('gone')) : ledger.add(...given)),
        },
      },
    });
    there.clock.set('2017-11-08T14:00:00+01:00');
    await shaky.tick();
    there.clock.set('2017-11-08T14:01:00+01:00');
    await shaky.tick();
    await there.timer.pass(0);
    expect(there.titles()).toHaveLength(1);
  });
});

import { describe, expect, test } from 'vitest';
import { card } from '../../src/cards/card.ts';
import { english } from '../../src/language/index.ts';
import type { Messenger } from '../../src/ports.ts';
import type { Claimed } from '../../src/reminders/ledger.ts';
import { sendDelivery, type Sent, type SendParts } from '../../src/reminders/send.ts';
import { clockAt } from '../support/clock.ts';
import { fakePlatform, type Behaviour } from '../support/messenger.ts';
import { at, held } from '../support/subscriptions.ts';
import { timerOn } from '../support/timer.ts';
import { office } from './office.ts';

const NOW = '2017-11-08T14:00:00+01:00';
const T = Date.parse(NOW);

type Find = Messenger['find'];

/** Ways in which a platform does not answer the question what has arrived. */
const UNANSWERED: readonly (readonly [string, Find])[] = [
  ['hangs', () => new Promise(() => undefined)],
  ['throws', () => Promise.reject(new Error('socket hang up'))],
  ['asks to be asked later', () => Promise.resolve({ outcome: 'again', afterMs: null, reason: 'HTTP 500' })],
];

/** A delivery of which an attempt before this one may have arrived. */
function uncertain(fields: Partial<Claimed> = {}): Claimed {
  return {
    id: 1,
    key: 'k',
    kind: 'reminder',
    groupId: 'group',
    subscriptionId: 's1',
    eventUid: null,
    target: { kind: 'conversation', platform: 'slack', tenant: 'T1', id: 'C1', thread: null },
    payload: {},
    plannedFor: T,
    uselessFrom: null,
    attempts: 2,
    isUncertain: true,
    ...fields,
  };
}

/** Sends a delivery to a platform that is asked in this way what has arrived. */
function sending(find: Find, delivery: Claimed = uncertain(), more: Partial<SendParts> = {}) {
  const platform = fakePlatform();
  const timer = timerOn(clockAt(NOW));
  const parts: SendParts = {
    store: { conversation: () => Promise.resolve(null) },
    messengers: new Map([['slack', { ...platform.messenger, find }]]),
    clock: clockAt(NOW),
    timer,
    chance: () => 0.5,
    whenUnknown: 'park',
    ...more,
  };
  const what = { verdict: 'send', card: card('News'), language: english, replaces: null, told: null } as const;
  const sent: { result: Sent | null } = { result: null };
  void sendDelivery(delivery, what, parts, () => Promise.resolve(true)).then((result) => (sent.result = result));
  return { platform, timer, sent };
}

describe('when an earlier attempt may have arrived, and the platform that is asked', () => {
  test('does not answer: after half a minute it is to be asked again, and nothing is sent, then or later', async () => {
    const answer = Promise.withResolvers<null>();
    const { platform, timer, sent } = sending(() => answer.promise);
    await timer.pass(29_999);
    expect(sent.result).toBeNull();
    await timer.pass(1);
    expect(sent.result).toEqual({
      outcome: { state: 'again', at: T + 5000, detail: 'no answer within 30 seconds', isUnsent: false },
      pauseMs: null,
    });
    answer.resolve(null);
    await timer.pass(60_000);
    expect(platform.tries).toBe(0);
    expect(timer.waiting).toBe(0);
  });

  test('breaks off: it is to be asked again, and nothing is sent', async () => {
    const { platform, timer, sent } = sending(() => Promise.reject(new Error('socket hang up')));
    await timer.pass(0);
    expect(sent.result).toEqual({
      outcome: { state: 'again', at: T + 5000, detail: 'socket hang up', isUnsent: false },
      pauseMs: null,
    });
    expect(platform.tries).toBe(0);
    expect(timer.waiting).toBe(0);
  });

  test('asks to wait: the whole tenant waits, nothing is sent, and the earlier attempt stays unknown', async () => {
    const { platform, timer, sent } = sending(() =>
      Promise.resolve({ outcome: 'again', afterMs: 20_000, reason: 'rate limited' }),
    );
    await timer.pass(0);
    expect(sent.result).toEqual({
      outcome: { state: 'again', at: T + 20_500, detail: 'rate limited', isUnsent: false },
      pauseMs: 20_000,
    });
    expect(platform.tries).toBe(0);
  });

  test.each(UNANSWERED)('%s: it is asked ever more seldom', async (_name, find) => {
    const { timer, sent } = sending(find, uncertain({ attempts: 8 }));
    await timer.pass(30_000);
    expect(sent.result?.outcome).toMatchObject({ state: 'again', at: T + 192_000, isUnsent: false });
  });

  test.each(UNANSWERED)('%s: nothing is sent where what is unknown is sent again, either', async (_name, find) => {
    const { platform, timer, sent } = sending(find, uncertain(), { whenUnknown: 'send' });
    await timer.pass(30_000);
    expect(sent.result?.outcome).toMatchObject({ state: 'again', isUnsent: false });
    expect(platform.tries).toBe(0);
  });

  test.each(UNANSWERED)('%s for the thirtieth time: it is parked, and nothing is sent', async (_name, find) => {
    const last = sending(find, uncertain({ attempts: 29 }));
    await last.timer.pass(30_000);
    expect(last.sent.result?.outcome).toMatchObject({ state: 'again', isUnsent: false });

    const { platform, timer, sent } = sending(find, uncertain({ attempts: 30 }));
    await timer.pass(30_000);
    expect(sent.result?.outcome).toMatchObject({ state: 'parked', reason: 'gave-up' });
    expect(platform.tries).toBe(0);
  });
});

describe('a reminder whose sending broke off, on a platform that for a while does not say what has arrived', () => {
  const BRIEFING = held('briefing', at('2017-11-08T15:00'));

  /** An office on such a platform, at the time of a reminder. */
  async function brokenOff(find: Find, behaviour: Behaviour) {
    const platform = fakePlatform();
    const asked = { isAnswered: false, times: 0 };
    const messenger: Messenger = {
      ...platform.messenger,
      find(...given) {
        asked.times += 1;
        return asked.isAnswered ? platform.messenger.find(...given) : find(...given);
      },
    };
    const there = await office('2017-11-08T13:55:00+01:00', { messengers: new Map([['slack', messenger]]) });
    await there.add(BRIEFING);
    await there.subscribe();
    platform.next(behaviour);
    await there.until('2017-11-08T14:10:00+01:00');
    return { there, platform, asked };
  }

  test.each(UNANSWERED)('is not sent again as long as it %s, and is found once it answers', async (_name, find) => {
    const { there, platform, asked } = await brokenOff(find, 'dropped');
    expect(asked.times).toBeGreaterThan(3);
    expect(platform.tries).toBe(1);
    expect(await there.records()).toMatchObject([{ attempts: asked.times + 1 }]);
    asked.isAnswered = true;
    await there.until('2017-11-08T14:25:00+01:00');
    expect(platform.tries).toBe(1);
    expect(await there.records()).toMatchObject([{ state: 'sent', message: { messageId: 'm1' } }]);
    expect(there.errors).toEqual([]);
  });

  test.each(UNANSWERED)('and has not arrived, is sent once it no longer %s', async (_name, find) => {
    const { there, platform, asked } = await brokenOff(find, 'lost');
    expect(platform.tries).toBe(1);
    asked.isAnswered = true;
    await there.until('2017-11-08T14:25:00+01:00');
    expect(platform.tries).toBe(2);
    expect(platform.posted).toHaveLength(1);
    expect(await there.states()).toEqual(['s1 reminder uid-briefing 1h sent']);
  });

  test.each(UNANSWERED)(
    'is neither sent nor asked about after the start, when it %s till then',
    async (_name, find) => {
      const { there, platform, asked } = await brokenOff(find, 'dropped');
      await there.until('2017-11-08T15:15:00+01:00');
      const { times } = asked;
      await there.until('2017-11-08T15:45:00+01:00');
      expect(asked.times).toBe(times);
      expect(platform.tries).toBe(1);
      expect(await there.states()).toEqual(['s1 reminder uid-briefing 1h skipped started']);
    },
  );
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPace } from '../../../adapters/teams/pace.ts';
import { card, text } from '../../../src/cards/card.ts';
import { english } from '../../../src/language/index.ts';
import { clockAt } from '../../support/clock.ts';
import { timerOn } from '../../support/timer.ts';
import { CHANNEL, TENANT, tenant } from './tenant.ts';

const START = '2017-11-01T08:00:00Z';

function pacing() {
  const clock = clockAt(START);
  const timer = timerOn(clock);
  const pace = createPace(timer);
  const sent: { readonly to: string; readonly at: number; readonly wait: number }[] = [];
  return {
    pace,
    timer,
    sent,
    send(to: string) {
      void pace.turn(to).then((wait) => {
        sent.push({ to, wait, at: clock.now().epochMilliseconds - Date.parse(START) });
      });
    },
  };
}

describe('the pace', () => {
  test('lets seven messages at once into a conversation, and the eighth a second later', async () => {
    const { send, timer, sent } = pacing();
    for (let n = 0; n < 9; n += 1) send('a');
    await timer.pass(0);
    expect(sent).toHaveLength(7);
    await timer.pass(5000);
    expect(sent.map(({ at }) => at)).toEqual([0, 0, 0, 0, 0, 0, 0, 1000, 2000]);
  });

  test('keeps no conversation waiting for another, and thirty a second over all', async () => {
    const { send, timer, sent } = pacing();
    for (let n = 0; n < 40; n += 1) send(`conversation ${n}`);
    await timer.pass(0);
    expect(sent).toHaveLength(30);
    await timer.pass(1000);
    expect(sent).toHaveLength(40);
  });

  test('sends away who would wait too long, and gives them no place', async () => {
    const { send, timer, sent, pace } = pacing();
    pace.hold('a', 30_000);
    send('a');
    await timer.pass(0);
    expect(sent).toEqual([{ to: 'a', at: 0, wait: 30_000 }]);
    await timer.pass(30_000);
    send('a');
    await timer.pass(0);
    expect(sent.at(-1)).toEqual({ to: 'a', at: 30_000, wait: 0 });
  });

  test('keeps within every window, however messages come', async () => {
    const windows = [
      [7, 1000],
      [8, 2000],
      [60, 30_000],
    ] as const;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 3000 }), { minLength: 1, maxLength: 90 }), async (gaps) => {
        const { send, timer, sent } = pacing();
        for (const gap of gaps) {
          send('a');
          await timer.pass(gap);
        }
        await timer.pass(20_000);
        const times = sent.filter(({ wait }) => wait === 0).map(({ at }) => at);
        for (const [count, ms] of windows) {
          times.forEach((at, n) => {
            const before = times[n - count];
            if (before !== undefined) expect(at - before).toBeGreaterThanOrEqual(ms);
          });
        }
      }),
      { numRuns: 10 },
    );
  });
});

describe('whoever sets the clock of the machine', () => {
  /** Seven messages are there, and the next has to wait for a second. */
  async function sending() {
    const timer = timerOn(clockAt(START));
    const { teams, house, connector } = await tenant({ timer, bot: { sample: false } });
    const place = { platform: 'teams', tenant: TENANT, id: CHANNEL };
    const about = { kind: 'channel', name: null, groupId: null, disconnected: null } as const;
    await house.store.saveConversation({ ...place, ...about, serviceUrl: connector.url });
    const post = () =>
      teams.messenger.post({ ...place, thread: null }, card(null, text('Moved.')), {
        language: english,
        deliveryId: null,
      });
    for (let number = 0; number < 7; number += 1) await post();
    return { timer, clock: house.clock, connector, post };
  }

  test('an hour back does not stop what is to be sent', async () => {
    const { post, timer, clock, connector } = await sending();
    clock.set('2017-11-01T07:00:00Z');
    const next = post();
    await timer.pass(1000);
    expect(await next).toMatchObject({ outcome: 'sent' });
    expect(connector.messages).toHaveLength(8);
  });

  test('an hour ahead makes nothing go faster than Teams takes it', async () => {
    const { post, timer, clock } = await sending();
    clock.set('2017-11-01T09:00:00Z');
    const next = post().then(() => timer.elapsed());
    await timer.pass(1000);
    expect(await next).toBe(1000);
    const further = post().then(() => timer.elapsed());
    clock.set('2017-11-01T10:00:00Z');
    await timer.pass(1000);
    expect(await further).toBe(2000);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPace } from '../../../adapters/teams/pace.ts';
import { clockAt } from '../../support/clock.ts';
import { timerOn } from '../../support/timer.ts';

const START = '2017-11-01T08:00:00Z';

function pacing() {
  const clock = clockAt(START);
  const timer = timerOn(clock);
  const pace = createPace({ clock, timer });
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

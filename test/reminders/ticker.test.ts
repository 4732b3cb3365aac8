import { expect, test } from 'vitest';
import { startTicker, type CronSchedule } from '../../src/reminders/ticker.ts';
import type { Sweep } from '../../src/reminders/sweep.ts';

test('it ticks every minute in UTC, never twice at once, survives a tick that fails, and stops both', async () => {
  const happened: string[] = [];
  let task = () => Promise.resolve();
  const schedule: CronSchedule = (expression, given, { timezone, noOverlap }) => {
    happened.push(`${expression} ${timezone} ${noOverlap}`);
    task = given;
    return {
      stop: () => {
        happened.push('no more ticks');
      },
    };
  };
  const sweep: Sweep = {
    tick: () => {
      happened.push('tick');
      return Promise.reject(new Error('gone'));
    },
    idle: () => Promise.resolve(),
    stop: () => {
      happened.push('stopped');
      return Promise.resolve();
    },
  };
  const ticker = startTicker(schedule, sweep, { error: (_fields, message) => happened.push(message) });
  await task();
  await ticker.stop();
  expect(happened).toEqual(['* * * * * UTC true', 'tick', 'a tick failed', 'no more ticks', 'stopped']);
});

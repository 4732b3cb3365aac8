import { expect, test } from 'vitest';
import { backoff } from '../../src/reminders/backoff.ts';

test('whoever fails waits twice as long each time, up to ten minutes, and not all of them the same', () => {
  expect([1, 2, 3, 4].map((attempts) => backoff(attempts, 0))).toEqual([1000, 2000, 4000, 8000]);
  expect([1, 2, 3, 4].map((attempts) => backoff(attempts, 0.5))).toEqual([1500, 3000, 6000, 12_000]);
  expect([10, 30, 1000].map((attempts) => backoff(attempts, 0))).toEqual([300_000, 300_000, 300_000]);
});

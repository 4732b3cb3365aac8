import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../src/clock.ts';

/** A clock that stands still until a test moves it. */
export interface TestClock extends Clock {
  set(moment: string): void;
}

/** @param moment ISO 8601 with an offset */
export function clockAt(moment: string): TestClock {
  let now = Temporal.Instant.from(moment);
  return {
    now: () => now,
    set(next) {
      now = Temporal.Instant.from(next);
    },
  };
}

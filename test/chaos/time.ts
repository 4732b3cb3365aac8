import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../src/clock.ts';
import type { Timer } from '../../src/timer.ts';

/** How fast time passes in a chaos run: a lease of a minute is over within six seconds. */
export const SPEED = 10;

/** The moment at which every run begins. */
export const ORIGIN = Date.parse('2017-11-01T08:00:00Z');

/** A clock that runs fast, and jumps when it is told to. */
export interface JumpingClock extends Clock {
  /** How far it is from where it would be without a jump, in milliseconds. */
  shift: number;
}

/** @param began when the run began, by the machine's own clock: all processes of a run agree on it */
export function jumpingClock(began: number): JumpingClock {
  return {
    shift: 0,
    now() {
      return Temporal.Instant.fromEpochMilliseconds(ORIGIN + Math.round((Date.now() - began) * SPEED) + this.shift);
    },
  };
}

/** Waits as much shorter as the clock runs faster. No jump of the clock moves it. */
export const fastTimer: Timer = {
  after(ms, task) {
    const timeout = setTimeout(task, ms / SPEED);
    return () => {
      clearTimeout(timeout);
    };
  },
  elapsed: () => performance.now() * SPEED,
};

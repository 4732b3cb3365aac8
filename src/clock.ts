import { Temporal } from 'temporal-polyfill';

/** Where every part of the bot reads the time. Nothing else in the project may ask the machine. */
export interface Clock {
  /** The present moment, to the millisecond. */
  now(): Temporal.Instant;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()),
};

/** A clock that starts at `start` and runs at the machine's pace from there: the demo, `GCM_NOW`, `--now`. */
export function clockStartingAt(start: Temporal.Instant, real: Clock = systemClock): Clock {
  const shift = start.epochMilliseconds - real.now().epochMilliseconds;
  return {
    now: () => Temporal.Instant.fromEpochMilliseconds(real.now().epochMilliseconds + shift),
  };
}

const MINUTE_MS = 60_000;

/** The beginning of the minute that a moment is in, both in epoch milliseconds: what a schedule holds begins with one. */
export function minuteOf(moment: number): number {
  return Math.floor(moment / MINUTE_MS) * MINUTE_MS;
}

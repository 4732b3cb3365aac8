const FIRST_MS = 2000;
const LONGEST_MS = 10 * 60_000;

/**
 * How long to wait before something is tried again, in milliseconds: twice as long after every attempt, up to ten
 * minutes, and between half of it and all of it, so that what failed together does not come back together.
 *
 * @param attempts how often it was tried, at least once
 * @param chance from 0 to below 1
 */
export function backoff(attempts: number, chance: number): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempts - 1, 20));
  return Math.round(longest / 2 + (longest / 2) * chance);
}

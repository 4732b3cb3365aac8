import { pause, type Timer } from '../../src/timer.ts';

/** At most so many posts within so many milliseconds. */
type Window = readonly [count: number, ms: number];

/**
 * How fast Teams takes messages of one bot in one conversation, and over all of them (Microsoft, “Optimize your bot with
 * rate limiting in Teams”).
 */
const CONVERSATION: readonly Window[] = [
  [7, 1000],
  [8, 2000],
  [60, 30_000],
  [1800, 3_600_000],
];
const OVER_ALL: readonly Window[] = [[30, 1000]];
/** Whoever would have to wait longer than this is sent away instead; milliseconds. */
const PATIENCE = 10_000;
/** After how many turns conversations that have long been quiet are forgotten. */
const TURNS_BETWEEN_SWEEPS = 1000;

/** When something may be sent. */
export interface Pace {
  /**
   * Waits for a turn in a conversation.
   *
   * @returns 0 once it has come; otherwise the wait would be too long, and this is how many milliseconds it would be
   */
  turn(conversation: string): Promise<number>;
  /** Teams said not to come back to a conversation before so many milliseconds have passed. */
  hold(conversation: string, ms: number): void;
}

/**
 * Keeps messages at the pace that Teams takes. No clock decides: one that is set back would hold everything up, and one
 * that is set ahead let everything go at once.
 */
export function createPace(timer: Timer): Pace {
  /** When turns were given out, in milliseconds of {@link Timer.elapsed}, rising. */
  const given = new Map<string, number[]>();
  const held = new Map<string, number>();
  const overall: number[] = [];
  let turns = 0;

  const sweep = () => {
    turns += 1;
    if (turns % TURNS_BETWEEN_SWEEPS > 0) return;
    const now = timer.elapsed();
    const longest = Math.max(...CONVERSATION.map(([, ms]) => ms));
    for (const [key, times] of given) if ((times.at(-1) ?? -Infinity) + longest < now) given.delete(key);
    for (const [key, until] of held) if (until < now) held.delete(key);
  };
  const take = async (times: number[], windows: readonly Window[], notBefore: number): Promise<number> => {
    const now = timer.elapsed();
    const start = Math.max(now, notBefore, ...windows.map(([count, ms]) => (times.at(-count) ?? -Infinity) + ms));
    if (start - now > PATIENCE) return start - now;
    times.push(start);
    const kept = Math.max(...windows.map(([count]) => count));
    if (times.length > 2 * kept) times.splice(0, times.length - kept);
    if (start > now) await pause(timer, start - now);
    return 0;
  };

  return {
    async turn(conversation) {
      sweep();
      const times = given.get(conversation) ?? [];
      given.set(conversation, times);
      const wait = await take(times, CONVERSATION, held.get(conversation) ?? -Infinity);
      // Only now, so that nobody's place in the common queue is held for somebody who still waits for their own.
      return wait > 0 ? wait : take(overall, OVER_ALL, -Infinity);
    },

    hold(conversation, ms) {
      held.set(conversation, Math.max(held.get(conversation) ?? -Infinity, timer.elapsed() + ms));
    },
  };
}

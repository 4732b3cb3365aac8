import { pause, type Timer } from '../../src/timer.ts';

/**
 * How fast Slack takes messages: one a second in a channel, and “several hundred a minute” over a workspace
 * (https://docs.slack.dev/apis/web-api/rate-limits). Milliseconds.
 */
const CHANNEL = { every: 1000, ahead: 0 };
const WORKSPACE = { every: 200, ahead: 2000 };
/** Whoever would have to wait longer than this is sent away instead; milliseconds. */
const PATIENCE = 10_000;
/** After how many turns those that are long past are forgotten. */
const TURNS_BETWEEN_SWEEPS = 1000;

/** When something may be sent. */
export interface Pace {
  /**
   * Waits for a turn in a channel.
   *
   * @returns 0 once it has come; otherwise the wait would be too long, and this is how many milliseconds it would be
   */
  turn(tenant: string, channel: string): Promise<number>;
  /** Slack said not to come back to a channel before so many milliseconds have passed. */
  hold(tenant: string, channel: string, ms: number): void;
}

/**
 * Keeps messages at the pace that Slack takes, each channel and each workspace on its own. No clock decides: one that is
 * set back would hold everything up, and one that is set ahead let everything go at once.
 */
export function createPace(timer: Timer): Pace {
  /** Up to when a channel or workspace has been given out, in milliseconds of {@link Timer.elapsed}. */
  const taken = new Map<string, number>();
  let turns = 0;

  const sweep = () => {
    turns += 1;
    if (turns % TURNS_BETWEEN_SWEEPS > 0) return;
    const now = timer.elapsed();
    for (const [key, until] of taken) if (until < now) taken.delete(key);
  };

  return {
    async turn(tenant, channel) {
      sweep();
      const now = timer.elapsed();
      const place = `${tenant} ${channel}`;
      const start = Math.max(
        now,
        (taken.get(place) ?? -Infinity) - CHANNEL.ahead,
        (taken.get(tenant) ?? -Infinity) - WORKSPACE.ahead,
      );
      const wait = start - now;
      if (wait > PATIENCE) return wait;
      taken.set(place, start + CHANNEL.every);
      taken.set(tenant, Math.max(now, taken.get(tenant) ?? -Infinity) + WORKSPACE.every);
      if (wait > 0) await pause(timer, wait);
      return 0;
    },

    hold(tenant, channel, ms) {
      const place = `${tenant} ${channel}`;
      taken.set(place, Math.max(taken.get(place) ?? -Infinity, timer.elapsed() + ms));
    },
  };
}

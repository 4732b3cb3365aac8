import type { Clock } from '../../src/clock.ts';
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

/** Keeps messages at the pace that Slack takes, each channel and each workspace on its own. */
export function createPace(parts: { readonly clock: Clock; readonly timer: Timer }): Pace {
  /** Up to when a channel or workspace has been given out, in milliseconds since the epoch. */
  const taken = new Map<string, number>();
  let turns = 0;
  const present = () => parts.clock.now().epochMilliseconds;

  const sweep = () => {
    turns += 1;
    if (turns % TURNS_BETWEEN_SWEEPS > 0) return;
    const now = present();
    for (const [key, until] of taken) if (until < now) taken.delete(key);
  };

  return {
    async turn(tenant, channel) {
      sweep();
      const now = present();
      const place = `${tenant} ${channel}`;
      const start = Math.max(now, (taken.get(place) ?? 0) - CHANNEL.ahead, (taken.get(tenant) ?? 0) - WORKSPACE.ahead);
      const wait = start - now;
      if (wait > PATIENCE) return wait;
      taken.set(place, start + CHANNEL.every);
      taken.set(tenant, Math.max(now, taken.get(tenant) ?? 0) + WORKSPACE.every);
      if (wait > 0) await pause(parts.timer, wait);
      return 0;
    },

    hold(tenant, channel, ms) {
      const place = `${tenant} ${channel}`;
      taken.set(place, Math.max(taken.get(place) ?? 0, present() + ms));
    },
  };
}

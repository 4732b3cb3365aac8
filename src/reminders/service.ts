import type { Messenger } from '../ports.ts';
import { createSweep, type SweepParts } from './sweep.ts';
import { startTicker, type CronSchedule } from './ticker.ts';

/** What keeping everybody told takes, as the service has it at hand. */
export interface RemindersParts extends Omit<SweepParts, 'messengers'> {
  /** Of the platforms that the bot is on. */
  readonly messengers: readonly Messenger[];
  /** What ticks: node-cron’s. */
  readonly schedule: CronSchedule;
}

/**
 * Keeps everybody told from now on. What fell due while the bot was down is seen to at once, not only with the first
 * full minute.
 *
 * @returns what stops it: what is in flight finishes within ten seconds, the rest is handed back
 */
export function startReminders({ schedule, messengers, ...parts }: RemindersParts): {
  readonly stop: () => Promise<void>;
} {
  const byPlatform = new Map(messengers.map((messenger) => [messenger.platform, messenger]));
  const sweep = createSweep({ ...parts, messengers: byPlatform });
  const ticker = startTicker(schedule, sweep, parts.log);
  const first = sweep.tick();
  return {
    async stop() {
      await first;
      await ticker.stop();
    },
  };
}

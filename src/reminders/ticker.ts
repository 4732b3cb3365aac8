import type { Log } from '../log.ts';
import type { Sweep } from './sweep.ts';

/** What the ticker needs of node-cron: the rest of it stays outside. */
export type CronSchedule = (
  expression: string,
  task: () => Promise<void>,
  options: { readonly timezone: string; readonly noOverlap: boolean; readonly name: string },
) => { stop(): void | Promise<void> };

/**
 * Ticks every minute. In UTC, because node-cron skips or doubles wall times when clocks change, and never twice at once.
 * It only ticks: what is due is found out from the store, so a tick that is missed costs nothing but its minute.
 *
 * @returns what stops it: no tick begins after that, and what is in flight finishes within ten seconds
 */
export function startTicker(
  schedule: CronSchedule,
  sweep: Sweep,
  log: Pick<Log, 'error'>,
): { readonly stop: () => Promise<void> } {
  const task = schedule(
    '* * * * *',
    () =>
      sweep.tick().catch((error: unknown) => {
        log.error({ err: error }, 'a tick failed');
      }),
    { timezone: 'UTC', noOverlap: true, name: 'reminders' },
  );
  return {
    async stop() {
      await task.stop();
      await sweep.stop();
    },
  };
}

import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Timer } from '../timer.ts';
import { SILENCE_MS } from './hold.ts';
import type { Lease, Ledger } from './ledger.ts';

/** How often it is looked who shows a sign of life, in milliseconds. */
const LOOK_EVERY_MS = 5000;
const LOOKS = SILENCE_MS / LOOK_EVERY_MS;

/**
 * Makes due again what somebody has claimed who shows no sign of life any more: their lease has been the same for so many
 * looks in a row. No clock decides: those of several machines differ, and all of them jump. A look that fails starts the
 * count anew, since with the database away nobody can give a sign.
 *
 * @param takenOver told when there is something to do
 * @returns what ends it
 */
export function watchLeases(parts: {
  readonly ledger: Pick<Ledger, 'leases' | 'takeOver'>;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly log: Log;
  readonly takenOver: () => void;
}): () => void {
  const { ledger, clock, timer, log, takenOver } = parts;
  let seen: ReadonlyMap<string, { readonly lease: Lease; readonly times: number }> = new Map();
  let isOver = false;
  let callOff: () => void = () => undefined;

  const look = async () => {
    const before = seen;
    seen = new Map();
    const leases = await ledger.leases();
    const now = new Map(
      leases.map((lease) => {
        const key = `${lease.owner} ${lease.until}`;
        return [key, { lease, times: (before.get(key)?.times ?? -1) + 1 }];
      }),
    );
    const silent = [...now.values()].flatMap(({ lease, times }) => (times >= LOOKS ? [lease] : []));
    const count = await ledger.takeOver(silent, clock.now().epochMilliseconds);
    seen = now;
    if (count === 0) return;
    log.warn({ count, owners: [...new Set(silent.map(({ owner }) => owner))] }, 'deliveries were taken over');
    takenOver();
  };
  const lookLater = () => {
    callOff = timer.after(LOOK_EVERY_MS, () => {
      look()
        .catch((error: unknown) => {
          log.error({ err: error }, 'it could not be looked who is still at work');
        })
        .finally(() => {
          if (!isOver) lookLater();
        });
    });
  };
  lookLater();
  return () => {
    isOver = true;
    callOff();
  };
}

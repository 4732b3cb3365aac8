import type { Schedules } from '../engine/schedules.ts';
import type { Language } from '../language/language.ts';
import type { Store } from '../ports.ts';
import { createLook } from './judge.ts';
import type { SendParts } from './send.ts';
import { watchLeases } from './takeover.ts';
import { createWorker, type WorkerParts } from './worker.ts';
import { writeDown, type WriteDownParts } from './write-down.ts';

/** What keeps everybody told takes. */
export interface SweepParts
  extends
    Omit<SendParts, 'store'>,
    Pick<WorkerParts, 'log' | 'owner' | 'senders'>,
    Pick<WriteDownParts, 'further' | 'firstAdmins' | 'membersOf'> {
  readonly store: Store;
  readonly schedules: Schedules;
  readonly languages: readonly [Language, ...Language[]];
}

/** Writes down what falls due, and sees to it that it is sent. */
export interface Sweep {
  /**
   * Writes down what has fallen due since the last time, and begins to send what is ready. To be called every minute:
   * it does not wait for what is slow to be sent.
   */
  tick(): Promise<void>;
  /** Resolves when nothing is ready to be sent any more. */
  idle(): Promise<void>;
  /** Lets what is in flight finish, within ten seconds, and hands back the rest. */
  stop(): Promise<void>;
}

/** How long settled deliveries are kept; and how often the old ones are swept out. */
export const DELIVERIES_KEPT_DAYS = 90;
const KEPT_MS = DELIVERIES_KEPT_DAYS * 86_400_000;
const TICKS_BETWEEN_CLEANINGS = 24 * 60;

/**
 * The whole of it. Between two ticks it wakes by itself when something becomes ready: a second attempt, or what another
 * process has left behind.
 */
export function createSweep(parts: SweepParts): Sweep {
  const { store, clock, timer, log } = parts;
  const worker = createWorker({ ...parts, ledger: store.ledger, look: createLook(parts) });
  let isStopped = false;
  let endWatch: (() => void) | null = null;
  let ticks = 0;
  let callOffWaking: (() => void) | null = null;

  const drain = (): Promise<void> => {
    callOffWaking?.();
    callOffWaking = null;
    return worker
      .drain()
      .then(wakeLater)
      .catch((error: unknown) => {
        log.error({ err: error }, 'deliveries could not be sent');
      });
  };

  const wakeLater = async (): Promise<void> => {
    const next = isStopped ? null : await store.ledger.nextReadyAt([]);
    const wait = next === null ? Infinity : next - clock.now().epochMilliseconds;
    // Every minute there is a tick anyway.
    if (isStopped || wait > 60_000) return;
    callOffWaking?.();
    callOffWaking = timer.after(Math.max(wait, LEAST_WAIT_MS), () => {
      void drain();
    });
  };

  return {
    async tick() {
      if (isStopped) return;
      // What is written down already waits for nothing that is still to be.
      void drain();
      endWatch ??= watchLeases({ ledger: store.ledger, clock, timer, log, takenOver: () => void drain() });
      try {
        await writeDown(parts);
        ticks += 1;
        if (ticks % TICKS_BETWEEN_CLEANINGS === 0) {
          await store.ledger.forget(clock.now().epochMilliseconds - KEPT_MS);
        }
      } catch (error) {
        // The next tick plans the same stretch of time, and what is written down already can still be sent.
        log.error({ err: error }, 'what falls due could not be written down');
      }
      void drain();
    },

    idle: () => worker.drain(),

    async stop() {
      isStopped = true;
      callOffWaking?.();
      endWatch?.();
      await worker.stop();
    },
  };
}

/** A tenant that has to wait may have something ready all the time. */
const LEAST_WAIT_MS = 200;

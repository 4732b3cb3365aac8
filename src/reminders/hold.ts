import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Timer } from '../timer.ts';
import type { Claimed, Ledger } from './ledger.ts';

/** Something that a worker holds. */
export interface Held {
  readonly claimed: Claimed;
  /** When it was last known to be the worker's, in milliseconds of {@link Timer.elapsed}. */
  provedAt: number;
  /** Somebody else has it. */
  isLost: boolean;
  /** Nothing more is to be done with it. */
  isOver: boolean;
}

/** All that a worker holds, and how sure it can be to hold it. */
export interface Hold {
  /** @param askedAt when they were asked for, in milliseconds of {@link Timer.elapsed} */
  take(claim: Claimed, askedAt: number): Held;
  release(held: Held): void;
  /** Whether something may be sent now. When the last sign of life is too long ago, one is given first. */
  isOurs(held: Held): Promise<boolean>;
  /** The same, and the ledger notes that it is about to be sent. */
  begin(held: Held): Promise<boolean>;
  stop(): void;
}

/**
 * How the times fit together, in milliseconds. Others take over what has shown no sign of life for `SILENCE_MS` by their
 * own count. Its worker sends it no later than `SURE_MS` after the last sign, and a call to a platform is answered or
 * given up within 15 seconds: before the others begin.
 */
export const SILENCE_MS = 50_000;
const SIGN_EVERY_MS = 10_000;
const SURE_MS = 30_000;
/** Leases lie beyond anything that is ever due, so that whoever looks for that does not come across what is claimed. */
const FAR_MS = 1000 * 365 * 86_400_000;

/** The lease of what is claimed or held at a moment, in epoch milliseconds both. */
export function leaseAt(now: number): number {
  return now + FAR_MS;
}

/** Keeps the leases of all that a worker holds alive. */
export function createHold(parts: {
  readonly ledger: Pick<Ledger, 'extend' | 'begin'>;
  readonly owner: string;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly log: Pick<Log, 'error'>;
}): Hold {
  const { ledger, owner, clock, timer, log } = parts;
  const all = new Set<Held>();
  const beginnings: (PromiseWithResolvers<boolean> & { readonly held: Held })[] = [];
  let isBeginning = false;
  let extending: Promise<void> | null = null;
  let callOffExtending: (() => void) | null = null;

  const until = () => leaseAt(clock.now().epochMilliseconds);
  const age = ({ provedAt }: Held) => timer.elapsed() - provedAt;
  const note = (claims: readonly Held[], kept: readonly number[], askedAt: number) => {
    const ours = new Set(kept);
    for (const held of claims) {
      if (ours.has(held.claimed.id)) held.provedAt = Math.max(held.provedAt, askedAt);
      else held.isLost = true;
    }
  };

  const extend = async () => {
    const claims = [...all].filter(({ isLost }) => !isLost);
    const askedAt = timer.elapsed();
    note(
      claims,
      await ledger.extend(
        owner,
        claims.map(({ claimed }) => claimed),
        until(),
      ),
      askedAt,
    );
  };
  /** Whoever asks while it is under way waits for the same. */
  const extended = () =>
    (extending ??= extend().finally(() => {
      extending = null;
    }));
  const extendLater = () => {
    callOffExtending ??= timer.after(SIGN_EVERY_MS, () => {
      callOffExtending = null;
      if (all.size === 0) return;
      extendLater();
      extended().catch((error: unknown) => {
        log.error({ err: error }, 'leases could not be extended');
      });
    });
  };

  const isOurs = async (held: Held): Promise<boolean> => {
    try {
      while (!held.isLost && !held.isOver && age(held) > SURE_MS) await extended();
      return !held.isLost && !held.isOver;
    } catch (error) {
      log.error({ err: error }, 'it could not be asked whether a delivery is still ours');
      return false;
    }
  };

  /** One statement for all that have gathered while the last one ran. */
  const writeBeginnings = async () => {
    await Promise.resolve();
    while (beginnings.length > 0) {
      const batch = beginnings.splice(0);
      const claims = batch.map(({ held }) => held);
      const askedAt = timer.elapsed();
      try {
        const kept = await ledger.begin(
          owner,
          claims.map(({ claimed }) => claimed),
          until(),
        );
        note(claims, kept, askedAt);
        // The answer may have been long in coming.
        for (const { held, resolve } of batch) resolve(isOurs(held));
      } catch (error) {
        log.error({ err: error }, 'it could not be noted what is about to be sent');
        for (const { resolve } of batch) resolve(false);
      }
    }
    isBeginning = false;
  };

  return {
    take(claimed, askedAt) {
      const held = { claimed, provedAt: askedAt, isLost: false, isOver: false };
      all.add(held);
      extendLater();
      return held;
    },

    release(held) {
      all.delete(held);
    },

    isOurs,

    begin(held) {
      const beginning = { held, ...Promise.withResolvers<boolean>() };
      beginnings.push(beginning);
      if (!isBeginning) {
        isBeginning = true;
        void writeBeginnings();
      }
      return beginning.promise;
    },

    stop() {
      callOffExtending?.();
    },
  };
}

import { BotError } from '../../src/errors.ts';
import type { Store } from '../../src/ports.ts';

/** A store that a test can slow down and break. */
export interface SlowStore {
  /** Stands in front of the real one. */
  readonly between: (real: Store) => Store;
  /** Holds answers back from now on. */
  readonly hold: () => void;
  /** Lets the answers go that are held back, and all that follow. */
  readonly release: () => void;
  /** Refuses everything from now on. */
  readonly fail: () => void;
  readonly mend: () => void;
}

/** A store that answers at once until the test says otherwise. */
export function slowStore(): SlowStore {
  let release: () => void = () => undefined;
  let released: Promise<void> = Promise.resolve();
  let isFailing = false;
  const wait = async () => {
    if (isFailing) throw new BotError('store-unreachable', { host: 'db.example.org', reason: 'connection refused' });
    await released;
  };
  return {
    hold() {
      released = new Promise<void>((resolve) => {
        release = resolve;
      });
    },
    release() {
      release();
    },
    fail() {
      isFailing = true;
    },
    mend() {
      isFailing = false;
    },
    between: (real) => ({
      ...real,
      groups: async () => {
        await wait();
        return real.groups();
      },
      isFirst: async (key, time) => {
        await wait();
        return real.isFirst(key, time);
      },
    }),
  };
}

/** A store whose answers are held back until the test lets them go. */
export function heldStore(): SlowStore {
  const store = slowStore();
  store.hold();
  return store;
}

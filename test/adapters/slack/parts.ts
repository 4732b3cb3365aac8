import type { Store } from '../../../src/ports.ts';
import { BotError } from '../../../src/errors.ts';

/** A schedule of one event, as a spreadsheet writes it. */
export function importing(handle: string): string {
  return `title,handle,kind,start,zone\nAbout ${handle},${handle},briefing,2017-11-20,Europe/Zurich`;
}

/** A store that the test can slow down and break. */
export interface TestedStore {
  /** Stands in front of the real one. */
  readonly store: (real: Store) => Store;
  /** Lets the answers go that are held back, and all that follow. */
  readonly release: () => void;
  /** Holds answers back from now on. */
  readonly hold: () => void;
  readonly fail: () => void;
  readonly mend: () => void;
}

/** A store whose answers are held back until the test lets them go. */
export function slowly(): TestedStore {
  let release: () => void = () => undefined;
  let released: Promise<void> = Promise.resolve();
  let isFailing = false;
  const hold = () => {
    released = new Promise<void>((resolve) => {
      release = resolve;
    });
  };
  hold();
  const wait = async () => {
    if (isFailing) {
      throw new BotError('store-unreachable', { host: 'db.example.org', reason: 'connection refused' });
    }
    await released;
  };
  return {
    hold,
    release: () => {
      release();
    },
    fail: () => {
      isFailing = true;
    },
    mend: () => {
      isFailing = false;
    },
    store: (real) => ({
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

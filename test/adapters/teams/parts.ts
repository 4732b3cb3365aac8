import type { Store } from '../../../src/ports.ts';
import { BotError } from '../../../src/errors.ts';

/** A schedule of one event, as a spreadsheet writes it. */
export function importing(handle: string): string {
  return `title,handle,kind,start,zone\nAbout ${handle},${handle},briefing,2017-11-20,Europe/Zurich`;
}

/** A store whose answers wait for the test, or fail. */
export function slowly(): {
  readonly store: (real: Store) => Store;
  readonly release: () => void;
  readonly fail: () => void;
  readonly mend: () => void;
} {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let isFailing = false;
  const wait = async () => {
    if (isFailing) throw new BotError('store-unreachable', { host: 'db.example.org', reason: 'connection refused' });
    await released;
  };
  return {
    release,
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

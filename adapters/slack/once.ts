import type { Clock } from '../../src/clock.ts';
import type { Store } from '../../src/ports.ts';

/** How long something is remembered as done, in milliseconds. Slack re-sends an event for about an hour. */
const REMEMBERED = 24 * 60 * 60 * 1000;
/** A process remembers at least so many keys by itself, and at most twice as many. */
const HELD = 5000;

/** Lets what Slack may send twice act once. */
export interface Once {
  /**
   * Whether nobody has named any of these keys before, in any process. A process knows its own keys at once, so that a
   * repetition does not have to wait for a slow store.
   */
  isFirst(...keys: readonly string[]): Promise<boolean>;
  /** The same within this process only: for what is not worth a question to the store. */
  isFirstHere(key: string): boolean;
}

export function createOnce({ store, clock }: { readonly store: Pick<Store, 'isFirst'>; readonly clock: Clock }): Once {
  let recent = new Set<string>();
  let older = new Set<string>();
  const isFirstHere = (key: string) => {
    if (recent.has(key) || older.has(key)) return false;
    if (recent.size >= HELD) [older, recent] = [recent, new Set()];
    recent.add(key);
    return true;
  };
  return {
    isFirstHere,
    async isFirst(...keys) {
      // Every key is taken, whatever became of the one before: a repetition may carry any of them.
      const isFirst = keys.map((key) => isFirstHere(key)).every(Boolean);
      if (!isFirst) return false;
      const now = clock.now();
      const time = { now: now.toString(), until: now.add({ milliseconds: REMEMBERED }).toString() };
      const answers = await Promise.all(keys.map((key) => store.isFirst(`slack ${key}`, time)));
      return answers.every(Boolean);
    },
  };
}

import type { Clock } from '../../src/clock.ts';
import type { Store } from '../../src/ports.ts';

/** How long something is remembered as done, in milliseconds. Teams gives up on an activity within minutes. */
const REMEMBERED = 24 * 60 * 60 * 1000;
/** How many keys a process remembers by itself. */
const HELD = 10_000;

/**
 * Lets what Teams may send twice act once: does something the first time that a key is named, in any process.
 *
 * @returns what came of it, also to whoever names the key again in this process while it is remembered; `null`: another
 * process did it
 */
export type Once = <Value>(key: string, work: () => Promise<Value>, reach?: Reach) => Promise<Value | null>;

/** `here`: in this process only, for what may be done twice without harm and is not worth a question to the store. */
export type Reach = 'everywhere' | 'here';

export function createOnce({ store, clock }: { readonly store: Pick<Store, 'isFirst'>; readonly clock: Clock }): Once {
  const held = new Map<string, Promise<unknown>>();
  const isFirst = (key: string) => {
    const now = clock.now();
    const until = now.add({ milliseconds: REMEMBERED });
    return store.isFirst(`teams ${key}`, { now: now.toString(), until: until.toString() });
  };
  return <Value>(key: string, work: () => Promise<Value>, reach: Reach = 'everywhere') => {
    const known = held.get(key);
    if (known) return known as Promise<Value | null>;
    const done = reach === 'here' ? work() : isFirst(key).then((first) => (first ? work() : null));
    held.set(key, done);
    if (held.size > HELD) {
      const [oldest] = held.keys();
      if (oldest !== undefined) held.delete(oldest);
    }
    // What the store could not tell is asked again.
    done.catch(() => held.delete(key));
    return done;
  };
}

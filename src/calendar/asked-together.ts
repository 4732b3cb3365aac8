import { setImmediate as endOfTurn } from 'node:timers/promises';

/** How many keys one question holds: databases limit the parameters of a statement. */
const MOST_KEYS = 500;

/**
 * Lets those who ask at the same time share one question for all of their keys. It is put when the event loop has heard
 * everybody of its turn and the question before is answered; so the store hears one at a time, however many ask, and
 * nobody gets an answer from before they asked.
 *
 * @param ask answers what it knows; a key that is missing in its answer is `undefined` to whoever asked for it
 */
export function askedTogether<T>(
  ask: (keys: readonly string[]) => Promise<ReadonlyMap<string, T>>,
): (key: string) => Promise<T | undefined> {
  let open: { readonly keys: Set<string>; readonly answer: Promise<ReadonlyMap<string, T>> } | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const begin = () => {
    const keys = new Set<string>();
    const answer = Promise.all([last, endOfTurn()]).then(() => {
      if (open?.keys === keys) open = null;
      return ask([...keys]);
    });
    // One that fails is told to those who asked it, not to those who come after.
    last = answer.catch(() => undefined);
    return { keys, answer };
  };

  return async (key) => {
    if (!open || open.keys.size >= MOST_KEYS) open = begin();
    open.keys.add(key);
    return (await open.answer).get(key);
  };
}

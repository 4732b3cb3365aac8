import type { Timer } from './timer.ts';

/** Work that came to its end in time, or goes on. */
export type InTime<Value> = { readonly isReady: true; readonly value: Value } | { readonly isReady: false };

/** Waits for work, but not longer than so many milliseconds. */
export async function within<Value>(work: Promise<Value>, ms: number, timer: Timer): Promise<InTime<Value>> {
  let callOff: () => void = () => undefined;
  const late = new Promise<InTime<Value>>((resolve) => {
    callOff = timer.after(ms, () => {
      resolve({ isReady: false });
    });
  });
  try {
    return await Promise.race([work.then((value): InTime<Value> => ({ isReady: true, value })), late]);
  } finally {
    callOff();
  }
}

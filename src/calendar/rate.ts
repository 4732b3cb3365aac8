/** Holds back whoever asks too often, in bounded memory. */
export interface Rate {
  /** How long to wait before the next try, in milliseconds; 0: this one was allowed, and counts. */
  take(key: string, now: number): number;
}

/**
 * So many a minute for each key, all of them at once if need be (the generic cell rate algorithm: one number a key).
 *
 * @param keys how many are remembered; the one that was not seen for longest is forgotten, and may begin anew
 */
export function createRate({ perMinute, keys }: { readonly perMinute: number; readonly keys: number }): Rate {
  const interval = 60_000 / perMinute;
  /** When everything that was taken is paid off. */
  const paidAt = new Map<string, number>();
  return {
    take(key, now) {
      const paid = Math.max(paidAt.get(key) ?? 0, now);
      const wait = paid - now - 60_000 + interval;
      if (wait > 0) return Math.ceil(wait);
      paidAt.delete(key);
      paidAt.set(key, paid + interval);
      for (const oldest of paidAt.keys()) {
        if (paidAt.size <= keys) break;
        paidAt.delete(oldest);
      }
      return 0;
    },
  };
}

import { describe, expect } from 'vitest';
import { NOW } from '../../support/store-samples.ts';
import type { StoreTest } from './harness.ts';

/** Declares the tests of what has happened already. */
export function describeOccurrences(it: StoreTest): void {
  describe('what has happened', () => {
    const time = { now: NOW, until: '2017-11-01T09:00:00Z' };

    it('is first once, also for somebody else on the same store', async ({ harness, store }) => {
      const other = await harness.open();
      expect(await store.isFirst('event Ev01', time)).toBe(true);
      expect(await store.isFirst('event Ev01', time)).toBe(false);
      expect(await other.isFirst('event Ev01', time)).toBe(false);
      expect(await other.isFirst('event Ev02', time)).toBe(true);
    });

    it('is first for one of many that name it at once', async ({ store }) => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => store.isFirst('event Ev03', time)));
      expect(answers.filter(Boolean)).toHaveLength(1);
    });

    it('is forgotten some time after it had to be remembered, and no earlier', async ({ store }) => {
      await store.isFirst('short', { now: NOW, until: '2017-11-01T08:05:00Z' });
      await store.isFirst('long', { now: NOW, until: '2017-11-02T08:00:00Z' });
      const later = { now: '2017-11-01T10:00:00Z', until: '2017-11-01T11:00:00Z' };
      for (let at = 0; at < 1000; at += 1) await store.isFirst(`other ${at}`, later);
      expect(await store.isFirst('short', later)).toBe(true);
      expect(await store.isFirst('long', later)).toBe(false);
    });
  });
}

import { describe, expect } from 'vitest';
import type { LedgerTest } from './harness.ts';
import { delivery, GROUP, keys, T } from './samples.ts';

/** Declares the tests of how far a group is planned, and what is forgotten. */
export function describeMemory(it: LedgerTest): void {
  describe('what it remembers', () => {
    it('forgets what was settled long ago, and nothing else', async ({ ledger, records }) => {
      await ledger.add([delivery('old', { skipped: 'moved' })], T - 1);
      await ledger.add([delivery('new', { skipped: 'moved' }), delivery('due', { sendAt: T - 99 })], T);
      await ledger.forget(T);
      expect(keys(await records())).toEqual(['due', 'new']);
    });

    it('knows how far a group is planned, and never less far than it was', async ({ ledger }) => {
      expect(await ledger.planning(GROUP)).toBeNull();
      await ledger.planned(GROUP, { to: T, noticeId: 5 });
      await ledger.planned(GROUP, { to: T - 1, noticeId: 7 });
      expect(await ledger.planning(GROUP)).toEqual({ to: T, noticeId: 7, troublesTo: null });
      await ledger.planned(GROUP, { to: T + 1, noticeId: 6 });
      expect(await ledger.planning(GROUP)).toEqual({ to: T + 1, noticeId: 7, troublesTo: null });
      await ledger.troublesPlanned(GROUP, T + 1);
      await ledger.troublesPlanned(GROUP, T);
      await ledger.planned(GROUP, { to: T + 2, noticeId: 7 });
      expect(await ledger.planning(GROUP)).toEqual({ to: T + 2, noticeId: 7, troublesTo: T + 1 });
    });
  });
}

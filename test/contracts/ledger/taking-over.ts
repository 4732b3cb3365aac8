import { describe, expect } from 'vitest';
import type { LedgerTest } from './harness.ts';
import { delivery, LEASE, T } from './samples.ts';

/** Declares the tests of what becomes of the claims of a worker that died. */
export function describeTakingOver(it: LedgerTest): void {
  describe('taking over', () => {
    it('shows who has claimed something, and until when they say', async ({ ledger, claim }) => {
      expect(await ledger.leases()).toEqual([]);
      await ledger.add([delivery('a'), delivery('b'), delivery('c', { sendAt: T + 1 }), delivery('due')], T);
      await claim({ limit: 3 });
      await claim({ owner: 'b', now: T + 1 });
      const [first, second, ...others] = (await ledger.leases()).toSorted((a, b) => a.until - b.until);
      expect([first, second, others]).toEqual([
        { owner: 'a', until: T + LEASE },
        { owner: 'b', until: T + 1 + LEASE },
        [],
      ]);
    });

    it('gives the deliveries of a worker that died to another, and says that nobody knows', async ({
      ledger,
      claim,
      claimOne,
    }) => {
      await ledger.add([delivery('a')], T);
      await claimOne();
      expect(await ledger.takeOver(await ledger.leases(), T + 7)).toBe(1);
      expect(await ledger.leases()).toEqual([]);
      expect(await ledger.nextReadyAt([])).toBe(T + 7);
      expect(await claim({ owner: 'b', now: T + 6 })).toEqual([]);
      expect(await claimOne({ owner: 'b', now: T + 7 })).toMatchObject({ key: 'a', attempts: 2, isUncertain: true });
    });

    it('takes nothing over whose lease has changed since it was seen, nor another one’s', async ({
      ledger,
      claimOne,
      record,
    }) => {
      await ledger.add([delivery('a')], T);
      const claimed = await claimOne();
      const seen = await ledger.leases();
      await ledger.extend('a', [claimed], T + LEASE + 1);
      expect(await ledger.takeOver(seen, T)).toBe(0);
      expect(await ledger.takeOver([{ owner: 'b', until: T + LEASE + 1 }], T)).toBe(0);
      expect(await ledger.takeOver([], T)).toBe(0);
      expect(await record()).toMatchObject({ state: 'claimed' });
    });
  });
}

import { describe, expect } from 'vitest';
import type { LedgerTest } from './harness.ts';
import { delivery, LEASE, T } from './samples.ts';

/** Declares the tests of deliveries whose sending is noted before it begins. */
export function describeAnnouncing(it: LedgerTest): void {
  describe('announcing', () => {
    const announced = ['slack'];

    it('knows that nothing has arrived of a claim that had not begun when its worker died', async ({
      ledger,
      claim,
    }) => {
      await ledger.add([delivery('a'), delivery('b')], T);
      const [first, second] = await claim({ announced });
      if (!first || !second) throw new Error('nothing was claimed');
      expect([first.isUncertain, second.isUncertain]).toEqual([false, false]);
      expect(await ledger.begin('a', [second], T + LEASE)).toEqual([second.id]);
      await ledger.takeOver(await ledger.leases(), T);
      expect(await claim({ owner: 'b', announced })).toMatchObject([
        { key: 'a', attempts: 2, isUncertain: false },
        { key: 'b', attempts: 2, isUncertain: true },
      ]);
    });

    it('goes on not to know of an attempt that had begun, whatever becomes of the next one', async ({
      ledger,
      claimOne,
      settle,
    }) => {
      await ledger.add([delivery('a')], T);
      await ledger.begin('a', [await claimOne({ announced })], T + LEASE);
      await ledger.takeOver(await ledger.leases(), T);
      await claimOne({ announced });
      await ledger.takeOver(await ledger.leases(), T);
      const third = await claimOne({ announced });
      expect(third).toMatchObject({ attempts: 3, isUncertain: true });
      await settle(third, { state: 'back', at: T });
      expect(await claimOne({ announced })).toMatchObject({ attempts: 3, isUncertain: true });
    });

    it('is as if nothing had been when it is handed back, or known to have failed', async ({
      ledger,
      claimOne,
      settle,
    }) => {
      await ledger.add([delivery('a')], T);
      await settle(await claimOne({ announced }), { state: 'back', at: T });
      const second = await claimOne({ announced });
      expect(second).toMatchObject({ attempts: 1, isUncertain: false });
      await ledger.begin('a', [second], T + LEASE);
      await settle(second, { state: 'again', at: T, detail: 'rate limited', isUnsent: true });
      expect(await claimOne({ announced })).toMatchObject({ attempts: 2, isUncertain: false });
    });

    it('lets nobody begin who has it no more, and makes the lease last longer', async ({ ledger, claimOne }) => {
      await ledger.add([delivery('a')], T);
      const lost = await claimOne({ announced });
      await ledger.takeOver(await ledger.leases(), T);
      const taken = await claimOne({ owner: 'b', announced });
      expect(await ledger.begin('a', [lost], T + 9 * LEASE)).toEqual([]);
      expect(await ledger.begin('b', [taken], T + 2 * LEASE)).toEqual([taken.id]);
      expect(await ledger.leases()).toEqual([{ owner: 'b', until: T + 2 * LEASE }]);
    });

    it('is of the platforms that it is asked for', async ({ ledger, claimOne }) => {
      await ledger.add([delivery('a')], T);
      await claimOne({ announced: ['teams'] });
      await ledger.takeOver(await ledger.leases(), T);
      expect(await claimOne()).toMatchObject({ isUncertain: true });
    });
  });
}

import { describe, expect } from 'vitest';
import type { LedgerTest } from './harness.ts';
import { delivery, keys, LEASE, T } from './samples.ts';

/** Declares the tests of who gets what is due. */
export function describeClaiming(it: LedgerTest): void {
  describe('claiming', () => {
    it('gives what is due, the longest first, and no more than asked for', async ({ ledger, claim }) => {
      await ledger.add(
        [delivery('late', { sendAt: T - 2, plannedFor: T - 2 }), delivery('later', { sendAt: T + 1 })],
        T,
      );
      await ledger.add([delivery('now', { sendAt: T }), delivery('before', { sendAt: T - 1, plannedFor: T - 1 })], T);
      expect((await claim({ limit: 2 })).map(({ key }) => key)).toEqual(['late', 'before']);
      expect(keys(await claim())).toEqual(['now']);
      expect(keys(await claim({ now: T + 1 }))).toEqual(['later']);
    });

    it('leaves out the tenants that it is told to leave out', async ({ ledger, claim }) => {
      const to = (platform: string, tenant: string) =>
        ({ kind: 'conversation', platform, tenant, id: 'C', thread: null }) as const;
      const targets = [to('slack', 'T1'), to('slack', 'T2'), to('teams', 'T1')];
      await ledger.add(
        targets.map((target) => delivery(`${target.platform} ${target.tenant}`, { target })),
        T,
      );
      const except = ['slack/T1', 'teams/T1'];
      expect(await ledger.nextReadyAt(except)).toBe(T);
      expect(keys(await claim({ except }))).toEqual(['slack T2']);
      expect(await ledger.nextReadyAt(['slack/T1', 'teams/T1', 'slack/T2'])).toBeNull();
      expect(keys(await claim())).toEqual(['slack T1', 'teams T1']);
    });

    it('never gives the same to two workers that ask at the same time', async ({ harness, ledger }) => {
      const many = Array.from({ length: 600 }, (_, at) => delivery(`k${at}`));
      await ledger.add(many, T);
      const stores = await Promise.all([harness.open(), harness.open(), harness.open()]);
      const claimed = await Promise.all(
        stores.flatMap((each, worker) =>
          Array.from({ length: 20 }, () =>
            each.ledger.claim({ owner: `w${worker}`, now: T, until: T + LEASE, limit: 10, except: [], announced: [] }),
          ),
        ),
      );
      const given = keys(claimed.flat());
      expect(given).toHaveLength(600);
      expect(new Set(given).size).toBe(600);
    });

    it('gives what somebody has claimed to nobody else, however late a clock says that it is', async ({
      ledger,
      claim,
      claimOne,
    }) => {
      await ledger.add([delivery('a')], T);
      await claimOne();
      expect(await claim({ owner: 'b', now: T + 100 * LEASE })).toEqual([]);
      expect(await claim({ now: T + 100 * LEASE })).toEqual([]);
      expect(await ledger.nextReadyAt([])).toBeNull();
    });
  });
}

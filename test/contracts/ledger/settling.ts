import { describe, expect } from 'vitest';
import type { Outcome } from '../../../src/reminders/ledger.ts';
import type { LedgerTest } from './harness.ts';
import { delivery, GROUP, LEASE, T } from './samples.ts';

/** Declares the tests of what comes of a claim. */
export function describeSettling(test: LedgerTest): void {
  const it = test.extend('claimed', async ({ ledger, claimOne }) => {
    await ledger.add([delivery('a')], T);
    return claimOne();
  });

  describe('settling', () => {
    it('keeps the message that it became', async ({ ledger, claim, claimed, settle, record }) => {
      const message = { conversationId: 'C1', thread: '17.5', messageId: '18.25' };
      expect(await settle(claimed, { state: 'sent', message, told: 3 }, { now: T + 5 })).toEqual([claimed.id]);
      expect(await record()).toEqual({
        id: claimed.id,
        key: 'a',
        kind: 'reminder',
        groupId: GROUP,
        subscriptionId: 'subscription',
        eventUid: 'event',
        target: delivery('a').target,
        payload: delivery('a').payload,
        plannedFor: T,
        uselessFrom: T + 3_600_000,
        state: 'sent',
        readyAt: null,
        attempts: 1,
        reason: null,
        detail: null,
        message,
        told: 3,
        settledAt: T + 5,
      });
      expect(await claim({ now: T + 10 * LEASE })).toEqual([]);
      expect(await ledger.nextReadyAt([])).toBeNull();
    });

    it('gives it out again when it is to be tried again, and knows that nothing came of it', async ({
      claim,
      claimed,
      claimOne,
      settle,
      record,
    }) => {
      const again: Outcome = { state: 'again', at: T + 5000, detail: 'rate limited', isUnsent: true };
      await settle(claimed, again);
      expect(await record()).toMatchObject({
        state: 'due',
        readyAt: T + 5000,
        detail: 'rate limited',
        settledAt: null,
      });
      expect(await claim({ now: T + 4999 })).toEqual([]);
      expect(await claimOne({ now: T + 5000 })).toMatchObject({ attempts: 2, isUncertain: false });
    });

    it('remembers that nobody knows, until it is known', async ({ claimed, claimOne, settle }) => {
      const unknown: Outcome = { state: 'again', at: T, detail: 'connection broke', isUnsent: false };
      await settle(claimed, unknown);
      const second = await claimOne();
      expect(second).toMatchObject({ attempts: 2, isUncertain: true });
      await settle(second, { state: 'back', at: T });
      const third = await claimOne();
      expect(third).toMatchObject({ attempts: 2, isUncertain: true });
      await settle(third, { state: 'again', at: T, detail: 'not there', isUnsent: true });
      expect(await claimOne()).toMatchObject({ attempts: 3, isUncertain: false });
    });

    it('is as if nothing had been when it is handed back', async ({ claimed, claimOne, settle, record }) => {
      await settle(claimed, { state: 'back', at: T + 7 });
      expect(await record()).toMatchObject({ state: 'due', attempts: 0, readyAt: T + 7 });
      expect(await claimOne({ owner: 'b', now: T + 7 })).toMatchObject({ attempts: 1, isUncertain: false });
    });

    it('keeps why it was skipped or parked', async ({ ledger, claimed, claimOne, records }) => {
      await ledger.add([delivery('b')], T);
      await ledger.settle(
        'a',
        [
          { ...claimed, outcome: { state: 'skipped', reason: 'cancelled' } },
          { ...(await claimOne()), outcome: { state: 'parked', reason: 'never', detail: 'is_archived' } },
        ],
        T,
      );
      const found = await records();
      expect(found.map(({ key, state, reason, detail }) => [key, state, reason, detail]).sort()).toEqual([
        ['a', 'skipped', 'cancelled', null],
        ['b', 'parked', 'never', 'is_archived'],
      ]);
    });

    it('is refused to a worker whose delivery was taken over, whatever it says', async ({
      ledger,
      claimed,
      claimOne,
      settle,
      record,
    }) => {
      await ledger.takeOver(await ledger.leases(), T);
      const taken = await claimOne({ owner: 'b', now: T + LEASE });
      const sent: Outcome = { state: 'sent', message: null, told: null };
      expect(await settle(claimed, sent)).toEqual([]);
      expect(await ledger.extend('a', [claimed], T + 9 * LEASE)).toEqual([]);
      expect(await settle(claimed, { state: 'back', at: T })).toEqual([]);
      expect(await record()).toMatchObject({ state: 'claimed', attempts: 2, readyAt: T + 2 * LEASE });
      expect(await settle(taken, sent, { owner: 'b' })).toEqual([taken.id]);
      expect(await settle(taken, { state: 'skipped', reason: 'moved' }, { owner: 'b' })).toEqual([]);
      expect(await record()).toMatchObject({ state: 'sent' });
    });

    it('is refused to a worker that has taken over its own delivery since', async ({
      ledger,
      claimed,
      claimOne,
      settle,
    }) => {
      await ledger.takeOver(await ledger.leases(), T);
      const second = await claimOne({ now: T + LEASE });
      expect(await settle(claimed, { state: 'skipped', reason: 'moved' })).toEqual([]);
      expect(await settle(second, { state: 'skipped', reason: 'moved' })).toEqual([second.id]);
    });

    it('keeps a lease alive that is extended', async ({ ledger, claimed }) => {
      expect(await ledger.extend('a', [claimed], T + 2 * LEASE)).toEqual([claimed.id]);
      expect(await ledger.leases()).toEqual([{ owner: 'a', until: T + 2 * LEASE }]);
    });
  });
}

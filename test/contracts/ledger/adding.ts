import { describe, expect } from 'vitest';
import type { LedgerTest } from './harness.ts';
import { delivery, keys, T } from './samples.ts';

/** Declares the tests of how deliveries come into the ledger. */
export function describeAdding(it: LedgerTest): void {
  describe('adding', () => {
    it('gives back all of a delivery', async ({ ledger, claim }) => {
      const given = delivery('a');
      const toPerson = delivery('b', {
        kind: 'digest',
        subscriptionId: null,
        eventUid: null,
        target: { kind: 'person', platform: 'teams', tenant: '', id: 'P1' },
        plannedFor: T - 1,
        uselessFrom: null,
      });
      const inThread = delivery('c', {
        target: { kind: 'conversation', platform: 'slack', tenant: 'T1', id: 'C1', thread: '17.5' },
        plannedFor: T + 1,
      });
      expect(await ledger.add([given, toPerson, inThread], T)).toBe(3);
      const expected = [toPerson, given, inThread].map((each) => ({
        id: expect.any(Number) as number,
        key: each.key,
        kind: each.kind,
        groupId: each.groupId,
        subscriptionId: each.subscriptionId,
        eventUid: each.eventUid,
        target: each.target,
        payload: each.payload,
        plannedFor: each.plannedFor,
        uselessFrom: each.uselessFrom,
        attempts: 1,
        isUncertain: false,
      }));
      expect(await claim()).toEqual(expected);
    });

    it('adds each key once, whoever adds it and however often', async ({ harness, ledger, records }) => {
      expect(await ledger.add([delivery('a'), delivery('b')], T)).toBe(2);
      const other = await harness.open();
      expect(await other.ledger.add([delivery('b', { kind: 'other' }), delivery('c'), delivery('c')], T)).toBe(1);
      expect((await records()).map(({ key, kind }) => [key, kind]).sort()).toEqual([
        ['a', 'reminder'],
        ['b', 'reminder'],
        ['c', 'reminder'],
      ]);
    });

    it('adds a key once when two add it at the same time', async ({ harness, ledger, records }) => {
      const many = Array.from({ length: 500 }, (_, at) => delivery(`k${at}`));
      const other = await harness.open();
      const [one, two] = await Promise.all([ledger.add(many, T), other.ledger.add(many.toReversed(), T)]);
      expect(one + two).toBe(500);
      expect(await records()).toHaveLength(500);
    });

    it('does not add again what is settled', async ({ ledger, claim, claimOne, settle }) => {
      await ledger.add([delivery('a')], T);
      await settle(await claimOne(), { state: 'skipped', reason: 'moved' });
      expect(await ledger.add([delivery('a')], T)).toBe(0);
      expect(await claim()).toEqual([]);
    });

    it('keeps what is skipped from the start, with its reason', async ({ ledger, claim, record }) => {
      await ledger.add([delivery('a', { skipped: 'started' })], T);
      expect(await claim()).toEqual([]);
      expect(await record()).toMatchObject({ state: 'skipped', reason: 'started', readyAt: null, settledAt: T });
    });

    it('adds thousands, and nothing when there is nothing', async ({ ledger, claim }) => {
      expect(await ledger.add([], T)).toBe(0);
      const many = Array.from({ length: 2500 }, (_, at) => delivery(`k${at}`));
      expect(await ledger.add(many, T)).toBe(2500);
      expect(new Set(keys(await claim({ limit: 5000 }))).size).toBe(2500);
    });
  });
}

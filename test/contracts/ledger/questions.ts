import { describe, expect } from 'vitest';
import type { DeliveryQuery } from '../../../src/reminders/ledger.ts';
import type { LedgerTest } from './harness.ts';
import { delivery, GROUP, keys, T } from './samples.ts';

/** Declares the tests of what people ask of the ledger. */
export function describeQuestions(it: LedgerTest): void {
  describe('what people ask of it', () => {
    it('counts where the deliveries of a group stand, and of those that are settled only the recent ones', async ({
      ledger,
    }) => {
      await ledger.add([delivery('old', { skipped: 'moved' })], T - 1);
      await ledger.add(
        ['moved', 'moved', 'started'].map((skipped, at) => delivery(`s${at}`, { skipped })),
        T,
      );
      await ledger.add([delivery('due'), delivery('theirs', { groupId: 'other' })], T);
      expect(await ledger.counts(GROUP, T)).toEqual([
        { state: 'due', reason: null, count: 1 },
        { state: 'skipped', reason: 'moved', count: 2 },
        { state: 'skipped', reason: 'started', count: 1 },
      ]);
    });

    it('finds the deliveries of an event, a subscription, a conversation, a kind or a state, the latest first', async ({
      ledger,
    }) => {
      const target = { kind: 'person', platform: 'slack', tenant: 'T1', id: 'U1' } as const;
      await ledger.add([delivery('a', { eventUid: 'other' }), delivery('b', { target, plannedFor: T + 1 })], T);
      await ledger.add([delivery('c', { kind: 'digest', subscriptionId: 'other', skipped: 'moved' })], T);
      const found = async (query: Partial<DeliveryQuery>) =>
        (await ledger.list({ limit: 10, ...query })).map(({ key }) => key);
      expect(await found({ eventUids: ['other'] })).toEqual(['a']);
      expect(keys(await ledger.withKeys(['b', 'c', 'd']))).toEqual(['b', 'c']);
      expect(await found({ target })).toEqual(['b']);
      expect(await found({ kind: 'digest' })).toEqual(['c']);
      expect(await found({ subscriptionId: 'other' })).toEqual(['c']);
      expect(await found({ state: 'due' })).toEqual(['b', 'a']);
      expect(await found({ groupId: 'nobody' })).toEqual([]);
      expect(await found({ limit: 1 })).toEqual(['b']);
    });
  });
}

import { describe, expect } from 'vitest';
import type { NewDelivery, Outcome } from '../../../src/reminders/ledger.ts';
import { channel } from '../../support/store-samples.ts';
import type { LedgerTest } from './harness.ts';
import { delivery, GROUP, keys, T } from './samples.ts';

/** Declares the tests of what could not be sent, and goes out after all. */
export function describeParked(test: LedgerTest): void {
  const it = test.extend(
    'park',
    ({ ledger, claim }) =>
      async (at: number, reason: string, ...given: readonly NewDelivery[]) => {
        await ledger.add(
          given.map((each) => ({ ...each, sendAt: at })),
          at,
        );
        const outcome: Outcome = { state: 'parked', reason, detail: 'is_archived' };
        const settlements = (await claim({ now: at })).map((claimed) => ({ ...claimed, outcome }));
        await ledger.settle('a', settlements, at);
      },
  );

  describe('what is parked', () => {
    it('makes parked deliveries due again that are still of use', async ({ ledger, claim }) => {
      await ledger.add([delivery('a'), delivery('b', { uselessFrom: T + 5 }), delivery('c')], T);
      const [a, over, c] = await claim();
      if (!a || !over || !c) throw new Error('nothing was claimed');
      const parked: Outcome = { state: 'parked', reason: 'never', detail: 'is_archived' };
      const settlements = [a, over].map((claimed) => ({ ...claimed, outcome: parked }));
      await ledger.settle('a', [...settlements, { ...c, outcome: { state: 'skipped', reason: 'moved' } }], T);
      expect(await ledger.retry({ groupId: 'other' }, T + 5)).toBe(0);
      expect(await ledger.retry({ groupId: GROUP }, T + 5)).toBe(1);
      expect(keys(await claim({ now: T + 5 }))).toEqual(['a']);
    });

    it('forgets the doubt of what somebody wants sent again, and of nothing else', async ({ ledger, claim }) => {
      const uncertain: Outcome = { state: 'again', at: T, detail: 'no answer', isUnsent: false };
      await ledger.add([delivery('a'), delivery('b')], T);
      await ledger.settle(
        'a',
        (await claim()).map((claimed) => ({ ...claimed, outcome: uncertain })),
        T,
      );
      const again = await claim();
      expect(again.map(({ isUncertain }) => isUncertain)).toEqual([true, true]);
      const reasons: Readonly<Record<string, string>> = { a: 'nobody-knows', b: 'gave-up' };
      const parked = again.map((claimed) => {
        const outcome: Outcome = { state: 'parked', reason: reasons[claimed.key] ?? '', detail: 'no answer' };
        return { ...claimed, outcome };
      });
      await ledger.settle('a', parked, T);
      expect(await ledger.retry({ groupId: GROUP }, T + 5)).toBe(2);
      const retried = await claim({ now: T + 5 });
      expect(new Map(retried.map(({ key, isUncertain }) => [key, isUncertain]))).toEqual(
        new Map([
          ['a', false],
          ['b', true],
        ]),
      );
    });

    it('tells what was parked after a moment, the oldest first', async ({ ledger, park }) => {
      await park(T, 'never', delivery('b'));
      await park(T + 1, 'gave-up', delivery('a'), delivery('c', { groupId: 'other' }));
      await ledger.add([delivery('due'), delivery('skipped', { skipped: 'moved' })], T + 1);
      const parked = await ledger.parkedSince(GROUP, T - 1);
      expect(parked.map(({ key, readyAt }) => [key, readyAt])).toEqual([
        ['b', null],
        ['a', null],
      ]);
      expect(keys(await ledger.parkedSince(GROUP, T))).toEqual(['a']);
      expect(await ledger.parkedSince(GROUP, T + 1)).toEqual([]);
    });

    it('retries what waits for the people of a tenant, of one reason and detail alone', async ({ ledger, park }) => {
      const person = (id: string, tenant = 'T1') =>
        ({ target: { kind: 'person', platform: 'slack', tenant, id } }) as const;
      await park(T, 'never', delivery('channel'), delivery('ada', person('U1')), delivery('other', person('U1', 'T2')));
      await park(T, 'gave-up', delivery('bob', person('U2')));
      await park(T, 'nobody-knows', delivery('eve', person('U3')));
      const peopleOf = { platform: 'slack', tenant: 'T1' };
      expect(await ledger.retry({ peopleOf, reason: 'never', detail: 'another' }, T)).toBe(0);
      expect(await ledger.retry({ peopleOf, reason: 'never' }, T)).toBe(1);
      const due = await ledger.list({ state: 'due', limit: 10 });
      expect(keys(due)).toEqual(['ada']);
    });

    it('names the groups that have something parked, and no other', async ({ ledger, park }) => {
      expect(await ledger.groupsWithParked()).toEqual([]);
      await park(T, 'never', delivery('a'), delivery('b'));
      await park(T, 'gave-up', delivery('c', { groupId: 'other' }));
      await ledger.add([delivery('due', { groupId: 'third' })], T);
      expect((await ledger.groupsWithParked()).toSorted()).toEqual([GROUP, 'other']);
      await ledger.retry({ groupId: GROUP }, T);
      expect(await ledger.groupsWithParked()).toEqual(['other']);
    });

    it('resumes what was parked because its conversation was lost, once that is back', async ({
      store,
      ledger,
      records,
      park,
    }) => {
      const lost = channel({ disconnected: 'is_archived' });
      const elsewhere = { kind: 'conversation', platform: 'slack', tenant: 'T1', id: 'C2', thread: null } as const;
      const soon = { uselessFrom: T + 5 };
      await park(T - 9, 'never', delivery('never', { uselessFrom: null }), delivery('over', soon));
      await park(T - 8, 'disconnected', delivery('disconnected'), delivery('elsewhere', { target: elsewhere }));
      await park(T - 7, 'nobody-knows', delivery('perhaps there'));
      await store.saveConversation(lost);
      await store.saveConversation({ ...lost, id: 'C2' });
      expect(await ledger.resume(GROUP, T + 5)).toBe(0);
      await store.saveConversation({ ...lost, disconnected: null });
      expect(await ledger.resume('other', T + 5)).toBe(0);
      expect(await ledger.resume(GROUP, T + 5)).toBe(3);
      const stands = (await records()).map(({ key, state, reason, detail, settledAt, readyAt }) => [
        key,
        [state, reason, detail, settledAt, readyAt],
      ]);
      expect(Object.fromEntries(stands)).toEqual({
        never: ['due', null, null, null, T + 5],
        over: ['skipped', 'late', null, T + 5, null],
        disconnected: ['due', null, null, null, T + 5],
        elsewhere: ['parked', 'disconnected', 'is_archived', T - 8, null],
        'perhaps there': ['parked', 'nobody-knows', 'is_archived', T - 7, null],
      });
      // What is refused again by a conversation that never was lost in between stays where it is.
      await park(T + 6, 'never');
      expect(await ledger.resume(GROUP, T + 7)).toBe(0);
    });
  });
}

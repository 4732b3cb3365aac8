import type { Claimed, Ledger, Outcome } from '../../../src/reminders/ledger.ts';
import { storeTest, type StoreHarness } from '../store/harness.ts';
import { LEASE, T } from './samples.ts';

type ClaimFields = Partial<Parameters<Ledger['claim']>[0]>;

/** Tests each of which has an empty ledger of its own, and the worker `a` that claims and settles. */
export function ledgerTest(create: () => Promise<StoreHarness>) {
  return storeTest(create)
    .extend('ledger', ({ store }) => store.ledger)
    .extend('claim', ({ ledger }) => (fields: ClaimFields = {}) => {
      const now = fields.now ?? T;
      return ledger.claim({ owner: 'a', now, until: now + LEASE, limit: 100, except: [], announced: [], ...fields });
    })
    .extend('claimOne', ({ claim }) => async (fields: ClaimFields = {}): Promise<Claimed> => {
      const [claimed, ...others] = await claim(fields);
      if (!claimed || others.length > 0) throw new Error(`${others.length} others`);
      return claimed;
    })
    .extend(
      'settle',
      ({ ledger }) =>
        (claimed: Claimed, outcome: Outcome, { owner = 'a', now = T } = {}) =>
          ledger.settle(owner, [{ id: claimed.id, attempts: claimed.attempts, outcome }], now),
    )
    .extend(
      'records',
      ({ ledger }) =>
        () =>
          ledger.list({ limit: 1000 }),
    )
    .extend('record', ({ records }) => async () => {
      const [only] = await records();
      if (!only) throw new Error('the ledger is empty');
      return only;
    });
}

/** What each part of the contract declares its tests with. */
export type LedgerTest = ReturnType<typeof ledgerTest>;

import { onTestFinished } from 'vitest';
import { openStore } from '../../prisma/store.ts';
import type { Store } from '../../src/ports.ts';
import { leaseAt } from '../../src/reminders/hold.ts';
import type { Claimed, Ledger, Outcome } from '../../src/reminders/ledger.ts';
import { sqliteDatabase } from '../support/store-databases.ts';
import { countingIdentity, stoppedClock } from '../support/store-samples.ts';
import { overheard, type Note } from './overheard.ts';

/** What may come of a claim: its message has arrived, or it is to be tried again. */
export const SENT: Outcome = { state: 'sent', message: null, told: null };
export const AGAIN: Outcome = { state: 'again', at: 0, detail: '', isUnsent: true };

/** A process that shares a ledger with others, and is overheard. */
export interface Overheard {
  claim(): Promise<readonly Claimed[]>;
  settle(claims: readonly Claimed[], outcome: Outcome): Promise<readonly number[]>;
  begin(claims: readonly Claimed[]): Promise<readonly number[]>;
  /** Takes over from these. */
  takeOver(...owners: readonly string[]): Promise<number>;
}

/** A real ledger on which processes are overheard, by a clock that only goes on when it is looked at. */
export async function listening() {
  const database = await sqliteDatabase();
  const store: Store = await openStore({ url: database.url, clock: stoppedClock, identity: countingIdentity() });
  onTestFinished(async () => {
    await store.close();
    await database.drop();
  });
  const groupId = (await store.groups())[0]?.id ?? '';
  const now = stoppedClock.now().epochMilliseconds;
  const notes: Note[] = [];
  let moment = 0;
  return {
    store,
    groupId,
    notes,
    add: (key: string) =>
      store.ledger.add(
        [
          {
            key,
            kind: 'reminder',
            groupId,
            subscriptionId: null,
            eventUid: null,
            target: { kind: 'conversation', platform: 'slack', tenant: 'T1', id: 'C1', thread: null },
            payload: {},
            plannedFor: now,
            sendAt: now,
            uselessFrom: null,
            skipped: null,
          },
        ],
        now,
      ),
    /** @param parts what its ledger does otherwise */
    process(name: string, parts: Partial<Ledger> = {}): Overheard {
      const ledger = overheard(
        { ...store.ledger, ...parts },
        { name, note: (note) => notes.push(note), now: () => (moment += 1) },
      );
      const until = leaseAt(now);
      return {
        claim: () => ledger.claim({ owner: name, now, until, limit: 100, except: [], announced: [] }),
        settle: (claims, outcome) =>
          ledger.settle(
            name,
            claims.map(({ id, attempts }) => ({ id, attempts, outcome })),
            now,
          ),
        begin: (claims) => ledger.begin(name, claims, until),
        takeOver: (...owners) =>
          ledger.takeOver(
            owners.map((owner) => ({ owner, until })),
            now,
          ),
      };
    },
  };
}

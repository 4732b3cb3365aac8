import { describe } from 'vitest';
import { openStore } from '../../prisma/store.ts';
import type { Store } from '../../src/ports.ts';
import { describeLedger, describeSubscriptions } from '../contracts/ledger.ts';
import type { StoreHarness } from '../contracts/store.ts';
import {
  postgresDatabase,
  postgresNote,
  postgresUrl,
  sqliteDatabase,
  type TestDatabase,
} from '../support/store-databases.ts';
import { countingIdentity, stoppedClock } from '../support/store-samples.ts';

async function harness(creating: Promise<TestDatabase>): Promise<StoreHarness> {
  const database = await creating;
  const opened: Store[] = [];
  return {
    async open() {
      const store = await openStore({ url: database.url, clock: stoppedClock, identity: countingIdentity() });
      opened.push(store);
      return store;
    },
    addGroup: () => Promise.reject(new Error('the ledger knows no groups')),
    async dispose() {
      await Promise.all(opened.map((store) => store.close()));
      await database.drop();
    },
  };
}

describe('the ledger and the subscriptions on SQLite', () => {
  describeLedger(() => harness(sqliteDatabase()));
  describeSubscriptions(() => harness(sqliteDatabase()));
});

describe.skipIf(postgresUrl === undefined)(`the ledger and the subscriptions on PostgreSQL${postgresNote}`, () => {
  describeLedger(() => harness(postgresDatabase()));
  describeSubscriptions(() => harness(postgresDatabase()));
});

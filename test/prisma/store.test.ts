import { describe } from 'vitest';
import { openStore } from '../../prisma/store.ts';
import type { Store } from '../../src/ports.ts';
import { describeCalendars } from '../contracts/calendars.ts';
import { describeStore, type StoreHarness } from '../contracts/store.ts';
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
    async addGroup() {
      await database.sql(
        `INSERT INTO "WorkingGroup" ("id", "slug", "name", "zone", "language") ` +
          `VALUES ('other', 'other', 'Another group', 'Asia/Bangkok', 'en')`,
      );
      return 'other';
    },
    async dispose() {
      await Promise.all(opened.map((store) => store.close()));
      await database.drop();
    },
  };
}

describe('the store on SQLite', () => {
  describeStore(() => harness(sqliteDatabase()));
  describeCalendars(() => harness(sqliteDatabase()));
});

describe.skipIf(postgresUrl === undefined)(`the store on PostgreSQL${postgresNote}`, () => {
  describeStore(() => harness(postgresDatabase()));
  describeCalendars(() => harness(postgresDatabase()));
});

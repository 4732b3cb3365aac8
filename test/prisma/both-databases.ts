import { describe } from 'vitest';
import { openStore } from '../../prisma/store.ts';
import type { Store } from '../../src/ports.ts';
import type { StoreHarness } from '../contracts/store/harness.ts';
import {
  postgresDatabase,
  postgresNote,
  postgresUrl,
  sqliteDatabase,
  type TestDatabase,
} from '../support/store-databases.ts';
import { countingIdentity, stoppedClock } from '../support/store-samples.ts';

/** Declares the same tests on SQLite and, when there is a server, on PostgreSQL. */
export function describeOnBothDatabases(what: string, declare: (create: () => Promise<StoreHarness>) => void): void {
  describe(`${what} on SQLite`, () => {
    declare(async () => harness(await sqliteDatabase()));
  });
  describe.skipIf(postgresUrl === undefined)(`${what} on PostgreSQL${postgresNote}`, () => {
    declare(async () => harness(await postgresDatabase()));
  });
}

function harness(database: TestDatabase): StoreHarness {
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

import { expect, onTestFinished, test, describe } from 'vitest';
import type { SqlQueryable } from '@prisma/driver-adapter-utils';
import type { Database } from '../../prisma/database.ts';
import { openPostgresql } from '../../prisma/postgresql.ts';
import { openSqlite } from '../../prisma/sqlite.ts';
import { openStore, storeOn } from '../../prisma/store.ts';
import { invitationDeliveries } from '../../src/calendar/invitation-plan.ts';
import { createSchedules } from '../../src/engine/schedules.ts';
import { languages } from '../../src/language/index.ts';
import { writeDown } from '../../src/reminders/write-down.ts';
import type { ScheduledEvent } from '../../src/schedule/event.ts';
import type { Schedule } from '../../src/schedule/schedule.ts';
import { clockAt } from '../support/clock.ts';
import { fakePlatform } from '../support/messenger.ts';
import {
  postgresDatabase,
  postgresNote,
  postgresUrl,
  sqliteDatabase,
  type TestDatabase,
} from '../support/store-databases.ts';
import { countingIdentity } from '../support/store-samples.ts';
import { subscription } from '../support/subscriptions.ts';

const GROUPS = 50;

describe('a tick at which nothing is to be done, on SQLite', () => {
  describeTick(sqliteDatabase, openSqlite, {});
});

describe.skipIf(postgresUrl === undefined)(
  `a tick at which nothing is to be done, on PostgreSQL${postgresNote}`,
  () => {
    // SQLite is asked for the groups on a connection of its own, which remembers the answer.
    describeTick(postgresDatabase, openPostgresql, { WorkingGroup: 1 });
  },
);

function describeTick(
  create: () => Promise<TestDatabase>,
  open: (url: string) => Promise<Database>,
  ofAllGroups: Readonly<Record<string, number>>,
): void {
  test('asks each group for what is new of it, and what is parked of all of them at once', async () => {
    const database = await create();
    const clock = clockAt('2017-11-01T09:00:00Z');
    const identity = countingIdentity();
    await (await openStore({ url: database.url, clock, identity })).close();
    for (let number = 1; number < GROUPS; number += 1) {
      await database.sql(
        `INSERT INTO "WorkingGroup" ("id", "slug", "name", "zone", "language")
         VALUES ('g${number}', 'g${number}', 'Group', 'UTC', 'en')`,
      );
    }
    const opened = await open(database.url);
    const statements = counting(opened);
    const store = storeOn(opened, await opened.client(), { clock });
    onTestFinished(async () => {
      await store.close();
      await database.drop();
    });
    await store.subscriptions.save(subscription({ groupId: 'g1' }));
    const parts = {
      store,
      schedules: createSchedules(store),
      languages,
      messengers: new Map([['slack', fakePlatform().messenger]]),
      clock,
      further: (schedule: Schedule, changed: readonly ScheduledEvent[], now: number) =>
        invitationDeliveries(store, schedule, changed, now),
    };
    for (const moment of ['09:01', '09:02']) {
      clock.set(`2017-11-01T${moment}:00Z`);
      await writeDown(parts);
    }
    statements.splice(0);
    clock.set('2017-11-01T09:03:00Z');
    await writeDown(parts);
    expect(tablesOf(statements)).toEqual({
      Planning: 2 * GROUPS,
      Subscription: 2 * GROUPS,
      Notice: GROUPS,
      Invitation: GROUPS,
      Delivery: 1,
      ...ofAllGroups,
    });
  });
}

/** How many statements ask each table, or write to it. */
function tablesOf(statements: readonly string[]): Record<string, number> {
  const tables = statements.flatMap((sql) => /(?:FROM|INTO) (?:\S+?\.)?[`"](\w+)/u.exec(sql)?.[1] ?? []);
  const counts: Record<string, number> = {};
  for (const table of tables) counts[table] = (counts[table] ?? 0) + 1;
  return counts;
}

/** The statements that go through a database's connection from now on. */
function counting({ adapter }: Database): string[] {
  const statements: string[] = [];
  const count = (queryable: Pick<SqlQueryable, 'queryRaw' | 'executeRaw'>) => {
    for (const way of ['queryRaw', 'executeRaw'] as const) {
      const go = queryable[way].bind(queryable) as (query: { readonly sql: string }) => Promise<never>;
      queryable[way] = (query) => {
        statements.push(query.sql);
        return go(query);
      };
    }
  };
  count(adapter);
  const start = adapter.startTransaction.bind(adapter);
  adapter.startTransaction = async (isolation) => {
    const transaction = await start(isolation);
    count(transaction);
    return transaction;
  };
  return statements;
}

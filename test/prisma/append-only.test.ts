import { execFile } from 'node:child_process';
import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { MIGRATIONS } from '../../prisma/migrate.ts';
import { openStore } from '../../prisma/store.ts';
import type { Store } from '../../src/ports.ts';
import {
  postgresDatabase,
  postgresNote,
  postgresUrl,
  sqliteDatabase,
  type TestDatabase,
} from '../support/store-databases.ts';
import { adding, change, countingIdentity, editing, event, stoppedClock } from '../support/store-samples.ts';

const run = promisify(execFile);
const MIGRATION = '20261124204500_append_only_audit';
const COPY = `INSERT INTO "AuditEntry" ("id", "groupId", "revision", "at", "actorPlatform", "actorTenant", "actorUserId",
  "action", "subject", "subjectUid") SELECT "id", "groupId", "revision", "at", 'x', 'x', 'x', 'x', 'x', 'x' FROM "AuditEntry"`;

/** What somebody beside the bot may try. */
const ATTEMPTS = [
  `UPDATE "AuditEntry" SET "actorName" = 'Somebody else'`,
  'DELETE FROM "AuditEntry"',
  'DELETE FROM "WorkingGroup"',
  `UPDATE "WorkingGroup" SET "id" = 'another'`,
];
const ATTEMPTS_ON_SQLITE = [
  ...ATTEMPTS,
  COPY.replace('INSERT', 'INSERT OR REPLACE'),
  `${COPY} WHERE true ON CONFLICT ("id") DO UPDATE SET "actorName" = 'x'`,
];
const ATTEMPTS_ON_POSTGRESQL = [
  ...ATTEMPTS,
  `${COPY} ON CONFLICT ("id") DO UPDATE SET "actorName" = 'x'`,
  'TRUNCATE "AuditEntry"',
  'TRUNCATE "WorkingGroup" CASCADE',
];

async function programNote(program: string, ...args: string[]): Promise<string> {
  return run(program, args).then(
    () => '',
    () => ` (skipped: ${program} is not installed)`,
  );
}
const sqlite3Note = await programNote('sqlite3', '--version');
const dumpNote = (await programNote('pg_dump', '--version')) || (await programNote('psql', '--version'));

describe('the audit on SQLite', () => {
  describeAppendOnly('sqlite', sqliteDatabase, ATTEMPTS_ON_SQLITE);

  async function copied(make: (from: string, to: string) => Promise<unknown>): Promise<void> {
    const [database, other] = [await sqliteDatabase(), await sqliteDatabase()];
    onTestFinished(() => Promise.all([database.drop(), other.drop()]).then(() => undefined));
    const store = await opened(database);
    await written(store);
    await make(database.path, other.path);
    await expectSame(store, other, ATTEMPTS_ON_SQLITE);
  }

  test.skipIf(sqlite3Note)(`is refused in a copy that sqlite3 made beside the bot as well${sqlite3Note}`, () =>
    copied((from, to) => run('sqlite3', [from, `.backup ${to}`])),
  );

  test('is refused in a copy that needs no program as well', async () => {
    const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
    const [, script = ''] = /node -e "(require\('better-sqlite3'\)[^"]+)"/u.exec(readme) ?? [];
    expect(script).toContain("'data/gcm.db'");
    await copied((from, to) =>
      run(process.execPath, ['-e', script.replace('data/gcm.db', from).replace('copy.db', to)]),
    );
  });
});

describe.skipIf(postgresUrl === undefined)(`the audit on PostgreSQL${postgresNote}`, () => {
  describeAppendOnly('postgresql', postgresDatabase, ATTEMPTS_ON_POSTGRESQL);

  test.skipIf(dumpNote)(`is refused in what pg_dump wrote and psql read as well${dumpNote}`, async () => {
    const [database, other] = [await postgresDatabase(), await postgresDatabase()];
    const folder = await sqliteDatabase();
    onTestFinished(() => Promise.all([database.drop(), other.drop(), folder.drop()]).then(() => undefined));
    const store = await opened(database);
    await written(store);
    const file = join(folder.folder, 'dump.sql');
    await run('pg_dump', ['--file', file, database.url]);
    await run('psql', ['--quiet', '--set', 'ON_ERROR_STOP=1', '--file', file, other.url]);
    await expectSame(store, other, ATTEMPTS_ON_POSTGRESQL);
  });
});

function describeAppendOnly(provider: string, create: () => Promise<TestDatabase>, attempts: readonly string[]): void {
  test('is refused to be changed or deleted, whoever tries, and goes on', async () => {
    const database = await create();
    onTestFinished(() => database.drop());
    const store = await opened(database);
    await written(store);
    await expectRefused(store, database, attempts);
  });

  test('of an earlier version is kept from then on', async () => {
    const [database, scratch] = [await create(), await sqliteDatabase()];
    onTestFinished(() => Promise.all([database.drop(), scratch.drop()]).then(() => undefined));
    const folder = join(scratch.folder, 'migrations');
    await cp(MIGRATIONS, folder, { recursive: true });
    await rm(join(folder, provider, MIGRATION), { recursive: true });
    const migrations = pathToFileURL(`${folder}/`);
    const old = await openStore({ url: database.url, clock: stoppedClock, identity: countingIdentity(), migrations });
    await written(old);
    await old.close();
    await database.sql(`UPDATE "AuditEntry" SET "actorName" = 'Somebody else'`);
    await expectRefused(await opened(database), database, attempts);
  });
}

async function opened(database: TestDatabase): Promise<Store> {
  const store = await openStore({ url: database.url, clock: stoppedClock, identity: countingIdentity('new') });
  onTestFinished(() => store.close());
  return store;
}

async function groupOf(store: Store): Promise<string> {
  return (await store.groups())[0]?.id ?? '';
}

async function written(store: Store): Promise<void> {
  await store.commit(change(await groupOf(store), [adding(event('a'))]));
}

async function expectRefused(store: Store, database: TestDatabase, attempts: readonly string[]): Promise<void> {
  const groupId = await groupOf(store);
  const before = await store.audit(groupId, { limit: 10 });
  expect(before).toHaveLength(1);
  for (const attempt of attempts) {
    await expect(database.sql(attempt), attempt).rejects.toThrow();
    expect(await store.audit(groupId, { limit: 10 }), attempt).toEqual(before);
  }
  await store.commit(change(groupId, [editing(event('a'), { title: 'New' })]));
  expect((await store.audit(groupId, { limit: 10 })).slice(1)).toEqual(before);
}

async function expectSame(store: Store, other: TestDatabase, attempts: readonly string[]): Promise<void> {
  const copy = await opened(other);
  expect(await copy.load(await groupOf(copy))).toEqual(await store.load(await groupOf(store)));
  await expectRefused(copy, other, attempts);
}

import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Provider, schemaFor } from '../../prisma/derive.ts';
import { MIGRATIONS } from '../../prisma/migrate.ts';
import {
  difference,
  EMPTY_MIGRATION,
  migrationList,
  schemaFiles,
  withSchemaEngine,
} from '../../prisma/schema-engine.ts';
import { openStore } from '../../prisma/store.ts';
import {
  postgresDatabase,
  postgresNote,
  postgresUrl,
  sqliteDatabase,
  type TestDatabase,
} from '../support/store-databases.ts';
import { adding, change, countingIdentity, event, stoppedClock } from '../support/store-samples.ts';

const LATER = '29990101000000_later';
const NO_FILTER = { externalTables: [], externalEnums: [] };
const COLUMNS = '"checksum", "migration_name", "logs", "rolled_back_at", "applied_steps_count"';

describe('the migrations of SQLite', () => {
  describeMigrations('sqlite', sqliteDatabase);
});

describe.skipIf(postgresUrl === undefined)(`the migrations of PostgreSQL${postgresNote}`, () => {
  describeMigrations('postgresql', postgresDatabase);
});

function describeMigrations(provider: Provider, create: () => Promise<TestDatabase>): void {
  let database: TestDatabase;
  let scratch: Awaited<ReturnType<typeof sqliteDatabase>>;
  let migrations: URL;
  beforeEach(async () => {
    database = await create();
    scratch = await sqliteDatabase();
    await cp(MIGRATIONS, join(scratch.folder, 'migrations'), { recursive: true });
    migrations = pathToFileURL(`${join(scratch.folder, 'migrations')}/`);
  });
  afterEach(async () => {
    await database.drop();
    await scratch.drop();
  });

  const identity = countingIdentity();
  const open = () => openStore({ url: database.url, clock: stoppedClock, identity, migrations });
  const openAndClose = async () => (await open()).close();
  const path = (name: string) => new URL(`${provider}/${name}`, migrations);
  const writeMigration = async (name: string, sql: string) => {
    await mkdir(path(name), { recursive: true });
    await writeFile(path(`${name}/migration.sql`), sql);
  };
  const applied = async () =>
    (await database.sql('SELECT "migration_name" FROM "_prisma_migrations" ORDER BY 1')).map(([name]) => name);
  const known = async () => (await readdir(path('.'))).filter((name) => !name.includes('.')).sort();

  it('lead to exactly the models', async () => {
    await openAndClose();
    const files = await schemaFiles(provider);
    await withSchemaEngine(provider, database.url, async (engine) => {
      const from = { tag: 'migrations', ...(await migrationList(provider)) } as const;
      const sql = await difference(engine, from, { tag: 'schemaDatamodel', files });
      expect(sql.trim()).toBe(EMPTY_MIGRATION);

      // and so does a database that the store has made
      const push = { force: false, schema: { files }, filters: NO_FILTER };
      expect(await engine.schemaPush(push)).toEqual({ executedSteps: 0, unexecutable: [], warnings: [] });
    });
  });

  it('are entered as the engine of `prisma migrate` enters them, and it finds nothing to say', async () => {
    const other = await create();
    const migrationsList = await migrationList(provider);
    await withSchemaEngine(provider, other.url, (engine) =>
      engine.applyMigrations({ migrationsList, filters: NO_FILTER }),
    );
    await openAndClose();
    const rows = (each: TestDatabase) => each.sql(`SELECT ${COLUMNS} FROM "_prisma_migrations" ORDER BY 2`);
    expect(await rows(database)).toEqual(await rows(other));
    expect(await tableShape(provider, database)).toEqual(await tableShape(provider, other));
    for (const each of [database, other]) {
      await withSchemaEngine(provider, each.url, async (engine) => {
        const input = { migrationsList, optInToShadowDatabase: false, filters: NO_FILTER };
        expect(await engine.diagnoseMigrationHistory(input)).toEqual({
          editedMigrationNames: [],
          failedMigrationNames: [],
          hasMigrationsTable: true,
          history: null,
        });
      });
    }
    // The other way round: what that engine has made, the store opens.
    await (await openStore({ url: other.url, clock: stoppedClock, identity: countingIdentity() })).close();
    await other.drop();
  });

  it('are told once, when they are applied', async () => {
    const told: object[] = [];
    const log = { info: (fields: object) => void told.push(fields) };
    const options = { url: database.url, clock: stoppedClock, identity: countingIdentity(), log };
    await (await openStore(options)).close();
    expect(told).toMatchObject((await known()).map((migration) => ({ migration })));
    await (await openStore(options)).close();
    expect(told).toHaveLength((await known()).length);
  });

  it('that came later are applied to a database that is in use', async () => {
    await openAndClose();
    await writeMigration(
      LATER,
      `CREATE TABLE "Later" ("note" TEXT DEFAULT 'a;b');\nINSERT INTO "Later" DEFAULT VALUES;\n`,
    );
    await openAndClose();
    await openAndClose();
    expect(await database.sql('SELECT "note" FROM "Later"')).toEqual([['a;b']]);
    expect(await applied()).toEqual([...(await known())]);
  });

  it('that fail half-way leave the old state', async () => {
    const store = await open();
    const groupId = (await store.groups())[0]?.id ?? '';
    await store.commit(change(groupId, [adding(event('a'))]));
    const before = await store.load(groupId);
    await store.close();
    const done = await applied();

    await writeMigration(
      LATER,
      `CREATE TABLE "Later" ("a" TEXT);\nDELETE FROM "Event";\nINSERT INTO "Nowhere" VALUES (1);\n`,
    );
    await expect(open()).rejects.toMatchObject({
      code: 'store-migration-failed',
      context: { migration: LATER, reason: expect.stringContaining('Nowhere') as unknown },
    });
    expect(await applied()).toEqual(done);
    await rm(path(LATER), { recursive: true });
    const again = await open();
    expect(await again.load(groupId)).toEqual(before);
    await again.close();

    await writeMigration(LATER, 'CREATE TABLE "Later" ("a" TEXT);\n');
    await openAndClose();
    expect(await applied()).toEqual([...done, LATER]);
  });

  it('whose first fails leave an empty database', async () => {
    const [first = ''] = await known();
    const script = await readFile(path(`${first}/migration.sql`), 'utf8');
    await writeMigration(first, `${script}\nINSERT INTO "Nowhere" VALUES (1);\n`);
    await expect(open()).rejects.toMatchObject({ code: 'store-migration-failed', context: { migration: first } });
    await writeMigration(first, script);
    await openAndClose();
    expect(await applied()).toEqual(await known());
  });

  it('of a newer version are not touched', async () => {
    await openAndClose();
    await writeMigration(LATER, 'CREATE TABLE "Later" ("a" TEXT);\n');
    await openAndClose();
    await rm(path(LATER), { recursive: true });
    await expect(open()).rejects.toMatchObject({ code: 'store-newer', context: { migration: LATER } });
  });

  it('of another program make a database foreign', async () => {
    await openAndClose();
    await database.sql(`UPDATE "_prisma_migrations" SET "migration_name" = '20200101000000_recipes'`);
    await expect(open()).rejects.toMatchObject({ code: 'store-foreign' });
  });

  it('that another tool left half-way are told, not repeated; rolled back, they are repeated', async () => {
    await openAndClose();
    await writeMigration(LATER, 'CREATE TABLE "Later" ("a" TEXT);\n');
    await database.sql(
      `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name") VALUES ('x', 'x', '${LATER}')`,
    );
    await expect(open()).rejects.toMatchObject({ code: 'store-migration-failed', context: { migration: LATER } });
    await database.sql(`UPDATE "_prisma_migrations" SET "rolled_back_at" = "started_at" WHERE "id" = 'x'`);
    await openAndClose();
    expect(await database.sql('SELECT * FROM "Later"')).toEqual([]);
  });

  if (provider === 'sqlite') {
    it('that make a table anew, as the engine does, keep the rows that refer to it', async () => {
      const store = await open();
      const groupId = (await store.groups())[0]?.id ?? '';
      const document = { title: 'Report', url: null, language: null, note: null };
      const written = event('a', { documents: [document] });
      await store.commit(change(groupId, [adding(written)]));
      await store.close();
      const [[table]] = (await database.sql(`SELECT "sql" FROM sqlite_schema WHERE "name" = 'Event'`)) as [[string]];
      await writeMigration(
        LATER,
        `PRAGMA defer_foreign_keys=ON;\nPRAGMA foreign_keys=OFF;\n` +
          `${table.replace('"Event"', '"new_Event"')};\nINSERT INTO "new_Event" SELECT * FROM "Event";\n` +
          `DROP TABLE "Event";\nALTER TABLE "new_Event" RENAME TO "Event";\n` +
          `PRAGMA foreign_keys=ON;\nPRAGMA defer_foreign_keys=OFF;\n`,
      );
      const again = await open();
      expect((await again.load(groupId)).events).toEqual([written]);
      await expect(again.commit(change(groupId, [adding(event('b', { parent: 'nobody' }))]))).rejects.toThrow();
      await again.close();
    });

    it('that lose what other rows refer to are refused', async () => {
      const store = await open();
      const groupId = (await store.groups())[0]?.id ?? '';
      await store.commit(change(groupId, [adding(event('a'))]));
      await store.close();
      await writeMigration(LATER, 'DELETE FROM "WorkingGroup";\n');
      await expect(open()).rejects.toMatchObject({ code: 'store-migration-failed' });
      expect(await database.sql('SELECT count(*) FROM "WorkingGroup"')).toEqual([[1]]);
    });

    it('that end their transaction by themselves are refused with their own reason', async () => {
      await openAndClose();
      const group = `INSERT OR ROLLBACK INTO "WorkingGroup" ("id", "slug", "name", "zone", "language") VALUES ('x', 'gcm', '', '', '')`;
      await writeMigration(LATER, `CREATE TABLE "Later" ("a" TEXT);\n${group};\n`);
      await expect(open()).rejects.toMatchObject({
        code: 'store-migration-failed',
        context: { reason: 'UNIQUE constraint failed: WorkingGroup.slug' },
      });
      expect(await applied()).not.toContain(LATER);
    });
  }
}

async function tableShape(provider: Provider, database: TestDatabase): Promise<unknown> {
  return database.sql(
    provider === 'sqlite'
      ? `SELECT "name", "type", "notnull", "dflt_value", "pk" FROM pragma_table_info('_prisma_migrations')`
      : `SELECT column_name, data_type, character_maximum_length, is_nullable, column_default
         FROM information_schema.columns WHERE table_name = '_prisma_migrations' ORDER BY ordinal_position`,
  );
}

describe('the schema of PostgreSQL', () => {
  it('is that of SQLite but for the provider and the place of its client', async () => {
    const source = await readFile(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8');
    const [before, after] = [source.split('\n'), schemaFor('postgresql', source).split('\n')];
    const different = after.flatMap((line, n) => (line === before[n] ? [] : [line.trim().replace(/ +/g, ' ')]));
    expect(different).toEqual(['output = "./postgresql"', 'provider = "postgresql"']);
    expect(after).toHaveLength(before.length);
  });

  it('is not derived from a schema that it would not fit', () => {
    expect(() => schemaFor('postgresql', 'datasource db {\n  provider = "mysql"\n}')).toThrow('exactly one line');
  });

  it('makes a client with the same models and fields', async () => {
    const [sqlite, postgresql] = await Promise.all([
      import('../../prisma/generated/sqlite/internal/prismaNamespace.ts'),
      import('../../prisma/generated/postgresql/internal/prismaNamespace.ts'),
    ]);
    expect(postgresql.ModelName).toEqual(sqlite.ModelName);
    for (const model of Object.keys(sqlite.ModelName)) {
      const fields = `${model}ScalarFieldEnum` as 'EventScalarFieldEnum';
      expect(postgresql[fields]).toEqual(sqlite[fields]);
    }
  });
});

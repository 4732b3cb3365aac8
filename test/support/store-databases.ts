import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { PrismaPg } from '@prisma/adapter-pg';

/** A database of one test. */
export interface TestDatabase {
  readonly url: string;
  /** Runs SQL beside the store, on a connection of its own, and answers the rows of a query without parameters. */
  sql(statement: string): Promise<unknown[][]>;
  drop(): Promise<void>;
}

/** The server of the PostgreSQL half; `undefined`: that half is skipped. */
export const postgresUrl = process.env.TEST_POSTGRES_URL;

/** What to put behind the name of a suite that needs PostgreSQL. */
export const postgresNote = postgresUrl === undefined ? ' (skipped: TEST_POSTGRES_URL is not set)' : '';

/** A folder of its own, with the path of a database file that does not exist yet. */
export async function sqliteDatabase(): Promise<TestDatabase & { readonly folder: string; readonly path: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'gcm-store-'));
  const path = join(folder, 'gcm.db');
  return {
    folder,
    path,
    url: `file:${path}`,
    sql: (statement) => query(new PrismaBetterSqlite3({ url: path }), statement),
    drop: async () => {
      await chmod(folder, 0o755);
      await rm(folder, { recursive: true });
    },
  };
}

let created = 0;

/** An empty database on the server of TEST_POSTGRES_URL. */
export async function postgresDatabase(): Promise<TestDatabase> {
  const name = `gcm_test_${process.pid}_${process.env.VITEST_POOL_ID ?? 0}_${++created}`;
  const server = new PrismaPg({ connectionString: postgresUrl ?? '' });
  const url = new URL(postgresUrl ?? '');
  url.pathname = `/${name}`;
  await query(server, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
  await query(server, `CREATE DATABASE "${name}"`);
  return {
    url: url.href,
    sql: (statement) => query(new PrismaPg({ connectionString: url.href }), statement),
    drop: async () => {
      await query(server, `DROP DATABASE "${name}" WITH (FORCE)`);
    },
  };
}

async function query(factory: PrismaBetterSqlite3 | PrismaPg, sql: string): Promise<unknown[][]> {
  const adapter = await factory.connect();
  try {
    return (await adapter.queryRaw({ sql, args: [], argTypes: [] })).rows;
  } finally {
    await adapter.dispose();
  }
}

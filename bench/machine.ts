import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { PrismaPg } from '@prisma/adapter-pg';

/** What the figures depend on besides the code: a line each. */
export async function machineFacts(postgresUrl: string | undefined): Promise<readonly string[]> {
  const sqlite = await firstValue(new PrismaBetterSqlite3({ url: ':memory:' }), 'SELECT sqlite_version()');
  const postgres =
    postgresUrl && (await firstValue(new PrismaPg({ connectionString: postgresUrl }), 'SHOW server_version'));
  return [
    `CPU         ${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} cores available`,
    `Memory      ${(totalmem() / 2 ** 30).toFixed(1)} GiB`,
    `System      ${type()} ${release()} (${process.arch})`,
    `Node        ${process.version}`,
    `Prisma      ${await versionOf('@prisma/client')}`,
    `SQLite      ${sqlite} (better-sqlite3 ${await versionOf('better-sqlite3')})`,
    `PostgreSQL  ${postgres ?? 'left out: TEST_POSTGRES_URL is not set'}`,
  ];
}

async function versionOf(name: string): Promise<string> {
  const file = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version;
}

async function firstValue(factory: PrismaBetterSqlite3 | PrismaPg, sql: string): Promise<string> {
  const adapter = await factory.connect();
  try {
    const { rows } = await adapter.queryRaw({ sql, args: [], argTypes: [] });
    return String(rows[0]?.[0]);
  } finally {
    await adapter.dispose();
  }
}

import type { SqlDriverAdapter, SqlQueryable } from '@prisma/driver-adapter-utils';
import type { Provider } from './derive.ts';
import type { PrismaClient } from './generated/sqlite/client.ts';

/** The client that Prisma generates. Both providers' have this shape: they come from the same models. */
export type Client = PrismaClient;

/** The client inside of a transaction. */
export type Transaction = Parameters<Parameters<Client['$transaction']>[0]>[0];

/** An open database, before and beneath Prisma's client: all that differs between the providers. */
export interface Database {
  readonly provider: Provider;
  /** What people know it by: the file's path, or `host:port/name`. Never holds a password. */
  readonly name: string;
  readonly adapter: SqlDriverAdapter;
  /** The names of all tables in it. */
  tables(queryable: Pick<SqlQueryable, 'queryRaw'>): Promise<readonly string[]>;
  /**
   * Runs `work` in a transaction that no other process's `migrating` overlaps. When `work` fails, nothing of it stays.
   */
  migrating<T>(work: (transaction: MigrationTransaction) => Promise<T>): Promise<T>;
  /** Loads and creates Prisma's client on this connection. Closing the client closes the database. */
  client(): Promise<Client>;
  /** Runs `work` when the connection is free for it. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
}

/** What a migration needs: queries, and scripts of several statements. */
export interface MigrationTransaction extends Pick<SqlQueryable, 'queryRaw' | 'executeRaw'> {
  executeScript(script: string): Promise<void>;
}

/** An adapter that is already connected, in the form in which Prisma's client takes it. */
export function connected(adapter: SqlDriverAdapter): {
  readonly provider: SqlDriverAdapter['provider'];
  readonly adapterName: string;
  connect(): Promise<SqlDriverAdapter>;
} {
  return { provider: adapter.provider, adapterName: adapter.adapterName, connect: () => Promise.resolve(adapter) };
}

/** The first column of every row that a query without parameters answers. */
export async function firstColumn(queryable: Pick<SqlQueryable, 'queryRaw'>, sql: string): Promise<unknown[]> {
  const { rows } = await queryable.queryRaw({ sql, args: [], argTypes: [] });
  return rows.map((row) => row[0]);
}

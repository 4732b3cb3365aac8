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
  /**
   * Prepares a question that is asked with every request: once, and beside Prisma, whose way to a single row takes ten
   * times as long as the row. It waits for nobody's turn, and sees what has been committed.
   */
  asking<Row extends object>(question: Question<Row>): (...given: readonly string[]) => Promise<readonly Row[]>;
  /**
   * Makes this process the one that serves, on a database that is for one only; until `release`, or the process ends.
   *
   * @throws BotError `store-in-use` when another one serves
   */
  serve(): Promise<void>;
  /** Lets go of what `asking` and `serve` hold. */
  release(): void;
}

/** A question for rows of texts, numbers and dates. */
export interface Question<Row extends object> {
  /** With `?` in the place of what is given, and nowhere else. */
  readonly sql: string;
  /** The columns that are dates. */
  readonly dates?: readonly (keyof Row & string)[];
}

/** Turns the texts that both drivers have for dates into dates, in place. */
export function withDates<Row extends object>(row: Row, { dates = [] }: Question<Row>): Row {
  const columns = row as Record<string, unknown>;
  for (const name of dates) {
    const text = columns[name];
    if (typeof text === 'string') columns[name] = new Date(text);
  }
  return row;
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

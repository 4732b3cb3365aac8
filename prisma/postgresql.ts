import type { PrismaPg } from '@prisma/adapter-pg';
import { type Client, connected, type Database, firstColumn, type Question, withDates } from './database.ts';
import { storeFailure } from './failure.ts';

/** How long to wait for a connection, in milliseconds. */
const CONNECT_TIMEOUT = 5000;

/** The key of the advisory lock under which `prisma migrate` works as well. */
const MIGRATION_LOCK = 72707369;

/**
 * Opens the PostgreSQL database of a `postgresql://` URL.
 *
 * @throws BotError `store-unreachable`
 */
export async function openPostgresql(url: string): Promise<Database> {
  const name = nameOf(url);
  try {
    const driver = await import('@prisma/adapter-pg');
    const adapter = await new driver.PrismaPg({
      connectionString: url,
      connectionTimeoutMillis: CONNECT_TIMEOUT,
    }).connect();
    outlivingConnections(adapter);
    try {
      // The driver itself, because it still says what the adapter sums up as “not reachable”.
      (await adapter.underlyingDriver().connect()).release();
    } catch (error) {
      await adapter.dispose();
      throw error;
    }
    return postgresqlDatabase(adapter, name);
  } catch (error) {
    throw storeFailure(error, { provider: 'postgresql', name, opening: true });
  }
}

/**
 * A server that shuts down says so on every connection. On one that was just handed out, nobody listens yet; an error
 * that nobody listens to would end the process. Whoever uses the connection is told by their next question.
 */
function outlivingConnections(adapter: PgAdapter): void {
  adapter.underlyingDriver().on('connect', (connection) => {
    connection.on('error', () => undefined);
  });
}

type PgAdapter = Awaited<ReturnType<PrismaPg['connect']>>;

function postgresqlDatabase(adapter: PgAdapter, name: string): Database {
  return {
    provider: 'postgresql',
    name,
    adapter,
    inTurn: (work) => work(),

    asking<Row extends object>(question: Question<Row>) {
      let count = 0;
      const sql = question.sql.replaceAll('?', () => `$${(count += 1).toString()}`);
      return async (...args) => {
        const argTypes = args.map(() => ({ scalarType: 'string', arity: 'scalar' }) as const);
        const { columnNames, rows } = await adapter.queryRaw({ sql, args: [...args], argTypes });
        return rows.map((row) =>
          withDates(Object.fromEntries(columnNames.map((name, at) => [name, row[at]])) as Row, question),
        );
      };
    },

    serve: () => Promise.resolve(),
    release: () => undefined,

    async tables(queryable) {
      const names = await firstColumn(queryable, 'SELECT tablename FROM pg_tables WHERE schemaname = current_schema()');
      return names.map(String);
    },

    async migrating(work) {
      const transaction = await adapter.startTransaction();
      // Without parameters a text goes to the server as it is, however many statements it holds.
      const executeScript = async (sql: string) => {
        await transaction.executeRaw({ sql, args: [], argTypes: [] });
      };
      try {
        await executeScript(`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`);
        const result = await work({
          queryRaw: (query) => transaction.queryRaw(query),
          executeRaw: (query) => transaction.executeRaw(query),
          executeScript,
        });
        await executeScript('COMMIT');
        await transaction.commit();
        return result;
      } catch (error) {
        // A connection that is gone cannot roll back, and need not: the server has.
        await executeScript('ROLLBACK').catch(() => undefined);
        await transaction.rollback();
        throw error;
      }
    },

    async client() {
      const { PrismaClient } = await import('./generated/postgresql/client.ts');
      return new PrismaClient({ adapter: connected(adapter), log: [] }) as unknown as Client;
    },
  };
}

/** Host, port and database: all of the URL that may be shown. */
function nameOf(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `${host}${decodeURIComponent(pathname)}`;
  } catch {
    // The error's own text holds the whole URL, password and all.
    return '?';
  }
}

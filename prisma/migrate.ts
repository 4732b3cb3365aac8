import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { SqlQueryable } from '@prisma/driver-adapter-utils';
import type { Clock } from '../src/clock.ts';
import { BotError } from '../src/errors.ts';
import type { IdentitySource } from '../src/identity.ts';
import type { Database, MigrationTransaction } from './database.ts';
import type { Provider } from './derive.ts';
import { reasonOf, storeFailure } from './failure.ts';

/** Where the migrations of both providers are: a folder each, in Prisma's format. */
export const MIGRATIONS = new URL('migrations/', import.meta.url);

/** What migrating needs to know and where it tells of what it did. */
export interface MigrationOptions {
  readonly clock: Clock;
  readonly identity: IdentitySource;
  /** Folder with a subfolder for each provider. */
  readonly migrations?: URL;
  readonly applied?: (migration: string) => void;
}

/**
 * Brings a database up to date: applies the migrations it lacks, each in a transaction of its own, and enters them in
 * `_prisma_migrations` exactly as `prisma migrate deploy` would. Several processes may do so at once.
 *
 * @throws BotError `store-newer`, `store-foreign`, `store-migration-failed`; then the database is as it was
 */
export async function migrate(database: Database, options: MigrationOptions): Promise<void> {
  const folder = new URL(`${database.provider}/`, options.migrations ?? MIGRATIONS);
  const known = await migrationNames(folder);
  // The common case, an up-to-date database, takes no lock.
  const missing = missingMigrations(database, known, await history(database, database.adapter));
  for (const name of missing) {
    const script = await readFile(new URL(`${name}/migration.sql`, folder), 'utf8');
    try {
      const isDone = await database.migrating(async (transaction) => {
        const stored = await history(database, transaction);
        // Another process may have been faster.
        if (!missingMigrations(database, known, stored).includes(name)) return false;
        if (stored === null) await transaction.executeScript(HISTORY_TABLE[database.provider]);
        const startedAt = instant(options.clock);
        await transaction.executeScript(script);
        await record(database, transaction, {
          id: options.identity.uid(),
          checksum: createHash('sha256').update(script).digest('hex'),
          name,
          startedAt,
          finishedAt: instant(options.clock),
        });
        return true;
      });
      if (isDone) options.applied?.(name);
    } catch (error) {
      const failure = storeFailure(error, database);
      if (failure instanceof BotError) throw failure;
      throw new BotError('store-migration-failed', { migration: name, reason: reasonOf(error) }, { cause: error });
    }
  }
}

/** Names rise with time: each begins with the instant at which it was written. */
async function migrationNames(folder: URL): Promise<readonly string[]> {
  const entries = await readdir(fileURLToPath(folder), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** A line of `_prisma_migrations` that still counts. */
interface Applied {
  readonly name: string;
  readonly isFinished: boolean;
}

/** `null`: the database is empty. */
async function history(
  database: Database,
  queryable: Pick<SqlQueryable, 'queryRaw'>,
): Promise<readonly Applied[] | null> {
  const tables = await database.tables(queryable);
  if (tables.length === 0) return null;
  if (!tables.includes('_prisma_migrations')) throw new BotError('store-foreign', { path: database.name });
  const { rows } = await queryable.queryRaw({
    sql: `SELECT "migration_name", "finished_at" FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL`,
    args: [],
    argTypes: [],
  });
  return rows.map(([name, finishedAt]) => ({ name: String(name), isFinished: finishedAt !== null }));
}

function missingMigrations(
  database: Database,
  known: readonly string[],
  applied: readonly Applied[] | null,
): readonly string[] {
  if (applied === null) return known;
  const unfinished = applied.find((migration) => !migration.isFinished);
  if (unfinished) {
    throw new BotError('store-migration-failed', {
      migration: unfinished.name,
      reason: 'an earlier attempt of another tool stopped half-way',
    });
  }
  const names = new Set(applied.map((migration) => migration.name));
  const newer = [...names].filter((name) => !known.includes(name)).sort();
  if (newer.length > 0) {
    // Another program's database may be Prisma's as well.
    const isOurs = known.some((name) => names.has(name));
    throw isOurs
      ? new BotError('store-newer', { migration: newer.at(-1) ?? '' })
      : new BotError('store-foreign', { path: database.name });
  }
  return known.filter((name) => !names.has(name));
}

interface Recorded {
  readonly id: string;
  readonly checksum: string;
  readonly name: string;
  readonly startedAt: string;
  readonly finishedAt: string;
}

async function record(database: Database, transaction: MigrationTransaction, migration: Recorded): Promise<void> {
  const { id, checksum, name, startedAt, finishedAt } = migration;
  const args = [id, checksum, name, startedAt, finishedAt];
  const blanks = args.map((_, index) => (database.provider === 'sqlite' ? '?' : `$${index + 1}`));
  await transaction.executeRaw({
    sql:
      `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "started_at", "finished_at", ` +
      `"applied_steps_count") VALUES (${blanks.join(', ')}, 1)`,
    args,
    argTypes: args.map(() => ({ scalarType: 'string', arity: 'scalar' })),
  });
}

/** In the one form that both providers keep as Prisma does. */
function instant(clock: Clock): string {
  return clock.now().toString({ smallestUnit: 'millisecond', timeZone: 'UTC' });
}

/** As Prisma's schema engine creates it. */
const HISTORY_TABLE: Readonly<Record<Provider, string>> = {
  sqlite: `
CREATE TABLE "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`,
  postgresql: `
CREATE TABLE "_prisma_migrations" (
    "id"                    VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum"              VARCHAR(64) NOT NULL,
    "finished_at"           TIMESTAMPTZ,
    "migration_name"        VARCHAR(255) NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        TIMESTAMPTZ,
    "started_at"            TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count"   INTEGER NOT NULL DEFAULT 0
)`,
};

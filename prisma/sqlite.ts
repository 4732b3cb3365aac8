import { constants } from 'node:fs';
import { access, mkdir, realpath } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import type SqliteFile from 'better-sqlite3';
import { BotError } from '../src/errors.ts';
import { connected, type Database, firstColumn, type Question, withDates } from './database.ts';
import { driverCode, storeFailure } from './failure.ts';

/** How long a writer waits for another process's transaction, in milliseconds. */
const BUSY_TIMEOUT = 5000;

/**
 * Opens the SQLite database of a `file:` URL (relative to the working directory) and creates it, with its folder, where
 * there is none. Foreign keys on, full synchronous, busy time-out; with the client comes the write-ahead log.
 *
 * @throws BotError `store-read-only`, `store-full`, `store-damaged`
 */
export async function openSqlite(url: string): Promise<Database> {
  const name = url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length);
  const path = resolve(name);
  try {
    await mkdir(dirname(path), { recursive: true });
    await assertWritable(path);
    const { PrismaBetterSqlite3 } = await import('@prisma/adapter-better-sqlite3');
    const adapter = await new PrismaBetterSqlite3({ url: `file:${path}`, timeout: BUSY_TIMEOUT }).connect();
    try {
      await adapter.executeScript('PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;');
    } catch (error) {
      await adapter.dispose();
      throw error;
    }
    return sqliteDatabase(adapter, name, path);
  } catch (error) {
    throw storeFailure(error, { provider: 'sqlite', name });
  }
}

/** SQLite opens what it may not write without a word, and only fails at the first change. */
async function assertWritable(path: string): Promise<void> {
  await access(dirname(path), constants.W_OK);
  await access(path, constants.W_OK).catch((error: unknown) => {
    if (driverCode(error) !== 'ENOENT') throw error;
  });
}

/** The mode stays with the file. SQLite does not wait when two processes set it at once, so this does. */
async function enterWal(adapter: SqlDriverAdapter): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      if ((await firstColumn(adapter, 'PRAGMA journal_mode'))[0] === 'wal') return;
      await firstColumn(adapter, 'PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      if (!driverCode(error)?.startsWith('SQLITE_BUSY') || attempt === 100) throw error;
      await pause(BUSY_TIMEOUT / 100);
    }
  }
}

function sqliteDatabase(adapter: SqlDriverAdapter, name: string, path: string): Database {
  const reader = readerOf(path);
  const place = placeOf(path, name);
  return {
    provider: 'sqlite',
    name,
    adapter,
    inTurn: (work) => takeTurn(path, work),
    asking: reader.asking,
    serve: place.take,

    release() {
      reader.release();
      place.leave();
    },

    async tables(queryable) {
      const names = await firstColumn(queryable, `SELECT "name" FROM sqlite_schema WHERE "type" = 'table'`);
      return names.map(String).filter((table) => !table.startsWith('sqlite_'));
    },

    migrating: (work) =>
      takeTurn(path, async () => {
        // Inside a transaction this pragma does nothing, and with it on, a migration that rebuilds a table would
        // cascade its rows away.
        await adapter.executeScript('PRAGMA foreign_keys = OFF');
        try {
          await adapter.executeScript('BEGIN IMMEDIATE');
          try {
            const result = await work(adapter);
            const broken = await firstColumn(adapter, 'PRAGMA foreign_key_check');
            if (broken.length > 0) throw new Error(`rows of ${String(broken[0])} refer to rows that are gone`);
            await adapter.executeScript('COMMIT');
            return result;
          } catch (error) {
            await rollBack(adapter);
            throw error;
          }
        } finally {
          await adapter.executeScript('PRAGMA foreign_keys = ON');
        }
      }),

    async client() {
      // Not before: the file may have turned out to be another program's.
      await enterWal(adapter);
      const { PrismaClient } = await import('./generated/sqlite/client.ts');
      return new PrismaClient({ adapter: connected(adapter), log: [] });
    },
  };
}

/** How many answers a reader keeps. */
const MOST_ANSWERS = 10_000;

/** A connection that is only read from, and what counts the commits of all the others. */
interface Reader {
  readonly file: SqliteFile.Database;
  readonly version: SqliteFile.Statement<[], number>;
}

/**
 * A connection of its own for `asking`: with the write-ahead log a reader waits for no writer. It opens at the first
 * question, when the file is known to be ours and in that mode.
 *
 * It keeps its answers for as long as nobody at all has committed anything, in this process or another: SQLite says so
 * (https://www.sqlite.org/pragma.html#pragma_data_version) for less than any question costs.
 */
function readerOf(path: string): Pick<Database, 'asking' | 'release'> {
  let opened: Reader | undefined;
  let seen: number | undefined;
  let isChecked = false;
  const answers = new Map<string, readonly unknown[]>();
  /** Forgets what may have changed. Several questions in a row are about one moment. */
  const check = ({ version }: Reader) => {
    if (isChecked) return;
    isChecked = true;
    queueMicrotask(() => {
      isChecked = false;
    });
    const now = version.get();
    if (now !== seen || answers.size >= MOST_ANSWERS) answers.clear();
    seen = now;
  };
  const open = async (): Promise<Reader> => {
    const { default: Sqlite } = await import('better-sqlite3');
    if (opened) return opened;
    const file = new Sqlite(path, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT });
    return (opened = { file, version: file.prepare<[], number>('PRAGMA data_version').pluck() });
  };
  return {
    asking<Row extends object>(question: Question<Row>) {
      let statement: SqliteFile.Statement<string[], Row> | undefined;
      return async (...given) => {
        const reader = opened ?? (await open());
        check(reader);
        const key = [question.sql, ...given].join('\0');
        const known = answers.get(key);
        if (known) return known as readonly Row[];
        statement ??= reader.file.prepare<string[], Row>(question.sql);
        const rows = statement.all(...given).map((row) => withDates(row, question));
        answers.set(key, rows);
        return rows;
      };
    },
    release() {
      opened?.file.close();
    },
  };
}

/**
 * The place of the one service on a file, as a lock on a file beside it: the system gives it back however the process
 * ends, and commands on the file itself are not held up.
 */
function placeOf(path: string, name: string): { take(): Promise<void>; leave(): void } {
  let lock: SqliteFile.Database | undefined;
  return {
    async take() {
      const { default: Sqlite } = await import('better-sqlite3');
      // Whatever link leads to it, it is the same file. What is still to be made has none.
      const file = await realpath(path).catch(() => path);
      const taking = new Sqlite(`${file}-service`, { timeout: 0 });
      try {
        taking.exec('BEGIN EXCLUSIVE');
        lock = taking;
      } catch (error) {
        taking.close();
        if (driverCode(error)?.startsWith('SQLITE_BUSY')) throw new BotError('store-in-use', { path: name });
        throw error;
      }
    },
    leave() {
      lock?.close();
      lock = undefined;
    },
  };
}

async function rollBack(adapter: SqlDriverAdapter): Promise<void> {
  try {
    await adapter.executeScript('ROLLBACK');
  } catch {
    // SQLite has already done it: a full disk ends the transaction by itself.
  }
}

const lastTurn = new Map<string, Promise<unknown>>();

/**
 * Everything this process does with one file happens one after the other. A connection is one transaction at a time,
 * and whatever else it ran meanwhile would be part of it; and a second connection that writes waits for the first one's
 * lock without giving the event loop back, so the first could never finish.
 */
function takeTurn<T>(path: string, work: () => Promise<T>): Promise<T> {
  const turn = (lastTurn.get(path) ?? Promise.resolve()).then(work);
  lastTurn.set(
    path,
    turn.catch(() => undefined),
  );
  return turn;
}

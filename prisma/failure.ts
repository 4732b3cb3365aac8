import { BotError } from '../src/errors.ts';
import type { Provider } from './derive.ts';

/** Which database failed, and when. */
export interface FailedDatabase {
  readonly provider: Provider;
  /** The path, or `host:port/name`. */
  readonly name: string;
  /** True while it is being opened: then whatever fails is the connection. */
  readonly opening?: boolean;
}

/**
 * The error that people are told of: a `BotError` where the store's state is the reason, `error` itself otherwise.
 *
 * SQLite's codes: https://www.sqlite.org/rescode.html. PostgreSQL's: its manual, appendix A.
 */
export function storeFailure(error: unknown, database: FailedDatabase): unknown {
  if (error instanceof BotError) return error;
  const path = database.name;
  const code = driverCode(error);
  const options = { cause: error };
  if (database.provider === 'sqlite') {
    if (matches(code, SQLITE_FULL)) return new BotError('store-full', { path }, options);
    if (matches(code, SQLITE_BUSY)) return new BotError('store-busy', { path }, options);
    if (matches(code, SQLITE_READ_ONLY)) return new BotError('store-read-only', { path }, options);
    if (matches(code, SQLITE_DAMAGED)) return new BotError('store-damaged', { path }, options);
    return error;
  }
  if (matches(code, PG_FULL)) return new BotError('store-full', { path }, options);
  if (matches(code, PG_READ_ONLY)) return new BotError('store-read-only', { path }, options);
  const isUnreachable = UNREACHABLE_KINDS.has(driverKind(error) ?? '') || PG_BROKEN_OFF.test(lastMessage(error));
  if (database.opening || matches(code, PG_UNREACHABLE) || isUnreachable) {
    // The URL may be wrong in a way that makes the error repeat it, so the error is not kept.
    return new BotError('store-unreachable', { host: path, reason: reasonOf(error) });
  }
  return error;
}

/** The driver's or the system's own code of an error, however deep Prisma has wrapped it: `SQLITE_FULL`, `23505`. */
export function driverCode(error: unknown): string | undefined {
  return find(error, (value) => text(value.originalCode) ?? systemCode(value));
}

/** True when a row was refused because its key is taken. */
export function isTaken(error: unknown): boolean {
  return driverKind(error) === 'UniqueConstraintViolation' || find(error, (value) => text(value.code)) === 'P2002';
}

/** The last words of the driver, in one line. */
export function reasonOf(error: unknown): string {
  const code = driverCode(error);
  const isSystems = code !== undefined && /^E[A-Z]+$/.test(code);
  const said = find(error, (value) => text(value.originalMessage)) ?? (isSystems ? code : lastMessage(error));
  return said.replace(/\s+/g, ' ').trim();
}

const SQLITE_BUSY = ['SQLITE_BUSY', 'SQLITE_LOCKED'];
const SQLITE_FULL = ['SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE', 'ENOSPC', 'EDQUOT'];
const SQLITE_READ_ONLY = ['SQLITE_READONLY', 'SQLITE_CANTOPEN', 'SQLITE_PERM', 'EACCES', 'EPERM', 'EROFS'].concat(
  // the folder cannot be made: a file is in the way, or a place such as /proc
  ['ENOTDIR', 'EEXIST', 'ENOENT'],
);
const SQLITE_DAMAGED = ['SQLITE_NOTADB', 'SQLITE_CORRUPT'];
const PG_FULL = ['53100'];
const PG_READ_ONLY = ['25006'];
const PG_UNREACHABLE = [
  '08',
  '28',
  '3D000',
  '53300',
  '57P',
  'ECONN',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOST',
  'ETIMEDOUT',
  'EPIPE',
];
/** What the driver says without any code when the connection goes while something is asked. */
const PG_BROKEN_OFF = /^(?:Connection terminated|Client (?:has encountered a connection error|was closed)|timeout ex)/u;
const UNREACHABLE_KINDS = new Set([
  'AuthenticationFailed',
  'ConnectionClosed',
  'DatabaseAccessDenied',
  'DatabaseDoesNotExist',
  'DatabaseNotReachable',
  'SocketTimeout',
  'TlsConnectionError',
  'TooManyConnections',
]);

/** Codes are families: `SQLITE_READONLY_DIRECTORY`, every `57P…`. */
function matches(code: string | undefined, families: readonly string[]): boolean {
  return code !== undefined && families.some((family) => code.startsWith(family));
}

function driverKind(error: unknown): string | undefined {
  return find(error, (value) => text(value.kind));
}

/** What errors of Prisma, its adapters, the drivers and the system have in common: nothing is sure to be there. */
interface Wrapped {
  readonly code?: unknown;
  readonly kind?: unknown;
  readonly message?: unknown;
  readonly originalCode?: unknown;
  readonly originalMessage?: unknown;
  readonly cause?: unknown;
  readonly meta?: { readonly driverAdapterError?: unknown };
}

function find(error: unknown, read: (value: Wrapped) => string | undefined): string | undefined {
  for (let value = error as Wrapped | undefined, depth = 0; value && depth < 10; depth += 1) {
    const found = read(value);
    if (found !== undefined) return found;
    value = (value.meta?.driverAdapterError ?? value.cause) as Wrapped | undefined;
  }
  return undefined;
}

/** `P2010` and the like are Prisma's names for its wrappings. */
function systemCode(value: Wrapped): string | undefined {
  const code = text(value.code);
  return code && !/^P\d{4}$/.test(code) ? code : undefined;
}

function lastMessage(error: unknown): string {
  let message = '';
  find(error, (value) => {
    const said = text(value.message);
    if (said) message = said;
    return undefined;
  });
  return message;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

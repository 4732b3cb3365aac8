import { webApi } from '@slack/bolt';
import type { Log, LogFields } from '../../src/log.ts';

type BoltLogger = NonNullable<ConstructorParameters<typeof webApi.WebClient>[1]>['logger'] & object;

const HIDDEN = '[hidden]';
/** Bot, user, app, refresh and configuration tokens, and the addresses that may be written to without one. */
const SECRETS = /\bx(?:ox[a-z](?:\.xox[a-z])?|app)-[\w.-]+|https:\/\/hooks\.slack\.com\/[^\s"'<>]+/gu;
/** Where something that may refer to itself is cut off. */
const DEEPEST = 6;

/**
 * A log that no token and no secret gets into, whatever it is given.
 *
 * @param secrets the settings' own secrets, beside everything that looks like a token
 */
export function safeLog(log: Log, secrets: readonly (string | null)[]): Log {
  const known = secrets.flatMap((secret) => (secret === null || secret === '' ? [] : [secret]));
  const safe = (fields: LogFields) => hide(fields, known, 0) as LogFields;
  return {
    info: (fields, message) => {
      log.info(safe(fields), hideIn(message, known));
    },
    warn: (fields, message) => {
      log.warn(safe(fields), hideIn(message, known));
    },
    error: (fields, message) => {
      log.error(safe(fields), hideIn(message, known));
    },
  };
}

/** What the SDK writes its own lines to. What it has to say in detail is not kept. */
export function boltLogger(log: Log): BoltLogger {
  const line = (messages: readonly unknown[]) =>
    messages.map((part) => (part instanceof Error ? part.message : String(part)));
  const errorIn = (messages: readonly unknown[]) => {
    const error = messages.find((part) => part instanceof Error);
    return error ? { err: error } : {};
  };
  return {
    debug: () => undefined,
    info: (...messages) => {
      log.info({}, line(messages).join(' '));
    },
    warn: (...messages) => {
      log.warn(errorIn(messages), line(messages).join(' '));
    },
    error: (...messages) => {
      log.error(errorIn(messages), line(messages).join(' '));
    },
    setLevel: () => undefined,
    getLevel: () => webApi.LogLevel.INFO,
    setName: () => undefined,
  };
}

function hide(value: unknown, secrets: readonly string[], depth: number): unknown {
  if (typeof value === 'string') return hideIn(value, secrets);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST) return '…';
  if (Array.isArray(value)) return value.map((part) => hide(part, secrets, depth + 1));
  const own = Object.entries(value);
  const plain = value instanceof Error ? [...own, ...described(value)] : own;
  return Object.fromEntries(plain.map(([name, part]) => [name, hide(part, secrets, depth + 1)]));
}

/** What an error says of itself is not enumerable. */
function described({ name, message, stack, cause }: Error): readonly (readonly [string, unknown])[] {
  const about: [string, unknown][] = [
    ['type', name],
    ['message', message],
    ['stack', stack],
  ];
  return cause === undefined ? about : [...about, ['cause', cause]];
}

function hideIn(text: string, secrets: readonly string[]): string {
  return secrets.reduce((left, secret) => left.replaceAll(secret, HIDDEN), text.replace(SECRETS, HIDDEN));
}

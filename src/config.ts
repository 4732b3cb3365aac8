import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { BotError } from './errors.ts';
import type { Identity } from './ports.ts';

const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;

/**
 * Every environment variable that the bot reads: what it is for, and what holds when it is not set. `.env.example` and
 * the README's table say the same; a test compares them.
 */
export const environment = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^(?:file:.|postgres(?:ql)?:\/\/)/u, 'begins with file: or postgresql://')
    .default('file:./data/gcm.db')
    .describe('Where the schedule is kept: file:PATH for SQLite, postgresql://… when several instances share the work'),
  PORT: z.coerce
    .number('is a port number')
    .int('is a port number')
    .min(0, 'is a port number')
    .max(65_535, 'is a port number')
    .default(3000)
    .describe('Port of the HTTP server'),
  GCM_ADMINS: z
    .string()
    .default('')
    .transform((text, context) => readAdmins(text, context))
    .describe('The first administrators: slack:TEAM:USER,teams:TENANT:USER'),
  GCM_NOW: z
    .string()
    .optional()
    .transform((text, context) => readInstant(text, context))
    .describe('A simulated clock that starts at this moment, for trying things out: 2017-11-01T09:00+01:00'),
  LOG_LEVEL: z
    .enum(LOG_LEVELS, `is one of ${LOG_LEVELS.join(', ')}`)
    .default('info')
    .describe(`How much is logged: ${LOG_LEVELS.join(', ')}`),
});

/** The settings, checked. */
export interface Config {
  readonly databaseUrl: string;
  readonly port: number;
  readonly admins: readonly Identity[];
  /** Where a simulated clock starts; `null`: the machine's own clock. */
  readonly startOfClock: Temporal.Instant | null;
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

/**
 * Reads the settings from the environment. A variable that is set to nothing counts as not set.
 *
 * @throws BotError `config-invalid`, naming everything that is wrong
 */
export function readConfig(variables: Readonly<Record<string, string | undefined>> = process.env): Config {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environment.safeParse(set);
  const problems = (parsed.error?.issues ?? []).map(({ path, message }) => `${path.join('.')} ${message}`);
  if (set.GCM_NOW !== undefined && set.NODE_ENV === 'production') {
    problems.push('GCM_NOW is for trials and refused when NODE_ENV=production');
  }
  if (!parsed.success || problems.length > 0) {
    throw new BotError('config-invalid', { problems: problems.join('; ') });
  }
  const { DATABASE_URL, PORT, GCM_ADMINS, GCM_NOW, LOG_LEVEL } = parsed.data;
  return { databaseUrl: DATABASE_URL, port: PORT, admins: GCM_ADMINS, startOfClock: GCM_NOW, logLevel: LOG_LEVEL };
}

function readAdmins(text: string, context: z.RefinementCtx): readonly Identity[] {
  const entries = text.split(',').map((entry) => entry.trim());
  return entries.filter(Boolean).flatMap((entry) => {
    const parts = /^(?<platform>slack|teams):(?<tenant>[^:\s]+):(?<user>[^\s]+)$/u.exec(entry)?.groups;
    if (parts) return [{ platform: parts.platform ?? '', tenant: parts.tenant ?? '', user: parts.user ?? '' }];
    context.addIssue({ code: 'custom', message: `has “${entry}”, which is not slack:TEAM:USER or teams:TENANT:USER` });
    return [];
  });
}

function readInstant(text: string | undefined, context: z.RefinementCtx): Temporal.Instant | null {
  if (text === undefined) return null;
  const instant = momentOf(text);
  if (!instant) context.addIssue({ code: 'custom', message: 'is a moment such as 2017-11-01T09:00+01:00' });
  return instant;
}

/**
 * A moment as people write it on a command line: ISO 8601 with an offset, or without one in UTC; a date alone is its
 * noon in UTC, which is that date nearly everywhere.
 *
 * @returns `null` when it is no such thing
 */
export function momentOf(text: string): Temporal.Instant | null {
  const isDate = /^\d{4}-\d{2}-\d{2}$/u.test(text);
  const hasOffset = /(?:Z|[+-]\d{2}:?\d{2})(?:\[.+\])?$/iu.test(text);
  try {
    return Temporal.Instant.from(isDate ? `${text}T12:00Z` : hasOffset ? text : `${text}Z`);
  } catch {
    return null;
  }
}

import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { isEmailAddress } from './calendar/email-address.ts';
import { BotError } from './errors.ts';
import type { Identity } from './ports.ts';

const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;

const optionalText = (description: string) => z.string().optional().describe(description);
const optionalUrl = (description: string) =>
  z
    .url({ protocol: /^https?$/u, error: 'is an address that begins with https:// or http://' })
    .optional()
    .describe(description);

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
  PUBLIC_URL: z
    .url({ protocol: /^https?$/u, error: 'is an address that begins with https:// or http://' })
    .optional()
    .describe('Where the bot is reached from outside, without a path: links and sign-in pages begin with it'),
  SECRET_KEY: z
    .string()
    .min(32, 'has at least 32 characters')
    .optional()
    .describe(
      'Encrypts what is kept secret in the database; several, separated by commas: the first one is used, the others are still read',
    ),
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
  SLACK_BOT_TOKEN: optionalText('Slack, one workspace: the bot’s token, xoxb-…'),
  SLACK_SIGNING_SECRET: optionalText('Slack over HTTP: the secret that signs requests'),
  SLACK_APP_TOKEN: optionalText('Slack in Socket Mode, without an address of its own: the app-level token, xapp-…'),
  SLACK_CLIENT_ID: optionalText('Slack, many workspaces: the app’s client id, for its installation page'),
  SLACK_CLIENT_SECRET: optionalText('Slack, many workspaces: the app’s client secret'),
  SLACK_API_URL: optionalUrl('Another Slack Web API, for local clients'),
  TEAMS_CLIENT_ID: optionalText('Teams: the bot’s application (client) id'),
  TEAMS_CLIENT_SECRET: optionalText('Teams: the application’s secret'),
  TEAMS_TENANT_ID: optionalText('Teams: the one tenant that the bot serves; not set: any'),
  TEAMS_SERVICE_URL: optionalUrl('Another Bot Connector, for government clouds and local clients'),
  TEAMS_OPENID_METADATA_URL: optionalUrl(
    'Other signing keys of incoming requests, for government clouds and local clients',
  ),
  TEAMS_TOKEN: optionalText('A fixed token for outgoing requests, for local clients only; refused in production'),
  TEAMS_ALLOW_UNAUTHENTICATED: z
    .enum(['0', '1'], 'is 0 or 1')
    .default('0')
    .describe('1: incoming requests are not checked, for local clients only; refused in production'),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/u, error: 'is an address that begins with smtps:// or smtp://' })
    .optional()
    .describe('Invitations by mail: the server that takes them, smtps://user:password@host:465; not set: none go out'),
  MAIL_FROM: z
    .string()
    .refine(isEmailAddress, 'is one e-mail address, without a name')
    .optional()
    .describe('Invitations by mail: the bot’s own address, to which bounces come; needed with SMTP_URL'),
  SEND_WHEN_UNKNOWN: z
    .enum(['park', 'send'], 'is park or send')
    .default('park')
    .describe(
      'What happens when a connection broke after something was sent, and its platform cannot be asked whether it arrived: park leaves it to the staff, send sends it again',
    ),
  LOG_LEVEL: z
    .enum(LOG_LEVELS, `is one of ${LOG_LEVELS.join(', ')}`)
    .default('info')
    .describe(`How much is logged: ${LOG_LEVELS.join(', ')}`),
});

/** What the Slack adapter is told; `null`: not set. */
export interface SlackSettings {
  readonly botToken: string | null;
  readonly signingSecret: string | null;
  readonly appToken: string | null;
  readonly clientId: string | null;
  readonly clientSecret: string | null;
  readonly apiUrl: string | null;
}

/** What the Teams adapter is told; `null`: not set. */
export interface TeamsSettings {
  readonly clientId: string | null;
  readonly clientSecret: string | null;
  readonly tenantId: string | null;
  readonly serviceUrl: string | null;
  readonly openIdMetadataUrl: string | null;
  readonly token: string | null;
  readonly allowsUnauthenticated: boolean;
}

/** Where mails leave, and from whom. */
export interface MailSettings {
  /** Holds a password, perhaps. */
  readonly smtpUrl: string;
  readonly from: string;
}

/** The settings, checked. */
export interface Config {
  readonly databaseUrl: string;
  readonly port: number;
  readonly admins: readonly Identity[];
  /** Without a slash at its end; `null`: not set. */
  readonly publicUrl: string | null;
  /** The first one encrypts, all of them decrypt. */
  readonly secretKeys: readonly string[];
  readonly slack: SlackSettings;
  readonly teams: TeamsSettings;
  /** `null`: no mail goes out. */
  readonly mail: MailSettings | null;
  /** Whether what may have arrived, and nobody can say, is left to the staff or sent again. */
  readonly whenUnknown: 'park' | 'send';
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
  for (const name of ['TEAMS_TOKEN', 'TEAMS_ALLOW_UNAUTHENTICATED'] as const) {
    const isOn = set[name] !== undefined && set[name] !== '0';
    if (isOn && set.NODE_ENV === 'production')
      problems.push(`${name} is for local clients and refused when NODE_ENV=production`);
  }
  if (set.SMTP_URL !== undefined && set.MAIL_FROM === undefined) problems.push('MAIL_FROM is needed with SMTP_URL');
  if (!parsed.success || problems.length > 0) {
    throw new BotError('config-invalid', { problems: problems.join('; ') });
  }
  const data = parsed.data;
  return {
    databaseUrl: data.DATABASE_URL,
    port: data.PORT,
    publicUrl: data.PUBLIC_URL?.replace(/\/+$/u, '') ?? null,
    secretKeys: data.SECRET_KEY?.split(',').map((key) => key.trim()) ?? [],
    admins: data.GCM_ADMINS,
    startOfClock: data.GCM_NOW,
    whenUnknown: data.SEND_WHEN_UNKNOWN,
    logLevel: data.LOG_LEVEL,
    slack: {
      botToken: data.SLACK_BOT_TOKEN ?? null,
      signingSecret: data.SLACK_SIGNING_SECRET ?? null,
      appToken: data.SLACK_APP_TOKEN ?? null,
      clientId: data.SLACK_CLIENT_ID ?? null,
      clientSecret: data.SLACK_CLIENT_SECRET ?? null,
      apiUrl: data.SLACK_API_URL ?? null,
    },
    teams: {
      clientId: data.TEAMS_CLIENT_ID ?? null,
      clientSecret: data.TEAMS_CLIENT_SECRET ?? null,
      tenantId: data.TEAMS_TENANT_ID ?? null,
      serviceUrl: data.TEAMS_SERVICE_URL ?? null,
      openIdMetadataUrl: data.TEAMS_OPENID_METADATA_URL ?? null,
      token: data.TEAMS_TOKEN ?? null,
      allowsUnauthenticated: data.TEAMS_ALLOW_UNAUTHENTICATED === '1',
    },
    mail:
      data.SMTP_URL === undefined || data.MAIL_FROM === undefined
        ? null
        : { smtpUrl: data.SMTP_URL, from: data.MAIL_FROM.toLowerCase() },
  };
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

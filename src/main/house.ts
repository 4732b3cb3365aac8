import type { Temporal } from 'temporal-polyfill';
import type { CalendarService } from '../calendar/service.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Role } from '../engine/access.ts';
import type { Bot } from '../engine/dispatch.ts';
import type { Memberships } from '../engine/memberships.ts';
import type { Schedules } from '../engine/schedules.ts';
import type { Language } from '../language/language.ts';
import type { Log } from '../log.ts';
import type { Identity, Store } from '../ports.ts';

/** What every way of running the bot has. */
export interface House {
  readonly config: Config;
  readonly clock: Clock;
  readonly language: Language;
  readonly log: Log;
  readonly store: Store;
  /** The same for everybody: a revision is loaded once. */
  readonly schedules: Schedules;
  readonly bot: Bot;
  readonly calendars: CalendarService;
  /** Who belongs to which user group or team, once the platforms are up. */
  readonly memberships: Memberships;
  /** What the settings let somebody do. */
  readonly roleOf: (person: Identity) => Role;
}

/** Puts the parts together on the store that the settings name. */
export async function build(
  own: {
    readonly databaseUrl?: string;
    readonly startOfClock?: Temporal.Instant;
    readonly log?: Log;
    /** Otherwise whoever asks sits at the machine itself, beside a service or without one. */
    readonly isService?: boolean;
  } = {},
): Promise<House> {
  const [
    { readConfig },
    { clockStartingAt, systemClock },
    { randomIdentity: identity },
    { english, languages },
    { openStore },
  ] = await Promise.all([
    import('../config.ts'),
    import('../clock.ts'),
    import('../identity.ts'),
    import('../language/index.ts'),
    import('../../prisma/store.ts'),
  ]);
  const [{ createBot }, { createMemberships }, { createSchedules }, { commands }] = await Promise.all([
    import('../engine/dispatch.ts'),
    import('../engine/memberships.ts'),
    import('../engine/schedules.ts'),
    import('../../commands/index.ts'),
  ]);
  const config = readConfig();
  const isService = own.isService ?? false;
  const startOfClock = own.startOfClock ?? config.startOfClock;
  const clock = startOfClock ? clockStartingAt(startOfClock) : systemClock;
  const log = own.log ?? terminalLog;
  const store = await openStore({ url: own.databaseUrl ?? config.databaseUrl, clock, identity, log, isService });
  const isAdmin = ({ platform, tenant, user }: { platform: string; tenant: string; user: string }) =>
    config.admins.some((admin) => admin.platform === platform && admin.tenant === tenant && admin.user === user);
  const roleOf = (person: Identity) => (isAdmin(person) ? 'admin' : 'viewer');
  const calendars = await calendarService(config, isService);
  const memberships = createMemberships();
  const schedules = createSchedules(store);
  const bot = createBot({
    store,
    schedules,
    clock,
    identity,
    commands,
    languages,
    log,
    roleOf,
    calendars,
    isInTeam: memberships.isInTeam,
    firstAdmins: config.admins,
  });
  return { config, clock, language: english, log, store, schedules, bot, calendars, memberships, roleOf };
}

async function calendarService(config: Config, isService: boolean): Promise<CalendarService> {
  const [{ createCalendarAddresses }, { createSeal }, { randomIdentity }] = await Promise.all([
    import('../calendar/addresses.ts'),
    import('../seal.ts'),
    import('../identity.ts'),
  ]);
  const local = isService ? null : `http://localhost:${config.port.toString()}`;
  const signingKeys = config.secretKeys.map((key) => createSeal([key], randomIdentity).secretFor('calendar links'));
  const addresses = createCalendarAddresses({ publicUrl: config.publicUrl ?? local, signingKeys });
  return { addresses, mailFrom: config.mail?.from ?? null };
}

/** What the terminal's user is told on standard error: only what went wrong, one line of JSON each. */
const terminalLog: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: (fields, message) => {
    const readable = (_name: string, value: unknown) => (value instanceof Error ? value.stack : value);
    process.stderr.write(`${JSON.stringify({ level: 'error', message, ...fields }, readable)}\n`);
  },
};

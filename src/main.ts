/** The composition root: puts the parts together for each way the bot is run. The only file that knows all of them. */
import { enableCompileCache } from 'node:module';
import type { Express } from 'express';
import type { Temporal } from 'temporal-polyfill';
import type { ExitCode, Terminal } from '../adapters/console/terminal.ts';
import type { Slack } from '../adapters/slack/index.ts';
import type { Teams } from '../adapters/teams/index.ts';
import type { CalendarService } from './calendar/service.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Role } from './engine/access.ts';
import type { Bot } from './engine/dispatch.ts';
import type { Memberships } from './engine/memberships.ts';
import type { Schedules } from './engine/schedules.ts';
import type { Language } from './language/language.ts';
import type { Log } from './log.ts';
import type { Identity, Messenger, Store } from './ports.ts';

// Before anything else is loaded, and each part only where it is needed: an answer on the command line is mostly
// start-up.
enableCompileCache();

const SAMPLE = new URL('../prisma/sample/gcm-2017-11-01.json', import.meta.url);
const DEMO_DATABASE = 'file:./data/demo.db';
const DEMO_START = '2017-11-01T09:00:00+01:00';

/** What every way of running the bot has. */
interface House {
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

/** The service: HTTP, until it is told to stop. */
async function start(): Promise<ExitCode> {
  const built = await build({ log: await serviceLog(), isService: true });
  const [{ createWeb }, { mountPages }, { createMetrics }] = await Promise.all([
    import('../adapters/web/server.ts'),
    import('../adapters/web/pages.ts'),
    import('../adapters/web/metrics.ts'),
  ]);
  const metrics = createMetrics(built);
  const house = { ...built, bot: metrics.counting(built.bot) };
  const web = createWeb(house);
  metrics.mount(web);
  mountPages(web, house);
  await calendarsOn(web, house);
  const slack = await slackOn(web, house);
  if (slack) house.memberships.askOn('slack', slack.isInTeam);
  const teams = await teamsOn(web, house);
  if (teams) house.memberships.askOn('teams', teams.isInTeam);
  await teams?.start();
  const server = web.listen(house.config.port);
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  house.log.info({ port: house.config.port }, 'listening');
  void slack?.start();
  const reminders = await remindersOn(
    house,
    [slack, teams].flatMap((platform) => (platform ? [platform.messenger] : [])),
  );
  await new Promise((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  server.close();
  await Promise.all([reminders.stop(), slack?.stop(), teams?.stop()]);
  await house.store.close();
  house.log.info({}, 'stopped');
  return 0;
}

/** Feeds and events’ files for whatever calendar asks. */
async function calendarsOn(express: Express, { calendars, roleOf, ...house }: House): Promise<void> {
  const [{ mountCalendars }, { createFeeds }, { languages }, { mayAct }] = await Promise.all([
    import('../adapters/web/calendars.ts'),
    import('./calendar/feed.ts'),
    import('./language/index.ts'),
    import('./engine/access.ts'),
  ]);
  mountCalendars(express, {
    ...house,
    languages,
    feeds: createFeeds(),
    addresses: calendars.addresses,
    mayRead: (person) => mayAct(roleOf(person), 'viewer'),
  });
}

/** The bot in Slack; `null`, and a line in the log that says what is missing, where it is not set up. */
async function slackOn(express: Express, { config, language, ...house }: House): Promise<Slack | null> {
  const [{ createSlack, missingForSlack }, { systemTimer }, { randomIdentity: identity }] = await Promise.all([
    import('../adapters/slack/index.ts'),
    import('./timer.ts'),
    import('./identity.ts'),
  ]);
  const settings = { ...config.slack, publicUrl: config.publicUrl, secretKeys: config.secretKeys };
  const missing = missingForSlack(settings, language);
  if (missing === null) return createSlack({ ...house, language, settings, express, timer: systemTimer, identity });
  house.log.info({}, missing);
  return null;
}

/** The bot in Teams; `null`, and a line in the log that says what is missing, where it is not set up. */
async function teamsOn(express: Express, { config, language, ...house }: House): Promise<Teams | null> {
  const { missingForTeams, createTeams } = await import('../adapters/teams/index.ts');
  const settings = { ...config.teams, publicUrl: config.publicUrl, secretKeys: config.secretKeys };
  const missing = missingForTeams(settings, language);
  if (missing !== null) {
    house.log.info({}, missing);
    return null;
  }
  const [{ systemTimer: timer }, { randomIdentity: identity, randomChance: chance }] = await Promise.all([
    import('./timer.ts'),
    import('./identity.ts'),
  ]);
  return createTeams({ ...house, language, settings, express, timer, identity, chance });
}

/** Reminders, digests, notices of changes and invitations by mail, for as long as the service is up. */
async function remindersOn({ config, store, schedules, clock, log }: House, messengers: readonly Messenger[]) {
  const [
    { schedule },
    { startReminders },
    { createMailing },
    { createSmtpMailer },
    { languages },
    { randomChance: chance, randomIdentity },
    { systemTimer: timer },
  ] = await Promise.all([
    import('node-cron'),
    import('./reminders/service.ts'),
    import('./calendar/mailing.ts'),
    import('../adapters/mail/smtp.ts'),
    import('./language/index.ts'),
    import('./identity.ts'),
    import('./timer.ts'),
  ]);
  const { whenUnknown } = config;
  const parts = { store, schedules, languages, clock, chance, whenUnknown };
  const mail = config.mail && {
    mailer: createSmtpMailer({ url: config.mail.smtpUrl, from: config.mail.from }),
    from: config.mail.from,
  };
  return startReminders({
    ...parts,
    ...createMailing({ ...parts, mail }),
    messengers,
    firstAdmins: config.admins,
    schedule,
    timer,
    log,
    owner: randomIdentity.uid(),
  });
}

/** A chat in the terminal over the sample schedule, on the day of the update that it is taken from. */
async function demo(): Promise<ExitCode> {
  const { Temporal } = await import('temporal-polyfill');
  const house = await build({ databaseUrl: DEMO_DATABASE, startOfClock: Temporal.Instant.from(DEMO_START) });
  const { store, bot, clock, language } = house;
  const terminal = await terminalOf(house);
  const [group] = await store.groups();
  if (group?.revision === 0) await loadSample(bot, terminal);
  if (process.stdin.isTTY) {
    const { instantInWords } = await import('./dates/words.ts');
    const time = instantInWords(clock.now(), group?.zone ?? 'UTC', language);
    process.stdout.write(`${language.t('console.welcome-demo', { time })} ${language.t('console.welcome')}\n\n`);
  }
  return talk(house, terminal);
}

/** One command, or a chat when there is none. */
async function gcm(words: readonly string[]): Promise<ExitCode> {
  const { readCommandLine, USAGE } = await import('../adapters/console/arguments.ts');
  const line = readCommandLine(words);
  if ('problem' in line) return usageProblem(line.problem, USAGE);
  const { momentOf } = await import('./config.ts');
  const startOfClock = line.now === null ? null : momentOf(line.now);
  if (line.now !== null && !startOfClock)
    return usageProblem(`--now is a moment such as 2017-11-01T09:00+01:00.`, USAGE);
  const { isZone } = await import('./dates/zones.ts');
  if (line.zone !== null && !isZone(line.zone)) return usageProblem(`--tz is a zone such as Africa/Nairobi.`, USAGE);

  const house = await build({ ...(startOfClock ? { startOfClock } : {}) });
  const terminal = await terminalOf(house, line);
  if (line.line === '') return talk(house, terminal);
  const { runOnce } = await import('../adapters/console/terminal.ts');
  const code = await runOnce(terminal, line.line, line);
  await house.store.close();
  return code;
}

async function talk({ store, bot }: House, terminal: Terminal): Promise<ExitCode> {
  const { chat } = await import('../adapters/console/terminal.ts');
  const code = await chat(terminal, async (line) => {
    const [completed, word] = await bot.complete(line, terminal.person);
    return [[...completed], word];
  });
  await store.close();
  return code;
}

async function loadSample(bot: Bot, { person }: Terminal): Promise<void> {
  const { readFile } = await import('node:fs/promises');
  const name = SAMPLE.pathname.split('/').at(-1) ?? '';
  const reply = await bot.handle({
    ...person,
    input: { type: 'line', line: `import ${name}`, isConfirmed: true },
    surroundings: { openFile: async () => ({ name, bytes: await readFile(SAMPLE) }) },
  });
  if (reply.outcome !== 'answered') throw new Error('the sample schedule cannot be imported', { cause: reply.card });
}

/** Puts the parts together on the store that the settings name. */
async function build(
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
    import('./config.ts'),
    import('./clock.ts'),
    import('./identity.ts'),
    import('./language/index.ts'),
    import('../prisma/store.ts'),
  ]);
  const [{ createBot }, { createMemberships }, { createSchedules }, { commands }] = await Promise.all([
    import('./engine/dispatch.ts'),
    import('./engine/memberships.ts'),
    import('./engine/schedules.ts'),
    import('../commands/index.ts'),
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
    import('./calendar/addresses.ts'),
    import('./seal.ts'),
    import('./identity.ts'),
  ]);
  const local = isService ? null : `http://localhost:${config.port.toString()}`;
  const signingKeys = config.secretKeys.map((key) => createSeal([key], randomIdentity).secretFor('calendar links'));
  const addresses = createCalendarAddresses({ publicUrl: config.publicUrl ?? local, signingKeys });
  return { addresses, mailFrom: config.mail?.from ?? null };
}

async function terminalOf(
  { bot, language }: House,
  options: {
    readonly role?: 'viewer' | 'editor' | 'admin';
    readonly zone?: string | null;
    readonly language?: string | null;
  } = {},
): Promise<Terminal> {
  const { userInfo } = await import('node:os');
  const { styleFor } = await import('../adapters/console/style.ts');
  const { username } = userInfo();
  return {
    bot,
    language,
    style: styleFor(process.stdout, process.env),
    input: process.stdin,
    output: process.stdout,
    errors: process.stderr,
    person: {
      actor: { platform: 'console', tenant: '', user: username, name: username },
      role: options.role ?? 'admin',
      zone: options.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
      isZoneForced: options.zone != null,
      language: options.language ?? null,
    },
  };
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

async function serviceLog(): Promise<Log> {
  const [{ pino }, { readConfig }] = await Promise.all([import('pino'), import('./config.ts')]);
  const log: Log = pino({ level: readConfig().logLevel });
  return log;
}

function usageProblem(problem: string, usage: string): ExitCode {
  process.stderr.write(`${problem}\n${usage}\n`);
  return 2;
}

/** Turns what stops the program into one line that says what to do. */
async function reportingProblems(task: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await task();
  } catch (error) {
    const { BotError } = await import('./errors.ts');
    if (!(error instanceof BotError)) throw error;
    const { english } = await import('./language/index.ts');
    process.stderr.write(`${english.t(`error.${error.code}`, error.context)}\n`);
    return 1;
  }
}

// Somebody who reads only the first lines (`gcm list | head`) has what they wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const [mode = '', ...given] = process.argv.slice(2);
process.exitCode = await reportingProblems(() => {
  if (mode === 'start') return start();
  if (mode === 'demo') return demo();
  if (mode === 'gcm') return gcm(given);
  throw new TypeError(`“${mode}” is none of start, demo, gcm`);
});

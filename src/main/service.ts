import type { Express } from 'express';
import type { ExitCode } from '../../adapters/console/terminal.ts';
import type { Slack } from '../../adapters/slack/index.ts';
import type { Teams } from '../../adapters/teams/index.ts';
import type { Log } from '../log.ts';
import type { Messenger } from '../ports.ts';
import { build, type House } from './house.ts';

/** The service: HTTP, until it is told to stop. */
export async function start(): Promise<ExitCode> {
  const built = await build({ log: await serviceLog(), isService: true });
  const [{ createWeb }, { mountPages }, { createMetrics }] = await Promise.all([
    import('../../adapters/web/server.ts'),
    import('../../adapters/web/pages.ts'),
    import('../../adapters/web/metrics.ts'),
  ]);
  const metrics = createMetrics(built);
  const house = { ...built, bot: metrics.counting(built.bot) };
  const web = createWeb(house);
  metrics.mount(web);
  mountPages(web, house);
  await calendarsOn(web, house);
  const slack = await slackOn(web, house);
  if (slack) house.memberships.askOn('slack', slack.members);
  const teams = await teamsOn(web, house);
  if (teams) house.memberships.askOn('teams', teams.members);
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
    import('../../adapters/web/calendars.ts'),
    import('../calendar/feed.ts'),
    import('../language/index.ts'),
    import('../engine/access.ts'),
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
    import('../../adapters/slack/index.ts'),
    import('../timer.ts'),
    import('../identity.ts'),
  ]);
  const settings = { ...config.slack, publicUrl: config.publicUrl, secretKeys: config.secretKeys };
  const missing = missingForSlack(settings, language);
  if (missing === null) return createSlack({ ...house, language, settings, express, timer: systemTimer, identity });
  house.log.info({}, missing);
  return null;
}

/** The bot in Teams; `null`, and a line in the log that says what is missing, where it is not set up. */
async function teamsOn(express: Express, { config, language, ...house }: House): Promise<Teams | null> {
  const { missingForTeams, createTeams } = await import('../../adapters/teams/index.ts');
  const settings = { ...config.teams, publicUrl: config.publicUrl, secretKeys: config.secretKeys };
  const missing = missingForTeams(settings, language);
  if (missing !== null) {
    house.log.info({}, missing);
    return null;
  }
  const [{ systemTimer: timer }, { randomIdentity: identity, randomChance: chance }] = await Promise.all([
    import('../timer.ts'),
    import('../identity.ts'),
  ]);
  return createTeams({ ...house, language, settings, express, timer, identity, chance });
}

/** Reminders, digests, notices of changes and invitations by mail, for as long as the service is up. */
async function remindersOn(
  { config, store, schedules, memberships, clock, log }: House,
  messengers: readonly Messenger[],
) {
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
    import('../reminders/service.ts'),
    import('../calendar/mailing.ts'),
    import('../../adapters/mail/smtp.ts'),
    import('../language/index.ts'),
    import('../identity.ts'),
    import('../timer.ts'),
  ]);
  const { whenUnknown } = config;
  const parts = { store, schedules, languages, clock, chance, whenUnknown };
  const mail = config.mail && {
    mailer: createSmtpMailer({ url: config.mail.smtpUrl, from: config.mail.from, timer }),
    from: config.mail.from,
  };
  return startReminders({
    ...parts,
    ...createMailing({ ...parts, mail }),
    messengers,
    firstAdmins: config.admins,
    membersOf: memberships.membersOf,
    schedule,
    timer,
    log,
    owner: randomIdentity.uid(),
  });
}

async function serviceLog(): Promise<Log> {
  const [{ pino }, { readConfig }] = await Promise.all([import('pino'), import('../config.ts')]);
  const log: Log = pino({ level: readConfig().logLevel });
  return log;
}

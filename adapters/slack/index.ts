import type { Express } from 'express';
import type { Clock } from '../../src/clock.ts';
import type { Bot } from '../../src/engine/dispatch.ts';
import type { TeamMembers } from '../../src/engine/memberships.ts';
import type { IdentitySource } from '../../src/identity.ts';
import type { Language } from '../../src/language/language.ts';
import type { Log } from '../../src/log.ts';
import type { Messenger, Store } from '../../src/ports.ts';
import { createSeal } from '../../src/seal.ts';
import type { Timer } from '../../src/timer.ts';
import { clientOptions, createAccounts, createClient, type Credentials } from './accounts.ts';
import { createBackground } from '../../src/background.ts';
import type { Desk } from './desk.ts';
import { createFiles } from './files.ts';
import type { Origin } from './incoming.ts';
import { listen } from './listeners.ts';
import { disconnect, onInstalled } from './membership.ts';
import { createMessenger } from './messenger.ts';
import { createInstallations } from './oauth/installations.ts';
import { mountInstallPages } from './oauth/pages.ts';
import { createOnce } from './once.ts';
import { createPace } from './pace.ts';
import { createProfiles } from './profiles.ts';
import { createApp, httpReceiver } from './receivers.ts';
import { boltLogger, safeLog } from './safe-log.ts';
import { modeOf, type Settings } from './settings.ts';
import { socketReceiver } from './socket.ts';
import { createUserGroups } from './user-groups.ts';

/** What Slack is put together from. */
export interface SlackParts {
  readonly bot: Bot;
  readonly store: Store;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly identity: IdentitySource;
  readonly log: Log;
  /** Spoken where nobody in particular is spoken to. */
  readonly language: Language;
  readonly settings: Settings;
  /** The HTTP server that everything is mounted on. */
  readonly express: Express;
}

/** The bot in Slack. */
export interface Slack {
  readonly messenger: Messenger;
  /** Who belongs to a user group, as Slack says. */
  readonly members: TeamMembers;
  /** Connects in Socket Mode; over HTTP there is nothing to begin. */
  start(): Promise<void>;
  /** Takes no more requests, and waits for what was begun. */
  stop(): Promise<void>;
  /** Resolves when nothing that was begun is still going on. */
  settled(): Promise<void>;
}

/** What is missing for the bot to be in Slack, in one line; `null`: nothing. */
export function missingForSlack(settings: Settings, language: Language): string | null {
  const mode = modeOf(settings, language);
  return 'missing' in mode ? mode.missing : null;
}

/**
 * Puts the bot into Slack.
 *
 * @throws TypeError when something is missing: ask {@link missingForSlack} first
 */
export function createSlack(parts: SlackParts): Slack {
  const { settings, language, store, clock, timer } = parts;
  const mode = modeOf(settings, language);
  if ('missing' in mode) throw new TypeError(mode.missing);
  const { botToken, clientSecret, signingSecret, appToken, apiUrl, secretKeys } = settings;
  const log = safeLog(parts.log, [botToken, clientSecret, signingSecret, appToken, ...secretKeys]);
  const logger = boltLogger(log);
  const receiverParts = { logger, clientOptions: clientOptions(logger, apiUrl) };

  const installations = mode.accounts === 'oauth' ? installationsOf(parts, log) : null;
  const find: (origin: Origin) => Promise<Credentials | null> = installations
    ? mountInstallPages({
        ...receiverParts,
        ...installations,
        express: parts.express,
        clientId: settings.clientId ?? '',
        clientSecret: clientSecret ?? '',
        publicUrl: settings.publicUrl ?? '',
        language,
      })
    : () => Promise.resolve({ token: botToken ?? '', botUser: null });
  const accounts = createAccounts({ find, log, createClient: (token) => createClient(token, logger, apiUrl) });
  const { clientOf } = accounts;
  const background = createBackground(log);
  const messenger = createMessenger({
    clientOf,
    pace: createPace(timer),
    language,
    disconnected: (address, reason) => disconnect({ store }, address, reason),
  });
  const userGroups = createUserGroups({ clientOf, clock, timer, log });
  const desk: Desk = {
    bot: parts.bot,
    store,
    clock,
    timer,
    identity: parts.identity,
    log,
    language,
    accounts,
    messenger,
    background,
    once: createOnce({ store, clock }),
    profiles: createProfiles({ clientOf, store, clock, background }),
    userGroups,
    files: createFiles({ clientOf, apiUrl }),
  };

  const receiver =
    mode.transport === 'socket'
      ? socketReceiver(receiverParts, appToken ?? '', { log, timer })
      : httpReceiver(receiverParts, parts.express, signingSecret ?? '');
  const app = createApp(receiverParts, receiver);
  listen(app, desk, async (tenant) => installations?.installations.forget(tenant));

  return {
    messenger,
    members: userGroups.members,
    settled: () => background.settled(),
    async start() {
      if (mode.transport === 'socket') await receiver.start();
    },
    async stop() {
      if (mode.transport === 'socket') await receiver.stop();
      await background.settled();
    },
  };
}

function installationsOf({ settings, identity, store, clock, language }: SlackParts, log: Log) {
  const [first = '', ...others] = settings.secretKeys;
  const seal = createSeal([first, ...others], identity);
  const installed = (tenant: string) => onInstalled({ store, language, clock }, tenant);
  const installations = createInstallations({ store, seal, clock, log, installed });
  return { installations, stateSecret: seal.secretFor('slack state') };
}

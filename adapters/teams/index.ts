import express, { type Express } from 'express';
import type { Clock } from '../../src/clock.ts';
import type { Bot } from '../../src/engine/dispatch.ts';
import type { TeamMembers } from '../../src/engine/memberships.ts';
import type { IdentitySource } from '../../src/identity.ts';
import type { Language } from '../../src/language/language.ts';
import type { Log } from '../../src/log.ts';
import type { Messenger, Store } from '../../src/ports.ts';
import type { Timer } from '../../src/timer.ts';
import { createBackground } from '../../src/background.ts';
import { createSeal } from '../../src/seal.ts';
import { createConnector } from './connector.ts';
import type { Desk } from './desk.ts';
import { mountDoor, mountFailures } from './door.ts';
import { createFileLinks } from './file-links.ts';
import { createFiles } from './files.ts';
import { listen } from './listeners.ts';
import { createMessenger } from './messenger.ts';
import { createOnce } from './once.ts';
import { createPace } from './pace.ts';
import { createPlaces } from './places.ts';
import { createProfiles } from './profiles.ts';
import { createSdk } from './sdk.ts';
import { cloudOf, defaultServiceUrl, missingForTeams, type Settings } from './settings.ts';
import { createShelf } from './shelf.ts';
import { createTeamMembers } from './team-members.ts';

export { missingForTeams } from './settings.ts';

/** What Teams is put together from. */
export interface TeamsParts {
  readonly bot: Bot;
  readonly store: Store;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly identity: IdentitySource;
  /** A number from 0 to below 1 that nobody can foresee. */
  readonly chance: () => number;
  readonly log: Log;
  /** Spoken where nobody in particular is spoken to. */
  readonly language: Language;
  readonly settings: Settings;
  /** The HTTP server that everything is mounted on. */
  readonly express: Express;
}

/** The bot in Teams. */
export interface Teams {
  readonly messenger: Messenger;
  /** Who belongs to a team, as Teams says. */
  readonly members: TeamMembers;
  /** Begins to take requests. */
  start(): Promise<void>;
  /** Waits for what was begun. */
  stop(): Promise<void>;
  /** Resolves when nothing that was begun is still going on. */
  settled(): Promise<void>;
}

/**
 * Puts the bot into Teams.
 *
 * @throws TypeError when something is missing: ask {@link missingForTeams} first
 */
export function createTeams(parts: TeamsParts): Teams {
  const { settings, language, store, clock, timer, log, identity } = parts;
  const missing = missingForTeams(settings, language);
  if (missing !== null) throw new TypeError(missing);
  const cloud = cloudOf(settings);
  // An app of its own inside the common one: what goes wrong here is answered here.
  const app = express();
  app.disable('x-powered-by');
  parts.express.use(app);
  mountDoor(app, {
    issuer: settings.allowsUnauthenticated ? null : (cloud.tokenIssuer ?? null),
    tenant: settings.allowsUnauthenticated ? null : settings.tenantId,
    log,
  });
  const sdk = createSdk(app, settings, cloud, log);

  const tokenOf = async () => {
    if (settings.token !== null) return settings.token;
    // A local client that checks nothing is asked without a token.
    if (settings.clientSecret === null) return null;
    const token = await sdk.tokenProvider.getAppToken();
    if (token === null) throw new TypeError('the SDK has no credentials');
    return token.toString();
  };
  const background = createBackground(log);
  const places = createPlaces({ store, clock, background, defaultUrl: defaultServiceUrl(settings) });
  // Without a key of its own in the settings, a link is good as long as this process.
  const [key = identity.secret(), ...olderKeys] = settings.secretKeys;
  const links = createFileLinks({
    app,
    publicUrl: settings.publicUrl,
    seal: createSeal([key, ...olderKeys], identity),
    bot: parts.bot,
    clock,
    language,
    log,
    shelf: createShelf({ identity, clock }),
  });
  const messenger = createMessenger({
    connector: createConnector(tokenOf),
    places,
    pace: createPace(timer),
    links,
    language,
    botId: settings.clientId === null ? null : `28:${settings.clientId}`,
  });
  const desk: Desk = {
    bot: parts.bot,
    store,
    clock,
    timer,
    identity,
    chance: parts.chance,
    log,
    language,
    messenger,
    once: createOnce({ store, clock }),
    places,
    profiles: createProfiles({ store, background }),
    files: createFiles({ isLocal: settings.allowsUnauthenticated }),
    links,
    background,
  };
  listen(sdk, desk);

  return {
    messenger,
    members: createTeamMembers({ messenger, clock, timer, log }),
    settled: () => background.settled(),
    async start() {
      await sdk.initialize();
      mountFailures(app, log);
    },
    stop: () => background.settled(),
  };
}

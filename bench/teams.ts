import { Agent, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, ExpressAdapter } from '@microsoft/teams.apps';
import express, { type Express } from 'express';
import { Temporal } from 'temporal-polyfill';
import { createTeams } from '../adapters/teams/index.ts';
import { commands } from '../commands/index.ts';
import { openStore } from '../prisma/store.ts';
import type { Clock } from '../src/clock.ts';
import { createBot } from '../src/engine/dispatch.ts';
import { randomChance, randomIdentity } from '../src/identity.ts';
import { english } from '../src/language/index.ts';
import type { Log } from '../src/log.ts';
import { systemTimer } from '../src/timer.ts';
import { CLIENT_ID, keyServer, type KeyServer } from '../test/adapters/teams/key-server.ts';
import { sqliteDatabase } from '../test/support/store-databases.ts';
import { milliseconds, times, timingOf, type Timing } from './measure.ts';
import type { Section } from './section.ts';
import { PRESENT, syntheticEvents } from './synthetic.ts';

const EVENTS = 10_000;
const WRITES_AT_ONCE = 1000;
/** Requests a second, and for how many seconds. */
const RATE = 100;
const SECONDS = 8;
/** How many are under way when as many as possible are let through, and how many there are. */
const AT_ONCE = 16;
const MOST = 1500;
const SERVICE_URL = 'https://smba.trafficmanager.net/teams';

const clock: Clock = { now: () => Temporal.Instant.from(PRESENT) };
const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

interface Server {
  readonly port: number;
  stop(): Promise<void>;
}

interface Measured {
  readonly atRate: Timing;
  readonly throughput: number;
}

/** A pressed button, with its token checked and a card in the response, beside a bare app of the SDK with a constant one. */
export async function teamsSection(): Promise<Section> {
  const keys = await keyServer(SERVICE_URL);
  const [own, bare] = [await botServer(keys), await bareServer(keys)];
  try {
    // Once for nothing, and then in turns, so that neither has the quieter machine.
    await mostOf(own.port, keys);
    await mostOf(bare.port, keys);
    const rounds: { readonly own: Measured; readonly bare: Measured }[] = [];
    for (let round = 0; round < 3; round += 1) {
      rounds.push({ bare: await measure(bare.port, keys), own: await measure(own.port, keys) });
    }
    const best = (of: (round: (typeof rounds)[number]) => Measured) =>
      [...rounds.map(of)].sort((a, b) => b.throughput - a.throughput)[0] ?? rounds.map(of)[0];
    const [mine, theirs] = [best((round) => round.own), best((round) => round.bare)];
    if (!mine || !theirs) throw new Error('nothing was measured');
    const row = (name: string, { atRate, throughput }: Measured) => [
      name,
      `${milliseconds(atRate.median)} ms`,
      `${milliseconds(atRate.p99)} ms`,
      `${throughput.toFixed(0)}/s`,
      times(throughput, theirs.throughput),
      times(atRate.p99, theirs.atRate.p99),
    ];
    return {
      title: 'Teams: a pressed button over HTTP',
      columns: ['', 'p50', 'p99', 'most', 'of the bare app’s most', 'of its p99'],
      rows: [row('the bot: next, 10,000 events', mine), row('bare Teams SDK, a constant card', theirs)],
      note:
        `Latencies at ${RATE} requests a second; most: ${AT_ONCE} at once. Tokens are checked against a key server on ` +
        'loopback. Requests come from the same process, which costs both the same. The better of three rounds each.',
    };
  } finally {
    await Promise.all([own.stop(), bare.stop()]);
    await keys.stop();
  }
}

async function measure(port: number, keys: KeyServer): Promise<Measured> {
  return { atRate: await latenciesAt(port, keys), throughput: await mostOf(port, keys) };
}

async function botServer(keys: KeyServer): Promise<Server> {
  const database = await sqliteDatabase();
  const store = await openStore({ url: database.url, clock, identity: randomIdentity });
  const [group] = await store.groups();
  const events = syntheticEvents(EVENTS);
  const actor = { platform: 'console', tenant: '', user: 'ada', name: 'Ada' };
  for (let at = 0; at < events.length; at += WRITES_AT_ONCE) {
    const writes = events
      .slice(at, at + WRITES_AT_ONCE)
      .map((after) => ({ type: 'event', before: null, after }) as const);
    await store.commit({ groupId: group?.id ?? '', actor, action: 'import', at: clock.now().toString(), writes });
  }
  const app = express();
  const bot = createBot({
    store,
    clock,
    identity: randomIdentity,
    commands,
    languages: [english],
    log: silent,
    roleOf: () => 'viewer',
  });
  const teams = createTeams({
    bot,
    store,
    clock,
    timer: systemTimer,
    identity: randomIdentity,
    chance: randomChance,
    log: silent,
    language: english,
    settings: {
      clientId: CLIENT_ID,
      clientSecret: null,
      tenantId: null,
      serviceUrl: null,
      openIdMetadataUrl: keys.metadataUrl,
      token: 'x',
      allowsUnauthenticated: false,
      publicUrl: null,
    },
    express: app,
  });
  await teams.start();
  return listening(app, async () => {
    await teams.stop();
    await store.close();
    await database.drop();
  });
}

async function bareServer(keys: KeyServer): Promise<Server> {
  const app = express();
  const quiet = () => undefined;
  const logger = {
    debug: quiet,
    info: quiet,
    warn: quiet,
    error: quiet,
    trace: quiet,
    log: quiet,
    child: () => logger,
  };
  const { PUBLIC, withOverrides } = await import('@microsoft/teams.api');
  const bare = new App({
    clientId: CLIENT_ID,
    token: () => Promise.resolve('x'),
    cloud: withOverrides(PUBLIC, { openIdMetadataUrl: keys.metadataUrl }),
    httpServerAdapter: new ExpressAdapter(app),
    logger,
  });
  const body = [{ type: 'TextBlock' as const, text: 'Hello' }];
  bare.on('card.action', () =>
    Promise.resolve({
      statusCode: 200 as const,
      type: 'application/vnd.microsoft.card.adaptive' as const,
      value: { type: 'AdaptiveCard' as const, version: '1.5' as const, body },
    }),
  );
  await bare.initialize();
  return listening(app, () => Promise.resolve());
}

async function listening(app: Express, after: () => Promise<void>): Promise<Server> {
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      await after();
    },
  };
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
let sent = 0;

/** Presses a button. @returns how long the answer took, in milliseconds */
function press(port: number, token: string): Promise<number> {
  sent += 1;
  const activity = JSON.stringify({
    type: 'invoke',
    name: 'adaptiveCard/action',
    id: `activity-${sent}`,
    channelId: 'msteams',
    serviceUrl: SERVICE_URL,
    from: { id: `29:${sent % 50}`, aadObjectId: `person-${sent % 50}`, name: 'Delegate' },
    recipient: { id: `28:${CLIENT_ID}` },
    conversation: { id: `a:${sent % 50}`, conversationType: 'personal', tenantId: 'tenant' },
    channelData: { tenant: { id: 'tenant' } },
    locale: 'en-GB',
    localTimezone: 'Africa/Nairobi',
    replyToId: 'message',
    value: { action: { type: 'Action.Execute', verb: 'run', data: { run: 'next' } } },
  });
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const call = request(
      { port, host: '127.0.0.1', path: '/api/messages', method: 'POST', agent, headers },
      (response) => {
        response.resume();
        response.once('end', () => {
          if (response.statusCode === 200) resolve(performance.now() - begun);
          else reject(new Error(`answered with ${response.statusCode ?? 0}`));
        });
      },
    );
    call.once('error', reject);
    call.end(activity);
  });
}

async function latenciesAt(port: number, keys: KeyServer): Promise<Timing> {
  const token = keys.token();
  const under: Promise<number>[] = [];
  const begun = performance.now();
  for (let at = 0; at < RATE * SECONDS; at += 1) {
    const wait = begun + (at * 1000) / RATE - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    under.push(press(port, token));
  }
  return timingOf(await Promise.all(under));
}

async function mostOf(port: number, keys: KeyServer): Promise<number> {
  const token = keys.token();
  let left = MOST;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (left > 0) {
        left -= 1;
        await press(port, token);
      }
    }),
  );
  return (MOST * 1000) / (performance.now() - begun);
}

/**
 * One of the two servers that the Teams benchmark compares, in a process of its own: `node teams-server.ts bot METADATA
 * EVENTS` answers with the bot; `node teams-server.ts bare METADATA` with the constant that it reads from standard input.
 * METADATA is where the keys of tokens are looked up.
 */
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { PUBLIC, withOverrides, type AdaptiveCardActionResponse } from '@microsoft/teams.api';
import { App, ExpressAdapter } from '@microsoft/teams.apps';
import express, { type Express } from 'express';
import { Temporal } from 'temporal-polyfill';
import { createTeams } from '../adapters/teams/index.ts';
import { createWeb } from '../adapters/web/server.ts';
import { commands } from '../commands/index.ts';
import type { Clock } from '../src/clock.ts';
import { createBot } from '../src/engine/dispatch.ts';
import { randomChance, randomIdentity } from '../src/identity.ts';
import { english } from '../src/language/index.ts';
import { systemTimer } from '../src/timer.ts';
import { CLIENT_ID } from '../test/adapters/teams/key-server.ts';
import { serve, silent, storeOfEvents } from './served.ts';
import { PRESENT } from './synthetic.ts';

async function bot(openIdMetadataUrl: string, count: number): Promise<Express> {
  const started = Temporal.Instant.from(PRESENT).epochMilliseconds;
  const begun = performance.now();
  const clock: Clock = {
    now: () => Temporal.Instant.fromEpochMilliseconds(started + Math.floor(performance.now() - begun)),
  };
  const store = await storeOfEvents(count, clock);
  const app = createWeb({ store });
  const parts = { store, clock, identity: randomIdentity, log: silent };
  const teams = createTeams({
    ...parts,
    bot: createBot({ ...parts, commands, languages: [english], roleOf: () => 'viewer' }),
    timer: systemTimer,
    chance: randomChance,
    language: english,
    settings: {
      clientId: CLIENT_ID,
      clientSecret: null,
      tenantId: null,
      serviceUrl: null,
      openIdMetadataUrl,
      token: 'x',
      allowsUnauthenticated: false,
      publicUrl: null,
      secretKeys: [],
    },
    express: app,
  });
  await teams.start();
  return app;
}

async function bare(openIdMetadataUrl: string): Promise<Express> {
  const answer = JSON.parse(await text(process.stdin)) as AdaptiveCardActionResponse;
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
  const bare = new App({
    clientId: CLIENT_ID,
    token: () => Promise.resolve('x'),
    cloud: withOverrides(PUBLIC, { openIdMetadataUrl }),
    httpServerAdapter: new ExpressAdapter(app),
    logger,
  });
  bare.on('card.action', () => Promise.resolve(answer));
  await bare.initialize();
  return app;
}

const [kind, metadata = '', count = '10000'] = process.argv.slice(2);
if (kind !== undefined) {
  const app = await (kind === 'bot' ? bot(metadata, Number(count)) : bare(metadata));
  const server = app.listen(0, '127.0.0.1', () => {
    serve((server.address() as AddressInfo).port);
  });
}

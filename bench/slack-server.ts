/**
 * One of the two servers that the Slack benchmark compares, in a process of its own: `node slack-server.ts bot EVENTS`
 * answers with the bot; `node slack-server.ts bare` with the constant that it reads from standard input.
 */
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { App, ExpressReceiver, LogLevel } from '@slack/bolt';
import express, { type Express } from 'express';
import { Temporal } from 'temporal-polyfill';
import { createSlack } from '../adapters/slack/index.ts';
import { createWeb } from '../adapters/web/server.ts';
import { commands } from '../commands/index.ts';
import type { Clock } from '../src/clock.ts';
import { createBot } from '../src/engine/dispatch.ts';
import { randomIdentity as identity } from '../src/identity.ts';
import { english } from '../src/language/index.ts';
import { systemTimer } from '../src/timer.ts';
import { serve, silent, storeOfEvents } from './served.ts';
import { PRESENT } from './synthetic.ts';

/** What signs the requests of the benchmark. */
const SECRET = 'the signing secret of the benchmark';
/** Nothing answers there: what the bot asks of Slack afterwards fails at once. */
const NO_SLACK = 'http://127.0.0.1:9/api/';

async function bot(count: number): Promise<Express> {
  const started = Temporal.Instant.from(PRESENT).epochMilliseconds;
  const begun = performance.now();
  const clock: Clock = {
    now: () => Temporal.Instant.fromEpochMilliseconds(started + Math.floor(performance.now() - begun)),
  };
  const store = await storeOfEvents(count, clock);
  const app = createWeb({ store });
  const languages = [english] as const;
  createSlack({
    bot: createBot({ store, clock, identity, commands, languages, log: silent, roleOf: () => 'viewer' }),
    store,
    clock,
    timer: systemTimer,
    identity,
    log: silent,
    language: english,
    settings: {
      botToken: 'xoxb-bench',
      signingSecret: SECRET,
      appToken: null,
      clientId: null,
      clientSecret: null,
      apiUrl: NO_SLACK,
      publicUrl: null,
      secretKeys: [],
    },
    express: app,
  });
  return app;
}

async function bare(): Promise<Express> {
  const answer = JSON.parse(await text(process.stdin)) as { readonly text: string };
  const quiet = () => undefined;
  const level = LogLevel.ERROR;
  const logger = {
    debug: quiet,
    info: quiet,
    warn: quiet,
    error: quiet,
    setLevel: quiet,
    setName: quiet,
    getLevel: () => level,
  };
  const app = express();
  const bolt = new App({
    receiver: new ExpressReceiver({ app, signingSecret: SECRET }),
    authorize: () => Promise.resolve({ botToken: 'xoxb-bench', botId: 'B01', botUserId: 'U0BOT' }),
    logger,
  });
  bolt.command('/gcm', ({ ack }) => ack(answer));
  return app;
}

const [kind, count = '10000'] = process.argv.slice(2);
if (kind !== undefined) {
  const server = (await (kind === 'bot' ? bot(Number(count)) : bare())).listen(0, '127.0.0.1', () => {
    serve((server.address() as AddressInfo).port);
  });
}

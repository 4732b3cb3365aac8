/**
 * A process of the service as `src/main.ts` puts it together, with the real store and the real platforms' messengers,
 * on a clock that the run moves: `node process.ts SETTINGS`, the settings being JSON. It says `ready`, and what goes
 * wrong on our side, to the process that started it.
 */
import { writeSync } from 'node:fs';
import express from 'express';
import { createSlack } from '../../adapters/slack/index.ts';
import { createTeams } from '../../adapters/teams/index.ts';
import { commands } from '../../commands/index.ts';
import { openStore } from '../../prisma/store.ts';
import { createBot } from '../../src/engine/dispatch.ts';
import { createSchedules } from '../../src/engine/schedules.ts';
import { BotError } from '../../src/errors.ts';
import { randomChance as chance, randomIdentity as identity } from '../../src/identity.ts';
import { english, languages } from '../../src/language/index.ts';
import type { Log } from '../../src/log.ts';
import { startReminders } from '../../src/reminders/service.ts';
import type { CronSchedule } from '../../src/reminders/ticker.ts';
import { overheard, type Note } from './overheard.ts';
import { fastTimer as timer, jumpingClock, SPEED } from './time.ts';

/** What a process is told at its start. */
export interface ProcessSettings {
  readonly databaseUrl: string;
  readonly slackUrl: string;
  readonly teamsUrl: string;
  readonly whenUnknown: 'park' | 'send';
  /** When the run began, and how far its clock has jumped since. */
  readonly began: number;
  readonly shift: number;
}

/** What a process says. */
export type Said = { readonly type: 'ready' } | { readonly type: 'error'; readonly text: string };

/** The file descriptor on which it says what it does with the ledger, a {@link Note} a line. */
const NOTES = 4;

/** Leaves with this when there is no database to begin with, as the service would. */
const NO_DATABASE = 75;

// How long a platform is waited for passes as fast as the leases do: a process that was frozen for longer than its lease
// has to give up its calls when it goes on, not to finish them.
const patienceOf = AbortSignal.timeout.bind(AbortSignal);
AbortSignal.timeout = (ms) => patienceOf(ms / SPEED);

const settings = JSON.parse(process.argv[2] ?? '') as ProcessSettings;
const { databaseUrl, slackUrl, teamsUrl, whenUnknown } = settings;
const clock = jumpingClock(settings.began);
clock.shift = settings.shift;
process.on('message', (message: { readonly shift: number }) => {
  clock.shift = message.shift;
});
process.on('disconnect', () => process.exit());

const say = (said: Said) => process.send?.(said);
const log: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: (fields, message) => {
    const { err: error } = fields;
    say({ type: 'error', text: `${message}: ${error instanceof BotError ? error.code : String(error)}` });
  },
};

/** Whenever the clock's minute is full, in all processes at once, and never before the last tick is over. */
const everyMinute: CronSchedule = (_expression, task) => {
  let isOver = false;
  const next = () =>
    timer.after(60_000 - (clock.now().epochMilliseconds % 60_000), () => {
      if (isOver) return;
      void task().finally(next);
    });
  next();
  return {
    stop() {
      isOver = true;
    },
  };
};

const store = await openStore({ url: databaseUrl, clock, identity, log }).catch((error: unknown) => {
  if (error instanceof BotError) process.exit(NO_DATABASE);
  throw error;
});
const bot = createBot({ store, clock, identity, commands, languages, log, roleOf: () => 'viewer' });
const parts = { bot, store, clock, timer, identity, chance, log, language: english, express: express() };
const slack = createSlack({
  ...parts,
  settings: {
    botToken: 'xoxb-good',
    signingSecret: 'nobody asks here',
    appToken: null,
    clientId: null,
    clientSecret: null,
    apiUrl: slackUrl,
    publicUrl: null,
    secretKeys: [],
  },
});
const teams = createTeams({
  ...parts,
  settings: {
    clientId: 'bot',
    clientSecret: null,
    tenantId: null,
    serviceUrl: teamsUrl,
    openIdMetadataUrl: null,
    token: 'token',
    allowsUnauthenticated: true,
    publicUrl: null,
    secretKeys: [],
  },
});
await teams.start();
const owner = identity.uid();
/** What is said of the ledger goes where it can still be read when this process is killed the moment after. */
const ledger = overheard(store.ledger, {
  name: owner,
  note(note) {
    let rest = Buffer.from(`${JSON.stringify(note satisfies Note)}\n`);
    // To be frozen in the middle may cut a write short.
    while (rest.length > 0) rest = rest.subarray(writeSync(NOTES, rest));
  },
  // The machine's own since its start: the same for all its processes.
  now: () => Number(process.hrtime.bigint() / 1000n),
});
const reminders = startReminders({
  store: { ...store, ledger },
  schedules: createSchedules(store),
  languages,
  messengers: [slack.messenger, teams.messenger],
  schedule: everyMinute,
  clock,
  timer,
  chance,
  log,
  owner,
  whenUnknown,
});
say({ type: 'ready' });
await new Promise((resolve) => process.once('SIGTERM', resolve));
await Promise.all([reminders.stop(), slack.stop(), teams.stop()]);
await store.close().catch(() => undefined);
process.exit(0);

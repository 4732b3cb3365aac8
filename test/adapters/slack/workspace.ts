import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { onTestFinished } from 'vitest';
import { createSlack, type Slack } from '../../../adapters/slack/index.ts';
import { changeOf, planImport } from '../../../src/calendar/import.ts';
import type { Settings } from '../../../adapters/slack/settings.ts';
import { commands } from '../../../commands/index.ts';
import { createBot, type BotParts } from '../../../src/engine/dispatch.ts';
import { createMemberships } from '../../../src/engine/memberships.ts';
import type { IdentitySource } from '../../../src/identity.ts';
import { english } from '../../../src/language/index.ts';
import type { Store } from '../../../src/ports.ts';
import { house, type House } from '../../support/house.ts';
import { countedIdentity } from '../../support/identity.ts';
import { keptLog, type KeptLog } from '../../support/kept-log.ts';
import { timerOn, type TestTimer } from '../../support/timer.ts';
import { fakeSlack, type FakeSlack, type Json } from './fake-slack.ts';

export const TEAM = 'T01';
export const SECRET = 'the signing secret of the tests';
/** An ordinary member, and one of the staff. */
export const DELEGATE = 'U01';
export const ADMIN = 'U09';
export const CHANNEL = 'C01';
export const DIRECT = 'D01';

/** What Slack got back for a request. */
export interface Answered {
  readonly status: number;
  /** The acknowledgement's JSON; `null` for an empty one. */
  readonly body: Json | null;
}

/** A workspace with the bot in it: real HTTP in both directions. */
export interface Workspace extends Pick<KeptLog, 'logged' | 'until'> {
  readonly house: House;
  readonly slack: FakeSlack;
  readonly adapter: Slack;
  readonly timer: TestTimer;
  readonly url: string;
  /** Sends a signed request as Slack would. */
  send(body: string, headers?: Readonly<Record<string, string>>): Promise<Answered>;
  command(text: string, own?: Json): Promise<Answered>;
  event(event: Json, own?: Json): Promise<Answered>;
  mention(text: string, own?: Json): Promise<Answered>;
  direct(text: string, own?: Json): Promise<Answered>;
  interact(payload: Json): Promise<Answered>;
}

export interface WorkspaceParts {
  readonly bot?: Partial<BotParts> & { readonly sample?: boolean };
  /** What stands between everything and the store, once the sample schedule is in it. */
  readonly between?: (real: Store) => Store;
  readonly settings?: Partial<Settings>;
  /** What does not move with the clock; the clock moves it otherwise. */
  readonly timer?: TestTimer;
}

export async function workspace({ bot, settings, between, ...given }: WorkspaceParts = {}): Promise<Workspace> {
  const slack = await fakeSlack();
  for (const [id, name] of [
    [DELEGATE, 'Delegate One'],
    [ADMIN, 'Ada'],
  ] as const) {
    slack.users.set(id, { id, name, tz: 'Africa/Nairobi', locale: 'en-GB' });
  }
  const roleOf = ({ user }: { readonly user: string }) => (user === ADMIN ? 'admin' : 'viewer');
  const own = await house({ roleOf, ...bot, sample: false });
  const identity = countedIdentity();
  if (bot?.sample !== false) await putSampleInto(own.store, identity);
  const store = between ? between(own.store) : own.store;
  const timer = given.timer ?? timerOn(own.clock);
  const { log, logged, until } = keptLog();
  const app = express();
  const { isInTeam, askOn } = createMemberships();
  const parts = { store, clock: own.clock, identity, commands, languages: [english] as const, log, roleOf, isInTeam };
  const adapter = createSlack({
    bot: createBot({ ...parts, ...bot }),
    store,
    clock: own.clock,
    timer,
    identity,
    log,
    language: english,
    settings: {
      botToken: 'xoxb-good',
      signingSecret: SECRET,
      appToken: null,
      clientId: null,
      clientSecret: null,
      apiUrl: slack.url,
      publicUrl: null,
      secretKeys: [],
      ...settings,
    },
    express: app,
  });
  askOn('slack', adapter.members);
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(async () => {
    await adapter.stop();
    await new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await slack.stop();
  });

  let sequence = 0;
  const send: Workspace['send'] = async (body, headers = {}) => {
    const timestamp = Math.floor(Date.now() / 1000).toString();
    const response = await fetch(`${url}/slack/events`, {
      method: 'POST',
      headers: {
        'content-type': body.startsWith('{') ? 'application/json' : 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': signatureOf(body, headers['x-slack-request-timestamp'] ?? timestamp),
        ...headers,
      },
      body,
    });
    const text = await response.text();
    return { status: response.status, body: text.startsWith('{') ? (JSON.parse(text) as Json) : null };
  };
  const event: Workspace['event'] = (content, given = {}) => {
    sequence += 1;
    return send(
      JSON.stringify({
        type: 'event_callback',
        team_id: TEAM,
        event_id: `Ev${sequence}`,
        authorizations: [{ team_id: TEAM, enterprise_id: null, user_id: 'U0BOT', is_bot: true }],
        event: content,
        ...given,
      }),
      given.headers as Readonly<Record<string, string>> | undefined,
    );
  };
  const timestamp = () => `1509523000.${(sequence += 1).toString().padStart(6, '0')}`;
  return {
    house: own,
    slack,
    adapter,
    timer,
    url,
    logged,
    send,
    event,
    command(text, given = {}) {
      const fields = {
        command: '/gcm',
        text,
        team_id: TEAM,
        user_id: DELEGATE,
        user_name: 'delegate',
        channel_id: CHANNEL,
        trigger_id: slack.trigger(),
        response_url: slack.responseUrl().url,
        ...given,
      };
      return send(new URLSearchParams(fields as Record<string, string>).toString());
    },
    mention: (text, given = {}) =>
      event({
        type: 'app_mention',
        user: DELEGATE,
        channel: CHANNEL,
        text: `<@U0BOT> ${text}`,
        ts: timestamp(),
        ...given,
      }),
    direct: (text, given = {}) =>
      event({ type: 'message', channel_type: 'im', user: DELEGATE, channel: DIRECT, text, ts: timestamp(), ...given }),
    interact: (payload) =>
      send(
        new URLSearchParams({
          payload: JSON.stringify({ team: { id: TEAM }, user: { id: DELEGATE }, ...payload }),
        }).toString(),
      ),
    until,
  };
}

async function putSampleInto(store: Store, identity: IdentitySource): Promise<void> {
  const [group] = await store.groups();
  if (!group) throw new Error('the store has no working group');
  const name = 'gcm-2017-11-01.json';
  const bytes = await readFile(new URL(`../../../prisma/sample/${name}`, import.meta.url));
  const now = '2017-11-01T08:00:00Z';
  const plan = await planImport(
    { name, bytes },
    { data: { group, events: [], notes: [] }, now, identity, zone: group.zone },
  );
  if (plan.type === 'problems') throw new Error('the sample cannot be imported');
  const actor = { platform: 'console', tenant: '', user: 'ada', name: 'Ada' };
  await store.commit(changeOf(plan, { groupId: group.id, actor, action: 'import', at: now }));
}

/** https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function signatureOf(body: string, timestamp: string, secret = SECRET): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

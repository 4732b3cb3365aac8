import type { AddressInfo } from 'node:net';
import express from 'express';
import { onTestFinished } from 'vitest';
import { createTeams, type Teams } from '../../../adapters/teams/index.ts';
import type { Settings } from '../../../adapters/teams/settings.ts';
import { commands } from '../../../commands/index.ts';
import { createCalendarAddresses } from '../../../src/calendar/addresses.ts';
import { createBot, type BotParts } from '../../../src/engine/dispatch.ts';
import { createMemberships } from '../../../src/engine/memberships.ts';
import { english } from '../../../src/language/index.ts';
import type { Store } from '../../../src/ports.ts';
import { house, PUBLIC_URL, type House } from '../../support/house.ts';
import { countedIdentity } from '../../support/identity.ts';
import { keptLog, type KeptLog } from '../../support/kept-log.ts';
import { timerOn, type TestTimer } from '../../support/timer.ts';
import { fakeConnector, type FakeConnector, type Json } from './fake-connector.ts';
import { CLIENT_ID, keyServer, type KeyServer } from './key-server.ts';

export const TENANT = 'tenant-1';
export const BOT = `28:${CLIENT_ID}`;
/** An ordinary member, and one of the staff. */
export const DELEGATE = { id: '29:delegate', aadObjectId: 'aad-delegate', name: 'Delegate One' };
export const ADMIN = { id: '29:admin', aadObjectId: 'aad-admin', name: 'Ada' };
export const CHANNEL = '19:channel@thread.tacv2';
export const DIRECT = 'a:direct';
export const OUTBOUND_TOKEN = 'the bot’s own token'.replace(/\W/gu, '-');

/** A bot that calendars reach. */
export const calendars = {
  addresses: createCalendarAddresses({ publicUrl: PUBLIC_URL, signingKeys: ['a key of the tests'] }),
  mailFrom: null,
};

/** What Teams got back for a request. */
export interface Answered {
  readonly status: number;
  readonly body: Json | null;
}

/** A tenant with the bot in it: real HTTP in both directions, real tokens. */
export interface Tenant extends Pick<KeptLog, 'logged' | 'until'> {
  readonly house: House;
  readonly connector: FakeConnector;
  readonly keys: KeyServer;
  readonly teams: Teams;
  readonly timer: TestTimer;
  readonly url: string;
  /** Sends a body as it is. */
  post(body: string, headers?: Readonly<Record<string, string>>): Promise<Answered>;
  /** Sends an activity as Teams would, from a personal chat unless it says otherwise. */
  send(activity: Json): Promise<Answered>;
  /** Writes in the personal chat. */
  write(text: string, own?: Json): Promise<Answered>;
  /** Mentions the bot in the channel. */
  mention(text: string, own?: Json): Promise<Answered>;
  /** Presses a button with this data, as `Action.Execute`. */
  press(data: Json, own?: Json): Promise<Answered>;
  invoke(name: string, value: Json, own?: Json): Promise<Answered>;
}

export interface TenantParts {
  readonly bot?: Partial<BotParts> & { readonly sample?: boolean };
  /** What stands between everything and the store, once the sample schedule is in it. */
  readonly between?: (real: Store) => Store;
  readonly settings?: Partial<Settings>;
  /** What does not move with the clock; the clock moves it otherwise. */
  readonly timer?: TestTimer;
}

/** In the channel, in the thread of a message. */
export const inChannel = (thread: string): Json => ({
  conversation: { id: `${CHANNEL};messageid=${thread}`, conversationType: 'channel', tenantId: TENANT, isGroup: true },
  channelData: {
    tenant: { id: TENANT },
    team: { id: '19:team@thread.tacv2', name: 'Secretariat' },
    channel: { id: CHANNEL, name: 'Consultations' },
  },
});

export async function tenant({ bot, settings, between, ...given }: TenantParts = {}): Promise<Tenant> {
  const connector = await fakeConnector();
  const keys = await keyServer(connector.url);
  const roleOf = ({ user }: { readonly user: string }) => (user === ADMIN.aadObjectId ? 'admin' : 'viewer');
  const own = await house({ roleOf, ...bot });
  const store = between ? between(own.store) : own.store;
  const timer = given.timer ?? timerOn(own.clock);
  const { log, logged, until } = keptLog();
  const identity = countedIdentity();
  const app = express();
  const { isInTeam, askOn } = createMemberships();
  const parts = { store, clock: own.clock, identity, commands, languages: [english], log, roleOf, isInTeam } as const;
  const teams = createTeams({
    bot: createBot({ ...parts, ...bot }),
    store,
    clock: own.clock,
    timer,
    identity,
    chance: () => 0,
    log,
    language: english,
    settings: {
      clientId: CLIENT_ID,
      clientSecret: null,
      tenantId: null,
      serviceUrl: null,
      openIdMetadataUrl: keys.metadataUrl,
      token: OUTBOUND_TOKEN,
      allowsUnauthenticated: false,
      publicUrl: null,
      secretKeys: ['a key of the tests'],
      ...settings,
    },
    express: app,
  });
  askOn('teams', teams.members);
  await teams.start();
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(async () => {
    await teams.stop();
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
    await connector.stop();
    await keys.stop();
  });

  let sequence = 0;
  const post: Tenant['post'] = async (body, headers = {}) => {
    const response = await fetch(`${url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${keys.token()}`, ...headers },
      body,
    });
    const text = await response.text();
    return { status: response.status, body: text.startsWith('{') ? (JSON.parse(text) as Json) : null };
  };
  const send: Tenant['send'] = (activity) =>
    post(
      JSON.stringify({
        type: 'message',
        id: `activity-${(sequence += 1)}`,
        channelId: 'msteams',
        serviceUrl: connector.url,
        from: DELEGATE,
        recipient: { id: BOT, name: 'GCM' },
        conversation: { id: DIRECT, conversationType: 'personal', tenantId: TENANT },
        channelData: { tenant: { id: TENANT } },
        locale: 'en-GB',
        localTimezone: 'Africa/Nairobi',
        ...activity,
      }),
    );
  const invoke: Tenant['invoke'] = (name, value, given = {}) => send({ type: 'invoke', name, value, ...given });
  return {
    house: own,
    connector,
    keys,
    teams,
    timer,
    url,
    logged,
    post,
    send,
    invoke,
    write: (text, given = {}) => send({ text, ...given }),
    mention: (text, given = {}) =>
      send({
        text: `<at>GCM</at> ${text}`,
        entities: [{ type: 'mention', mentioned: { id: BOT, name: 'GCM' }, text: '<at>GCM</at>' }],
        ...inChannel('1509523000100'),
        ...given,
      }),
    press: (data, given = {}) =>
      invoke(
        'adaptiveCard/action',
        { action: { type: 'Action.Execute', verb: 'run', data }, trigger: 'manual' },
        { replyToId: 'message-1', ...given },
      ),
    until,
  };
}

/** Everything that a card or an answer says, structure and all. */
export const words = (value: unknown): string => JSON.stringify(value ?? null);

/** The data of the buttons of a card, the form's own among them. */
export function buttonsOf(card: unknown): readonly Json[] {
  if (Array.isArray(card)) return card.flatMap(buttonsOf);
  if (typeof card !== 'object' || card === null) return [];
  const { type, data } = card as Json;
  if (type === 'Action.Execute') return [data as Json];
  return Object.values(card).flatMap(buttonsOf);
}

import { describe, expect, test } from 'vitest';
import { delivery, T } from '../../contracts/ledger/samples.ts';
import type { Json } from './fake-connector.ts';
import { BOT, CHANNEL, DELEGATE, DIRECT, inChannel, TENANT, tenant, words } from './tenant.ts';

const installed = (action: string, own: Json = {}) => ({ type: 'installationUpdate', action, ...own });
const added = (own: Json = {}) => ({ type: 'conversationUpdate', membersAdded: [{ id: BOT, name: 'GCM' }], ...own });
const team = (): Json => {
  const { channelData } = inChannel('1');
  return { conversation: { id: CHANNEL, conversationType: 'channel', tenantId: TENANT }, channelData };
};

describe('an installation', () => {
  test('is welcomed once, however often and in whatever way Teams says so', async () => {
    const { send, connector, teams } = await tenant();
    await Promise.all([send(installed('add')), send(added())]);
    await send(installed('add'));
    await send(installed('add-upgrade'));
    await teams.settled();
    expect(connector.messages).toHaveLength(1);
    expect(words(connector.messages[0]?.card)).toContain('Hello, I am the working group’s schedule');
  });

  test('in a team is welcomed in the channel itself, and kept with its name and service URL', async () => {
    const { send, connector, house, teams } = await tenant();
    await send(added(team()));
    await teams.settled();
    expect(connector.messages[0]?.conversation).toBe(CHANNEL);
    expect(words(connector.messages[0]?.card)).toContain('@GCM next');
    expect(await house.store.conversations('teams', TENANT)).toEqual([
      {
        platform: 'teams',
        tenant: TENANT,
        id: CHANNEL,
        kind: 'channel',
        name: 'Consultations',
        serviceUrl: connector.url,
        groupId: null,
        disconnected: null,
      },
    ]);
  });

  test('of somebody else is none of the bot’s business', async () => {
    const { send, connector } = await tenant();
    await send({ type: 'conversationUpdate', membersAdded: [{ id: '29:other', name: 'Other' }] });
    expect(connector.calls).toEqual([]);
  });
});

describe('a conversation', () => {
  const key = { platform: 'teams', tenant: TENANT, id: DIRECT };

  test('is kept from any activity, and forgets nothing that it was given', async () => {
    const { write, house, connector, teams } = await tenant();
    const [group] = await house.store.groups();
    const known = {
      kind: 'direct',
      name: 'Old',
      serviceUrl: null,
      groupId: group?.id ?? '',
      disconnected: 'x',
    } as const;
    await house.store.saveConversation({ ...key, ...known });
    await write('next');
    await teams.settled();
    expect(await house.store.conversation(key)).toEqual({
      ...key,
      ...known,
      serviceUrl: connector.url,
      disconnected: null,
    });
  });

  test.each([
    ['is uninstalled', installed('remove')],
    ['is taken out', { type: 'conversationUpdate', membersRemoved: [{ id: BOT }] }],
  ])('is marked when the bot %s, and works again when it is back', async (_, gone) => {
    const { write, send, house, teams, connector } = await tenant();
    await write('next');
    await teams.settled();
    await send(gone);
    expect(await house.store.conversation(key)).toMatchObject({
      disconnected: 'The bot is not, or no longer, part of the conversation.',
    });
    await send(installed('add'));
    await teams.settled();
    expect(await house.store.conversation(key)).toMatchObject({ disconnected: null });
    expect(connector.messages).toHaveLength(1);
  });

  test('that is a deleted channel is marked, and works again when it is restored', async () => {
    const { send, house, teams } = await tenant();
    await send(added(team()));
    await teams.settled();
    const channel = { ...key, id: CHANNEL };
    const happens = (eventType: string, name = 'Consultations') =>
      send({
        type: 'conversationUpdate',
        ...team(),
        channelData: { tenant: { id: TENANT }, team: { id: '19:team' }, channel: { id: CHANNEL, name }, eventType },
      });
    await happens('channelDeleted');
    expect(await house.store.conversation(channel)).toMatchObject({ disconnected: 'The conversation is gone.' });
    await happens('channelRenamed', 'Other');
    expect(await house.store.conversation(channel)).toMatchObject({ disconnected: 'The conversation is gone.' });
    await happens('channelRestored');
    expect(await house.store.conversation(channel)).toMatchObject({ disconnected: null });
    await happens('channelRenamed', 'Hearings');
    expect(await house.store.conversation(channel)).toMatchObject({ name: 'Hearings' });
  });
});

test('somebody who installs the bot again gets what could not be sent to them, and nobody else does', async () => {
  const { send, house, teams } = await tenant();
  const { ledger } = house.store;
  const now = house.clock.now().epochMilliseconds;
  const person = (id: string) => ({ kind: 'person', platform: 'teams', tenant: TENANT, id }) as const;
  const people = { own: DELEGATE.aadObjectId, other: 'aad-other' };
  await ledger.add(
    Object.entries(people).map(([key, id]) => delivery(key, { target: person(id), uselessFrom: null })),
    now,
  );
  const about = { owner: 'a', now: T, until: T + 1, limit: 10, except: [], announced: [] };
  const parked = { state: 'parked', reason: 'never', detail: 'Forbidden' } as const;
  await ledger.settle(
    'a',
    (await ledger.claim(about)).map(({ id, attempts }) => ({ id, attempts, outcome: parked })),
    now,
  );
  await send(installed('add'));
  await teams.settled();
  const states = (await ledger.list({ limit: 10 })).map(({ key, state }) => `${key} ${state}`);
  expect(states.sort()).toEqual(['other parked', 'own due']);
});

import { expect, test } from 'vitest';
import { ADMIN, CHANNEL, DELEGATE, TENANT, tenant, words } from './tenant.ts';

const TARGET = { kind: 'conversation', platform: 'teams', tenant: TENANT, id: CHANNEL, thread: null } as const;
const KNOWN = {
  platform: 'teams',
  tenant: TENANT,
  id: CHANNEL,
  kind: 'channel',
  name: 'gcm',
  serviceUrl: null,
} as const;

test('staff say in a thread what the channel is told there, and everybody reads the answer', async () => {
  const { mention, connector, house } = await tenant();
  await house.store.saveConversation({ ...KNOWN, groupId: null, disconnected: null });
  await mention('remind 1d in this thread', { from: ADMIN });
  expect(connector.messages[0]?.conversation).toBe(`${CHANNEL};messageid=1509523000100`);
  expect(words(connector.messages[0]?.card)).toContain('Posts go into this thread.');
  const [stored] = await house.store.subscriptions.for(TARGET);
  expect(stored?.target).toEqual({ ...TARGET, thread: '1509523000100' });
});

test('others are told that it is not for them to change, and how they are reminded themselves', async () => {
  const { mention, connector, house } = await tenant();
  await house.store.saveConversation({ ...KNOWN, groupId: null, disconnected: null });
  await mention('remind 1d', { from: DELEGATE });
  expect(words(connector.messages[0]?.card)).toContain('For yourself: “@GCM remind me 1d”.');
  expect(await house.store.subscriptions.for(TARGET)).toEqual([]);
});

import { expect, test } from 'vitest';
import { ADMIN, CHANNEL, DELEGATE, TEAM, workspace } from './workspace.ts';

const TARGET = { kind: 'conversation', platform: 'slack', tenant: TEAM, id: CHANNEL, thread: null } as const;
const KNOWN = { platform: 'slack', tenant: TEAM, id: CHANNEL, kind: 'channel', name: 'gcm', serviceUrl: null } as const;

test('staff say in a thread what the channel is told there, and everybody reads the answer', async () => {
  const { mention, slack, until, house } = await workspace();
  await house.store.saveConversation({ ...KNOWN, groupId: null, disconnected: null });
  await mention('remind 1d in this thread', { user: ADMIN, thread_ts: '1509520000.000001' });
  const answer = await until(() => slack.messages[0]);
  expect(answer).toMatchObject({ channel: CHANNEL, thread: '1509520000.000001', onlyFor: null });
  expect(answer.text).toContain('Posts go into this thread.');
  const [stored] = await house.store.subscriptions.for(TARGET);
  expect(stored?.target).toEqual({ ...TARGET, thread: '1509520000.000001' });
});

test('others are told that it is not for them to change, and how they are reminded themselves', async () => {
  const { mention, slack, until, house } = await workspace();
  await house.store.saveConversation({ ...KNOWN, groupId: null, disconnected: null });
  await mention('remind 1d', { user: DELEGATE });
  expect((await until(() => slack.messages[0])).text).toContain('For yourself: “@GCM remind me 1d”.');
  expect(await house.store.subscriptions.for(TARGET)).toEqual([]);
});

import { expect, test } from 'vitest';
import { createFeedDoor } from '../../src/calendar/feed-door.ts';
import { createFeeds } from '../../src/calendar/feed.ts';
import { createSchedules } from '../../src/engine/schedules.ts';
import { english } from '../../src/language/index.ts';
import { house } from '../support/house.ts';

test('the feed of a channel opens no more once the channel follows another group, and again once it is back', async () => {
  const { store, bot, clock, say } = await house();
  const conversation = {
    ...{ platform: 'slack', tenant: 'T1', id: 'C1', kind: 'channel' as const, name: 'general', serviceUrl: null },
    groupId: null,
    disconnected: null,
  };
  await store.saveConversation(conversation);
  const log = () => undefined;
  const door = createFeedDoor({
    store,
    schedules: createSchedules(store),
    feeds: createFeeds(),
    clock,
    languages: [english],
    log: { info: log, warn: log, error: log },
    mayRead: () => true,
  });
  const reply = await bot.handle({
    actor: { platform: 'slack', tenant: 'T1', user: 'U1', name: 'Una' },
    conversation: { platform: 'slack', tenant: 'T1', id: 'C1' },
    role: 'editor',
    input: { type: 'line', line: 'feed --channel' },
  });
  const token = /calendar\/(?<token>[\w-]+)\.ics/u.exec(JSON.stringify(reply.card))?.groups?.token ?? '';
  expect((await door.open(token)).type).toBe('feed');
  await say('group create other name:"Another group"', { isConfirmed: true });
  const other = (await store.groups()).find(({ slug }) => slug === 'other');
  await store.saveConversation({ ...conversation, groupId: other?.id ?? '' });
  expect((await door.open(token)).type).toBe('nothing');
  await store.saveConversation(conversation);
  expect((await door.open(token)).type).toBe('feed');
});

import { describe, expect, test } from 'vitest';
import type { Conversation } from '../../../src/ports.ts';
import { english } from '../../../src/language/index.ts';
import { ADMIN, CHANNEL, DELEGATE, TEAM, workspace, type Workspace } from './workspace.ts';

const KNOWN: Conversation = {
  platform: 'slack',
  tenant: TEAM,
  id: CHANNEL,
  kind: 'channel',
  name: 'general',
  serviceUrl: null,
  groupId: null,
  disconnected: null,
};
const ARCHIVED = english.t('slack.reason.archived');
const REVOKED = english.t('slack.reason.revoked');

const joined = {
  type: 'member_joined_channel',
  user: 'U0BOT',
  channel: CHANNEL,
  channel_type: 'C',
  team: TEAM,
  inviter: ADMIN,
};

async function conversation({ house, adapter }: Workspace) {
  await adapter.settled();
  return house.store.conversation(KNOWN);
}

describe('the bot that is invited to a channel', () => {
  test('says once what it is there for', async () => {
    const place = await workspace();
    await place.event(joined);
    const message = await place.until(() => place.slack.messages[0]);
    expect(message).toMatchObject({ channel: CHANNEL, thread: null, onlyFor: null });
    expect(message.text).toContain('I keep the schedule of');
    expect(message.text).toContain('/gcm next');
    expect(await conversation(place)).toEqual({ ...KNOWN, name: null });
    await place.event(joined);
    await place.event({ ...joined, event_ts: '2.2' });
    await place.adapter.settled();
    expect(place.slack.callsOf('chat.postMessage')).toHaveLength(1);
  });

  test('says how to link the channel once there is a command for it', async () => {
    const place = await workspace();
    await place.event(joined);
    const message = await place.until(() => place.slack.messages[0]);
    const link = place.house.bot.registry.find('link');
    expect(message.text.includes('/gcm link')).toBe(link !== undefined);
  });

  test('finds out who it is when Slack does not say', async () => {
    const place = await workspace();
    await place.event(joined, { authorizations: undefined });
    await place.until(() => place.slack.messages[0]);
    expect(place.slack.callsOf('auth.test')).toHaveLength(1);
  });

  test('takes no notice of others who come', async () => {
    const place = await workspace();
    await place.event({ ...joined, user: DELEGATE });
    expect(await conversation(place)).toBeNull();
    expect(place.slack.messages).toEqual([]);
  });

  test('again goes on where it was, without a word', async () => {
    const place = await workspace();
    await place.house.store.saveConversation({ ...KNOWN, disconnected: ARCHIVED });
    await place.event(joined);
    expect(await conversation(place)).toEqual(KNOWN);
    expect(place.slack.messages).toEqual([]);
  });
});

describe('a conversation', () => {
  test.each([
    ['that is archived', { type: 'channel_archive', channel: CHANNEL, user: ADMIN }, 'archived'],
    ['that is private and archived', { type: 'group_archive', channel: CHANNEL, user: ADMIN }, 'archived'],
    ['that is deleted', { type: 'channel_deleted', channel: CHANNEL }, 'channel-gone'],
    ['that the bot was removed from', { type: 'channel_left', channel: CHANNEL, actor_id: ADMIN }, 'not-in-channel'],
    ['that the bot left', { type: 'member_left_channel', channel: CHANNEL, user: 'U0BOT' }, 'not-in-channel'],
  ])('%s is marked', async (_, event, why) => {
    const place = await workspace();
    await place.house.store.saveConversation(KNOWN);
    await place.event(event);
    const disconnected = english.t(`slack.reason.${why}` as 'slack.reason.archived');
    expect(await conversation(place)).toEqual({ ...KNOWN, disconnected });
  });

  test('that was never the bot’s own is not made', async () => {
    const place = await workspace();
    await place.event({ type: 'channel_archive', channel: CHANNEL });
    expect(await conversation(place)).toBeNull();
  });

  test('that somebody else left stays as it is', async () => {
    const place = await workspace();
    await place.house.store.saveConversation(KNOWN);
    await place.event({ type: 'member_left_channel', channel: CHANNEL, user: DELEGATE });
    expect(await conversation(place)).toEqual(KNOWN);
  });

  test.each([
    ['unarchived', { type: 'channel_unarchive', channel: CHANNEL }],
    ['spoken in', { type: 'app_mention', channel: CHANNEL, user: DELEGATE, text: '<@U0BOT> help', ts: '1.1' }],
  ])('that is %s works again', async (_, event) => {
    const place = await workspace();
    await place.house.store.saveConversation({ ...KNOWN, disconnected: ARCHIVED });
    await place.event(event);
    expect(await conversation(place)).toEqual(KNOWN);
  });

  test('that is renamed has another name', async () => {
    const place = await workspace();
    await place.house.store.saveConversation(KNOWN);
    await place.event({ type: 'channel_rename', channel: { id: CHANNEL, name: 'compact', created: 1 } });
    expect(await conversation(place)).toEqual({ ...KNOWN, name: 'compact' });
  });

  test('in which posting fails for good is marked', async () => {
    const place = await workspace();
    await place.house.store.saveConversation(KNOWN);
    place.slack.channels.set(CHANNEL, 'is_archived');
    const to = { ...KNOWN, thread: null };
    await place.adapter.messenger.post(
      to,
      { tone: 'normal', title: 'x', elements: [] },
      { language: english, deliveryId: null },
    );
    expect(await conversation(place)).toEqual({ ...KNOWN, disconnected: ARCHIVED });
  });
});

describe('a workspace', () => {
  test.each([
    ['that takes the bot out', { type: 'app_uninstalled' }, REVOKED],
    ['that takes the bot’s token away', { type: 'tokens_revoked', tokens: { bot: ['U0BOT'] } }, REVOKED],
    ['in which a person’s token is taken away', { type: 'tokens_revoked', tokens: { oauth: ['U01'] } }, null],
  ])('%s', async (_, event, disconnected) => {
    const place = await workspace();
    await place.house.store.saveConversation(KNOWN);
    const elsewhere = { ...KNOWN, tenant: 'T02' };
    await place.house.store.saveConversation(elsewhere);
    await place.event(event);
    expect(await conversation(place)).toEqual({ ...KNOWN, disconnected });
    expect(await place.house.store.conversation(elsewhere)).toEqual(elsewhere);
  });
});

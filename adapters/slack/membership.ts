import { action, card, code, offer, text, type Card } from '../../src/cards/card.ts';
import type { Conversation, ConversationKey } from '../../src/ports.ts';
import type { Desk } from './desk.ts';
import { insist } from './follow-up.ts';
import { originOf, type Origin } from './incoming.ts';
import type { EventBody } from './messages.ts';

/** A change to a channel, or to who is in it. */
export interface ChannelEvent {
  readonly type: string;
  /** An id, or the channel as it is now. */
  readonly channel: string | { readonly id: string; readonly name?: string };
  readonly channel_type?: string;
  readonly user?: string;
}

/** What a channel event means for the conversation that the bot has there. */
const MEANINGS: Readonly<
  Record<
    string,
    'slack.reason.archived' | 'slack.reason.channel-gone' | 'slack.reason.not-in-channel' | 'back' | undefined
  >
> = {
  channel_archive: 'slack.reason.archived',
  group_archive: 'slack.reason.archived',
  channel_unarchive: 'back',
  group_unarchive: 'back',
  channel_deleted: 'slack.reason.channel-gone',
  group_deleted: 'slack.reason.channel-gone',
  // What the bot itself is told when it is removed: `member_left_channel` goes to those who are still there.
  channel_left: 'slack.reason.not-in-channel',
  group_left: 'slack.reason.not-in-channel',
};

/** The channel events that there are to listen to, besides those of members. */
export const CHANNEL_EVENTS: readonly string[] = [...Object.keys(MEANINGS), 'channel_rename', 'group_rename'];

/** Somebody came into a channel; when it is the bot, it says once what it is there for. */
export async function onMemberJoined(desk: Desk, event: ChannelEvent, body: EventBody): Promise<void> {
  const origin = originOf(body);
  desk.accounts.belongs(origin);
  if (!(await isBot(desk, origin, event, body))) return;
  const key = keyOf(origin, event);
  const known = await desk.store.conversation(key);
  await knowConversation(desk, { ...key, kind: 'channel' });
  if (known !== null) return;
  if (!(await desk.once.isFirst(`introduction ${key.tenant} ${key.id}`))) return;
  const introduction = await introductionTo(desk, key);
  const about = { language: desk.language, deliveryId: null };
  const sending = await insist(desk, () => desk.messenger.post({ ...key, thread: null }, introduction, about));
  if (sending.outcome !== 'sent') desk.log.warn({ ...sending, channel: key.id }, 'the introduction was not sent');
}

/** Somebody left a channel; only the bot matters. */
export async function onMemberLeft(desk: Desk, event: ChannelEvent, body: EventBody): Promise<void> {
  const origin = originOf(body);
  if (await isBot(desk, origin, event, body)) {
    await disconnect(desk, keyOf(origin, event), desk.language.t('slack.reason.not-in-channel'));
  }
}

/** A channel was archived, deleted, renamed, or is back. */
export async function onChannel(desk: Desk, event: ChannelEvent, body: EventBody): Promise<void> {
  const key = keyOf(originOf(body), event);
  const meaning = MEANINGS[event.type];
  if (meaning === 'back') await reconnect(desk, key);
  else if (meaning) await disconnect(desk, key, desk.language.t(meaning));
  else if (typeof event.channel === 'object') await rename(desk, key, event.channel.name ?? null);
}

/** The bot was taken out of a workspace, or its token was taken away. */
export async function onRemoved(desk: Desk, body: object): Promise<void> {
  const { tenant } = originOf(body);
  for (const conversation of await desk.store.conversations('slack', tenant)) {
    await disconnect(desk, conversation, desk.language.t('slack.reason.revoked'));
  }
}

/** The bot was installed again: what was disconnected for that reason only works again, and people get what waits for them. */
export async function onInstalled(desk: Pick<Desk, 'store' | 'language' | 'clock'>, tenant: string): Promise<void> {
  const reason = desk.language.t('slack.reason.revoked');
  const waiting = { peopleOf: { platform: 'slack', tenant }, reason: 'never', detail: reason };
  await desk.store.ledger.retry(waiting, desk.clock.now().epochMilliseconds);
  for (const conversation of await desk.store.conversations('slack', tenant)) {
    if (conversation.disconnected === reason)
      await desk.store.saveConversation({ ...conversation, disconnected: null });
  }
}

/** Keeps a conversation that the bot is part of, and marks one that works again. */
export async function knowConversation(
  { store }: Pick<Desk, 'store'>,
  { platform, tenant, id, kind }: ConversationKey & Pick<Conversation, 'kind'>,
): Promise<void> {
  const known = await store.conversation({ platform, tenant, id });
  if (known?.disconnected === null) return;
  const fresh = { platform, tenant, id, kind, name: null, serviceUrl: null, groupId: null };
  await store.saveConversation({ ...fresh, ...known, disconnected: null });
}

/** Notes why nothing can be posted in a conversation any more. One that the bot never had is not made. */
export async function disconnect({ store }: Pick<Desk, 'store'>, key: ConversationKey, reason: string): Promise<void> {
  const known = await store.conversation(key);
  if (known && known.disconnected !== reason) await store.saveConversation({ ...known, disconnected: reason });
}

async function reconnect({ store }: Desk, key: ConversationKey): Promise<void> {
  const known = await store.conversation(key);
  if (known && known.disconnected !== null) await store.saveConversation({ ...known, disconnected: null });
}

async function rename({ store }: Desk, key: ConversationKey, name: string | null): Promise<void> {
  const known = await store.conversation(key);
  if (known) await store.saveConversation({ ...known, name });
}

async function isBot(desk: Desk, { tenant }: Origin, { user }: ChannelEvent, body: EventBody): Promise<boolean> {
  if (user === undefined) return false;
  const authorized = body.authorizations?.find(({ is_bot }) => is_bot)?.user_id;
  return user === (authorized ?? (await desk.accounts.botUserOf(tenant)));
}

function keyOf({ tenant }: Origin, { channel }: ChannelEvent): ConversationKey {
  return { platform: 'slack', tenant, id: typeof channel === 'string' ? channel : channel.id };
}

async function introductionTo({ store, bot, language }: Desk, key: ConversationKey): Promise<Card> {
  const [groups, conversation] = await Promise.all([store.groups(), store.conversation(key)]);
  const group = groups.find(({ id }) => id === conversation?.groupId) ?? groups[0];
  const link = bot.registry.find('link');
  return card(
    language.t('slack.intro.title'),
    text(language.t('slack.intro.text', { group: group?.name ?? '' })),
    { type: 'list', items: ['/gcm next', '/gcm list', '/gcm help'].map((typed) => [code(typed)]) },
    ...(link ? [text(language.t('slack.intro.link', { command: `/gcm ${link.name}` }))] : []),
    ...offer(action(language.t('help.try-next'), 'next'), action(language.t('help.title'), 'help')),
  );
}

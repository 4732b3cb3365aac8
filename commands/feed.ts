import { alarms, alarmsText } from '../src/calendar/alarm-argument.ts';
import {
  feedListCard,
  filterInWords,
  newFeedCard,
  sameFeedCard,
  shortId,
  whichFeedCard,
} from '../src/calendar/feed-cards.ts';
import { hashOfToken, isOwner, type StoredFeed } from '../src/calendar/stored-feed.ts';
import { card, text, type Card } from '../src/cards/card.ts';
import { mayAct } from '../src/engine/access.ts';
import { refused, type Answer } from '../src/engine/answer.ts';
import { carried, filter, flag, integer, oneOf, optional, words, type Argument } from '../src/engine/argument.ts';
import { defineCommand, type Context } from '../src/engine/command.ts';
import { sameValue } from '../src/schedule/change.ts';
import { fold, type Filter } from '../src/schedule/filter.ts';

/** How many feeds one person or channel has at most. */
const MAX_FEEDS = 20;

const ACTS = ['list', 'rotate', 'revoke'] as const;
type Act = (typeof ACTS)[number];

/** One of the words, and nothing else: what is not among them belongs to the filter. */
function act(): Argument<Act | null> {
  return { ...optional(oneOf(ACTS)), takes: (word) => ACTS.some((known) => known === word.toLowerCase()) };
}

export const feed = defineCommand({
  name: 'feed',
  aliases: ['subscribe-calendar', 'webcal'],
  summary: 'feed.summary',
  access: 'viewer',
  args: {
    act: act(),
    number: optional(integer({ min: 1, max: 999 })),
    channel: flag(),
    new: flag(),
    alarm: alarms(),
    id: carried(optional(words({ maxLength: 64 }))),
    filter: filter('future'),
  },
  examples: ['feed', 'feed list', 'feed rotate', 'feed revoke', 'feed regional in Geneva', 'feed alarm:1d'],
  isEveryday: true,
  isPersonal: true,
  run(context, { act, number, channel, new: isNew, alarm, id, filter }) {
    if (act === null) return create({ filter, alarms: alarm }, { isForChannel: channel, isNew }, context);
    return act === 'list' ? overview(context) : change(act, { number, id }, context);
  },
});

async function create(
  wished: Pick<StoredFeed, 'filter' | 'alarms'>,
  { isForChannel, isNew }: { readonly isForChannel: boolean; readonly isNew: boolean },
  context: Context,
): Promise<Card | Answer> {
  const { language, store, group, reader, conversation } = context;
  let conversationId: string | null = null;
  if (isForChannel) {
    const command = commandFor(wished);
    const known = conversation && (await store.conversation(conversation));
    if (!known || known.kind === 'direct') return refused(language.t('feed.no-channel', { command }));
    if (!mayAct(reader.role, 'editor')) return refused(language.t('feed.channel-staff', { command }));
    conversationId = known.id;
  }
  const own = (await store.feeds.of(group.id)).filter((each) =>
    conversationId === null
      ? each.conversationId === null && isOwner(each, reader.actor)
      : each.conversationId === conversationId && each.owner.platform === reader.actor.platform,
  );
  const same = own.find((each) => isSame(each.filter, wished.filter) && sameValue(each.alarms, wished.alarms));
  if (same && !isNew) {
    return sameFeedCard(same, `${commandFor(wished)} --new${isForChannel ? ' --channel' : ''}`, context);
  }
  if (own.length >= MAX_FEEDS) {
    return refused(language.t('feed.limit', { name: reader.actor.name ?? reader.actor.user, max: MAX_FEEDS }));
  }
  return issue({ ...wished, conversationId, zone: reader.zone, language: language.tag }, null, context);
}

/** What makes a feed like this one. */
function commandFor({ filter, alarms }: Pick<StoredFeed, 'filter' | 'alarms'>): string {
  const alarm = alarms.length === 0 ? '' : `alarm:${alarmsText(alarms)}`;
  return ['feed', filter.typed, alarm].filter((part) => part !== '').join(' ');
}

/** Two filters are the same when they were typed alike, or mean the same at the moment. */
function isSame(one: Filter, other: Filter): boolean {
  const meaningOf = ({ kinds, statuses, places, organisers, period }: Filter) => [
    ...[kinds, statuses, places, organisers].map((part) => part.toSorted()),
    period && [period.from, period.to],
  ];
  return fold(one.typed) === fold(other.typed) || sameValue(meaningOf(one), meaningOf(other));
}

/** Makes a feed, in the place of another one where there is one, and shows its address. */
async function issue(
  about: Pick<StoredFeed, 'filter' | 'conversationId' | 'zone' | 'language' | 'alarms'>,
  replaced: StoredFeed | null,
  context: Context,
): Promise<Card | Answer> {
  const { language, store, group, reader, identity, present, calendars } = context;
  const token = identity.secret();
  const address = calendars.addresses.feed(token);
  if (address === null) return refused(language.t('feed.no-address'));
  const feed: StoredFeed = {
    ...about,
    id: identity.uid(),
    tokenHash: hashOfToken(token),
    groupId: group.id,
    owner: replaced?.owner ?? reader.actor,
    createdAt: present.toString(),
    revokedAt: null,
    fetchedAt: null,
  };
  if (replaced === null) await store.feeds.add(feed);
  else if (!(await store.feeds.revoke(replaced.id, present.toString(), feed))) {
    return refused(language.t('feed.not-found'));
  }
  return newFeedCard(feed, address, context, replaced !== null);
}

/** The feeds that the reader may see and end: their own; editors those of channels; administrators all of the group. */
async function visible({ store, group, reader }: Context): Promise<readonly StoredFeed[]> {
  return (await store.feeds.of(group.id)).filter(
    (each) =>
      mayAct(reader.role, 'admin') ||
      (each.conversationId === null ? isOwner(each, reader.actor) : mayAct(reader.role, 'editor')),
  );
}

async function overview(context: Context): Promise<Card> {
  const { language, store, group, reader } = context;
  const [feeds, conversations] = await Promise.all([visible(context), store.conversationsOf(group.id)]);
  const names = new Map(conversations.map(({ id, name }) => [id, name ?? id]));
  const isOwn = feeds.every((each) => each.conversationId === null && isOwner(each, reader.actor));
  const title = isOwn ? language.t('feed.list-title') : language.t('feed.list-all', { group: group.name });
  return feedListCard(title, feeds, names, context);
}

async function change(
  act: 'rotate' | 'revoke',
  { number, id }: { readonly number: number | null; readonly id: string | null },
  context: Context,
): Promise<Card | Answer> {
  const { language, store, present } = context;
  const feeds = await visible(context);
  const named =
    id !== null ? feeds.find((each) => shortId(each) === id) : number !== null ? feeds[number - 1] : undefined;
  const meant = named ?? (id === null && number === null && feeds.length === 1 ? feeds[0] : undefined);
  if (!meant) {
    const isOpen = id === null && number === null && feeds.length > 1;
    return isOpen ? whichFeedCard(act, feeds, context) : refused(language.t('feed.not-found'));
  }
  if (act === 'rotate') return issue(meant, meant, context);
  if (!(await store.feeds.revoke(meant.id, present.toString()))) return refused(language.t('feed.not-found'));
  const revoked = language.t('feed.revoked', { filter: filterInWords(meant, context) });
  return { ...card(null, text(revoked)), tone: 'success' };
}

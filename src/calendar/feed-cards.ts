import { action, card, choice, list, muted, offer, text, type Card, type Inline } from '../cards/card.ts';
import { dateInWords, instantInWords } from '../dates/words.ts';
import type { Context } from '../engine/command.ts';
import { isDatable } from '../schedule/dated.ts';
import { passes } from '../schedule/filter.ts';
import { dateAt } from '../schedule/when.ts';
import { alarmsInWords } from './alarm-argument.ts';
import { qrCode } from './qr-code.ts';
import type { StoredFeed } from './stored-feed.ts';

/** A feed with its address, which is shown this once. */
export async function newFeedCard(
  feed: StoredFeed,
  address: { readonly webcal: string; readonly https: string },
  context: Context,
  isReplacement: boolean,
): Promise<Card> {
  const { language, schedule, group } = context;
  const { filter, zone } = feed;
  const passing = schedule.published.events.filter((event) => passes(event, filter, zone));
  const vague = passing.filter((event) => !isDatable(event)).length;
  const title = language.t(feed.conversationId === null ? 'feed.title' : 'feed.title-channel');
  return card(
    title,
    ...(isReplacement ? [text(language.t('feed.replaced'))] : []),
    ...(filter.words === '' ? [] : [muted(language.t('filter.only', { filter: filter.words }))]),
    ...(feed.alarms.length === 0
      ? []
      : [muted(language.t('feed.alarms', { times: alarmsInWords(feed.alarms, language) }))]),
    text({ type: 'link', text: language.t('feed.webcal'), url: address.webcal }),
    text({ type: 'link', text: address.https, url: address.https }),
    text(language.t('feed.how')),
    text(language.t('feed.qr')),
    await qrCode(address.webcal, { name: `${group.slug}-feed.png`, alt: language.t('feed.qr-alt') }),
    text(language.t('feed.slow')),
    ...(vague === 0 ? [] : [muted(language.t('feed.vague', { count: vague }))]),
    muted(language.t('feed.secret')),
    ...offer(
      action(language.t('feed.list-title'), 'feed list'),
      action(language.t('feed.revoke'), `feed revoke --id ${shortId(feed)}`),
    ),
  );
}

/** Somebody asks for a feed that they have: its address cannot be shown again, so they choose. */
export function sameFeedCard(feed: StoredFeed, another: string, context: Context): Card {
  const { language, reader } = context;
  const date = madeOn(feed, context);
  return card(
    null,
    text(language.t(feed.conversationId === null ? 'feed.again' : 'feed.again-channel', { date })),
    text(fetchedInWords(feed, reader.zone, context)),
    choice(
      action(language.t('feed.rotate'), `feed rotate --id ${shortId(feed)}`, 'primary'),
      action(language.t('feed.another'), another),
    ),
  );
}

/** Feeds with when they were made and last fetched, in the order of their numbers. */
export function feedListCard(
  title: string,
  feeds: readonly StoredFeed[],
  names: ReadonlyMap<string, string>,
  context: Context,
): Card {
  const { language, reader } = context;
  if (feeds.length === 0) {
    return card(title, text(language.t('feed.none')), ...offer(action(language.t('feed.offer'), 'feed')));
  }
  // Numbers are what “feed rotate 2” goes by; of one nobody needs to say which.
  const numbered = (at: number): readonly Inline[] => (feeds.length === 1 ? [] : [`${at + 1}. `]);
  const lines = feeds.map((feed, at) => [...numbered(at), ...describedIn(feed, names, reader.zone, context)]);
  const actions = feeds.flatMap((feed, at) => {
    const label = (verb: string) => (feeds.length === 1 ? verb : `${verb} ${at + 1}`);
    return [
      action(label(language.t('feed.rotate')), `feed rotate --id ${shortId(feed)}`),
      action(label(language.t('feed.revoke')), `feed revoke --id ${shortId(feed)}`, 'danger'),
    ];
  });
  return card(title, list(lines), muted(language.t('feed.slow')), ...offer(...actions));
}

/** Several feeds could be meant. */
export function whichFeedCard(act: 'rotate' | 'revoke', feeds: readonly StoredFeed[], context: Context): Card {
  const { language } = context;
  const choices = feeds.map((feed, at) =>
    action(
      `${at + 1}. ${filterInWords(feed, context)}, ${language.t('feed.made', { date: madeOn(feed, context) })}`,
      `feed ${act} --id ${shortId(feed)}`,
    ),
  );
  return card(null, text(language.t('feed.which')), choice(...choices));
}

/** What a feed lets through, in words. */
export function filterInWords({ filter }: StoredFeed, { language }: Context): string {
  return filter.words === '' ? language.t('feed.whole') : filter.words;
}

/** What buttons call a feed: the end of its id, which is short enough to be typed. */
export function shortId({ id }: Pick<StoredFeed, 'id'>): string {
  return id.slice(-8);
}

function describedIn(
  feed: StoredFeed,
  names: ReadonlyMap<string, string>,
  zone: string,
  context: Context,
): readonly Inline[] {
  const { language, reader } = context;
  const { owner, conversationId } = feed;
  const isMine = owner.platform === reader.actor.platform && owner.user === reader.actor.user;
  const whose =
    conversationId !== null
      ? [language.t('feed.of-channel', { name: names.get(conversationId) ?? conversationId })]
      : isMine
        ? []
        : [language.t('feed.of', { name: owner.name ?? owner.user })];
  const facts = [
    ...whose,
    ...(feed.alarms.length === 0 ? [] : [language.t('feed.alarm', { times: alarmsInWords(feed.alarms, language) })]),
    language.t('feed.made', { date: madeOn(feed, context) }),
    fetchedInWords(feed, zone, context),
  ];
  return [{ type: 'strong', text: filterInWords(feed, context) }, `: ${facts.join(', ')}`];
}

function madeOn({ createdAt }: StoredFeed, { language, reader }: Context): string {
  return dateInWords(dateAt(Date.parse(createdAt), reader.zone), language);
}

function fetchedInWords({ fetchedAt }: StoredFeed, zone: string, { language }: Context): string {
  if (fetchedAt === null) return language.t('feed.never-fetched');
  return language.t('feed.fetched', { time: instantInWords(fetchedAt, zone, language) });
}

import { list, muted, text, type Element, type Field, type FieldsElement, type Inline } from '../cards/card.ts';
import { weekdayNames } from '../dates/names.ts';
import { instantInWords } from '../dates/words.ts';
import { zoneName } from '../dates/zones.ts';
import type { Context } from '../engine/command.ts';
import type { Language } from '../language/language.ts';
import { filtersOf } from './filter-at.ts';
import { leadTimeText, readLeadTime, type LeadTime } from './lead-time.ts';
import type { Planned } from './plan.ts';
import { upcomingPosts } from './preview.ts';
import type { DigestRule, Subscription } from './subscription.ts';
import type { Told } from './told.ts';

/** How many muted events are named. */
const NAMED = 5;

/** “7 days, 1 day and 1 hour before”. */
export function leadTimesInWords(leadTimes: readonly LeadTime[], language: Language): string {
  const each = leadTimes.map((lead) => {
    const written = leadTimeText(lead);
    return language.t('remind.lead', { unit: written.slice(-1), count: Number(written.slice(0, -1)) });
  });
  const times = new Intl.ListFormat(language.locale, { type: 'conjunction' }).format(each);
  return language.t('remind.before', { times });
}

/** “every Monday at 09:00”. */
export function digestInWords(rule: DigestRule, language: Language): string {
  switch (rule.every) {
    case 'day':
      return language.t('digest.every-day', { time: rule.at });
    case 'week':
      return language.t('digest.every-week', {
        weekday: weekdayNames(language.locale)[rule.weekday - 1] ?? '',
        time: rule.at,
      });
    case 'month':
      return language.t('digest.every-month', { day: rule.day, time: rule.at });
  }
}

/** What a subscription tells, labelled. */
export function subscriptionInWords(subscription: Subscription, context: Context): FieldsElement {
  const { language } = context;
  const { leadTimes, digest, changes, quiet, mutes, zone, announceAt } = subscription;
  const isInThread = subscription.target.kind === 'conversation' && subscription.target.thread !== null;
  const fields: Field[] = [];
  const add = (label: Parameters<typeof language.t>[0], ...value: readonly Inline[]) => {
    fields.push({ label: language.t(label), value });
  };
  add('reminders.events', eventsInWords(subscription, context));
  if (leadTimes.length > 0) {
    const announced = language.t('reminders.announced', { time: announceAt });
    add('reminders.reminders', `${leadTimesInWords(leadTimes, language)}; ${announced}`);
  }
  if (digest) add('reminders.digest', digestInWords(digest, language));
  add('reminders.changes', language.t(changes ? 'reminders.changes-told' : 'reminders.changes-not'));
  const silences = [
    ...(quiet.hours ? [language.t('reminders.quiet-hours', { ...quiet.hours })] : []),
    ...(quiet.weekends ? [language.t('reminders.quiet-weekends')] : []),
  ];
  if (isInThread) add('reminders.place', language.t('reminders.in-thread'));
  if (silences.length > 0) add('reminders.quiet', silences.join('; '));
  if (mutes.length > 0) add('reminders.muted', titlesOf(mutes, context));
  add('reminders.zone', zoneName(zone, language));
  return { type: 'fields', fields };
}

/** Where its posts go, where that is a thread: this one, or another of the channel. */
export function threadInWords(
  { target }: Subscription,
  here: Pick<Told, 'thread' | 'channel'>,
  language: Language,
): string | null {
  if (target.kind !== 'conversation' || target.thread === null) return null;
  if (target.thread === here.thread) return language.t('remind.into-thread');
  return language.t('remind.into-other-thread', { channel: here.channel ?? target.id });
}

/** What it is about: “regional consultations”, the name of an event, or everything. */
export function eventsInWords({ only, filter }: Pick<Subscription, 'only' | 'filter'>, context: Context): string {
  if (only !== null) return titlesOf(only, context);
  return filter.words === '' ? context.language.t('reminders.everything') : filter.words;
}

function titlesOf(uids: readonly string[], { schedule, language }: Context): string {
  const titles = uids.map((uid) => schedule.byUid(uid)?.title ?? language.t('reminders.gone'));
  const more = titles.length > NAMED ? [language.t('list.more', { count: titles.length - NAMED })] : [];
  return [...titles.slice(0, NAMED), ...more].join('; ');
}

/** How far it is looked ahead, and how many posts are shown at most. */
export interface Ahead {
  readonly days: number;
  readonly limit: number;
}

/** What would be posted, the next first: one more than is shown, where there are more. */
export function nextPosts(
  subscriptions: readonly Subscription[],
  { days, limit }: Ahead,
  { schedule, language, now }: Context,
): readonly Planned[] {
  const start = now.epochMilliseconds;
  const { published } = schedule;
  const filterAt = filtersOf(published, [language]);
  return subscriptions
    .flatMap((each) => upcomingPosts({ start, end: start + days * 86_400_000 }, each, published, filterAt, limit + 1))
    .sort((a, b) => a.sendAt - b.sendAt)
    .slice(0, limit + 1);
}

/** The same in words, a line a post. */
export function postsInWords(
  subscriptions: readonly Subscription[],
  ahead: Ahead,
  context: Context,
): readonly Element[] {
  const { language } = context;
  const posts = nextPosts(subscriptions, ahead, context);
  if (posts.length === 0) return [text(language.t('reminders.no-posts', { days: ahead.days }))];
  return [
    list(posts.slice(0, ahead.limit).map((post) => postInWords(post, language))),
    ...(posts.length > ahead.limit ? [muted(language.t('reminders.more'))] : []),
  ];
}

function postInWords({ sendAt, subscription, topic }: Planned, language: Language): readonly Inline[] {
  const instant = new Date(sendAt).toISOString();
  const when: Inline = { type: 'date', text: instantInWords(instant, subscription.zone, language), instant };
  if (topic.kind === 'digest')
    return [when, ': ', language.t('reminders.post-digest', { isEmptyToo: subscription.emptyDigests ? 'yes' : 'no' })];
  const { event, trigger } = topic.occasion;
  const lead = readLeadTime(trigger);
  const before = lead ? leadTimesInWords([lead], language) : '';
  return [when, ': ', language.t('reminders.post', { title: event.title, before })];
}

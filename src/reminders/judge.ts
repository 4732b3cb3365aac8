import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Card } from '../cards/card.ts';
import { inGroup } from '../engine/in-group.ts';
import type { Schedules } from '../engine/schedules.ts';
import type { Language } from '../language/language.ts';
import type { Notice, SentMessage, Store } from '../ports.ts';
import type { WorkingGroup } from '../schedule/event.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { dateAt, spanOf } from '../schedule/when.ts';
import {
  burstsOf,
  changeKey,
  changeOf,
  changesFor,
  changesIn,
  LONGEST_WAIT_MS,
  openUntil,
  type Change,
} from './changes.ts';
import { digestsIn } from './digest-rule.ts';
import { digestOf } from './digest.ts';
import { filtersOf, type FilterAt } from './filter-at.ts';
import { leadTimeText } from './lead-time.ts';
import { tenantOf, type Claimed, type DeliveryRecord, type NewDelivery, type Recipient } from './ledger.ts';
import { dayLeadTimes, isMeant, occasionsIn, startKey, vagueLeadTime } from './occasions.ts';
import { afterQuiet, CATCH_UP_MS, digestKey, heldBack, type SkipReason } from './plan.ts';
import { amendedPost, changesPost, digestPost, reminderPost, type PostContext } from './posts.ts';
import type { StaffSources } from './staff.ts';
import type { LostConversation, Subscription } from './subscription.ts';
import { troubleFor } from './trouble-post.ts';
import { passOn, TROUBLE } from './troubles.ts';

/** What is to be done with a delivery at the moment at which it would be sent. */
export type Judgement =
  | {
      readonly verdict: 'send';
      readonly card: Card;
      readonly language: Language;
      /** The message in whose place it goes; `null`: it is a message of its own. */
      readonly replaces: SentMessage | null;
      /** The last notice that it tells of. */
      readonly told: number | null;
    }
  | {
      readonly verdict: 'skip';
      readonly reason: SkipReason;
      /** The first notice of what made it untrue; left out: nothing did, or it certainly did not arrive. */
      readonly untrueSince?: number;
    }
  | { readonly verdict: 'wait'; readonly until: number }
  | { readonly verdict: 'unreachable' }
  /** Others are told in place of whom it is for. */
  | { readonly verdict: 'pass-on'; readonly to: readonly NewDelivery[] };

/** What the payload of each kind of delivery holds. */
export const payloads = {
  reminder: z.object({ trigger: z.string(), start: z.string() }),
  digest: z.object({ date: z.string(), at: z.number(), previous: z.number(), next: z.number() }),
  change: z.object({ first: z.number(), last: z.number() }),
  amend: z.object({
    first: z.number(),
    start: z.string().optional(),
    message: z.object({ conversationId: z.string(), thread: z.string().nullable(), messageId: z.string() }),
  }),
};

/** Everything that deliveries are judged by, as it stood at one moment. */
export interface View {
  /** Epoch milliseconds. */
  readonly at: number;
  judge(delivery: Claimed, now: number): Promise<Judgement>;
}

/** Looks at the schedule and the subscriptions as they are now, for some deliveries. */
export type Look = (deliveries: readonly Claimed[], now: number) => Promise<View>;

/** What judging takes. */
export interface JudgeParts extends StaffSources {
  readonly store: Pick<
    Store,
    'groups' | 'notices' | 'ledger' | 'subscriptions' | 'roles' | 'member' | 'conversation' | 'audit'
  >;
  readonly schedules: Schedules;
  readonly languages: readonly [Language, ...Language[]];
}

interface GroupView {
  readonly schedule: Schedule;
  /** Where there are several groups, what the buttons of its posts name; `null`: it is the only one. */
  readonly slug: string | null;
  readonly filterAt: FilterAt;
  readonly lost: readonly LostConversation[];
  readonly unreachable: ReadonlySet<string>;
  /** The moment at which it was looked. */
  readonly seenAt: number;
  /** What was worded already: many are told the same. */
  readonly cards: Map<string, Judgement>;
}

const worded = new WeakMap<Schedule, { readonly minute: number; readonly cards: Map<string, Judgement> }>();

/** What was worded of a schedule in the same minute, whoever looked: what stands in it does not change meanwhile. */
function cardsOf(schedule: Schedule, now: number): Map<string, Judgement> {
  const minute = Math.floor(now / 60_000);
  const known = worded.get(schedule);
  if (known?.minute === minute) return known.cards;
  const cards = new Map<string, Judgement>();
  worded.set(schedule, { minute, cards });
  return cards;
}

/** After how long a change that waits for an earlier one looks again, at least and at most, in milliseconds. */
const EARLIER_MS = 5000;
const LONGEST_PATIENCE_MS = 60_000;
const NOTICES_AT_ONCE = 500;

/**
 * Says at the moment of sending whether a delivery is still true: nothing that was written down before a change of the
 * schedule or of a subscription is sent as if there had been none.
 */
export function createLook(parts: JudgeParts): Look {
  const { store, schedules, languages } = parts;
  return async (deliveries, now) => {
    const groupIds = new Set(deliveries.map(({ groupId }) => groupId));
    const ids = new Set(deliveries.flatMap(({ subscriptionId }) => subscriptionId ?? []));
    const views = new Map<string, GroupView>();
    const lookAt = async (group: WorkingGroup, slug: string | null) => {
      const [schedule, lost] = await Promise.all([schedules.current(group), store.subscriptions.lost(group.id)]);
      const unreachable = new Set(lost.map(placeOf));
      const filterAt = filtersOf(schedule, languages);
      views.set(group.id, { schedule, slug, filterAt, lost, unreachable, seenAt: now, cards: cardsOf(schedule, now) });
    };
    const [found] = await Promise.all([
      store.subscriptions.withIds([...ids]),
      store.groups().then((groups) => {
        const slugOf = ({ slug }: WorkingGroup) => (groups.length > 1 ? slug : null);
        return Promise.all(groups.filter(({ id }) => groupIds.has(id)).map((group) => lookAt(group, slugOf(group))));
      }),
    ]);
    const subscriptions = new Map(found.map((each) => [each.id, each]));
    const noticesOf = remembered((groupId: string, page: { after?: number; since?: string }) =>
      allNotices(store, groupId, page),
    );

    return {
      at: now,
      async judge(delivery, at) {
        const group = views.get(delivery.groupId);
        if (group && delivery.kind === TROUBLE && delivery.target.kind === 'team') {
          const passing = await passOn(delivery, at, parts);
          return typeof passing === 'string' ? skip(passing) : passing;
        }
        if (group && delivery.kind === TROUBLE) {
          const told = await troubleFor(delivery, group, parts);
          return typeof told === 'string' ? skip(told) : { ...told, verdict: 'send', replaces: null, told: null };
        }
        const subscription = subscriptions.get(delivery.subscriptionId ?? '');
        if (!group || !subscription) return skip('unsubscribed');
        const judged = await judge({ delivery, subscription, now: at, ...group, noticesOf, store, languages });
        return judged.verdict === 'send' && group.unreachable.has(placeOf(delivery.target))
          ? { verdict: 'unreachable' }
          : judged;
      },
    };
  };
}

interface Case extends GroupView {
  readonly delivery: Claimed;
  readonly subscription: Subscription;
  readonly now: number;
  readonly noticesOf: (groupId: string, page: { after?: number; since?: string }) => Promise<readonly Notice[]>;
  readonly store: JudgeParts['store'];
  readonly languages: JudgeParts['languages'];
}

async function judge(of: Case): Promise<Judgement> {
  switch (of.delivery.kind) {
    case 'reminder':
      return judgeReminder(of);
    case 'digest':
      return judgeDigest(of);
    case 'change':
      return judgeChange(of);
    case 'amend':
      return judgeAmendment(of);
    default:
      throw new TypeError(`nobody knows how to send a ${of.delivery.kind}`);
  }
}

async function judgeReminder(of: Case): Promise<Judgement> {
  const { delivery, subscription, schedule, filterAt, now } = of;
  const { trigger, start } = payloads.reminder.parse(delivery.payload);
  const event = schedule.published.byUid(delivery.eventUid ?? '');
  if (!event) return judgeUntrue('withdrawn', start, of);
  if (event.status === 'cancelled' || event.status === 'postponed') return judgeUntrue(event.status, start, of);
  if (event.when === null || startKey(event.when) !== start) return judgeUntrue('moved', start, of);
  const { start: startsAt } = spanOf(event.when);
  if (startsAt <= now) return skip('started');
  if (!triggersOf(subscription).includes(trigger)) return skip('unsubscribed');
  if (!isMeant(event, subscription, now, filterAt)) return skip('unwanted');
  const since = { start: delivery.plannedFor, end: now };
  const later = occasionsIn(since, { ...subscription, only: [event.uid] }, schedule, filterAt);
  if (later.length > 0) return skip('superseded');
  const until = heldBack(delivery.plannedFor, now, subscription);
  if (until > now) return until < startsAt ? { verdict: 'wait', until } : skip('quiet');
  const key = [event.uid, delivery.plannedFor, subscription.language, subscription.zone, of.slug].join(' ');
  const known = of.cards.get(key) ?? send(reminderPost(event, delivery.plannedFor, contextOf(of)), of);
  of.cards.set(key, known);
  return known;
}

/** A reminder of what was changed a moment ago waits: the change may be a mistake that is taken back. */
async function judgeUntrue(
  reason: 'withdrawn' | 'cancelled' | 'postponed' | 'moved',
  start: string,
  { delivery, noticesOf, seenAt, now }: Case,
): Promise<Judgement> {
  const { groupId, eventUid, plannedFor, isUncertain } = delivery;
  const noticesSince = async (since: number) =>
    (await noticesOf(groupId, { since: isoOf(since) })).filter((notice) => notice.eventUid === eventUid);
  const last = (await noticesSince(seenAt - LONGEST_WAIT_MS)).at(-1);
  const until = last ? openUntil(last) : now;
  if (until > now) return { verdict: 'wait', until };
  if (!isUncertain) return skip(reason);
  const first = (await noticesSince(plannedFor - LONGEST_WAIT_MS)).find(
    ({ before }) => before !== null && before.when !== null && startKey(before.when) === start,
  );
  return { verdict: 'skip', reason, ...(first && { untrueSince: first.id }) };
}

function triggersOf({ leadTimes }: Subscription): readonly string[] {
  const vague = vagueLeadTime(leadTimes);
  return [...leadTimes, ...dayLeadTimes(leadTimes), ...(vague ? [vague] : [])].map(leadTimeText);
}

async function judgeDigest(of: Case): Promise<Judgement> {
  const { delivery, subscription, schedule, filterAt, now } = of;
  const { digest, zone } = subscription;
  const moment = payloads.digest.parse(delivery.payload);
  const isAskedFor = digest !== null && digestsIn({ start: moment.at - 1, end: moment.at }, digest, zone).length > 0;
  if (!isAskedFor) return skip('unsubscribed');
  if (moment.next <= now) return skip('superseded');
  const until = heldBack(delivery.plannedFor, now, subscription);
  if (until > now) return until < moment.next ? { verdict: 'wait', until } : skip('quiet');
  const previous = await lastTold(moment.previous, of);
  const notices = await of.noticesOf(delivery.groupId, { since: isoOf(previous) });
  const contents = digestOf({ ...moment, previous }, subscription, schedule, notices, filterAt);
  return contents === null ? skip('empty') : send(digestPost(contents, contextOf(of)), of);
}

/** Since when nothing was told: a digest that was not posted has told nothing, so the next one goes further back. */
async function lastTold(previous: number, { subscription, store }: Case): Promise<number> {
  for (let from = previous; ;) {
    const [before] = await store.ledger.withKeys([digestKey(subscription.id, dateAt(from, subscription.zone))]);
    if (!before || before.state === 'sent' || before.reason === 'empty') return from;
    from = payloads.digest.parse(before.payload).previous;
  }
}

async function judgeChange(of: Case): Promise<Judgement> {
  const { delivery, subscription, schedule, filterAt, now, store } = of;
  const { first, last } = payloads.change.parse(delivery.payload);
  if (!subscription.changes) return skip('unsubscribed');
  if (delivery.uselessFrom !== null && delivery.uselessFrom <= now) return skip('late');
  const since = isoOf(now - CATCH_UP_MS);
  const bursts = burstsOf(await of.noticesOf(delivery.groupId, { since }), now);
  const keys = bursts.map((burst) => changeKey(subscription.id, burst.first)).filter((key) => key !== delivery.key);
  const others = keys.length === 0 ? [] : await store.ledger.withKeys(keys);
  const toldTo = Math.max(0, ...others.map(({ told }) => told ?? 0));
  if (toldTo >= last) return skip('told');
  const earlier = others.filter(({ payload }) => Number(payload.first) < first && Number(payload.last) > toldTo);
  // What is told is how things stand now: of all that is over by now, and of what could not be told earlier.
  const untold = earlier.filter(({ state }) => state === 'due' || state === 'parked');
  const from = Math.min(first, ...untold.map(({ payload }) => Number(payload.first)));
  const notices = await of.noticesOf(delivery.groupId, { after: from - 1 });
  const told = Math.max(last, burstsOf(notices, now).at(-1)?.last ?? last);
  const changes = changesIn(
    notices.filter(({ id }) => id <= told),
    schedule,
  );
  const wanted = changesFor(subscription, changes, now, filterAt);
  if (wanted.length === 0) return skip('empty');
  const patience = waitFor(earlier, wanted, now);
  if (patience !== null) return { verdict: 'wait', until: patience };
  const until = afterQuiet(wanted, subscription, delivery.plannedFor, now);
  return until > now ? { verdict: 'wait', until } : send(changesPost(wanted, contextOf(of)), of, { told });
}

/**
 * Until when a change waits for earlier ones that somebody is at, or that may have arrived: they tell of it as well, or
 * what they told is not told again. One that is tried again only when the event has begun is not waited for.
 */
function waitFor(earlier: readonly DeliveryRecord[], wanted: readonly Change[], now: number): number | null {
  if (earlier.some(({ state }) => state === 'claimed')) return now + EARLIER_MS;
  const tried = earlier.filter(({ state, attempts }) => state === 'due' && attempts > 0);
  if (tried.length === 0) return null;
  const again = Math.max(...tried.map(({ readyAt }) => readyAt ?? now));
  const starts = wanted.flatMap(({ after: { when } }) => (when === null ? [] : [spanOf(when).start]));
  if (starts.some((start) => start > now && start <= again)) return null;
  return now + Math.min(LONGEST_PATIENCE_MS, Math.max(EARLIER_MS, again - now));
}

async function judgeAmendment(of: Case): Promise<Judgement> {
  const { delivery, schedule } = of;
  const { first, start, message } = payloads.amend.parse(delivery.payload);
  const all = await of.noticesOf(delivery.groupId, { after: first - 1 });
  const notices = all.filter(({ eventUid }) => eventUid === delivery.eventUid);
  const posted = notices.find(({ after }) => after.when !== null && startKey(after.when) === start)?.after;
  const now = schedule.published.byUid(delivery.eventUid ?? '');
  const [change = posted && now && changeOf(posted, now)[0]] = changesIn(notices, schedule);
  if (!change) return skip('empty');
  const { platform, tenant } = delivery.target;
  const { conversationId: id, thread, messageId } = message;
  return send(amendedPost(change, contextOf(of)), of, { replaces: { platform, tenant, id, thread, messageId } });
}

function send(card: Card, of: Case, more: { readonly replaces?: SentMessage; readonly told?: number } = {}): Judgement {
  const { replaces = null, told = null } = more;
  // Whoever presses a button may be where another group is meant.
  const named = of.slug === null ? card : inGroup(card, of.slug);
  return { verdict: 'send', card: named, language: languageOf(of), replaces, told };
}

function skip(reason: SkipReason): Judgement {
  return { verdict: 'skip', reason };
}

function contextOf(of: Case): PostContext {
  const { schedule, subscription, seenAt } = of;
  return {
    now: Temporal.Instant.fromEpochMilliseconds(seenAt),
    schedule: schedule.published,
    language: languageOf(of),
    zone: subscription.zone,
  };
}

function languageOf({ languages, subscription }: Case): Language {
  return languages.find(({ tag }) => tag === subscription.language) ?? languages[0];
}

function placeOf(target: Pick<Recipient, 'platform' | 'tenant' | 'id'>): string {
  return `${tenantOf(target)}/${target.id}`;
}

function isoOf(instant: number): string {
  return new Date(instant).toISOString();
}

/** All notices of a page that may be longer than the store likes to answer at once. */
export async function allNotices(
  store: Pick<Store, 'notices'>,
  groupId: string,
  { after = 0, since }: { readonly after?: number; readonly since?: string },
): Promise<readonly Notice[]> {
  const notices: Notice[] = [];
  for (;;) {
    const from = notices.at(-1)?.id ?? after;
    const page = { limit: NOTICES_AT_ONCE, after: from, ...(since !== undefined && { since }) };
    const found = await store.notices(groupId, page);
    notices.push(...found);
    if (found.length < NOTICES_AT_ONCE) return notices;
  }
}

function remembered<Argument, Value>(
  ask: (groupId: string, argument: Argument) => Promise<Value>,
): (groupId: string, argument: Argument) => Promise<Value> {
  const known = new Map<string, Promise<Value>>();
  return (groupId, argument) => {
    const key = `${groupId} ${JSON.stringify(argument)}`;
    const value = known.get(key) ?? ask(groupId, argument);
    known.set(key, value);
    return value;
  };
}

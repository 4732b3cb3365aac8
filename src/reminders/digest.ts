import { addDays } from '../dates/calendar-days.ts';
import type { Notice } from '../ports.ts';
import type { EventDocument, ScheduledEvent } from '../schedule/event.ts';
import { fallsInto } from '../schedule/filter.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { dateAt, isVague, spanOf, startOfDay } from '../schedule/when.ts';
import { changesFor, changesIn, type Change } from './changes.ts';
import type { DigestMoment } from './digest-rule.ts';
import type { FilterAt } from './filter-at.ts';
import { isMeant, isReminded } from './occasions.ts';
import type { Subscription } from './subscription.ts';

/** What a digest says. No event is in two of its parts, documents apart. */
export interface Digest {
  /** Local dates that it looks ahead to, `YYYY-MM-DD`, both included. */
  readonly from: string;
  readonly to: string;
  /** What is held in that time and has a day, by start. */
  readonly coming: readonly ScheduledEvent[];
  /** What may fall into that time. */
  readonly possible: readonly ScheduledEvent[];
  /** What was moved, confirmed, put off or cancelled since the last one. */
  readonly changed: readonly Change[];
  /** What is new since the last one, and not in `coming` anyway. */
  readonly added: readonly ScheduledEvent[];
  /** What can be read since then, of events that are not over. */
  readonly documents: readonly { readonly event: ScheduledEvent; readonly documents: readonly EventDocument[] }[];
}

/**
 * What a digest holds at `moment`; `null` when there is nothing to say, unless the subscription asks for that.
 *
 * @param notices what those who follow the group were to be told since the digest before
 */
export function digestOf(
  moment: DigestMoment,
  subscription: Subscription,
  schedule: Schedule,
  notices: readonly Notice[],
  filterAt: FilterAt,
): Digest | null {
  const { zone } = subscription;
  const from = dateAt(moment.at, zone);
  // Up to the day before the next one, and a daily digest says what tomorrow brings.
  const to = [addDays(dateAt(moment.next, zone), -1), addDays(from, 1)].sort().at(-1) ?? from;
  const since = notices.filter(({ at }) => Date.parse(at) >= moment.previous && Date.parse(at) < moment.at);

  const ahead = notOverUntil(to, zone, moment.at, schedule).filter(
    (event) =>
      isReminded(event) && fallsInto(event, { from, to }, zone) && isMeant(event, subscription, moment.at, filterAt),
  );
  const changes = changesFor(subscription, changesIn(since, schedule), moment.at, filterAt);
  const isNew = ({ kinds }: Change) => kinds.includes('new');
  const digest: Digest = {
    from,
    to,
    coming: ahead.filter(({ when }) => when !== null && !isVague(when)),
    possible: ahead.filter(({ when }) => when !== null && isVague(when)),
    changed: changes.filter((change) => !isNew(change)),
    added: changes.filter(isNew).map(({ after }) => after),
    documents: newDocuments(since, subscription, schedule, moment.at, filterAt),
  };
  const parts = [digest.coming, digest.possible, digest.changed, digest.added, digest.documents];
  const isEmpty = parts.every((part) => part.length === 0);
  const shown = new Set(ahead);
  return isEmpty && !subscription.emptyDigests
    ? null
    : { ...digest, added: digest.added.filter((event) => !shown.has(event)) };
}

/** The events that are not over at `now` and begin on the date `to` at the latest, by start. */
function notOverUntil(to: string, zone: string, now: number, { published }: Schedule): readonly ScheduledEvent[] {
  const events = [...published.runningAt(now)];
  // A date begins up to 26 hours earlier or later elsewhere.
  const limit = startOfDay(addDays(to, 3), zone);
  for (const event of published.startingAfter(now)) {
    if (event.when === null || spanOf(event.when).start >= limit) break;
    events.push(event);
  }
  return events;
}

function newDocuments(
  notices: readonly Notice[],
  subscription: Subscription,
  schedule: Schedule,
  now: number,
  filterAt: FilterAt,
): Digest['documents'] {
  const before = new Map<string, Set<string>>();
  for (const notice of notices) {
    if (!before.has(notice.eventUid)) before.set(notice.eventUid, addresses(notice.before?.documents ?? []));
  }
  return [...before].flatMap(([uid, known]) => {
    const event = schedule.published.byUid(uid);
    if (!event) return [];
    const isOver = event.when !== null && spanOf(event.when).end <= now;
    if (isOver || !isMeant(event, subscription, now, filterAt)) return [];
    const documents = event.documents.filter(({ url }) => url !== null && !known.has(url));
    return documents.length === 0 ? [] : [{ event, documents }];
  });
}

function addresses(documents: readonly EventDocument[]): Set<string> {
  return new Set(documents.flatMap(({ url }) => (url === null ? [] : [url])));
}

import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip as gzipWithCallback } from 'node:zlib';
import type { Temporal } from 'temporal-polyfill';
import { MILLISECONDS_A_DAY } from '../dates/calendar-days.ts';
import type { Language } from '../language/language.ts';
import { isOff } from '../schedule/dated.ts';
import type { ScheduledEvent } from '../schedule/event.ts';
import { passes, type Filter } from '../schedule/filter.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { renderCalendar, type CalendarOptions } from './ics.ts';

const gzip = promisify(gzipWithCallback);

/** How long what is not held stays in feeds as CANCELLED, so that every subscriber’s calendar has seen it. */
export const DAYS_KEPT = 30;

/** How often subscribers are asked to look again. Many calendars do as they like, some once a day. */
export const REFRESH_MINUTES = 60;

/** What a feed is made of. */
export interface FeedRequest {
  /** Its drafts never get into a feed. */
  readonly schedule: Schedule;
  readonly filter: Filter;
  /** IANA zone in which the filter’s days are meant. */
  readonly zone: string;
  readonly language: Language;
  readonly now: Temporal.Instant;
  /** What calendars call it. */
  readonly name: string;
  /** Minutes before the start at which calendars remind. */
  readonly alarms?: readonly number[];
}

/** A feed as it goes over the wire. */
export interface Feed {
  /** UTF-8. */
  readonly body: Uint8Array;
  /** The same, compressed (RFC 1952). */
  readonly gzip: Uint8Array;
  /** A weak validator of the content (RFC 9110 §8.8.3): the same for both encodings and on every instance. */
  readonly etag: string;
  /** An HTTP date (RFC 9110 §5.6.7): the last change of the schedule, or of what is still kept of it. */
  readonly lastModified: string;
  /** How many events are in it. */
  readonly events: number;
  /** Events that pass but whose day is not known. */
  readonly leftOut: readonly ScheduledEvent[];
}

/** The events of a feed at one moment. */
export interface FeedContent {
  readonly events: readonly ScheduledEvent[];
  /** When the next of them has been cancelled for long enough, in epoch milliseconds; `Infinity`: none. */
  readonly expiresAt: number;
  /** When the last one was dropped for that reason; `-Infinity`: none was. */
  readonly droppedAt: number;
}

/**
 * Which events are in a feed: the published ones that pass. Cancelled and postponed ones stay for {@link DAYS_KEPT} days
 * after their last change.
 */
export function feedContent({ schedule, filter, zone, now }: Omit<FeedRequest, 'language' | 'name'>): FeedContent {
  let expiresAt = Infinity;
  let droppedAt = -Infinity;
  const events = schedule.published.events.filter((event) => {
    if (!passes(event, filter, zone)) return false;
    if (!isOff(event.status)) return true;
    const end = Date.parse(event.updatedAt) + DAYS_KEPT * MILLISECONDS_A_DAY;
    if (end <= now.epochMilliseconds) {
      droppedAt = Math.max(droppedAt, end);
      return false;
    }
    expiresAt = Math.min(expiresAt, end);
    return true;
  });
  return { events, expiresAt, droppedAt };
}

/** Feeds that are rendered once per revision, not per request. */
export interface Feeds {
  /** The feed as it is now. Requests that come while it is being rendered wait for the same rendering. */
  feed(request: FeedRequest): Promise<Feed>;
}

interface Entry {
  readonly revision: number;
  readonly expiresAt: number;
  readonly feed: Promise<Feed>;
  /** What it takes in memory; 0 while it is being rendered. */
  octets: number;
}

/**
 * Keeps the feeds that are asked for, the least recently asked for going first. A newer revision takes the place of the
 * older one.
 *
 * @param maxOctets how much is kept at most, both encodings counted
 */
export function createFeeds({
  maxOctets = 64 * 1024 * 1024,
  linkTo,
}: { readonly maxOctets?: number; readonly linkTo?: NonNullable<CalendarOptions['linkTo']> } = {}): Feeds {
  const entries = new Map<string, Entry>();
  let total = 0;

  const forget = (key: string, entry: Entry): void => {
    if (entries.get(key) !== entry) return;
    entries.delete(key);
    total -= entry.octets;
  };

  const start = (key: string, request: FeedRequest): Entry => {
    const content = feedContent(request);
    const feed = render(request, content, linkTo);
    const entry: Entry = {
      revision: request.schedule.group.revision,
      expiresAt: content.expiresAt,
      feed,
      octets: 0,
    };
    feed.then(
      ({ body, gzip }) => {
        if (entries.get(key) !== entry) return;
        entry.octets = body.length + gzip.length;
        total += entry.octets;
        for (const [oldest, other] of entries) {
          if (total <= maxOctets) break;
          if (other.octets > 0) forget(oldest, other);
        }
      },
      () => {
        forget(key, entry);
      },
    );
    return entry;
  };

  return {
    feed(request) {
      const { revision } = request.schedule.group;
      const key = keyOf(request);
      const kept = entries.get(key);
      const isGood = kept?.revision === revision && request.now.epochMilliseconds < kept.expiresAt;
      const entry = kept && isGood ? kept : start(key, request);
      if (kept && !isGood) forget(key, kept);
      // A map keeps the order of insertion: what was asked for last stands last.
      entries.delete(key);
      entries.set(key, entry);
      return entry.feed;
    },
  };
}

function keyOf({ schedule, filter, zone, language, name, alarms = [] }: FeedRequest): string {
  const { kinds, statuses, places, organisers, period } = filter;
  return JSON.stringify([
    schedule.group.id,
    [kinds, statuses, places, organisers].map((part) => part.toSorted()),
    period && [period.from, period.to, zone],
    language.tag,
    name,
    alarms,
  ]);
}

async function render(
  { schedule, language, name, alarms }: FeedRequest,
  { events, droppedAt }: FeedContent,
  linkTo: CalendarOptions['linkTo'],
): Promise<Feed> {
  const { published } = schedule;
  const { text, leftOut } = await renderCalendar(events, {
    method: 'PUBLISH',
    schedule: published,
    language,
    // Nothing of the moment of rendering: every instance gives the same bytes, and so the same ETag.
    stamp: 'last-change',
    name,
    refreshMinutes: REFRESH_MINUTES,
    ...(alarms && { alarms }),
    ...(linkTo && { linkTo }),
  });
  const body = Buffer.from(text);
  const changedAt = schedule.group.changedAt === null ? 0 : Date.parse(schedule.group.changedAt);
  return {
    body,
    gzip: await gzip(body),
    etag: `W/"${createHash('sha256').update(body).digest('base64url')}"`,
    lastModified: new Date(Math.max(changedAt, droppedAt)).toUTCString(),
    events: events.length - leftOut.length,
    leftOut,
  };
}

import { gunzipSync } from 'node:zlib';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { createFeeds, feedContent, type FeedRequest } from '../../src/calendar/feed.ts';
import { english } from '../../src/language/index.ts';
import { everything } from '../../src/schedule/filter.ts';
import type { ScheduledEvent, WorkingGroup } from '../../src/schedule/event.ts';
import { event } from '../support/store-samples.ts';
import { days, linesNamed, scheduleOf } from './ics-samples.ts';

const held = event('held', { when: days('2017-11-06'), kind: 'briefing' });
const draft = event('draft', { when: days('2017-11-07'), visibility: 'draft' });
const vague = event('vague', { when: { precision: 'month', start: '2018-12', end: null, zone: 'Europe/Zurich' } });
const cancelled = event('cancelled', {
  when: days('2017-11-08'),
  status: 'cancelled',
  updatedAt: '2017-11-01T12:00:00Z',
});

function request(
  events: readonly ScheduledEvent[],
  {
    group = {},
    now = '2017-11-02T00:00:00Z',
    ...fields
  }: Partial<Omit<FeedRequest, 'now'>> & {
    readonly group?: Partial<WorkingGroup>;
    readonly now?: string;
  } = {},
): FeedRequest {
  return {
    schedule: scheduleOf(events, group),
    filter: everything,
    zone: 'Europe/Zurich',
    language: english,
    now: Temporal.Instant.from(now),
    name: 'GCM',
    ...fields,
  };
}

const textOf = ({ body }: { readonly body: Uint8Array }) => new TextDecoder().decode(body);

describe('what is in a feed', () => {
  test('the published events that pass the filter, drafts never', () => {
    const filter = { ...everything, kinds: ['briefing' as const] };
    expect(feedContent(request([held, draft, vague])).events).toEqual([held, vague]);
    expect(feedContent(request([held, draft, vague], { filter })).events).toEqual([held]);
  });

  test.each([
    ['2017-12-01T11:59:59Z', ['uid-cancelled'], Date.parse('2017-12-01T12:00:00Z'), -Infinity],
    ['2017-12-01T12:00:00Z', [], Infinity, Date.parse('2017-12-01T12:00:00Z')],
  ])('what was cancelled stays for thirty days: %s', (now, uids, expiresAt, droppedAt) => {
    const content = feedContent(request([cancelled], { now }));
    expect({ ...content, events: content.events.map(({ uid }) => uid) }).toEqual({
      events: uids,
      expiresAt,
      droppedAt,
    });
  });

  test('says as cancelled what is, and counts what it leaves out', async () => {
    const feed = await createFeeds().feed(request([held, draft, vague, cancelled]));
    expect(linesNamed(textOf(feed), '(?:UID|STATUS|X-WR-CALNAME|REFRESH-INTERVAL|X-PUBLISHED-TTL)')).toEqual([
      'X-WR-CALNAME:GCM',
      'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
      'X-PUBLISHED-TTL:PT1H',
      'UID:uid-held',
      'STATUS:CONFIRMED',
      'UID:uid-cancelled',
      'STATUS:CANCELLED',
    ]);
    expect({ events: feed.events, leftOut: feed.leftOut }).toEqual({ events: 2, leftOut: [vague] });
  });
});

describe('the validators of a feed', () => {
  test('both encodings hold the same, under one weak tag', async () => {
    const feed = await createFeeds().feed(request([held]));
    expect(gunzipSync(feed.gzip)).toEqual(Buffer.from(feed.body));
    expect(feed.etag).toMatch(/^W\/"[\w-]{43}"$/u);
    expect(feed.lastModified).toBe('Wed, 01 Nov 2017 08:00:00 GMT');
  });

  test('every instance gives the same bytes and tag, at any moment', async () => {
    const one = await createFeeds().feed(request([held, cancelled]));
    const other = await createFeeds().feed(request([held, cancelled], { now: '2017-11-30T00:00:00Z' }));
    expect(other).toEqual(one);
  });

  test('the tag stays when a revision changes nothing in the feed, and moves when one does', async () => {
    const feeds = createFeeds();
    const first = await feeds.feed(request([held]));
    const second = await feeds.feed(request([held, draft], { group: { revision: 8 } }));
    const third = await feeds.feed(request([{ ...held, title: 'New' }], { group: { revision: 9 } }));
    expect(second.etag).toBe(first.etag);
    expect(third.etag).not.toBe(first.etag);
  });

  test('the last change is when something was dropped, where that is later', async () => {
    const feed = await createFeeds().feed(request([held, cancelled], { now: '2017-12-02T00:00:00Z' }));
    expect(feed.lastModified).toBe('Fri, 01 Dec 2017 12:00:00 GMT');
  });
});

describe('feeds are kept', () => {
  test('one rendering a revision, even for requests that come together', async () => {
    const feeds = createFeeds();
    const [one, two] = await Promise.all([feeds.feed(request([held])), feeds.feed(request([held]))]);
    expect(two).toBe(one);
    expect(await feeds.feed(request([held], { now: '2017-11-05T00:00:00Z' }))).toBe(one);
    expect(await feeds.feed(request([held], { group: { revision: 8 } }))).not.toBe(one);
  });

  test('until something in them has been cancelled for long enough', async () => {
    const feeds = createFeeds();
    const before = await feeds.feed(request([held, cancelled]));
    const after = await feeds.feed(request([held, cancelled], { now: '2017-12-01T12:00:00Z' }));
    expect([before.events, after.events]).toEqual([2, 1]);
  });

  test('apart by group, filter, language, name and alarms; the zone counts only with a period', async () => {
    const feeds = createFeeds();
    const period = { from: '2017-11-01', to: '2017-11-30' };
    const variants: readonly Parameters<typeof request>[1][] = [
      {},
      { group: { id: 'group-2' } },
      { filter: { ...everything, kinds: ['briefing'] } },
      { filter: { ...everything, period } },
      { filter: { ...everything, period }, zone: 'Asia/Tokyo' },
      { language: { ...english, tag: 'fr' } },
      { name: 'Other' },
      { alarms: [15] },
    ];
    const first = await Promise.all(variants.map((variant) => feeds.feed(request([held], variant))));
    expect(new Set(first).size).toBe(variants.length);
    expect(await feeds.feed(request([held], { zone: 'Asia/Tokyo' }))).toBe(first[0]);
    expect(await feeds.feed(request([held], { filter: { ...everything, typed: 'all', words: 'all' } }))).toBe(first[0]);
  });

  test('within bounds: what was asked for least recently goes first', async () => {
    const { body, gzip } = await createFeeds().feed(request([held], { name: 'A' }));
    const feeds = createFeeds({ maxOctets: 2 * (body.length + gzip.length) + 20 });
    const a = await feeds.feed(request([held], { name: 'A' }));
    const b = await feeds.feed(request([held], { name: 'B' }));
    expect(await feeds.feed(request([held], { name: 'A' }))).toBe(a);
    await feeds.feed(request([held], { name: 'C' }));
    expect(await feeds.feed(request([held], { name: 'A' }))).toBe(a);
    expect(await feeds.feed(request([held], { name: 'B' }))).not.toBe(b);
  });

  test('a rendering that fails is not kept', async () => {
    const feeds = createFeeds();
    const broken = { ...held, updatedAt: 'never' };
    await expect(feeds.feed(request([broken]))).rejects.toThrow();
    expect((await feeds.feed(request([held]))).events).toBe(1);
  });
});

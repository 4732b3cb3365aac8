import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { mountCalendars, type CalendarRoutesParts } from '../../../adapters/web/calendars.ts';
import { createWeb } from '../../../adapters/web/server.ts';
import { createCalendarAddresses } from '../../../src/calendar/addresses.ts';
import { createFeeds } from '../../../src/calendar/feed.ts';
import type { Reply } from '../../../src/engine/dispatch.ts';
import { createSchedules } from '../../../src/engine/schedules.ts';
import { english } from '../../../src/language/index.ts';
import type { Write } from '../../../src/ports.ts';
import { revise } from '../../../src/schedule/change.ts';
import { house, PUBLIC_URL, type House } from '../../support/house.ts';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A bot on the sample schedule whose calendars are served over HTTP. */
async function serving(own: Partial<CalendarRoutesParts> = {}) {
  const rooms = await house();
  const logged: unknown[] = [];
  const log = (fields: object, message: string) => void logged.push({ ...fields, message });
  let lookUps = 0;
  const { store } = rooms;
  const counted = {
    groups: store.groups,
    feeds: {
      ...store.feeds,
      open: (hashes: readonly string[]) => {
        lookUps += 1;
        return store.feeds.open(hashes);
      },
    },
  };
  const app = createWeb({ store });
  mountCalendars(app, {
    store: counted,
    schedules: createSchedules(store),
    feeds: createFeeds(),
    addresses: createCalendarAddresses({ publicUrl: PUBLIC_URL, signingKeys: ['a key of the tests'] }),
    clock: rooms.clock,
    languages: [english],
    log: { info: log, warn: log, error: log },
    mayRead: () => true,
    ...own,
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const get = (address: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const path = address.replace(PUBLIC_URL, '');
      httpRequest({ host: '127.0.0.1', port, path, method, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) });
        });
      })
        .on('error', reject)
        .end();
    });
  return { ...rooms, get, logged, lookUps: () => lookUps };
}

/** The https address that a feed's card shows. */
function addressIn({ card }: Reply): string {
  const links = card.elements.flatMap((element) => (element.type === 'text' ? element.content : []));
  const found = links.flatMap((link) => (typeof link === 'object' && link.type === 'link' ? [link.url] : []));
  return found.find((url) => url.startsWith('https:')) ?? '';
}

async function changing({ store, clock }: House, handle: string, patch: Parameters<typeof revise>[1]): Promise<void> {
  const [group] = await store.groups();
  const { events } = await store.load(group?.id ?? '');
  const before = events.find((event) => event.handle === handle);
  if (!group || !before) throw new Error(`there is no ${handle}`);
  const at = clock.now().toString();
  const write: Write = { type: 'event', before, after: revise(before, patch, at) };
  const actor = { platform: 'console', tenant: '', user: 'ada', name: 'Ada' };
  await store.commit({ groupId: group.id, actor, action: 'test', at, writes: [write] });
}

const titlesIn = (calendar: Buffer): readonly string[] =>
  [...calendar.toString().matchAll(/^SUMMARY[^:]*:(?<title>.*)$/gmu)].map(({ groups }) => groups?.title?.trim() ?? '');

describe('a feed over HTTP', () => {
  test('is the published schedule that the filter lets through, and tells nobody else about it', async () => {
    const { say, get } = await serving();
    const { status, headers, body } = await get(addressIn(await say('feed regional in Geneva')));
    expect(status).toBe(200);
    expect(titlesIn(body)).toEqual(['UNECE regional consultation']);
    expect(headers).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'inline; filename="gcm.ics"',
      'cache-control': 'private, no-cache',
      vary: 'accept-encoding',
      'x-robots-tag': 'noindex',
      'referrer-policy': 'no-referrer',
    });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(body.toString()).toContain('REFRESH-INTERVAL;VALUE=DURATION:PT1H');
  });

  test('speaks the words of relative dates on the day of each look', async () => {
    const { say, get, clock } = await serving();
    const address = addressIn(await say('feed this month'));
    expect(titlesIn((await get(address)).body)).toContain('UNECE regional consultation');
    clock.set('2017-12-05T09:00:00+01:00');
    expect(titlesIn((await get(address)).body)).toEqual(['GCM stocktaking meeting']);
  });

  test('rings as it was asked to, and another one does not', async () => {
    const { say, get } = await serving();
    const [ringing, silent] = [addressIn(await say('feed alarm:1d')), addressIn(await say('feed'))];
    expect((await get(ringing)).body.toString()).toContain('TRIGGER:-PT15H');
    expect((await get(silent)).body.toString()).not.toContain('VALARM');
  });

  test('is compressed for those who take it, and the same', async () => {
    const { say, get } = await serving();
    const address = addressIn(await say('feed'));
    const plain = await get(address);
    for (const accepted of ['gzip, deflate, br', 'deflate;q=0.5, GZIP;q=0.1', '*']) {
      const { headers, body } = await get(address, { 'accept-encoding': accepted });
      expect(headers['content-encoding']).toBe('gzip');
      expect(headers.etag).toBe(plain.headers.etag);
      expect(gunzipSync(body)).toEqual(plain.body);
    }
    for (const accepted of ['identity', 'gzip;q=0', 'br', 'gzip;q=0, *']) {
      expect((await get(address, { 'accept-encoding': accepted })).headers['content-encoding']).toBeUndefined();
    }
  });

  test('is answered with its headers alone to HEAD, and not at all to anything else', async () => {
    const { say, get } = await serving();
    const address = addressIn(await say('feed'));
    const whole = await get(address);
    const head = await get(address, {}, 'HEAD');
    expect([head.status, head.headers['content-length'], head.headers.etag, head.body.length]).toEqual([
      200,
      whole.headers['content-length'],
      whole.headers.etag,
      0,
    ]);
    const { status, headers } = await get(address, {}, 'POST');
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
  });

  test('is not sent again to whoever has it, until it changes', async () => {
    const rooms = await serving();
    const { say, get, clock } = rooms;
    const address = addressIn(await say('feed'));
    const { headers } = await get(address);
    const etag = headers.etag ?? '';
    const since = headers['last-modified'] ?? '';
    expect(since).toBe('Wed, 01 Nov 2017 08:00:00 GMT');
    const had = [
      { 'if-none-match': etag },
      { 'if-none-match': `"other", ${etag.replace('W/', '')}` },
      { 'if-none-match': '*' },
      { 'if-modified-since': since },
    ];
    for (const conditions of had) {
      const { status, body, headers: shown } = await get(address, conditions);
      expect([status, body.length, shown.etag, shown['content-type']]).toEqual([304, 0, etag, undefined]);
    }
    expect((await get(address, { 'if-none-match': '"other"', 'if-modified-since': since })).status).toBe(200);
    expect((await get(address, { 'if-modified-since': 'yesterday' })).status).toBe(200);
    clock.set('2017-11-02T09:00:00+01:00');
    await changing(rooms, 'unece', { title: 'UNECE consultation' });
    const after = await get(address, { 'if-none-match': etag, 'if-modified-since': since });
    expect([after.status, after.headers['last-modified']]).toEqual([200, 'Thu, 02 Nov 2017 08:00:00 GMT']);
    expect(titlesIn(after.body)).toContain('UNECE consultation');
  });

  test('never holds a draft, whoever made it', async () => {
    const rooms = await serving();
    const address = addressIn(await rooms.say('feed', { role: 'admin' }));
    await changing(rooms, 'unece', { visibility: 'draft' });
    expect(titlesIn((await rooms.get(address)).body)).not.toContain('UNECE regional consultation');
  });

  test('notes when it was fetched, now and then', async () => {
    const { say, get, read, clock } = await serving();
    const address = addressIn(await say('feed'));
    expect(await read('feed list')).toContain('not fetched yet');
    await get(address);
    await get(address);
    expect(await read('feed list')).toContain('last fetched Wednesday 1 November 2017, 09:00, Geneva time');
    clock.set('2017-11-01T09:05:00+01:00');
    await get(address);
    expect(await read('feed list')).toContain('09:00');
    clock.set('2017-11-01T09:15:00+01:00');
    await get(address);
    expect(await read('feed list')).toContain('09:15');
  });
});

describe('an address that opens nothing', () => {
  test('is answered alike whether it is guessed, revoked, replaced or no longer its owner’s', async () => {
    let readers = ['ada'];
    const { say, get } = await serving({ mayRead: ({ user }) => readers.includes(user) });
    const revoked = addressIn(await say('feed'));
    await get(revoked);
    await say('feed revoke');
    const replaced = addressIn(await say('feed'));
    const current = addressIn(await say('feed rotate'));
    const guessed = revoked.replace(/[^/]+\.ics$/u, `${'A'.repeat(43)}.ics`);
    expect((await get(current)).status).toBe(200);
    readers = [];
    const odd = [
      `${PUBLIC_URL}/calendar/`,
      `${PUBLIC_URL}/calendar/%zz.ics`,
      `${PUBLIC_URL}/calendar/${'a'.repeat(5000)}.ics`,
    ];
    const answers = await Promise.all([guessed, revoked, replaced, current, ...odd].map((address) => get(address)));
    const undated = (headers: IncomingHttpHeaders) => ({ ...headers, date: 'now' });
    const headers = undated(answers[0]?.headers ?? {});
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8' });
    for (const answer of answers) {
      expect([answer.status, answer.body.toString(), undated(answer.headers)]).toEqual([
        404,
        'There is no such calendar.\n',
        headers,
      ]);
    }
  });

  test('takes one look-up for a known address and for one that never was: what is slow is the same', async () => {
    const { say, get, lookUps } = await serving();
    const address = addressIn(await say('feed'));
    await say('feed revoke');
    await get(address);
    expect(lookUps()).toBe(1);
    await get(address.replace(/[^/]+\.ics$/u, 'guessed.ics'));
    expect(lookUps()).toBe(2);
  });

  test('costs the store one question, however often it is asked for', async () => {
    const { get, lookUps } = await serving();
    for (let round = 0; round < 20; round += 1) {
      await Promise.all(Array.from({ length: 50 }, () => get(`${PUBLIC_URL}/calendar/dead.ics`)));
    }
    // Those that came while the first question was under way waited for one more.
    expect(lookUps()).toBeLessThanOrEqual(2);
  });

  test('leaves no token in the log', async () => {
    const { say, get, logged } = await serving({ mayRead: () => false });
    const address = addressIn(await say('feed'));
    const token = /(?<token>[^/]+)\.ics$/u.exec(address)?.groups?.token ?? '';
    await get(address);
    expect(logged).toEqual([
      expect.objectContaining({
        message: 'a feed is refused to whom it no longer belongs',
        token: expect.stringMatching(/^[0-9a-f]{8}$/u) as string,
      }),
    ]);
    expect(JSON.stringify(logged)).not.toContain(token);
  });
});

describe('an address that is asked too often', () => {
  test('has to wait as long as it is told, and others do not', async () => {
    const { say, get, clock } = await serving({ perMinute: 3 });
    const address = addressIn(await say('feed'));
    const other = addressIn(await say('feed 2018'));
    for (let round = 0; round < 3; round += 1) expect((await get(address)).status).toBe(200);
    const { status, headers } = await get(address);
    expect([status, headers['retry-after']]).toEqual([429, '20']);
    expect((await get(other)).status).toBe(200);
    clock.set('2017-11-01T09:00:20+01:00');
    expect((await get(address)).status).toBe(200);
    expect((await get(address)).status).toBe(429);
  });
});

describe('a feed of a channel', () => {
  const channel = { platform: 'slack', tenant: 'T1', id: 'C1' };

  async function withChannel() {
    const rooms = await serving();
    const { store, bot } = rooms;
    const conversation = {
      ...channel,
      kind: 'channel' as const,
      name: 'general',
      serviceUrl: null,
      groupId: null,
      disconnected: null,
    };
    await store.saveConversation(conversation);
    const ask = (line: string, role: 'viewer' | 'editor') =>
      bot.handle({
        actor: { platform: 'slack', tenant: 'T1', user: 'U1', name: 'Una' },
        conversation: channel,
        role,
        input: { type: 'line', line },
      });
    return { ...rooms, conversation, ask };
  }

  test('is made by editors, and ends with the channel', async () => {
    const { store, get, ask, conversation } = await withChannel();
    expect((await ask('feed --channel', 'viewer')).outcome).toBe('refused');
    const address = addressIn(await ask('feed --channel', 'editor'));
    expect((await get(address)).status).toBe(200);
    await store.saveConversation({ ...conversation, disconnected: 'archived' });
    expect((await get(address)).status).toBe(404);
    await store.saveConversation(conversation);
    expect((await get(address)).status).toBe(200);
  });
});

describe('an event’s file over HTTP', () => {
  const linkIn = (reply: Reply): string =>
    reply.card.elements
      .flatMap((element) => (element.type === 'list' ? element.items.flat() : []))
      .flatMap((link) =>
        typeof link === 'object' && link.type === 'link' && link.text === 'As a file' ? [link.url] : [],
      )[0] ?? '';

  test('is what the card gives as a file', async () => {
    const { say, get } = await serving();
    const reply = await say('invite unescap');
    const file = reply.card.elements.find((element) => element.type === 'file');
    expect(linkIn(reply)).toBe(`${PUBLIC_URL}/events/unescap.ics?group=gcm`);
    const { status, headers, body } = await get(linkIn(reply));
    expect([status, headers['content-disposition']]).toEqual([200, 'inline; filename="unescap.ics"']);
    expect(body.toString()).toBe(file?.content);
    expect((await get(linkIn(reply), { 'if-none-match': headers.etag ?? '' })).status).toBe(304);
    expect((await get('/events/unescap.ics')).status).toBe(200);
  });

  test('rings as its address says, if that can be', async () => {
    const { get } = await serving();
    const ringing = async (alarm: string) => (await get(`/events/unescap.ics?alarm=${alarm}`)).body.toString();
    expect(await ringing('1440+2880')).toMatch(/TRIGGER:-PT15H[^]*TRIGGER:-P1DT15H/u);
    const silent = await ringing('');
    expect(silent).toContain('BEGIN:VEVENT');
    for (const odd of ['soon', '-1', '1e99', '1+2+3+4+5+6', '0', '1.5', '1%0D%0AX-EVIL:1']) {
      expect(await ringing(odd)).toBe(silent);
    }
  });

  test('of a draft needs a link that was made for it and is still young', async () => {
    const rooms = await serving();
    const { say, get, clock } = rooms;
    await changing(rooms, 'unece', { visibility: 'draft' });
    const link = linkIn(await say('invite unece'));
    expect((await get(link)).status).toBe(200);
    expect((await get('/events/unece.ics?group=gcm')).status).toBe(404);
    expect((await get(link.replace('until=15', 'until=25'))).status).toBe(404);
    expect((await get(link.replace(/signature=.*/u, 'signature='))).status).toBe(404);
    expect((await get(link.replace('unece', 'unescap'))).status).toBe(200);
    clock.set('2017-11-08T08:59:59+01:00');
    expect((await get(link)).status).toBe(200);
    clock.set('2017-11-08T09:00:00+01:00');
    expect((await get(link)).status).toBe(404);
  });

  test.each([
    '/events/nothing.ics',
    '/events/conference.ics',
    '/events/unece',
    '/events/unece.ics?group=other',
    '/events/',
  ])('%s is nowhere: no such event, no certain day, no such group', async (path) => {
    const { get } = await serving();
    const { status, body } = await get(path);
    expect([status, body.toString()]).toEqual([404, 'There is no such file.\n']);
  });
});

test('a store that fails is said to be away, in a sentence', async () => {
  const { get, logged } = await serving({
    store: {
      groups: () => Promise.reject(new Error('down')),
      feeds: { open: () => Promise.reject(new Error('down')) } as never,
    },
  });
  for (const path of ['/calendar/token.ics', '/events/unece.ics']) {
    const { status, headers, body } = await get(path);
    expect([status, headers['retry-after'], body.toString()]).toEqual([503, '60', 'Not available at the moment.\n']);
  }
  expect(logged).toHaveLength(2);
});

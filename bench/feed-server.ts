/**
 * Serves feeds of the same events from a store of its own, `node feed-server.ts FOLDER EVENTS FEEDS`, and says on one line
 * where.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mountCalendars } from '../adapters/web/calendars.ts';
import { createWeb } from '../adapters/web/server.ts';
import { openStore } from '../prisma/store.ts';
import { createCalendarAddresses } from '../src/calendar/addresses.ts';
import { createFeeds } from '../src/calendar/feed.ts';
import { hashOfToken } from '../src/calendar/stored-feed.ts';
import { systemClock } from '../src/clock.ts';
import { createSchedules } from '../src/engine/schedules.ts';
import { randomIdentity } from '../src/identity.ts';
import { languages } from '../src/language/index.ts';
import { everything } from '../src/schedule/filter.ts';
import { scheduleOf } from './feed.ts';

const [folder = '.', count = '5000', feeds = '1'] = process.argv.slice(2);
const store = await openStore({ url: `file:${join(folder, 'feed.db')}`, clock: systemClock, identity: randomIdentity });
const [group] = await store.groups();
if (!group) throw new Error('the store has no working group');
const actor = { platform: 'console', tenant: '', user: 'bench', name: null };
const at = systemClock.now().toString();
const writes = scheduleOf(Number(count)).events.map((after) => ({ type: 'event', before: null, after }) as const);
await store.commit({ groupId: group.id, actor, action: 'bench', at, writes });
const tokens = Array.from({ length: Number(feeds) }, () => randomIdentity.secret());
for (const [index, token] of tokens.entries()) {
  await store.feeds.add({
    id: `bench-${index.toString()}`,
    tokenHash: hashOfToken(token),
    groupId: group.id,
    owner: actor,
    conversationId: null,
    filter: everything,
    zone: 'Europe/Zurich',
    language: 'en',
    alarms: [],
    createdAt: at,
    revokedAt: null,
    fetchedAt: null,
  });
}
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const app = createWeb({ store });
mountCalendars(app, {
  store,
  schedules: createSchedules(store),
  feeds: createFeeds(),
  addresses: createCalendarAddresses({ publicUrl: null, signingKeys: [] }),
  clock: systemClock,
  languages,
  log: silent,
  mayRead: () => true,
  perMinute: 1e9,
});
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const paths = tokens.map((token) => `/calendar/${token}.ics`);
  void fetch(`http://127.0.0.1:${String(port)}${paths[0] ?? ''}`, { headers: { 'accept-encoding': 'identity' } }).then(
    async (response) => {
      await writeFile(join(folder, 'feed.ics'), await response.text());
      process.stdout.write(`${JSON.stringify({ port, paths, etag: response.headers.get('etag') })}\n`);
    },
  );
});

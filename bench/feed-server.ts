/** Serves a feed of so many events from a store of its own: `node feed-server.ts FOLDER EVENTS`. Says where on one line. */
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

const [folder = '.', count = '5000'] = process.argv.slice(2);
const store = await openStore({ url: `file:${join(folder, 'feed.db')}`, clock: systemClock, identity: randomIdentity });
const [group] = await store.groups();
if (!group) throw new Error('the store has no working group');
const actor = { platform: 'console', tenant: '', user: 'bench', name: null };
const at = systemClock.now().toString();
const writes = scheduleOf(Number(count)).events.map((after) => ({ type: 'event', before: null, after }) as const);
await store.commit({ groupId: group.id, actor, action: 'bench', at, writes });
const token = randomIdentity.secret();
await store.feeds.add({
  id: 'bench',
  tokenHash: hashOfToken(token),
  groupId: group.id,
  owner: actor,
  conversationId: null,
  filter: everything,
  zone: 'Europe/Zurich',
  language: 'en',
  createdAt: at,
  revokedAt: null,
  fetchedAt: null,
});
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
  const path = `/calendar/${token}.ics`;
  void fetch(`http://127.0.0.1:${String(port)}${path}`, { headers: { 'accept-encoding': 'identity' } }).then(
    async (response) => {
      await writeFile(join(folder, 'feed.ics'), await response.text());
      process.stdout.write(`${JSON.stringify({ port, path, etag: response.headers.get('etag') })}\n`);
    },
  );
});

import { Temporal } from 'temporal-polyfill';
import { openStore } from '../prisma/store.ts';
import type { Clock } from '../src/clock.ts';
import { createSchedules } from '../src/engine/schedules.ts';
import { randomIdentity } from '../src/identity.ts';
import { languages } from '../src/language/index.ts';
import type { Log } from '../src/log.ts';
import type { Messenger, Store } from '../src/ports.ts';
import { createLook } from '../src/reminders/judge.ts';
import type { Subscription } from '../src/reminders/subscription.ts';
import { createSweep, type Sweep } from '../src/reminders/sweep.ts';
import { createWorker } from '../src/reminders/worker.ts';
import { writeDown } from '../src/reminders/write-down.ts';
import type { ScheduledEvent } from '../src/schedule/event.ts';
import { systemTimer } from '../src/timer.ts';
import { subscription } from '../test/support/subscriptions.ts';
import { syntheticEvents } from './synthetic.ts';

/** The queue of the jobs that are moved beside. */
export const BOSS_QUEUE = 'reminders';
/** A queue that is looked at before, and has nothing in it. */
export const NOTHING_QUEUE = 'nothing';

/** When the events are, and the moment at which all of their reminders are due. */
const START = '2017-11-08T15:00';
const DUE = '2017-11-08T13:00:00Z';

const NOW = Temporal.Instant.from(DUE);
const CHANNELS = 1000;
const TENANTS = 20;

const clock: Clock = { now: () => NOW };

const silentLog: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: (fields, message) => {
    throw new Error(message, { cause: fields });
  },
};

function open(url: string): Promise<Store> {
  return openStore({ url, clock, identity: randomIdentity });
}

/**
 * Fills an empty database with deliveries that are all due, the way they get there: events, subscriptions, a tick.
 *
 * @param count a multiple of the channels
 */
export async function fillLedger(url: string, count: number): Promise<void> {
  const { store, parts } = await fillSchedule(url, count);
  const added = await writeDown({ ...parts, clock });
  if (added !== count) throw new Error(`${added} deliveries instead of ${count}`);
  await store.close();
}

/** The same, up to the tick that writes them down. */
export async function fillSchedule(url: string, count: number) {
  const store = await open(url);
  const groupId = (await store.groups())[0]?.id ?? '';
  const zone = 'Europe/Zurich';
  const events: readonly ScheduledEvent[] = syntheticEvents(count / CHANNELS).map((event) => ({
    ...event,
    status: 'confirmed',
    visibility: 'published',
    parent: null,
    precededBy: [],
    when: { precision: 'time', start: START, end: null, zone },
  }));
  const actor = { platform: 'console', tenant: '', user: 'ada', name: null };
  const writes = events.map((after) => ({ type: 'event', before: null, after }) as const);
  await store.commit({ groupId, actor, action: 'bench', at: DUE, writes });
  for (let number = 0; number < CHANNELS; number += 1) await store.subscriptions.save(channel(number, groupId));
  const parts = { store, schedules: createSchedules(store), languages };
  await store.ledger.planned(groupId, { to: Date.parse(DUE) - 60_000, noticeId: 0 });
  return { store, parts };
}

function channel(number: number, groupId: string): Subscription {
  const tenant = `T${number % TENANTS}`;
  const target = { kind: 'conversation', platform: 'slack', tenant, id: `C${number}`, thread: null } as const;
  return subscription({ id: `s${number}`, groupId, target, since: '2017-01-01T00:00:00.000Z' });
}

/**
 * A bot that keeps everybody told, on the moment at which all is due.
 *
 * @param platform takes a delivery, by its key, and can be asked for it
 */
export async function ledgerSweep(
  url: string,
  owner: string,
  platform: { readonly post: (key: string) => Promise<void>; readonly has: (key: string) => Promise<boolean> },
): Promise<{ readonly sweep: Sweep; readonly store: Store }> {
  const store = await open(url);
  const messenger: Messenger = {
    ...instantMessenger,
    async post(to, _card, { deliveryId }) {
      await platform.post(deliveryId ?? '');
      return { outcome: 'sent', message: { ...to, messageId: deliveryId ?? '' } };
    },
    find: async (to, key) => ((await platform.has(key)) ? { ...to, messageId: key, told: null } : null),
  };
  const sweep = createSweep({
    store,
    schedules: createSchedules(store),
    languages,
    messengers: new Map([['slack', messenger]]),
    clock,
    timer: systemTimer,
    chance: () => 0,
    log: silentLog,
    owner,
    whenUnknown: 'park',
  });
  return { sweep, store };
}

const instantMessenger: Messenger = {
  platform: 'slack',
  canBeAsked: true,
  post: (to) => Promise.resolve({ outcome: 'sent', message: { ...to, messageId: '1' } }),
  update: (message) => Promise.resolve({ outcome: 'sent', message }),
  upload: () => Promise.resolve({ outcome: 'never', reason: '' }),
  openDirect: () => Promise.resolve({ outcome: 'never', reason: '' }),
  find: () => Promise.resolve(null),
};

/**
 * A worker with a messenger that answers at once, as the bot has it: what it sends is judged and worded. It has looked
 * at the ledger a minute before, when nothing was due.
 */
export async function ledgerWorker(
  url: string,
  owner: string,
): Promise<{ drain(): Promise<number>; close(): Promise<void> }> {
  const store = await open(url);
  const schedules = createSchedules(store);
  let now = NOW.subtract({ minutes: 1 });
  const clock: Clock = { now: () => now };
  let posted = 0;
  const messenger: Messenger = {
    ...instantMessenger,
    post: (to) => Promise.resolve({ outcome: 'sent', message: { ...to, messageId: `${(posted += 1)}` } }),
  };
  const worker = createWorker({
    store,
    ledger: store.ledger,
    look: createLook({ store, schedules, languages }),
    messengers: new Map([['slack', messenger]]),
    clock,
    timer: systemTimer,
    chance: () => 0,
    log: silentLog,
    owner,
    whenUnknown: 'park',
  });
  await writeDown({ store, schedules, languages, clock });
  await worker.drain();
  now = NOW;
  return {
    async drain() {
      await worker.drain();
      return posted;
    },
    async close() {
      await worker.stop();
      await store.close();
    },
  };
}

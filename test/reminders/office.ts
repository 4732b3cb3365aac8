import { onTestFinished } from 'vitest';
import { openStore } from '../../prisma/store.ts';
import { createSchedules } from '../../src/engine/schedules.ts';
import { languages } from '../../src/language/index.ts';
import type { Log } from '../../src/log.ts';
import type { ScheduleChange, Store } from '../../src/ports.ts';
import type { DeliveryRecord } from '../../src/reminders/ledger.ts';
import type { Subscription } from '../../src/reminders/subscription.ts';
import { createSweep, type Sweep, type SweepParts } from '../../src/reminders/sweep.ts';
import type { ScheduledEvent } from '../../src/schedule/event.ts';
import { clockAt, type TestClock } from '../support/clock.ts';
import { fakePlatform, loseConversation, type FakePlatform } from '../support/messenger.ts';
import { sqliteDatabase } from '../support/store-databases.ts';
import { adding, change, countingIdentity, editing } from '../support/store-samples.ts';
import { subscription } from '../support/subscriptions.ts';
import { timerOn, type TestTimer } from '../support/timer.ts';

/** A bot that keeps people told, on a real database and a platform that does as it is told. */
export interface Office {
  readonly store: Store;
  readonly sweep: Sweep;
  readonly clock: TestClock;
  readonly timer: TestTimer;
  readonly platform: FakePlatform;
  readonly groupId: string;
  /** What went wrong on our side. */
  readonly errors: readonly string[];
  add(...events: readonly ScheduledEvent[]): Promise<void>;
  /** Changes an event as it is stored, and tells those who follow it. */
  edit(handle: string, fields: Partial<ScheduledEvent>, more?: Partial<ScheduleChange>): Promise<void>;
  subscribe(fields?: Partial<Subscription>): Promise<void>;
  /** Moves the clock to a moment, ticking every minute on the way. */
  until(moment: string): Promise<void>;
  /** Moves the clock to a moment as if the bot had been down, and ticks once. */
  sleepUntil(moment: string): Promise<void>;
  /** The first lines of what was posted. */
  titles(): readonly string[];
  records(): Promise<readonly DeliveryRecord[]>;
  /** Where each delivery stands, and why. */
  states(): Promise<readonly string[]>;
  /** Another process on the same database. */
  another(parts?: Partial<SweepParts>): Sweep;
}

export async function office(moment: string, parts: Partial<SweepParts> = {}): Promise<Office> {
  const database = await sqliteDatabase();
  const clock = clockAt(moment);
  const timer = timerOn(clock);
  const platform = fakePlatform('slack', (to, reason) => loseConversation(store, to, reason));
  const errors: string[] = [];
  const log: Log = {
    info: () => undefined,
    warn: () => undefined,
    error: (fields, message) => errors.push(`${message} ${String(fields.err)}`),
  };
  const store = await openStore({ url: database.url, clock, identity: countingIdentity() });
  onTestFinished(async () => {
    await store.close();
    await database.drop();
  });
  const groupId = (await store.groups())[0]?.id ?? '';
  let owners = 0;
  const another = (own: Partial<SweepParts> = {}): Sweep =>
    createSweep({
      store,
      schedules: createSchedules(store),
      languages,
      messengers: new Map([['slack', platform.messenger]]),
      clock,
      timer,
      chance: () => 0.5,
      log,
      owner: `owner${(owners += 1)}`,
      whenUnknown: 'park',
      ...own,
    });
  const sweep = another(parts);
  const now = () => clock.now().epochMilliseconds;
  const tick = async () => {
    await sweep.tick();
    await timer.pass(0);
  };
  await tick();
  const records = () => store.ledger.list({ limit: 10_000 });

  return {
    store,
    sweep,
    clock,
    timer,
    platform,
    groupId,
    errors,
    another,
    async add(...events) {
      await store.commit(change(groupId, events.map(adding), { at: clock.now().toString() }));
    },
    async edit(handle, fields, more = {}) {
      const { events } = await store.load(groupId);
      const before = events.find((event) => event.handle === handle);
      if (!before) throw new Error(`there is no ${handle}`);
      const about = { at: clock.now().toString(), tell: true, ...more };
      await store.commit(change(groupId, [editing(before, fields)], about));
    },
    subscribe: (fields = {}) => store.subscriptions.save(subscription({ groupId, ...fields })),
    async until(end) {
      while (now() < Date.parse(end)) {
        await timer.pass(Math.min(60_000, Date.parse(end) - now()));
        await tick();
      }
    },
    async sleepUntil(end) {
      clock.set(end);
      await tick();
    },
    titles: () => platform.posted.map(({ text }) => text.split('\n')[0] ?? ''),
    records,
    async states() {
      const lines = (await records()).map(({ key, state, reason }) => [
        key.split(' ').slice(0, 4).join(' '),
        state,
        reason,
      ]);
      return lines.map((line) => line.filter(Boolean).join(' ')).sort();
    },
  };
}

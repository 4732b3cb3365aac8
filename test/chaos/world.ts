import { Temporal } from 'temporal-polyfill';
import { openStore } from '../../prisma/store.ts';
import { randomIdentity } from '../../src/identity.ts';
import type { Store } from '../../src/ports.ts';
import type { Subscription, Target } from '../../src/reminders/subscription.ts';
import type { ScheduledEvent } from '../../src/schedule/event.ts';
import { adding, change, editing, event } from '../support/store-samples.ts';
import { leads, subscription } from '../support/subscriptions.ts';
import { ORIGIN, type JumpingClock } from './time.ts';

/** An event is due every so often, in milliseconds of the run's clock; the first one soon after its beginning. */
const EVERY_MS = 8000;
const FIRST_MS = 30_000;
const LEAD_MS = 7 * 86_400_000;
const ADDED_AT_ONCE = 200;

/** Those who are told, and of what. */
export interface World {
  readonly store: Store;
  readonly groupId: string;
  readonly events: readonly ScheduledEvent[];
  readonly subscriptions: readonly Subscription[];
  /** When the last reminder falls due, in epoch milliseconds of the run's clock. */
  readonly end: number;
  /** Changes an event of which everybody is told who asked for changes. */
  changeSomething(): Promise<void>;
}

/**
 * Fills an empty database: events whose reminders fall due one after the other within so many milliseconds of the run's
 * clock, and channels and people of both platforms that are told of all of them.
 */
export async function createWorld(url: string, clock: JumpingClock, lengthMs: number): Promise<World> {
  const store = await openStore({ url, clock, identity: randomIdentity });
  const groupId = (await store.groups())[0]?.id ?? '';
  const events = Array.from({ length: Math.ceil((lengthMs - FIRST_MS) / EVERY_MS) }, (_, number) =>
    eventAt(ORIGIN + FIRST_MS + number * EVERY_MS, number),
  );
  // Too far away for a reminder: only its changes are told.
  const plenary = event('plenary', { when: { precision: 'month', start: '2018-12', end: null, zone: 'UTC' } });
  const all = [plenary, ...events];
  for (let at = 0; at < all.length; at += ADDED_AT_ONCE) {
    await store.commit(change(groupId, all.slice(at, at + ADDED_AT_ONCE).map(adding)));
  }
  const subscriptions = targets().map((target) =>
    subscription({
      id: `${target.platform} ${target.id}`,
      groupId,
      target,
      leadTimes: leads('7d'),
      zone: 'UTC',
      // A notice does not say in Teams which delivery it was, so only reminders are counted there.
      changes: target.platform === 'slack',
    }),
  );
  for (const each of subscriptions) await store.subscriptions.save(each);
  await store.ledger.planned(groupId, { to: ORIGIN, noticeId: 0 });

  let changes = 0;
  return {
    store,
    groupId,
    events,
    subscriptions,
    end: ORIGIN + FIRST_MS + events.length * EVERY_MS,
    async changeSomething() {
      const before = (await store.load(groupId)).events.find(({ handle }) => handle === 'plenary');
      if (!before) throw new Error('the plenary is gone');
      const venue = { name: `Room ${(changes += 1)}`, city: 'Geneva', country: null };
      const about = { at: clock.now().toString(), tell: true };
      await store.commit(change(groupId, [editing(before, { venue })], about));
    },
  };
}

/** What is in the title of an event, and in no other's. */
export function titleOf(number: number): string {
  return `E${number}E`;
}

function eventAt(due: number, number: number): ScheduledEvent {
  const start = Temporal.Instant.fromEpochMilliseconds(due + LEAD_MS).toZonedDateTimeISO('UTC');
  return event(`e${number}`, {
    title: `Hearing ${titleOf(number)}`,
    // Wall times have minutes, so several events begin together.
    when: {
      precision: 'time',
      start: start.toPlainDateTime().toString({ smallestUnit: 'minute', roundingMode: 'ceil' }),
      end: null,
      zone: 'UTC',
    },
  });
}

function targets(): readonly Target[] {
  const conversations = (platform: string, tenant: string, count: number) =>
    Array.from({ length: count }, (_, number): Target => {
      return { kind: 'conversation', platform, tenant, id: `C${tenant}x${number}`, thread: null };
    });
  const people = (platform: string, tenant: string, count: number) =>
    Array.from({ length: count }, (_, number): Target => {
      return { kind: 'person', platform, tenant, id: `U${tenant}x${number}` };
    });
  return [
    ...['T1', 'T2', 'T3'].flatMap((tenant) => conversations('slack', tenant, 4)),
    ...people('slack', 'T1', 3),
    ...['A1', 'A2'].flatMap((tenant) => conversations('teams', tenant, 3)),
    ...people('teams', 'A1', 2),
  ];
}

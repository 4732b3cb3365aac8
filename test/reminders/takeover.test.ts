import { describe, expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../prisma/store.ts';
import { leaseAt } from '../../src/reminders/hold.ts';
import type { Claimed, Ledger } from '../../src/reminders/ledger.ts';
import { watchLeases } from '../../src/reminders/takeover.ts';
import { clockAt } from '../support/clock.ts';
import { sqliteDatabase } from '../support/store-databases.ts';
import { countingIdentity } from '../support/store-samples.ts';
import { timerOn } from '../support/timer.ts';

/** A real ledger on which somebody looks who is still at work. */
async function watching(between: (real: Ledger) => Partial<Ledger> = () => ({})) {
  const database = await sqliteDatabase();
  const clock = clockAt('2017-11-01T08:00:00Z');
  const timer = timerOn(clock);
  const store = await openStore({ url: database.url, clock, identity: countingIdentity() });
  onTestFinished(async () => {
    await store.close();
    await database.drop();
  });
  const { ledger } = store;
  const now = () => clock.now().epochMilliseconds;
  const takenOver: number[] = [];
  const warnings: object[] = [];
  const errors: string[] = [];
  const watch = () =>
    watchLeases({
      ledger: { ...ledger, ...between(ledger) },
      clock,
      timer,
      log: {
        info: () => undefined,
        warn: (fields) => warnings.push(fields),
        error: (_fields, message) => errors.push(message),
      },
      takenOver: () => takenOver.push(timer.elapsed()),
    });
  return {
    timer,
    takenOver,
    warnings,
    errors,
    watch,
    end: watch(),
    async claims(owner: string, ...keys: readonly string[]): Promise<readonly Claimed[]> {
      const about = {
        kind: 'reminder',
        groupId: 'group',
        subscriptionId: null,
        eventUid: null,
        target: { kind: 'person', platform: 'slack', tenant: 'T1', id: 'U1' },
        payload: {},
        plannedFor: now(),
        sendAt: now(),
        uselessFrom: null,
        skipped: null,
      } as const;
      await ledger.add(
        keys.map((key) => ({ key, ...about })),
        now(),
      );
      return ledger.claim({ owner, now: now(), until: leaseAt(now()), limit: 100, except: [], announced: [] });
    },
    extend: (owner: string, claims: readonly Claimed[]) => ledger.extend(owner, claims, leaseAt(now())),
    async due() {
      const records = await ledger.list({ state: 'due', limit: 100 });
      return records.map(({ key }) => key).sort();
    },
  };
}

describe('what somebody has claimed', () => {
  test('is due again once no sign of life was seen for fifty seconds, and is taken over once', async () => {
    const { claims, timer, takenOver, due, warnings, watch } = await watching();
    watch();
    await claims('dead', 'a', 'b');
    await timer.pass(54_999);
    expect([takenOver, await due()]).toEqual([[], []]);
    await timer.pass(1);
    expect([takenOver, await due()]).toEqual([[55_000], ['a', 'b']]);
    await timer.pass(120_000);
    expect(takenOver).toEqual([55_000]);
    expect(warnings).toEqual([{ count: 2, owners: ['dead'] }]);
  });

  test('stays with whoever gives a sign of life in time, and goes when they give no more', async () => {
    const { claims, extend, timer, takenOver } = await watching();
    const held = await claims('alive', 'a');
    for (let number = 0; number < 5; number += 1) {
      await timer.pass(50_000);
      await extend('alive', held);
    }
    expect(takenOver).toEqual([]);
    await timer.pass(55_000);
    expect(takenOver).toEqual([305_000]);
  });

  test('is taken from those only who are silent', async () => {
    const { claims, extend, timer, due } = await watching();
    await claims('dead', 'a');
    const held = await claims('alive', 'b');
    for (let number = 0; number < 6; number += 1) {
      await timer.pass(10_000);
      await extend('alive', held);
    }
    expect(await due()).toEqual(['a']);
  });
});

test.each(['leases', 'takeOver'] as const)('when %s fails once, the count starts anew', async (what) => {
  let failures = 0;
  const shaky = await watching((ledger) => ({
    [what]: (...given: Parameters<Ledger['takeOver']>) => {
      const isTime = what === 'takeOver' ? given[0].length > 0 : shaky.timer.elapsed() === 40_000;
      if (isTime && (failures += 1) === 1) return Promise.reject(new Error('the database is away'));
      return what === 'takeOver' ? ledger.takeOver(...given) : ledger.leases();
    },
  }));
  await shaky.claims('dead', 'a');
  await shaky.timer.pass(94_999);
  expect(shaky.errors).toEqual(['it could not be looked who is still at work']);
  expect(shaky.takenOver).toEqual([]);
  await shaky.timer.pass(60_000);
  expect(shaky.takenOver).toEqual([what === 'leases' ? 95_000 : 110_000]);
});

describe('a watch that has ended', () => {
  test('looks no more', async () => {
    const { claims, timer, takenOver, end } = await watching();
    await claims('dead', 'a');
    await timer.pass(50_000);
    end();
    await timer.pass(120_000);
    expect(takenOver).toEqual([]);
    expect(timer.waiting).toBe(0);
  });

  test('looks no more either when it ended in the middle of a look', async () => {
    const answer = Promise.withResolvers<[]>();
    const { timer, end } = await watching(() => ({ leases: () => answer.promise }));
    await timer.pass(5000);
    end();
    answer.resolve([]);
    await timer.pass(60_000);
    expect(timer.waiting).toBe(0);
  });
});

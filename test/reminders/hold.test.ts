import { describe, expect, test } from 'vitest';
import { createHold, leaseAt, type Held } from '../../src/reminders/hold.ts';
import type { Claimed, Ledger } from '../../src/reminders/ledger.ts';
import { clockAt } from '../support/clock.ts';
import { timerOn } from '../support/timer.ts';

const START = Date.parse('2017-11-01T08:00:00Z');

/** A hold on a ledger that answers as it is told, and of what it was asked. */
function holding() {
  const clock = clockAt('2017-11-01T08:00:00Z');
  const timer = timerOn(clock);
  const asked: { readonly what: 'extend' | 'begin'; readonly ids: readonly number[]; readonly at: number }[] = [];
  const errors: string[] = [];
  type Answer = (ids: readonly number[]) => Promise<readonly number[]>;
  const answers: Record<'extend' | 'begin', Answer> = {
    extend: (ids) => Promise.resolve(ids),
    begin: (ids) => Promise.resolve(ids),
  };
  const ask =
    (what: 'extend' | 'begin'): Ledger['extend'] =>
    (owner, claims, until) => {
      expect([owner, until]).toEqual(['me', leaseAt(clock.now().epochMilliseconds)]);
      const ids = claims.map(({ id }) => id);
      asked.push({ what, ids, at: timer.elapsed() });
      return answers[what](ids);
    };
  const hold = createHold({
    ledger: { extend: ask('extend'), begin: ask('begin') },
    owner: 'me',
    clock,
    timer,
    log: { error: (_fields, message) => errors.push(message) },
  });
  const take = (id: number): Held => hold.take(claimed(id), timer.elapsed());
  const failing = () => Promise.reject(new Error('the database is away'));
  return { hold, timer, asked, answers, errors, take, failing };
}

function claimed(id: number): Claimed {
  return {
    id,
    attempts: 1,
    isUncertain: false,
    key: `delivery ${id}`,
    kind: 'reminder',
    groupId: 'group',
    subscriptionId: null,
    eventUid: null,
    target: { kind: 'person', platform: 'slack', tenant: 'T1', id: 'U1' },
    payload: {},
    plannedFor: START,
    uselessFrom: null,
  };
}

describe('a sign of life', () => {
  test('is given every ten seconds, for all that is held', async () => {
    const { take, timer, asked } = holding();
    take(1);
    take(2);
    await timer.pass(30_000);
    expect(asked).toEqual([
      { what: 'extend', ids: [1, 2], at: 10_000 },
      { what: 'extend', ids: [1, 2], at: 20_000 },
      { what: 'extend', ids: [1, 2], at: 30_000 },
    ]);
  });

  test('is not given for what was released, and not at all when nothing is held', async () => {
    const { hold, take, timer, asked } = holding();
    const [first, second] = [take(1), take(2)];
    hold.release(first);
    await timer.pass(10_000);
    hold.release(second);
    await timer.pass(60_000);
    expect(asked).toEqual([{ what: 'extend', ids: [2], at: 10_000 }]);
    expect(timer.waiting).toBe(0);
    take(3);
    await timer.pass(10_000);
    expect(asked.at(-1)).toEqual({ what: 'extend', ids: [3], at: 80_000 });
  });

  test('is tried again when it could not be given', async () => {
    const { take, timer, asked, answers, errors, failing } = holding();
    take(1);
    answers.extend = failing;
    await timer.pass(20_000);
    expect(asked.map(({ at }) => at)).toEqual([10_000, 20_000]);
    expect(errors).toEqual(['leases could not be extended', 'leases could not be extended']);
  });

  test('is given no more once the worker has stopped', async () => {
    const { hold, take, timer, asked } = holding();
    take(1);
    hold.stop();
    await timer.pass(60_000);
    expect(asked).toEqual([]);
  });
});

describe('whether something is still held', () => {
  test('is known for thirty seconds; after that the ledger is asked first', async () => {
    const { hold, take, timer, asked, answers, failing } = holding();
    const held = take(1);
    answers.extend = failing;
    await timer.pass(30_000);
    const before = asked.length;
    expect(await hold.isOurs(held)).toBe(true);
    expect(asked).toHaveLength(before);
    await timer.pass(1);
    answers.extend = (ids) => Promise.resolve(ids);
    expect(await hold.isOurs(held)).toBe(true);
    expect(asked.slice(before)).toEqual([{ what: 'extend', ids: [1], at: 30_001 }]);
    // Asked a moment ago, so it need not be again.
    expect(await hold.isOurs(held)).toBe(true);
    expect(asked).toHaveLength(before + 1);
  });

  test('counts from when the ledger was asked, not from when it answered', async () => {
    const { hold, take, timer, asked, answers } = holding();
    const held = take(1);
    const late = Promise.withResolvers<readonly number[]>();
    answers.extend = () => late.promise;
    await timer.pass(39_000);
    expect(asked.map(({ at }) => at)).toEqual([10_000]);
    late.resolve([1]);
    answers.extend = () => Promise.resolve([]);
    await timer.pass(999);
    expect(await hold.isOurs(held)).toBe(true);
    await timer.pass(2);
    expect(await hold.isOurs(held)).toBe(false);
  });

  test('is answered with no as soon as the ledger says so, and of that one only', async () => {
    const { hold, take, timer, asked, answers } = holding();
    const [lost, kept] = [take(1), take(2)];
    answers.extend = (ids) => Promise.resolve(ids.filter((id) => id === 2));
    await timer.pass(10_000);
    expect([lost.isLost, kept.isLost]).toEqual([true, false]);
    expect([await hold.isOurs(lost), await hold.isOurs(kept)]).toEqual([false, true]);
    await timer.pass(10_000);
    expect(asked.map(({ ids }) => ids)).toEqual([[1, 2], [2]]);
  });

  test('is answered with no while the ledger cannot be asked, and can be again afterwards', async () => {
    const { hold, take, timer, answers, errors, failing } = holding();
    const held = take(1);
    answers.extend = failing;
    await timer.pass(30_001);
    expect(await hold.isOurs(held)).toBe(false);
    expect(errors.at(-1)).toBe('it could not be asked whether a delivery is still ours');
    answers.extend = (ids) => Promise.resolve(ids);
    expect(await hold.isOurs(held)).toBe(true);
  });

  test('is asked once by all who want to know at the same time', async () => {
    const { hold, take, timer, asked, answers, failing } = holding();
    const all = [take(1), take(2)];
    answers.extend = failing;
    await timer.pass(30_001);
    answers.extend = (ids) => Promise.resolve(ids);
    const before = asked.length;
    expect(await Promise.all(all.map((each) => hold.isOurs(each)))).toEqual([true, true]);
    expect(asked.slice(before).map(({ ids }) => ids)).toEqual([[1, 2]]);
  });

  test('is answered with no when nothing more is to be done with it', async () => {
    const { hold, take } = holding();
    const held = take(1);
    held.isOver = true;
    expect(await hold.isOurs(held)).toBe(false);
  });
});

describe('what is about to be sent', () => {
  test('is noted in one go with all that gathered meanwhile', async () => {
    const { hold, take, timer, asked, answers } = holding();
    const first = Promise.withResolvers<readonly number[]>();
    answers.begin = () => first.promise;
    const began = [1, 2].map((id) => hold.begin(take(id)));
    await timer.pass(0);
    answers.begin = (ids) => Promise.resolve(ids.filter((id) => id !== 3));
    began.push(...[3, 4].map((id) => hold.begin(take(id))));
    await timer.pass(5000);
    expect(asked).toEqual([{ what: 'begin', ids: [1, 2], at: 0 }]);
    first.resolve([1, 2]);
    expect(await Promise.all(began)).toEqual([true, true, false, true]);
    expect(asked.slice(1)).toEqual([{ what: 'begin', ids: [3, 4], at: 5000 }]);
  });

  test('is not sent when that cannot be noted, and may be later', async () => {
    const { hold, take, answers, errors, failing } = holding();
    const [first, second] = [take(1), take(2)];
    answers.begin = failing;
    expect(await Promise.all([hold.begin(first), hold.begin(second)])).toEqual([false, false]);
    expect(errors).toEqual(['it could not be noted what is about to be sent']);
    answers.begin = (ids) => Promise.resolve(ids);
    expect(await hold.begin(first)).toBe(true);
  });

  test('is a sign of life', async () => {
    const { hold, take, timer, asked, answers, failing } = holding();
    const held = take(1);
    answers.extend = failing;
    await timer.pass(25_000);
    await hold.begin(held);
    await timer.pass(30_000);
    const before = asked.length;
    expect(await hold.isOurs(held)).toBe(true);
    expect(asked).toHaveLength(before);
  });

  test('is not sent when the note took so long that others may have taken over', async () => {
    const { hold, take, timer, answers, failing } = holding();
    const held = take(1);
    answers.extend = failing;
    const late = Promise.withResolvers<readonly number[]>();
    answers.begin = () => late.promise;
    const began = hold.begin(held);
    await timer.pass(30_001);
    late.resolve([1]);
    expect(await began).toBe(false);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/ports.ts';
import type { Claimed, Ledger, NewDelivery, Outcome } from '../../src/reminders/ledger.ts';
import { everything } from '../../src/schedule/filter.ts';
import { leads, subscription } from '../support/subscriptions.ts';
import type { StoreHarness } from './store/harness.ts';

const T = Date.UTC(2017, 10, 1, 8);
const LEASE = 60_000;
const GROUP = 'group';

/** A delivery that is due at once. */
function delivery(key: string, fields: Partial<NewDelivery> = {}): NewDelivery {
  return {
    key,
    kind: 'reminder',
    groupId: GROUP,
    subscriptionId: 'subscription',
    eventUid: 'event',
    target: { kind: 'conversation', platform: 'slack', tenant: 'T1', id: 'C1', thread: null },
    payload: { trigger: '1d', quoted: `"'\\ ü 🙂` },
    plannedFor: T,
    sendAt: T,
    uselessFrom: T + 3_600_000,
    skipped: null,
    ...fields,
  };
}

/** Declares the tests of how every store keeps subscriptions. */
export function describeSubscriptions(create: () => Promise<StoreHarness>): void {
  let harness: StoreHarness;
  let store: Store;
  let groupId: string;

  beforeEach(async () => {
    harness = await create();
    store = await harness.open();
    groupId = (await store.groups())[0]?.id ?? '';
  });
  afterEach(() => harness.dispose());

  const person = { kind: 'person', platform: 'slack', tenant: 'T1', id: 'U1' } as const;
  const inThread = { kind: 'conversation', platform: 'slack', tenant: 'T1', id: 'C1', thread: '17.5' } as const;
  const full = () =>
    subscription({
      id: 'full',
      groupId,
      target: inThread,
      leadTimes: leads('7d', '90m'),
      filter: { ...everything, kinds: ['hearing'], period: { from: '2017-11-01', to: null }, words: 'w', typed: 't' },
      only: ['uid'],
      quiet: { hours: { from: '20:00', to: '08:00' }, weekends: true },
      digest: { every: 'month', day: 31, at: '09:00' },
      emptyDigests: true,
      changes: false,
      mutes: ['other'],
      zone: 'Asia/Kathmandu',
    });

  it('gives back all of a subscription, and replaces it', async () => {
    await store.subscriptions.save(full());
    expect(await store.subscriptions.of(groupId)).toEqual([full()]);
    const changed = { ...full(), target: person, digest: null, since: '2017-11-02T00:00:00.000Z' };
    await store.subscriptions.save(changed);
    expect(await store.subscriptions.of(groupId)).toEqual([changed]);
  });

  it('finds them by group, by whom they tell and by id, and forgets them', async () => {
    const other = subscription({ id: 'other', groupId, target: person });
    await store.subscriptions.save(full());
    await store.subscriptions.save(other);
    expect(await store.subscriptions.of('nobody')).toEqual([]);
    expect(await store.subscriptions.for(person)).toEqual([other]);
    expect(await store.subscriptions.for({ ...inThread, thread: null })).toEqual([full()]);
    expect(await store.subscriptions.withIds(['other', 'nobody'])).toEqual([other]);
    await store.subscriptions.remove('other');
    expect(await store.subscriptions.of(groupId)).toEqual([full()]);
  });

  it('knows which conversations that are told something are lost, since when and why', async () => {
    const key = { platform: 'slack', tenant: 'T1', id: 'C1' };
    const conversation = {
      ...key,
      kind: 'channel',
      name: 'gcm-group',
      serviceUrl: null,
      groupId: null,
      disconnected: null,
    } as const;
    const lost = { ...conversation, disconnected: 'is_archived' };
    await store.saveConversation(conversation);
    await store.saveConversation({ ...lost, id: 'told nothing' });
    // Told of the group without being linked to it, and into a thread.
    await store.subscriptions.save(full());
    expect(await store.subscriptions.lost(groupId)).toEqual([]);
    await store.saveConversation(lost);
    const expected = { ...key, name: 'gcm-group', reason: 'is_archived', since: T };
    expect(await store.subscriptions.lost(groupId)).toEqual([expected]);
    expect(await store.subscriptions.lost('nobody')).toEqual([]);
    await store.saveConversation(conversation);
    expect(await store.subscriptions.lost(groupId)).toEqual([]);
  });
}

/** Declares the tests of what every ledger does. */
export function describeLedger(create: () => Promise<StoreHarness>): void {
  let harness: StoreHarness;
  let store: Store;
  let ledger: Ledger;

  beforeEach(async () => {
    harness = await create();
    store = await harness.open();
    ledger = store.ledger;
  });
  afterEach(() => harness.dispose());

  const claim = (fields: Partial<Parameters<Ledger['claim']>[0]> = {}) => {
    const now = fields.now ?? T;
    return ledger.claim({ owner: 'a', now, until: now + LEASE, limit: 100, except: [], announced: [], ...fields });
  };
  const claimOne = async (fields: Partial<Parameters<Ledger['claim']>[0]> = {}): Promise<Claimed> => {
    const [claimed, ...others] = await claim(fields);
    if (!claimed || others.length > 0) throw new Error(`${others.length} others`);
    return claimed;
  };
  const settle = (claimed: Claimed, outcome: Outcome, { owner = 'a', now = T } = {}) =>
    ledger.settle(owner, [{ id: claimed.id, attempts: claimed.attempts, outcome }], now);
  const keys = (deliveries: readonly { readonly key: string }[]) => deliveries.map(({ key }) => key).sort();
  const records = () => ledger.list({ limit: 1000 });
  const record = async () => {
    const [only] = await records();
    if (!only) throw new Error('the ledger is empty');
    return only;
  };

  describe('adding', () => {
    it('gives back all of a delivery', async () => {
      const given = delivery('a');
      const toPerson = delivery('b', {
        kind: 'digest',
        subscriptionId: null,
        eventUid: null,
        target: { kind: 'person', platform: 'teams', tenant: '', id: 'P1' },
        plannedFor: T - 1,
        uselessFrom: null,
      });
      const inThread = delivery('c', {
        target: { kind: 'conversation', platform: 'slack', tenant: 'T1', id: 'C1', thread: '17.5' },
        plannedFor: T + 1,
      });
      expect(await ledger.add([given, toPerson, inThread], T)).toBe(3);
      const expected = [toPerson, given, inThread].map((each) => ({
        id: expect.any(Number) as number,
        key: each.key,
        kind: each.kind,
        groupId: each.groupId,
        subscriptionId: each.subscriptionId,
        eventUid: each.eventUid,
        target: each.target,
        payload: each.payload,
        plannedFor: each.plannedFor,
        uselessFrom: each.uselessFrom,
        attempts: 1,
        isUncertain: false,
      }));
      expect(await claim()).toEqual(expected);
    });

    it('adds each key once, whoever adds it and however often', async () => {
      expect(await ledger.add([delivery('a'), delivery('b')], T)).toBe(2);
      const other = await harness.open();
      expect(await other.ledger.add([delivery('b', { kind: 'other' }), delivery('c'), delivery('c')], T)).toBe(1);
      expect((await records()).map(({ key, kind }) => [key, kind]).sort()).toEqual([
        ['a', 'reminder'],
        ['b', 'reminder'],
        ['c', 'reminder'],
      ]);
    });

    it('adds a key once when two add it at the same time', async () => {
      const many = Array.from({ length: 500 }, (_, at) => delivery(`k${at}`));
      const other = await harness.open();
      const [one, two] = await Promise.all([ledger.add(many, T), other.ledger.add(many.toReversed(), T)]);
      expect(one + two).toBe(500);
      expect(await records()).toHaveLength(500);
    });

    it('does not add again what is settled', async () => {
      await ledger.add([delivery('a')], T);
      await settle(await claimOne(), { state: 'skipped', reason: 'moved' });
      expect(await ledger.add([delivery('a')], T)).toBe(0);
      expect(await claim()).toEqual([]);
    });

    it('keeps what is skipped from the start, with its reason', async () => {
      await ledger.add([delivery('a', { skipped: 'started' })], T);
      expect(await claim()).toEqual([]);
      expect(await record()).toMatchObject({ state: 'skipped', reason: 'started', readyAt: null, settledAt: T });
    });

    it('adds thousands, and nothing when there is nothing', async () => {
      expect(await ledger.add([], T)).toBe(0);
      const many = Array.from({ length: 2500 }, (_, at) => delivery(`k${at}`));
      expect(await ledger.add(many, T)).toBe(2500);
      expect(new Set(keys(await claim({ limit: 5000 }))).size).toBe(2500);
    });
  });

  describe('claiming', () => {
    it('gives what is due, the longest first, and no more than asked for', async () => {
      await ledger.add(
        [delivery('late', { sendAt: T - 2, plannedFor: T - 2 }), delivery('later', { sendAt: T + 1 })],
        T,
      );
      await ledger.add([delivery('now', { sendAt: T }), delivery('before', { sendAt: T - 1, plannedFor: T - 1 })], T);
      expect((await claim({ limit: 2 })).map(({ key }) => key)).toEqual(['late', 'before']);
      expect(keys(await claim())).toEqual(['now']);
      expect(keys(await claim({ now: T + 1 }))).toEqual(['later']);
    });

    it('leaves out the tenants that it is told to leave out', async () => {
      const to = (platform: string, tenant: string) =>
        ({ kind: 'conversation', platform, tenant, id: 'C', thread: null }) as const;
      const targets = [to('slack', 'T1'), to('slack', 'T2'), to('teams', 'T1')];
      await ledger.add(
        targets.map((target) => delivery(`${target.platform} ${target.tenant}`, { target })),
        T,
      );
      const except = ['slack/T1', 'teams/T1'];
      expect(await ledger.nextReadyAt(except)).toBe(T);
      expect(keys(await claim({ except }))).toEqual(['slack T2']);
      expect(await ledger.nextReadyAt(['slack/T1', 'teams/T1', 'slack/T2'])).toBeNull();
      expect(keys(await claim())).toEqual(['slack T1', 'teams T1']);
    });

    it('never gives the same to two workers that ask at the same time', async () => {
      const many = Array.from({ length: 600 }, (_, at) => delivery(`k${at}`));
      await ledger.add(many, T);
      const stores = await Promise.all([harness.open(), harness.open(), harness.open()]);
      const claimed = await Promise.all(
        stores.flatMap((each, worker) =>
          Array.from({ length: 20 }, () =>
            each.ledger.claim({ owner: `w${worker}`, now: T, until: T + LEASE, limit: 10, except: [], announced: [] }),
          ),
        ),
      );
      const given = keys(claimed.flat());
      expect(given).toHaveLength(600);
      expect(new Set(given).size).toBe(600);
    });

    it('gives what somebody has claimed to nobody else, however late a clock says that it is', async () => {
      await ledger.add([delivery('a')], T);
      await claimOne();
      expect(await claim({ owner: 'b', now: T + 100 * LEASE })).toEqual([]);
      expect(await claim({ now: T + 100 * LEASE })).toEqual([]);
      expect(await ledger.nextReadyAt([])).toBeNull();
    });
  });

  describe('taking over', () => {
    it('shows who has claimed something, and until when they say', async () => {
      expect(await ledger.leases()).toEqual([]);
      await ledger.add([delivery('a'), delivery('b'), delivery('c', { sendAt: T + 1 }), delivery('due')], T);
      await claim({ limit: 3 });
      await claim({ owner: 'b', now: T + 1 });
      const [first, second, ...others] = (await ledger.leases()).toSorted((a, b) => a.until - b.until);
      expect([first, second, others]).toEqual([
        { owner: 'a', until: T + LEASE },
        { owner: 'b', until: T + 1 + LEASE },
        [],
      ]);
    });

    it('gives the deliveries of a worker that died to another, and says that nobody knows', async () => {
      await ledger.add([delivery('a')], T);
      await claimOne();
      expect(await ledger.takeOver(await ledger.leases(), T + 7)).toBe(1);
      expect(await ledger.leases()).toEqual([]);
      expect(await ledger.nextReadyAt([])).toBe(T + 7);
      expect(await claim({ owner: 'b', now: T + 6 })).toEqual([]);
      expect(await claimOne({ owner: 'b', now: T + 7 })).toMatchObject({ key: 'a', attempts: 2, isUncertain: true });
    });

    it('takes nothing over whose lease has changed since it was seen, nor another one’s', async () => {
      await ledger.add([delivery('a')], T);
      const claimed = await claimOne();
      const seen = await ledger.leases();
      await ledger.extend('a', [claimed], T + LEASE + 1);
      expect(await ledger.takeOver(seen, T)).toBe(0);
      expect(await ledger.takeOver([{ owner: 'b', until: T + LEASE + 1 }], T)).toBe(0);
      expect(await ledger.takeOver([], T)).toBe(0);
      expect(await record()).toMatchObject({ state: 'claimed' });
    });
  });

  describe('announcing', () => {
    const announced = ['slack'];

    it('knows that nothing has arrived of a claim that had not begun when its worker died', async () => {
      await ledger.add([delivery('a'), delivery('b')], T);
      const [first, second] = await claim({ announced });
      if (!first || !second) throw new Error('nothing was claimed');
      expect([first.isUncertain, second.isUncertain]).toEqual([false, false]);
      expect(await ledger.begin('a', [second], T + LEASE)).toEqual([second.id]);
      await ledger.takeOver(await ledger.leases(), T);
      expect(await claim({ owner: 'b', announced })).toMatchObject([
        { key: 'a', attempts: 2, isUncertain: false },
        { key: 'b', attempts: 2, isUncertain: true },
      ]);
    });

    it('goes on not to know of an attempt that had begun, whatever becomes of the next one', async () => {
      await ledger.add([delivery('a')], T);
      await ledger.begin('a', [await claimOne({ announced })], T + LEASE);
      await ledger.takeOver(await ledger.leases(), T);
      await claimOne({ announced });
      await ledger.takeOver(await ledger.leases(), T);
      const third = await claimOne({ announced });
      expect(third).toMatchObject({ attempts: 3, isUncertain: true });
      await settle(third, { state: 'back', at: T });
      expect(await claimOne({ announced })).toMatchObject({ attempts: 3, isUncertain: true });
    });

    it('is as if nothing had been when it is handed back, or known to have failed', async () => {
      await ledger.add([delivery('a')], T);
      await settle(await claimOne({ announced }), { state: 'back', at: T });
      const second = await claimOne({ announced });
      expect(second).toMatchObject({ attempts: 1, isUncertain: false });
      await ledger.begin('a', [second], T + LEASE);
      await settle(second, { state: 'again', at: T, detail: 'rate limited', isUnsent: true });
      expect(await claimOne({ announced })).toMatchObject({ attempts: 2, isUncertain: false });
    });

    it('lets nobody begin who has it no more, and makes the lease last longer', async () => {
      await ledger.add([delivery('a')], T);
      const lost = await claimOne({ announced });
      await ledger.takeOver(await ledger.leases(), T);
      const taken = await claimOne({ owner: 'b', announced });
      expect(await ledger.begin('a', [lost], T + 9 * LEASE)).toEqual([]);
      expect(await ledger.begin('b', [taken], T + 2 * LEASE)).toEqual([taken.id]);
      expect(await ledger.leases()).toEqual([{ owner: 'b', until: T + 2 * LEASE }]);
    });

    it('is of the platforms that it is asked for', async () => {
      await ledger.add([delivery('a')], T);
      await claimOne({ announced: ['teams'] });
      await ledger.takeOver(await ledger.leases(), T);
      expect(await claimOne()).toMatchObject({ isUncertain: true });
    });
  });

  describe('settling', () => {
    beforeEach(() => ledger.add([delivery('a')], T));

    it('keeps the message that it became', async () => {
      const claimed = await claimOne();
      const message = { conversationId: 'C1', thread: '17.5', messageId: '18.25' };
      expect(await settle(claimed, { state: 'sent', message, told: 3 }, { now: T + 5 })).toEqual([claimed.id]);
      expect(await record()).toEqual({
        id: claimed.id,
        key: 'a',
        kind: 'reminder',
        groupId: GROUP,
        subscriptionId: 'subscription',
        eventUid: 'event',
        target: delivery('a').target,
        payload: delivery('a').payload,
        plannedFor: T,
        uselessFrom: T + 3_600_000,
        state: 'sent',
        readyAt: null,
        attempts: 1,
        reason: null,
        detail: null,
        message,
        told: 3,
        settledAt: T + 5,
      });
      expect(await claim({ now: T + 10 * LEASE })).toEqual([]);
      expect(await ledger.nextReadyAt([])).toBeNull();
    });

    it('gives it out again when it is to be tried again, and knows that nothing came of it', async () => {
      const again: Outcome = { state: 'again', at: T + 5000, detail: 'rate limited', isUnsent: true };
      await settle(await claimOne(), again);
      expect(await record()).toMatchObject({
        state: 'due',
        readyAt: T + 5000,
        detail: 'rate limited',
        settledAt: null,
      });
      expect(await claim({ now: T + 4999 })).toEqual([]);
      expect(await claimOne({ now: T + 5000 })).toMatchObject({ attempts: 2, isUncertain: false });
    });

    it('remembers that nobody knows, until it is known', async () => {
      const unknown: Outcome = { state: 'again', at: T, detail: 'connection broke', isUnsent: false };
      await settle(await claimOne(), unknown);
      const second = await claimOne();
      expect(second).toMatchObject({ attempts: 2, isUncertain: true });
      await settle(second, { state: 'back', at: T });
      const third = await claimOne();
      expect(third).toMatchObject({ attempts: 2, isUncertain: true });
      await settle(third, { state: 'again', at: T, detail: 'not there', isUnsent: true });
      expect(await claimOne()).toMatchObject({ attempts: 3, isUncertain: false });
    });

    it('is as if nothing had been when it is handed back', async () => {
      await settle(await claimOne(), { state: 'back', at: T + 7 });
      expect(await record()).toMatchObject({ state: 'due', attempts: 0, readyAt: T + 7 });
      expect(await claimOne({ owner: 'b', now: T + 7 })).toMatchObject({ attempts: 1, isUncertain: false });
    });

    it('keeps why it was skipped or parked', async () => {
      await ledger.add([delivery('b')], T);
      const [one, two] = await claim();
      if (!one || !two) throw new Error('nothing was claimed');
      await ledger.settle(
        'a',
        [
          { ...one, outcome: { state: 'skipped', reason: 'cancelled' } },
          { ...two, outcome: { state: 'parked', reason: 'never', detail: 'is_archived' } },
        ],
        T,
      );
      const found = await records();
      expect(found.map(({ key, state, reason, detail }) => [key, state, reason, detail]).sort()).toEqual([
        ['a', 'skipped', 'cancelled', null],
        ['b', 'parked', 'never', 'is_archived'],
      ]);
    });

    it('is refused to a worker whose delivery was taken over, whatever it says', async () => {
      const lost = await claimOne();
      await ledger.takeOver(await ledger.leases(), T);
      const taken = await claimOne({ owner: 'b', now: T + LEASE });
      const sent: Outcome = { state: 'sent', message: null, told: null };
      expect(await settle(lost, sent)).toEqual([]);
      expect(await ledger.extend('a', [lost], T + 9 * LEASE)).toEqual([]);
      expect(await settle(lost, { state: 'back', at: T })).toEqual([]);
      expect(await record()).toMatchObject({ state: 'claimed', attempts: 2, readyAt: T + 2 * LEASE });
      expect(await settle(taken, sent, { owner: 'b' })).toEqual([taken.id]);
      expect(await settle(taken, { state: 'skipped', reason: 'moved' }, { owner: 'b' })).toEqual([]);
      expect(await record()).toMatchObject({ state: 'sent' });
    });

    it('is refused to a worker that has taken over its own delivery since', async () => {
      const first = await claimOne();
      await ledger.takeOver(await ledger.leases(), T);
      const second = await claimOne({ now: T + LEASE });
      expect(await settle(first, { state: 'skipped', reason: 'moved' })).toEqual([]);
      expect(await settle(second, { state: 'skipped', reason: 'moved' })).toEqual([second.id]);
    });

    it('keeps a lease alive that is extended', async () => {
      const claimed = await claimOne();
      expect(await ledger.extend('a', [claimed], T + 2 * LEASE)).toEqual([claimed.id]);
      expect(await ledger.leases()).toEqual([{ owner: 'a', until: T + 2 * LEASE }]);
    });
  });

  describe('what people ask of it', () => {
    it('counts where the deliveries of a group stand, and of those that are settled only the recent ones', async () => {
      await ledger.add([delivery('old', { skipped: 'moved' })], T - 1);
      await ledger.add(
        ['moved', 'moved', 'started'].map((skipped, at) => delivery(`s${at}`, { skipped })),
        T,
      );
      await ledger.add([delivery('due'), delivery('theirs', { groupId: 'other' })], T);
      expect(await ledger.counts(GROUP, T)).toEqual([
        { state: 'due', reason: null, count: 1 },
        { state: 'skipped', reason: 'moved', count: 2 },
        { state: 'skipped', reason: 'started', count: 1 },
      ]);
    });

    it('finds the deliveries of an event, a subscription, a conversation, a kind or a state, the latest first', async () => {
      const target = { kind: 'person', platform: 'slack', tenant: 'T1', id: 'U1' } as const;
      await ledger.add([delivery('a', { eventUid: 'other' }), delivery('b', { target, plannedFor: T + 1 })], T);
      await ledger.add([delivery('c', { kind: 'digest', subscriptionId: 'other', skipped: 'moved' })], T);
      const found = async (query: Partial<Parameters<Ledger['list']>[0]>) =>
        (await ledger.list({ limit: 10, ...query })).map(({ key }) => key);
      expect(await found({ eventUids: ['other'] })).toEqual(['a']);
      expect(keys(await ledger.withKeys(['b', 'c', 'd']))).toEqual(['b', 'c']);
      expect(await found({ target })).toEqual(['b']);
      expect(await found({ kind: 'digest' })).toEqual(['c']);
      expect(await found({ subscriptionId: 'other' })).toEqual(['c']);
      expect(await found({ state: 'due' })).toEqual(['b', 'a']);
      expect(await found({ groupId: 'nobody' })).toEqual([]);
      expect(await found({ limit: 1 })).toEqual(['b']);
    });

    it('makes parked deliveries due again that are still of use', async () => {
      await ledger.add([delivery('a'), delivery('b', { uselessFrom: T + 5 }), delivery('c')], T);
      const [a, over, c] = await claim();
      if (!a || !over || !c) throw new Error('nothing was claimed');
      const parked: Outcome = { state: 'parked', reason: 'never', detail: 'is_archived' };
      const settlements = [a, over].map((claimed) => ({ ...claimed, outcome: parked }));
      await ledger.settle('a', [...settlements, { ...c, outcome: { state: 'skipped', reason: 'moved' } }], T);
      expect(await ledger.retry({ groupId: 'other' }, T + 5)).toBe(0);
      expect(await ledger.retry({ groupId: GROUP }, T + 5)).toBe(1);
      expect(keys(await claim({ now: T + 5 }))).toEqual(['a']);
    });

    it('forgets the doubt of what somebody wants sent again, and of nothing else', async () => {
      const uncertain: Outcome = { state: 'again', at: T, detail: 'no answer', isUnsent: false };
      await ledger.add([delivery('a'), delivery('b')], T);
      await ledger.settle(
        'a',
        (await claim()).map((claimed) => ({ ...claimed, outcome: uncertain })),
        T,
      );
      const again = await claim();
      expect(again.map(({ isUncertain }) => isUncertain)).toEqual([true, true]);
      const reasons: Readonly<Record<string, string>> = { a: 'nobody-knows', b: 'gave-up' };
      const parked = again.map((claimed) => {
        const outcome: Outcome = { state: 'parked', reason: reasons[claimed.key] ?? '', detail: 'no answer' };
        return { ...claimed, outcome };
      });
      await ledger.settle('a', parked, T);
      expect(await ledger.retry({ groupId: GROUP }, T + 5)).toBe(2);
      const retried = await claim({ now: T + 5 });
      expect(new Map(retried.map(({ key, isUncertain }) => [key, isUncertain]))).toEqual(
        new Map([
          ['a', false],
          ['b', true],
        ]),
      );
    });

    /** Parks a delivery for each key at a moment, for a reason. */
    const park = async (at: number, reason: string, ...given: readonly NewDelivery[]) => {
      await ledger.add(
        given.map((each) => ({ ...each, sendAt: at })),
        at,
      );
      const outcome: Outcome = { state: 'parked', reason, detail: 'is_archived' };
      const settlements = (await claim({ now: at })).map((claimed) => ({ ...claimed, outcome }));
      await ledger.settle('a', settlements, at);
    };

    it('tells what was parked after a moment, the oldest first', async () => {
      await park(T, 'never', delivery('b'));
      await park(T + 1, 'gave-up', delivery('a'), delivery('c', { groupId: 'other' }));
      await ledger.add([delivery('due'), delivery('skipped', { skipped: 'moved' })], T + 1);
      const parked = await ledger.parkedSince(GROUP, T - 1);
      expect(parked.map(({ key, readyAt }) => [key, readyAt])).toEqual([
        ['b', null],
        ['a', null],
      ]);
      expect(keys(await ledger.parkedSince(GROUP, T))).toEqual(['a']);
      expect(await ledger.parkedSince(GROUP, T + 1)).toEqual([]);
    });

    it('resumes what was parked because its conversation was lost, once that is back', async () => {
      const place = { platform: 'slack', tenant: 'T1', id: 'C1' };
      const lost = {
        ...place,
        kind: 'channel',
        name: null,
        serviceUrl: null,
        groupId: null,
        disconnected: 'is_archived',
      } as const;
      const elsewhere = { kind: 'conversation', ...place, id: 'C2', thread: null } as const;
      const soon = { uselessFrom: T + 5 };
      await park(T - 9, 'never', delivery('never', { uselessFrom: null }), delivery('over', soon));
      await park(T - 8, 'disconnected', delivery('disconnected'), delivery('elsewhere', { target: elsewhere }));
      await park(T - 7, 'nobody-knows', delivery('perhaps there'));
      await store.saveConversation(lost);
      await store.saveConversation({ ...lost, id: 'C2' });
      expect(await ledger.resume(GROUP, T + 5)).toBe(0);
      await store.saveConversation({ ...lost, disconnected: null });
      expect(await ledger.resume('other', T + 5)).toBe(0);
      expect(await ledger.resume(GROUP, T + 5)).toBe(3);
      const stands = (await records()).map(({ key, state, reason, detail, settledAt, readyAt }) => [
        key,
        [state, reason, detail, settledAt, readyAt],
      ]);
      expect(Object.fromEntries(stands)).toEqual({
        never: ['due', null, null, null, T + 5],
        over: ['skipped', 'late', null, T + 5, null],
        disconnected: ['due', null, null, null, T + 5],
        elsewhere: ['parked', 'disconnected', 'is_archived', T - 8, null],
        'perhaps there': ['parked', 'nobody-knows', 'is_archived', T - 7, null],
      });
      // What is refused again by a conversation that never was lost in between stays where it is.
      await park(T + 6, 'never');
      expect(await ledger.resume(GROUP, T + 7)).toBe(0);
    });

    it('forgets what was settled long ago, and nothing else', async () => {
      await ledger.add([delivery('old', { skipped: 'moved' })], T - 1);
      await ledger.add([delivery('new', { skipped: 'moved' }), delivery('due', { sendAt: T - 99 })], T);
      await ledger.forget(T);
      expect(keys(await records())).toEqual(['due', 'new']);
    });

    it('knows how far a group is planned, and never less far than it was', async () => {
      expect(await ledger.planning(GROUP)).toBeNull();
      await ledger.planned(GROUP, { to: T, noticeId: 5 });
      await ledger.planned(GROUP, { to: T - 1, noticeId: 7 });
      expect(await ledger.planning(GROUP)).toEqual({ to: T, noticeId: 7, troublesTo: null });
      await ledger.planned(GROUP, { to: T + 1, noticeId: 6 });
      expect(await ledger.planning(GROUP)).toEqual({ to: T + 1, noticeId: 7, troublesTo: null });
      await ledger.troublesPlanned(GROUP, T + 1);
      await ledger.troublesPlanned(GROUP, T);
      await ledger.planned(GROUP, { to: T + 2, noticeId: 7 });
      expect(await ledger.planning(GROUP)).toEqual({ to: T + 2, noticeId: 7, troublesTo: T + 1 });
    });
  });
}

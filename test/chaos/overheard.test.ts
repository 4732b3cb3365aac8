import { expect, test } from 'vitest';
import { heldTwice } from './claims.ts';
import { AGAIN, listening, SENT } from './listening.ts';

/** What becomes of a call whose process is killed before it is answered. */
const forever = () => new Promise<never>(() => undefined);

test('whoever looks on sees what is claimed, begun, handed back, taken over and settled, and by whom', async () => {
  const there = await listening();
  await there.add('k');
  const [a, b] = [there.process('a'), there.process('b')];
  const claims = await a.claim();
  await a.begin(claims);
  await b.takeOver('a');
  const again = await b.claim();
  await a.settle(claims, SENT);
  await b.settle(again, SENT);
  const [id = 0] = claims.map((claim) => claim.id);
  expect(there.notes).toEqual([
    { type: 'claimed', owner: 'a', asked: 1, answered: 2, claims: [{ id, attempts: 1 }] },
    { type: 'begin', ids: [id] },
    { type: 'taking over', call: 'b 1', asked: 3, owners: ['a'] },
    { type: 'taken over', call: 'b 1', answered: 4, count: 1 },
    { type: 'claimed', owner: 'b', asked: 5, answered: 6, claims: [{ id, attempts: 2 }] },
    { type: 'settling', call: 'a 1', owner: 'a', asked: 7, claims: [{ id, attempts: 1 }] },
    { type: 'settled', call: 'a 1', ids: [] },
    { type: 'settling', call: 'b 2', owner: 'b', asked: 8, claims: [{ id, attempts: 2 }] },
    { type: 'settled', call: 'b 2', ids: [id] },
  ]);
  expect(heldTwice(there.notes)).toEqual(new Map());
});

test('nothing is said of a claim that found nothing, and of nobody who is taken over', async () => {
  const there = await listening();
  const a = there.process('a');
  expect(await a.claim()).toEqual([]);
  expect(await a.takeOver()).toBe(0);
  expect(there.notes).toEqual([]);
});

test('to be killed in the middle of a settlement, whether or not it was done, makes nobody look guilty', async () => {
  const there = await listening();
  const { ledger } = there.store;
  await there.add('k');
  const a = there.process('a', { settle: (...given) => ledger.settle(...given).then(forever) });
  void a.settle(await a.claim(), AGAIN);
  await expect.poll(() => ledger.list({ state: 'due', limit: 1 })).toHaveLength(1);
  expect(await there.process('b').claim()).toHaveLength(1);
  expect(heldTwice(there.notes)).toEqual(new Map());
});

test('to be killed in the middle of a take-over, and after a claim that nobody heard of, makes nobody look guilty', async () => {
  const there = await listening();
  const { ledger } = there.store;
  await there.add('k');
  await there.process('a').claim();
  const b = there.process('b', { takeOver: (...given) => ledger.takeOver(...given).then(forever) });
  void b.takeOver('a');
  await expect.poll(() => ledger.list({ state: 'due', limit: 1 })).toHaveLength(1);
  const c = there.process('c', { claim: (about) => ledger.claim(about).then(forever) });
  void c.claim();
  await expect.poll(() => ledger.list({ state: 'claimed', limit: 1 })).toHaveLength(1);
  const d = there.process('d');
  expect(await d.takeOver('c')).toBe(1);
  expect(await d.claim()).toMatchObject([{ attempts: 3 }]);
  expect(heldTwice(there.notes)).toEqual(new Map());
});

import { describe, expect } from 'vitest';
import { adding, change, edited, editing, event, note } from '../../support/store-samples.ts';
import type { StoreTest } from './harness.ts';
import { ALL, conflictOn, FULL, NOTE, noting, PARENT } from './samples.ts';

/** Declares the tests of how a schedule is changed. */
export function describeChanges(it: StoreTest): void {
  describe('commit', () => {
    it('makes the next revision and says when', async ({ store, groupId, add }) => {
      expect(await add(event('a'))).toBe(1);
      expect(await store.commit(change(groupId, [adding(event('b'))], { at: '2017-11-02T09:30:00.25Z' }))).toBe(2);
      expect(await store.revision(groupId)).toBe(2);
      expect((await store.load(groupId)).group).toMatchObject({ revision: 2, changedAt: '2017-11-02T09:30:00.25Z' });
    });

    it('leaves the revision alone when there is nothing to write', async ({ commit, add, everything }) => {
      await add(event('a'));
      const before = await everything();
      expect(await commit()).toBe(1);
      expect(await everything()).toEqual(before);
    });

    it('changes all of an event', async ({ commit, add, events }) => {
      await add(FULL, PARENT, event('mini'));
      const emptied = event('emptied', { uid: FULL.uid, version: 2 });
      const filled = { ...FULL, uid: 'uid-mini', handle: 'mini', version: 2, precededBy: [FULL.uid] };
      await commit(
        { type: 'event', before: FULL, after: emptied },
        { type: 'event', before: event('mini'), after: filled },
      );
      expect(await events()).toEqual([PARENT, emptied, filled]);
    });

    it('takes parents and predecessors of the same change, wherever they stand in it', async ({
      commit,
      add,
      events,
      stored,
    }) => {
      const first = event('part-000', { parent: 'uid-whole', precededBy: ['uid-before'] });
      const parts = Array.from({ length: 450 }, (_, n) => {
        const handle = `part-${String(n).padStart(3, '0')}`;
        return { ...first, handle, title: handle, uid: `uid-${handle}` };
      });
      const whole = event('whole', { parent: 'uid-larger' });
      await add(...parts, whole, event('before'), event('larger'));
      expect(await events()).toEqual([event('before'), event('larger'), ...parts, whole]);

      await commit(editing({ ...first, title: 'part-000' }, { parent: 'uid-new' }), adding(event('new')));
      expect((await stored('part-000'))?.parent).toBe('uid-new');
    });

    it('takes thousands of events at once', async ({ commit, add, events }) => {
      const many = Array.from({ length: 3000 }, (_, n) =>
        event(`e${String(n).padStart(4, '0')}`, {
          documents: [{ title: `Paper ${n}`, url: null, language: null, note: null }],
        }),
      );
      await add(...many);
      expect(await events()).toEqual(many);
      await commit(...many.map((item) => editing(item, { title: 'Moved' })));
      expect(await events()).toEqual(many.map((item) => edited(item, { title: 'Moved' })));
    });

    it('tells the second of two people who changed the same event, and overwrites nothing', async ({
      commit,
      add,
      everything,
    }) => {
      await add(event('a'), event('b'));
      await commit(editing(event('a'), { title: 'First' }));
      const before = await everything();
      const second = commit(editing(event('b'), { title: 'x' }), editing(event('a'), { title: 'Second' }));
      await expect(second).rejects.toMatchObject(conflictOn('a'));
      expect(await everything()).toEqual(before);
    });

    it('lets exactly one of two simultaneous changes to an event through', async ({
      harness,
      store,
      groupId,
      add,
      stored,
    }) => {
      await add(event('a'));
      const another = await harness.open();
      const outcomes = await Promise.allSettled([
        store.commit(change(groupId, [editing(event('a'), { title: 'One' })])),
        another.commit(change(groupId, [editing(event('a'), { title: 'Two' })])),
      ]);
      const winner = outcomes.findIndex(({ status }) => status === 'fulfilled');
      expect(outcomes[winner]).toMatchObject({ value: 2 });
      expect(outcomes[1 - winner]).toMatchObject({ reason: conflictOn('a') });
      expect((await stored('a'))?.title).toBe(['One', 'Two'][winner]);
      expect(await store.audit(groupId, ALL)).toHaveLength(2);
    });

    it('lets simultaneous changes to different events all through', async ({
      harness,
      store,
      groupId,
      add,
      events,
    }) => {
      const seen = Array.from({ length: 8 }, (_, n) => event(`e${n}`));
      await add(...seen);
      const another = await harness.open();
      const revisions = await Promise.all(
        seen.map((item, n) =>
          (n % 2 ? store : another).commit(change(groupId, [editing(item, { title: `New ${n}` })])),
        ),
      );
      expect(revisions.sort((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
      expect((await events()).map(({ title }) => title)).toEqual(seen.map((_, n) => `New ${n}`));
    });

    it('refuses to change an event that is not there, or to add one that is', async ({ commit, add }) => {
      await add(event('a'));
      await expect(commit(editing(event('b'), {}))).rejects.toMatchObject(conflictOn('b'));
      await expect(add(event('c', { uid: 'uid-a' }))).rejects.toMatchObject(conflictOn('c'));
    });

    it('refuses to touch an event of another group', async ({ harness, store, add }) => {
      await add(event('a'));
      const other = await harness.addGroup();
      for (const write of [editing(event('a'), {}), adding(event('a'))]) {
        await expect(store.commit(change(other, [write]))).rejects.toMatchObject(conflictOn('a'));
      }
    });

    it('refuses a handle that is taken, in the store or in the change itself', async ({ commit, add, everything }) => {
      await add(event('a'), event('b'));
      const before = await everything();
      await expect(add(event('a', { uid: 'new' }))).rejects.toMatchObject(conflictOn('a'));
      await expect(commit(editing(event('b'), { handle: 'a' }))).rejects.toMatchObject(conflictOn('a'));
      await expect(add(event('c'), event('c', { uid: 'new' }))).rejects.toMatchObject(conflictOn('c'));
      expect(await everything()).toEqual(before);
    });

    it('lets two events swap their handles, and a new one take a handle that is given up', async ({
      commit,
      add,
      events,
    }) => {
      await add(event('a'), event('b'), event('c'));
      await commit(
        adding(event('c', { uid: 'new' })),
        editing(event('a'), { handle: 'b' }),
        editing(event('b'), { handle: 'a' }),
        editing(event('c'), { handle: 'd' }),
      );
      expect((await events()).map(({ uid }) => uid)).toEqual(['uid-b', 'uid-a', 'new', 'uid-c']);
    });

    it('refuses a version that does not follow the one before', async ({ commit, add, events }) => {
      await add(event('a'));
      const unmoved = commit({ type: 'event', before: event('a'), after: event('a', { title: 'x' }) });
      await expect(unmoved).rejects.toThrow(RangeError);
      await expect(add(event('b', { version: 3 }))).rejects.toThrow(RangeError);
      expect(await events()).toEqual([event('a')]);
    });

    it('writes all of a change or nothing', async ({ commit, add, everything }) => {
      await add(event('a'));
      const before = await everything();
      const writes = [
        editing(event('a'), { title: 'x' }),
        adding(event('b')),
        adding(event('c', { parent: 'nobody' })),
      ];
      await expect(commit(...writes)).rejects.toThrow();
      expect(await everything()).toEqual(before);
      expect(await add(event('b'))).toBe(2);
    });

    it('adds, changes and removes notes', async ({ store, groupId, commit }) => {
      await commit(noting(null, note('a')), noting(null, note('b')));
      await commit(noting(note('a'), NOTE));
      expect((await store.load(groupId)).notes).toEqual([NOTE, note('b')]);
      await commit(noting(NOTE, null));
      expect((await store.load(groupId)).notes).toEqual([note('b')]);
    });

    it('tells the second of two people who changed the same note', async ({ commit, everything }) => {
      const seen = note('a', { topic: 'Migration data' });
      await commit(noting(null, seen));
      await commit(noting(seen, { ...seen, text: 'First' }));
      const before = await everything();
      await expect(commit(noting(seen, NOTE))).rejects.toMatchObject(conflictOn('Migration data'));
      await expect(commit(noting(seen, null))).rejects.toMatchObject(conflictOn('Migration data'));
      await expect(commit(noting(null, note('a')))).rejects.toMatchObject(conflictOn('2017-11-01'));
      expect(await everything()).toEqual(before);
    });
  });

  describe('a change that is based on a revision', () => {
    it('is made on that one, and on no other', async ({ store, groupId, add, stored }) => {
      await add(event('a'));
      const write = editing(event('a'), { title: 'New' });
      await expect(store.commit(change(groupId, [write], { basedOn: 0 }))).rejects.toMatchObject({ code: 'moved-on' });
      expect(await stored('a')).toEqual(event('a'));
      expect(await store.commit(change(groupId, [write], { basedOn: 1 }))).toBe(2);
    });
  });
}

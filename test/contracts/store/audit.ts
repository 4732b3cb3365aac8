import { describe, expect } from 'vitest';
import type { Write } from '../../../src/ports.ts';
import type { ScheduledEvent } from '../../../src/schedule/event.ts';
import { ACTOR, adding, change, edited, editing, event, note, NOW } from '../../support/store-samples.ts';
import type { StoreTest } from './harness.ts';
import { ALL, conflictOn, NOTE, noting } from './samples.ts';

/** Declares the tests of what is remembered of changes, and told of them. */
export function describeAudit(test: StoreTest): void {
  const it = test.extend(
    'told',
    ({ store, groupId }) =>
      (writes: Write[]) =>
        store.commit(change(groupId, writes, { tell: true })),
  );

  describe('audit', () => {
    it('says who did what and when, with what was before and after, newest first', async ({ store, groupId }) => {
      const [a, b] = [event('a'), note('b')];
      await store.commit(change(groupId, [adding(a), noting(null, b)], { action: 'import' }));
      const at = '2017-11-02T10:00:00Z';
      const actor = { platform: 'slack', tenant: 'T1', user: 'U1', name: null };
      const edit = editing(a, { title: 'New' });
      await store.commit(change(groupId, [edit, noting(b, null)], { action: 'edit', at, actor }));
      const entries = await store.audit(groupId, ALL);
      const second = { groupId, revision: 2, at, actor, action: 'edit', undoes: null };
      const first = { groupId, revision: 1, at: NOW, actor: ACTOR, action: 'import', undoes: null };
      const ids = entries.map(({ id }) => id);
      expect(entries).toEqual([
        { ...second, id: ids[0], write: noting(b, null) },
        { ...second, id: ids[1], write: edit },
        { ...first, id: ids[2], write: noting(null, b) },
        { ...first, id: ids[3], write: adding(a) },
      ]);
      expect(ids).toEqual([...new Set(ids)].sort((x, y) => y - x));
    });

    it('turns its pages', async ({ store, groupId, add }) => {
      await add(...['a', 'b', 'c', 'd', 'e'].map((handle) => event(handle)));
      const first = await store.audit(groupId, { limit: 2 });
      const second = await store.audit(groupId, { limit: 2, before: first.at(-1)?.id ?? 0 });
      const third = await store.audit(groupId, { limit: 2, before: second.at(-1)?.id ?? 0 });
      const pages = [first, second, third].map((page) => page.map(({ write }) => (write.after as ScheduledEvent).uid));
      expect(pages).toEqual([['uid-e', 'uid-d'], ['uid-c', 'uid-b'], ['uid-a']]);
    });
  });

  describe('a change in the audit', () => {
    it('is found by what it is about, and by its revision, and says what it took back', async ({
      store,
      groupId,
      commit,
      add,
    }) => {
      await add(event('a'), event('b'));
      await commit(editing(event('a'), { title: 'New' }));
      await store.commit(
        change(groupId, [editing(edited(event('a'), { title: 'New' }), { title: 'Old' })], { undoes: 2 }),
      );
      const ofA = await store.audit(groupId, { limit: 10, subject: 'uid-a' });
      expect(ofA.map(({ revision, undoes }) => [revision, undoes])).toEqual([
        [3, 2],
        [2, null],
        [1, null],
      ]);
      expect(await store.audit(groupId, { limit: 10, revision: 1 })).toHaveLength(2);
    });
  });

  describe('notices', () => {
    const ALL_NOTICES = { limit: 100 };

    it('are written for the published events of a change that is told, with what was before', async ({
      store,
      groupId,
      commit,
      told,
    }) => {
      await told([adding(event('a')), adding(event('draft', { visibility: 'draft' })), noting(null, NOTE)]);
      await commit(editing(event('a'), { title: 'Silent' }));
      const seen = edited(event('a'), { title: 'Silent' });
      await told([editing(seen, { title: 'Loud' })]);
      const notices = await store.notices(groupId, ALL_NOTICES);
      const common = { groupId, at: NOW, eventUid: 'uid-a' };
      expect(notices).toEqual([
        { ...common, id: notices[0]?.id, revision: 1, before: null, after: event('a') },
        { ...common, id: notices[1]?.id, revision: 3, before: seen, after: edited(seen, { title: 'Loud' }) },
      ]);
      const later = await store.notices(groupId, { limit: 100, after: notices[0]?.id ?? 0 });
      expect(later).toEqual(notices.slice(1));
      expect(await store.notices(groupId, { limit: 1 })).toEqual(notices.slice(0, 1));
    });

    it('say nothing of a draft that is published but that it is new', async ({ store, groupId, add, told }) => {
      const draft = event('a', { visibility: 'draft' });
      await add(draft);
      await told([editing(draft, { visibility: 'published' })]);
      expect(await store.notices(groupId, ALL_NOTICES)).toMatchObject([
        { before: null, after: { visibility: 'published' } },
      ]);
    });

    it('are not there when their change is not', async ({ store, groupId, add, told }) => {
      await add(event('a'));
      await expect(told([editing(event('b'), {})])).rejects.toMatchObject(conflictOn('b'));
      expect(await store.notices(groupId, ALL_NOTICES)).toEqual([]);
    });
  });
}

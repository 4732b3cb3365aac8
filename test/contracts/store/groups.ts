import { describe, expect } from 'vitest';
import type { Write } from '../../../src/ports.ts';
import type { WorkingGroup } from '../../../src/schedule/event.ts';
import { adding, change, event, NOW, workingGroup } from '../../support/store-samples.ts';
import type { StoreTest } from './harness.ts';
import { ALL, conflictOn, FULL, MEMBER, NOTE, noting, PARENT } from './samples.ts';

/** Declares the tests of the working groups of a store. */
export function describeGroups(test: StoreTest): void {
  const it = test.extend('changing', ({ store, groupId }) => async (fields: Partial<WorkingGroup>) => {
    const { group: before } = await store.load(groupId);
    return { type: 'group', before, after: { ...before, ...fields } } as const;
  });

  describe('working groups', () => {
    it('are one in an empty store', async ({ store, groupId }) => {
      const group = workingGroup({ id: groupId });
      expect(await store.groups()).toEqual([group]);
      expect(await store.load(groupId)).toEqual({ group, events: [], notes: [] });
    });

    it('are the same after the store is opened again, with all that was put in', async ({
      harness,
      store,
      commit,
      everything,
    }) => {
      await commit(adding(FULL), adding(PARENT), noting(null, NOTE));
      await store.saveMember(MEMBER);
      const before = await everything();
      await store.close();
      const again = await harness.open();
      expect(await everything(again)).toEqual(before);
      expect(await again.member(MEMBER)).toEqual(MEMBER);
    });

    it('keep their schedules apart', async ({ harness, store, groupId, add, stored }) => {
      await add(event('briefing'));
      const other = await harness.addGroup();
      await store.commit(change(other, [adding(event('briefing', { uid: 'other', title: 'Theirs' }))]));
      expect((await stored('briefing'))?.title).toBe('About briefing');
      expect((await store.load(other)).events.map(({ title }) => title)).toEqual(['Theirs']);
      expect(await store.revision(groupId)).toBe(1);
      expect(await store.audit(other, ALL)).toHaveLength(1);
      expect((await store.groups()).map(({ slug }) => slug)).toEqual(['gcm', 'other']);
    });

    it('must exist', async ({ store }) => {
      await expect(store.revision('nobody')).rejects.toThrow('nobody');
      await expect(store.load('nobody')).rejects.toThrow('nobody');
      await expect(store.commit(change('nobody', [adding(event('a'))]))).rejects.toThrow('nobody');
    });
  });

  describe('settings of the group', () => {
    it('change with the schedule, in one revision', async ({ store, groupId, commit, changing }) => {
      const fields = { name: 'Compact', zone: 'America/New_York', language: 'fr' };
      const organizer = { organizerName: 'Secretariat', organizerEmail: 'office@example.org' };
      const write = await changing({ ...fields, ...organizer });
      expect(await commit(write, adding(event('a')))).toBe(1);
      expect(await store.groups()).toEqual([{ ...write.after, revision: 1, changedAt: NOW }]);
      expect((await store.audit(groupId, ALL)).at(-1)?.write).toEqual(write);
    });

    it('are not overwritten by somebody who saw older ones', async ({ store, commit, add, changing }) => {
      const [first, second] = [await changing({ name: 'First' }), await changing({ name: 'Second' })];
      await add(event('a'));
      await commit(first);
      await expect(commit(second)).rejects.toMatchObject(conflictOn('gcm'));
      expect((await store.groups())[0]).toMatchObject({ name: 'First', revision: 2 });
    });

    it('cannot take the name of another group, or be those of another group', async ({
      harness,
      store,
      groupId,
      commit,
      changing,
    }) => {
      const other = await harness.addGroup();
      await expect(commit(await changing({ slug: 'other' }))).rejects.toMatchObject(conflictOn('other'));
      await expect(commit(await changing({ id: other }))).rejects.toThrow(other);
      expect(await store.revision(groupId)).toBe(0);
    });
  });

  describe('a new working group', () => {
    it('comes into being with its settings and its administrator, and is not the default one', async ({
      store,
      groupId,
    }) => {
      const { group: first } = await store.load(groupId);
      const created = { ...first, id: 'new', slug: 'a', name: 'A', organizerEmail: 'office@example.org', revision: 0 };
      const founder = {
        kind: 'person',
        platform: 'slack',
        tenant: 'T1',
        id: 'ada',
        name: null,
        role: 'admin',
      } as const;
      const writes: Write[] = [
        { type: 'group', before: null, after: created },
        { type: 'role', before: null, after: founder },
      ];
      expect(await store.commit(change('new', writes))).toBe(1);
      expect(await store.groups()).toEqual([first, { ...created, revision: 1, changedAt: NOW }]);
      expect(await store.roles('new')).toEqual([founder]);
      const again: Write[] = [{ type: 'group', before: null, after: { ...created, id: 'other' } }];
      await expect(store.commit(change('other', again))).rejects.toMatchObject(conflictOn('a'));
      expect(await store.groups()).toHaveLength(2);
    });
  });
}

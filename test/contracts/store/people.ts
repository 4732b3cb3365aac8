import { describe, expect } from 'vitest';
import type { RoleGrant } from '../../../src/ports.ts';
import type { StoreTest } from './harness.ts';
import { conflictOn, MEMBER } from './samples.ts';

/** Declares the tests of people: their rights and what they chose. */
export function describePeople(test: StoreTest): void {
  const it = test.extend(
    'granting',
    ({ commit }) =>
      (before: RoleGrant | null, after: RoleGrant | null) =>
        commit({ type: 'role', before, after }),
  );

  describe('roles', () => {
    const grant = (id: string, role: RoleGrant['role'], fields: Partial<RoleGrant> = {}): RoleGrant => ({
      ...{ kind: 'person', platform: 'slack', tenant: 'T1', id, name: id, role },
      ...fields,
    });

    it('are granted, changed and taken, each in its group, and audited', async ({
      harness,
      store,
      groupId,
      granting,
    }) => {
      const [ada, team] = [grant('ada', 'admin'), grant('S1', 'editor', { kind: 'team', name: 'secretariat' })];
      await granting(null, ada);
      await granting(null, team);
      await granting(team, { ...team, role: 'admin' });
      expect(await store.roles(groupId)).toEqual([ada, { ...team, role: 'admin' }]);
      expect(await store.roles(await harness.addGroup())).toEqual([]);
      await granting({ ...team, role: 'admin' }, null);
      expect(await store.roles(groupId)).toEqual([ada]);
      expect((await store.audit(groupId, { limit: 1 }))[0]?.write).toEqual({
        ...{ type: 'role', before: { ...team, role: 'admin' }, after: null },
      });
    });

    it('are not overwritten by somebody who saw others', async ({ granting }) => {
      await granting(null, grant('ada', 'admin'));
      await expect(granting(null, grant('ada', 'editor'))).rejects.toMatchObject(conflictOn('ada'));
      await expect(granting(grant('grace', 'editor'), null)).rejects.toMatchObject(conflictOn('grace'));
    });

    it('always leave one person who administers the group, even of two who leave at once', async ({
      store,
      groupId,
      granting,
    }) => {
      const [ada, grace] = [grant('ada', 'admin'), grant('grace', 'admin')];
      await granting(null, ada);
      await granting(null, grace);
      const leaving = await Promise.allSettled([granting(ada, null), granting(grace, { ...grace, role: 'editor' })]);
      expect(leaving.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(leaving.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'last-admin' } });
      expect((await store.roles(groupId)).filter(({ role }) => role === 'admin')).toHaveLength(1);
    });
  });

  describe('members', () => {
    it('are remembered with what they chose, on each platform', async ({ store }) => {
      expect(await store.member(MEMBER)).toBeNull();
      await store.saveMember(MEMBER);
      const elsewhere = { ...MEMBER, tenant: 'T2', name: 'Somebody else', zone: null, language: null };
      await store.saveMember(elsewhere);
      await store.saveMember({ ...MEMBER, zone: 'Asia/Bangkok', name: null });
      expect(await store.member(MEMBER)).toEqual({ ...MEMBER, zone: 'Asia/Bangkok', name: null });
      expect(await store.member(elsewhere)).toEqual(elsewhere);
    });

    it('are listed by tenant', async ({ store }) => {
      await store.saveMember(MEMBER);
      await store.saveMember({ ...MEMBER, tenant: 'T2' });
      expect(await store.members('slack', 'T1')).toEqual([MEMBER]);
    });

    it('may be saved twice at once', async ({ store }) => {
      await Promise.all([store.saveMember(MEMBER), store.saveMember(MEMBER)]);
      expect(await store.member(MEMBER)).toEqual(MEMBER);
    });

    it('keep what they chose when their profile is saved', async ({ store }) => {
      const profile = {
        platform: 'slack',
        tenant: 'T01',
        user: 'new',
        name: 'New',
        platformZone: 'Asia/Bangkok',
        platformLanguage: 'th',
      };
      await store.saveProfile(profile);
      expect(await store.member(profile)).toEqual({ ...profile, zone: null, language: null });
      await store.saveMember({ ...profile, zone: 'Africa/Nairobi', language: 'fr' });
      const later = { ...profile, name: 'Newer', platformZone: 'Asia/Tokyo', platformLanguage: null };
      await store.saveProfile({ ...later, zone: 'Asia/Tokyo', language: 'ja' } as typeof later);
      expect(await store.member(profile)).toEqual({ ...later, zone: 'Africa/Nairobi', language: 'fr' });
    });
  });
}

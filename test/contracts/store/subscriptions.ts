import { describe, expect } from 'vitest';
import { everything } from '../../../src/schedule/filter.ts';
import { channel, NOW } from '../../support/store-samples.ts';
import { leads, subscription } from '../../support/subscriptions.ts';
import type { StoreTest } from './harness.ts';

/** Declares the tests of who is told what. */
export function describeSubscriptions(test: StoreTest): void {
  const person = { kind: 'person', platform: 'slack', tenant: 'T1', id: 'U1' } as const;
  const inThread = { kind: 'conversation', platform: 'slack', tenant: 'T1', id: 'C1', thread: '17.5' } as const;
  const it = test.extend('full', ({ groupId }) =>
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
    }),
  );

  describe('subscriptions', () => {
    it('gives back all of a subscription, and replaces it', async ({ store, groupId, full }) => {
      await store.subscriptions.save(full);
      expect(await store.subscriptions.of(groupId)).toEqual([full]);
      const changed = { ...full, target: person, digest: null, since: '2017-11-02T00:00:00.000Z' };
      await store.subscriptions.save(changed);
      expect(await store.subscriptions.of(groupId)).toEqual([changed]);
    });

    it('finds them by group, by whom they tell and by id, and forgets them', async ({ store, groupId, full }) => {
      const other = subscription({ id: 'other', groupId, target: person });
      await store.subscriptions.save(full);
      await store.subscriptions.save(other);
      expect(await store.subscriptions.of('nobody')).toEqual([]);
      expect(await store.subscriptions.for(person)).toEqual([other]);
      expect(await store.subscriptions.for({ ...inThread, thread: null })).toEqual([full]);
      expect(await store.subscriptions.withIds(['other', 'nobody'])).toEqual([other]);
      await store.subscriptions.remove('other');
      expect(await store.subscriptions.of(groupId)).toEqual([full]);
    });

    it('knows which conversations that are told something are lost, since when and why', async ({
      store,
      groupId,
      full,
    }) => {
      const conversation = channel();
      const lost = { ...conversation, disconnected: 'is_archived' };
      await store.saveConversation(conversation);
      await store.saveConversation({ ...lost, id: 'told nothing' });
      // Told of the group without being linked to it, and into a thread.
      await store.subscriptions.save(full);
      expect(await store.subscriptions.lost(groupId)).toEqual([]);
      await store.saveConversation(lost);
      const { platform, tenant, id, name } = conversation;
      const expected = { platform, tenant, id, name, reason: 'is_archived', since: Date.parse(NOW) };
      expect(await store.subscriptions.lost(groupId)).toEqual([expected]);
      expect(await store.subscriptions.lost('nobody')).toEqual([]);
      await store.saveConversation(conversation);
      expect(await store.subscriptions.lost(groupId)).toEqual([]);
    });
  });
}

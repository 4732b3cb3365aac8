import { describe, expect } from 'vitest';
import type { StoredFeed } from '../../src/calendar/stored-feed.ts';
import type { StoredInvitation } from '../../src/calendar/stored-invitation.ts';
import { everything } from '../../src/schedule/filter.ts';
import { ACTOR, NOW } from '../support/store-samples.ts';
import { storeTest, type StoreHarness } from './store/harness.ts';

const LATER = '2017-11-02T08:00:00Z';

/** Declares the tests of what every store remembers of calendars: feeds and invitations. */
export function describeCalendars(create: () => Promise<StoreHarness>): void {
  const it = storeTest(create)
    .extend('feed', ({ groupId }) => (id: string, fields: Partial<StoredFeed> = {}): StoredFeed => ({
      id,
      tokenHash: `hash of ${id}`,
      groupId,
      owner: ACTOR,
      conversationId: null,
      filter: {
        ...everything,
        kinds: ['regional'],
        period: { from: '2017-11-01', to: null },
        words: 'regional',
        typed: 'regional',
      },
      zone: 'Asia/Kathmandu',
      language: 'en',
      alarms: [1440, 30],
      createdAt: NOW,
      revokedAt: null,
      fetchedAt: null,
      ...fields,
    }))
    .extend(
      'invitation',
      ({ groupId }) =>
        (address: string, fields: Partial<StoredInvitation> = {}): StoredInvitation => ({
          groupId,
          eventUid: 'u1',
          address,
          name: null,
          organizer: { name: 'Secretariat', email: 'secretariat@example.org' },
          language: 'en',
          zone: 'UTC',
          alarms: [1440, 30],
          createdAt: NOW,
          removedAt: null,
          sent: null,
          answer: null,
          ...fields,
        }),
    );

  describe('feeds', () => {
    it('are opened by the hashes of their tokens, with what they hang on as it is at the moment', async ({
      store,
      groupId,
      feed,
    }) => {
      const own = feed('a', { fetchedAt: LATER });
      const ofChannel = feed('b', { conversationId: 'C1' });
      const ofNoChannel = feed('c', { conversationId: 'C2' });
      for (const each of [own, ofChannel, ofNoChannel, feed('d')]) await store.feeds.add(each);
      const { platform, tenant } = ACTOR;
      const linked = { groupId, disconnected: 'archived' };
      const conversation = { platform, tenant, kind: 'channel', name: null, serviceUrl: null, ...linked } as const;
      await store.saveConversation({ ...conversation, id: 'C1' });
      await store.saveConversation({ ...conversation, tenant: 'another', id: 'C2' });
      const [group] = await store.groups();
      const asked = ['another', ...[own, ofChannel, ofNoChannel].map(({ tokenHash }) => tokenHash)];
      expect(await store.feeds.open(asked)).toEqual(
        new Map([
          [own.tokenHash, { feed: own, group, conversation: null }],
          [ofChannel.tokenHash, { feed: ofChannel, group, conversation: linked }],
          [ofNoChannel.tokenHash, { feed: ofNoChannel, group, conversation: null }],
        ]),
      );
    });

    it('are listed by group, the oldest first', async ({ harness, store, groupId, feed }) => {
      const other = await harness.addGroup();
      await store.feeds.add(feed('b', { createdAt: LATER }));
      await store.feeds.add(feed('a'));
      await store.feeds.add(feed('c', { groupId: other }));
      expect((await store.feeds.of(groupId)).map(({ id }) => id)).toEqual(['a', 'b']);
    });

    it('end once, and a successor comes with the end or not at all', async ({ store, groupId, feed }) => {
      await store.feeds.add(feed('a'));
      expect(await store.feeds.revoke('a', LATER, feed('b'))).toBe(true);
      expect(await store.feeds.revoke('a', LATER, feed('c'))).toBe(false);
      expect([...(await store.feeds.open(['hash of a', 'hash of b'])).keys()]).toEqual(['hash of b']);
      expect((await store.feeds.of(groupId)).map(({ id }) => id)).toEqual(['b']);
    });

    it('remember when they were fetched', async ({ store, feed }) => {
      await store.feeds.add(feed('a'));
      await store.feeds.fetched('a', LATER);
      expect((await store.feeds.open(['hash of a'])).get('hash of a')?.feed.fetchedAt).toBe(LATER);
    });
  });

  const when = { precision: 'day', start: '2017-11-06', end: null, zone: 'UTC' } as const;
  const sent = { method: 'REQUEST', sequence: 2, when, at: LATER } as const;

  describe('invitations', () => {
    it('are kept as they are, and the open ones are not begun anew', async ({ store, groupId, invitation }) => {
      const one = invitation('a@example.org', { name: 'Ada' });
      await store.invitations.add([one, invitation('b@example.org', { eventUid: 'u2' })]);
      await store.invitations.sent(one, sent);
      await store.invitations.add([invitation('a@example.org', { createdAt: LATER })]);
      expect(await store.invitations.find(one)).toEqual({ ...one, sent });
      expect((await store.invitations.of(groupId, ['u1', 'u2', 'u3'])).map(({ address }) => address)).toEqual([
        'a@example.org',
        'b@example.org',
      ]);
    });

    it('that ended begin anew, with what was sent before', async ({ store, invitation }) => {
      const one = invitation('a@example.org');
      await store.invitations.add([one]);
      await store.invitations.sent(one, sent);
      expect(await store.invitations.remove(one, LATER)).toBe(true);
      expect(await store.invitations.remove(one, LATER)).toBe(false);
      expect((await store.invitations.find(one))?.removedAt).toBe(LATER);
      await store.invitations.add([{ ...one, createdAt: LATER }]);
      expect(await store.invitations.find(one)).toEqual({ ...one, createdAt: LATER, sent });
    });

    it('know to whom nothing was sent', async ({ store, groupId, invitation }) => {
      const one = invitation('a@example.org');
      await store.invitations.add([
        one,
        invitation('b@example.org'),
        invitation('c@example.org', { createdAt: LATER }),
      ]);
      await store.invitations.sent(one, sent);
      const unsent = async (since: string) =>
        (await store.invitations.unsent(groupId, since)).map(({ address }) => address);
      expect(await unsent(NOW)).toEqual(['b@example.org', 'c@example.org']);
      expect(await unsent(LATER)).toEqual(['c@example.org']);
    });

    it('never fall behind what was sent', async ({ store, invitation }) => {
      const one = invitation('a@example.org');
      await store.invitations.add([one]);
      await store.invitations.sent(one, sent);
      await store.invitations.sent(one, { ...sent, sequence: 1 });
      expect((await store.invitations.find(one))?.sent).toEqual(sent);
    });

    it('take the answer that counts', async ({ store, invitation }) => {
      const one = invitation('a@example.org');
      await store.invitations.add([one]);
      const answer = { partstat: 'accepted', sequence: 1, at: LATER, comment: 'Yes' } as const;
      const answered = (fields: object) => store.invitations.answered(one, { ...answer, ...fields });
      expect(await answered({})).toBe(true);
      expect(await answered({ at: NOW, partstat: 'declined' })).toBe(false);
      expect(await answered({ at: null, partstat: 'declined' })).toBe(false);
      expect(await answered({ sequence: 0, at: '2017-12-01T08:00:00Z' })).toBe(false);
      expect((await store.invitations.find(one))?.answer).toEqual(answer);
      expect(await answered({ sequence: 2, at: NOW, partstat: 'tentative', comment: null })).toBe(true);
      expect((await store.invitations.find(one))?.answer?.partstat).toBe('tentative');
      expect(await store.invitations.answered({ ...one, address: 'x@example.org' }, answer)).toBe(false);
    });
  });
}

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StoredFeed } from '../../src/calendar/stored-feed.ts';
import type { StoredInvitation } from '../../src/calendar/stored-invitation.ts';
import type { Store } from '../../src/ports.ts';
import { everything } from '../../src/schedule/filter.ts';
import { ACTOR, NOW } from '../support/store-samples.ts';
import type { StoreHarness } from './store.ts';

const LATER = '2017-11-02T08:00:00Z';

/** Declares the tests of what every store remembers of calendars: feeds and invitations. */
export function describeCalendars(create: () => Promise<StoreHarness>): void {
  let harness: StoreHarness;
  let store: Store;
  let groupId: string;

  beforeEach(async () => {
    harness = await create();
    store = await harness.open();
    groupId = (await store.groups())[0]?.id ?? '';
  });
  afterEach(() => harness.dispose());

  const feed = (id: string, fields: Partial<StoredFeed> = {}): StoredFeed => ({
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
    createdAt: NOW,
    revokedAt: null,
    fetchedAt: null,
    ...fields,
  });

  describe('feeds', () => {
    it('are opened by the hash of their token, together with their group', async () => {
      const own = feed('a', { conversationId: 'C1', fetchedAt: LATER });
      await store.feeds.add(own);
      const [group] = await store.groups();
      expect(await store.feeds.open(own.tokenHash)).toEqual({ feed: own, group });
      expect(await store.feeds.open('another')).toBeNull();
    });

    it('are listed by group, the oldest first', async () => {
      const other = await harness.addGroup();
      await store.feeds.add(feed('b', { createdAt: LATER }));
      await store.feeds.add(feed('a'));
      await store.feeds.add(feed('c', { groupId: other }));
      expect((await store.feeds.of(groupId)).map(({ id }) => id)).toEqual(['a', 'b']);
    });

    it('end once, and a successor comes with the end or not at all', async () => {
      await store.feeds.add(feed('a'));
      expect(await store.feeds.revoke('a', LATER, feed('b'))).toBe(true);
      expect(await store.feeds.revoke('a', LATER, feed('c'))).toBe(false);
      expect(await store.feeds.open('hash of a')).toBeNull();
      expect((await store.feeds.of(groupId)).map(({ id }) => id)).toEqual(['b']);
    });

    it('remember when they were fetched', async () => {
      await store.feeds.add(feed('a'));
      await store.feeds.fetched('a', LATER);
      expect((await store.feeds.open('hash of a'))?.feed.fetchedAt).toBe(LATER);
    });
  });

  const invitation = (address: string, fields: Partial<StoredInvitation> = {}): StoredInvitation => ({
    groupId,
    eventUid: 'u1',
    address,
    name: null,
    organizer: { name: 'Secretariat', email: 'secretariat@example.org' },
    language: 'en',
    zone: 'UTC',
    createdAt: NOW,
    removedAt: null,
    sent: null,
    answer: null,
    ...fields,
  });
  const when = { precision: 'day', start: '2017-11-06', end: null, zone: 'UTC' } as const;
  const sent = { method: 'REQUEST', sequence: 2, when, at: LATER } as const;

  describe('invitations', () => {
    it('are kept as they are, and the open ones are not begun anew', async () => {
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

    it('that ended begin anew, with what was sent before', async () => {
      const one = invitation('a@example.org');
      await store.invitations.add([one]);
      await store.invitations.sent(one, sent);
      expect(await store.invitations.remove(one, LATER)).toBe(true);
      expect(await store.invitations.remove(one, LATER)).toBe(false);
      expect((await store.invitations.find(one))?.removedAt).toBe(LATER);
      await store.invitations.add([{ ...one, createdAt: LATER }]);
      expect(await store.invitations.find(one)).toEqual({ ...one, createdAt: LATER, sent });
    });

    it('know to whom nothing was sent', async () => {
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

    it('never fall behind what was sent', async () => {
      const one = invitation('a@example.org');
      await store.invitations.add([one]);
      await store.invitations.sent(one, sent);
      await store.invitations.sent(one, { ...sent, sequence: 1 });
      expect((await store.invitations.find(one))?.sent).toEqual(sent);
    });

    it('take the answer that counts', async () => {
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

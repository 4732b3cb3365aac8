import { describe, expect } from 'vitest';
import type { StoreTest } from './harness.ts';

/** Declares the tests of where the bot is: in which workspaces and conversations. */
export function describeConversations(it: StoreTest): void {
  describe('conversations', () => {
    const CHANNEL = {
      platform: 'slack',
      tenant: 'T01',
      id: 'C01',
      kind: 'channel',
      name: 'general',
      serviceUrl: null,
      groupId: null,
      disconnected: null,
    } as const;

    it('are remembered, each in its tenant, and change', async ({ store, groupId }) => {
      expect(await store.conversation(CHANNEL)).toBeNull();
      await store.saveConversation(CHANNEL);
      const elsewhere = { ...CHANNEL, tenant: 'T02', serviceUrl: 'https://example.org/' };
      await store.saveConversation(elsewhere);
      const linked = { ...CHANNEL, groupId, disconnected: 'the channel is archived' };
      await store.saveConversation(linked);
      expect(await store.conversation(CHANNEL)).toEqual(linked);
      expect(await store.conversations('slack', 'T02')).toEqual([elsewhere]);
      expect(await store.conversations('teams', 'T02')).toEqual([]);
    });

    it('are found by the group that they are linked to', async ({ store, groupId }) => {
      await store.saveConversation({ ...CHANNEL, groupId });
      await store.saveConversation({ ...CHANNEL, id: 'C02' });
      expect(await store.conversationsOf(groupId)).toEqual([{ ...CHANNEL, groupId }]);
    });

    it('may be saved twice at once', async ({ store }) => {
      await Promise.all([store.saveConversation(CHANNEL), store.saveConversation(CHANNEL)]);
      expect(await store.conversation(CHANNEL)).toEqual(CHANNEL);
    });
  });

  describe('installations', () => {
    it('are kept per tenant, replaced and removed', async ({ store }) => {
      const installation = { platform: 'slack', tenant: 'T01', sealed: 'v1.a' };
      const other = { platform: 'slack', tenant: 'T02', sealed: 'v1.b' };
      expect(await store.installation('slack', 'T01')).toBeNull();
      await store.saveInstallation(installation);
      await store.saveInstallation(other);
      await store.saveInstallation({ ...installation, sealed: 'v1.c' });
      expect(await store.installation('slack', 'T01')).toEqual({ ...installation, sealed: 'v1.c' });
      await store.removeInstallation('slack', 'T01');
      await store.removeInstallation('slack', 'T01');
      expect(await store.installation('slack', 'T01')).toBeNull();
      expect(await store.installation('slack', 'T02')).toEqual(other);
      expect(await store.installation('teams', 'T02')).toBeNull();
    });
  });
}

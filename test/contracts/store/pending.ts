import { describe, expect } from 'vitest';
import { text } from '../../../src/cards/card.ts';
import type { PendingAction, ScheduleChange } from '../../../src/ports.ts';
import { ACTOR, adding, change, editing, event, NOW } from '../../support/store-samples.ts';
import type { StoreTest } from './harness.ts';
import { conflictOn } from './samples.ts';

/** Declares the tests of what was shown to its author and not yet decided. */
export function describePendingActions(test: StoreTest): void {
  const it = test
    .extend('pendingAction', ({ groupId }) => (token: string, fields: Partial<PendingAction> = {}): PendingAction => ({
      ...{ token, groupId, actor: ACTOR, command: 'move', given: { event: 'a', to: '7 November' } },
      preview: { title: 'Move “a”', remarks: [text('Beware.')], isQuiet: true },
      ...{ writes: [adding(event('a'))], undoes: null, madeAt: NOW, expiresAt: '2017-11-01T08:10:00Z' },
      ...{ answer: null, answeredAt: null },
      ...fields,
    }))
    .extend(
      'publish',
      ({ store, groupId }) =>
        (token: string, fields: Partial<ScheduleChange> = {}) =>
          store.commit(change(groupId, [adding(event('a'))], { pending: { token, answer: 'tell' }, ...fields })),
    );

  describe('pending actions', () => {
    it('are kept as they are, also for somebody else on the same store', async ({ harness, store, pendingAction }) => {
      await store.keepPending(pendingAction('t'));
      expect(await (await harness.open()).pending('t')).toEqual(pendingAction('t'));
      expect(await store.pending('other')).toBeNull();
    });

    it('are carried out once, with the change and only with it', async ({
      harness,
      store,
      groupId,
      pendingAction,
      publish,
    }) => {
      await store.keepPending(pendingAction('t'));
      const refused = store.commit(
        change(groupId, [editing(event('b'), {})], { pending: { token: 't', answer: 'tell' } }),
      );
      await expect(refused).rejects.toMatchObject(conflictOn('b'));
      expect((await store.pending('t'))?.answer).toBeNull();
      const other = await harness.open();
      const outcomes = await Promise.allSettled([
        publish('t'),
        other.commit(change(groupId, [adding(event('a'))], { pending: { token: 't', answer: 'silently' } })),
      ]);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
        reason: { code: 'already-answered' },
      });
      expect(await store.pending('t')).toMatchObject({ writes: [], answeredAt: NOW });
      expect(await store.revision(groupId)).toBe(1);
    });

    it('are not carried out once they have expired', async ({ store, groupId, pendingAction, publish }) => {
      await store.keepPending(pendingAction('t'));
      const late = publish('t', { at: '2017-11-01T08:10:00Z' });
      await expect(late).rejects.toMatchObject({ code: 'already-answered' });
      expect(await store.revision(groupId)).toBe(0);
    });

    it('are dropped once', async ({ store, pendingAction, publish }) => {
      await store.keepPending(pendingAction('t'));
      const drop = { answer: 'drop', at: NOW };
      const answers = await Promise.all([store.answerPending('t', drop), store.answerPending('t', drop)]);
      expect(answers.sort()).toEqual([false, true]);
      await expect(publish('t')).rejects.toMatchObject({ code: 'already-answered' });
    });

    it('are listed for their author while they are open, the newest first', async ({
      harness,
      store,
      groupId,
      pendingAction,
    }) => {
      const shownAt = (token: string, minute: number, fields: Partial<PendingAction> = {}) =>
        store.keepPending(
          pendingAction(token, {
            madeAt: `2017-11-01T08:0${minute.toString()}:00Z`,
            expiresAt: `2017-11-01T08:1${minute.toString()}:00Z`,
            preview: { title: token },
            ...fields,
          }),
        );
      await shownAt('first', 0);
      await shownAt('second', 2);
      await shownAt('third', 1);
      await shownAt('dropped', 3);
      await shownAt('of somebody else', 3, { actor: { ...ACTOR, user: 'grace' } });
      await shownAt('of another tenant', 3, { actor: { ...ACTOR, tenant: 'T2' } });
      await store.answerPending('dropped', { answer: 'drop', at: NOW });
      const other = await harness.open();
      const tokensAt = async (at: string) => (await other.openPending(groupId, ACTOR, at)).map(({ token }) => token);
      expect(await other.openPending(groupId, ACTOR, '2017-11-01T08:11:59Z')).toEqual([
        { token: 'second', preview: { title: 'second' }, expiresAt: '2017-11-01T08:12:00Z' },
      ]);
      expect(await tokensAt('2017-11-01T08:09:59Z')).toEqual(['second', 'third', 'first']);
      expect(await tokensAt('2017-11-01T08:10:00Z')).toEqual(['second', 'third']);
      expect(await other.openPending('another group', ACTOR, NOW)).toEqual([]);
    });

    it('are forgotten a day after they expired, and no earlier', async ({ store, pendingAction }) => {
      await store.keepPending(pendingAction('old'));
      const later = (at: string) => pendingAction(at, { madeAt: at, expiresAt: at });
      await store.keepPending(later('2017-11-02T08:10:00Z'));
      expect(await store.pending('old')).not.toBeNull();
      await store.keepPending(later('2017-11-02T08:10:01Z'));
      expect(await store.pending('old')).toBeNull();
    });
  });
}

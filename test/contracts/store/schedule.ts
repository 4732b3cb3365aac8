import fc from 'fast-check';
import { describe, expect } from 'vitest';
import type { ScheduledEvent } from '../../../src/schedule/event.ts';
import { ACTOR, adding, change, edited, editing, event, note } from '../../support/store-samples.ts';
import type { StoreTest } from './harness.ts';
import { ALL, FULL, noting, PARENT } from './samples.ts';

/** Declares the tests of how a schedule is kept and read. */
export function describeSchedule(it: StoreTest): void {
  describe('load', () => {
    it('gives back all of an event, and of one of which almost nothing is known', async ({ add, events }) => {
      await add(FULL, PARENT, event('bare'));
      expect(await events()).toEqual([PARENT, event('bare'), FULL]);
    });

    it('gives back every precision of a date', async ({ add, events }) => {
      const zone = 'Asia/Kathmandu';
      const dated = [
        event('a', { when: { precision: 'time', start: '2017-11-08T15:00', end: null, zone } }),
        event('b', { when: { precision: 'day', start: '2017-11-06', end: '2017-11-08', zone } }),
        event('c', { when: { precision: 'week', start: '2017-11-06', end: null, zone } }),
        event('d', { when: { precision: 'month', start: '2018-12', end: null, zone } }),
        event('e', { when: { precision: 'year', start: '2018', end: '2019', zone } }),
      ];
      await add(...dated);
      expect(await events()).toEqual(dated);
    });

    it('keeps documents, outcomes, predecessors and points in their order', async ({
      store,
      groupId,
      commit,
      add,
      stored,
    }) => {
      const documents = ['z', 'a', 'm'].map((title) => ({ title, url: null, language: null, note: null }));
      const full = event('full', { documents, outcomes: ['z', 'a', 'm'], precededBy: ['uid-z', 'uid-a', 'uid-m'] });
      await add(full, event('a'), event('m'), event('z'));
      await commit(noting(null, note('n', { points: ['z', 'a'] })));
      expect(await stored('full')).toEqual(full);
      expect((await store.load(groupId)).notes[0]?.points).toEqual(['z', 'a']);
    });

    it('sorts events by handle, and leaves notes as they were written', async ({
      store,
      groupId,
      commit,
      add,
      events,
    }) => {
      await add(event('b-1'), event('b'), event('a10'), event('a9'));
      await commit(noting(null, note('z')));
      await commit(noting(null, note('b')), noting(null, note('a')));
      expect((await events()).map(({ handle }) => handle)).toEqual(['a10', 'a9', 'b', 'b-1']);
      expect((await store.load(groupId)).notes.map(({ uid }) => uid)).toEqual(['z', 'b', 'a']);
    });

    it('gives a copy that its caller may change', async ({ add, events }) => {
      await add(FULL, PARENT);
      const [, full] = (await events()) as [unknown, { documents: unknown[]; venue: { city: string } }];
      full.documents.length = 0;
      full.venue.city = 'Elsewhere';
      expect(await events()).toEqual([PARENT, FULL]);
    });

    it('keeps no hold on what it was given', async ({ store, groupId, add, stored }) => {
      const outcomes = ['agreed'];
      await add(event('mine', { outcomes }));
      outcomes.push('changed my mind');
      expect((await stored('mine'))?.outcomes).toEqual(['agreed']);
      expect((await store.audit(groupId, ALL))[0]?.write.after).toMatchObject({ outcomes: ['agreed'] });
    });

    it.for<[what: string, text: string]>([
      ['quotes', `it's "quoted" \\ \`so\``],
      ['SQL', `'); DROP TABLE "Event"; -- $1 ? %s`],
      ['HTML', '<script>alert(1)</script> &amp;'],
      ['emoji', '👩🏽‍🌾 🇨🇭 \u{10ffff}'],
      ['right-to-left marks', 'مرحبا \u202eעולם\u202c'],
      ['control characters', 'bell \u0007 tab \t line \r\n separator \u2028 delete \u007f'],
      ['braces', '{"$type":"Json"} {{x}} ${y}'],
      ['100 kB', 'é'.repeat(50_000)],
      ['nothing at all', ''],
    ])('keeps a text of %s as it is', async ([, text], { store, groupId }) => {
      const full = event('text', {
        title: text,
        description: text,
        venue: { name: text, city: text, country: text },
        documents: [{ title: text, url: text, language: text, note: text }],
        outcomes: [text, text],
      });
      const written = note('n', { topic: text, text, points: [text] });
      const actor = { ...ACTOR, name: text };
      await store.commit(change(groupId, [adding(full), noting(null, written)], { actor, action: text }));
      expect(await store.load(groupId)).toMatchObject({ events: [full], notes: [written] });
      const entries = await store.audit(groupId, ALL);
      expect(entries.map(({ write }) => write)).toEqual([noting(null, written), adding(full)]);
      expect(entries[0]).toMatchObject({ actor, action: text });
    });

    it('keeps any text', async ({ commit, stored }) => {
      let before: ScheduledEvent | null = null;
      // NUL is the one character that PostgreSQL has no place for.
      const anyText = fc.string({ unit: 'binary' }).map((value) => value.toWellFormed().replaceAll('\0', ''));
      await fc.assert(
        fc.asyncProperty(anyText, fc.array(anyText), async (title, outcomes) => {
          const after = event('any', { version: (before?.version ?? 0) + 1, title, outcomes });
          await commit({ type: 'event', before, after });
          before = after;
          expect(await stored('any')).toEqual(after);
        }),
        { numRuns: 30 },
      );
    });

    it('reads one revision while others write', async ({ store, groupId, add }) => {
      const commits = Array.from({ length: 10 }, (_, n) => add(event(`a${n}`), event(`b${n}`)));
      const loads = Array.from({ length: 10 }, () => store.load(groupId));
      for (const loaded of await Promise.all(loads)) expect(loaded.events).toHaveLength(loaded.group.revision * 2);
      await Promise.all(commits);
    });
  });

  describe('what only some events have', () => {
    it('is kept, changed and taken away: the reason of a cancellation, the series', async ({
      commit,
      add,
      events,
      stored,
    }) => {
      const seen = event('a', { reason: 'The venue is closed.', series: 'weekly' });
      await add(seen, event('b'));
      expect(await events()).toEqual([seen, event('b')]);
      await commit(editing(seen, { reason: undefined }));
      expect(await stored('a')).toEqual(edited(seen, { reason: undefined }));
    });
  });

  describe('life', () => {
    it('answers a ping while it is open', async ({ store }) => {
      await expect(store.ping()).resolves.toBeUndefined();
    });

    it('may be closed twice, and no longer answers then', async ({ store }) => {
      await Promise.all([store.close(), store.close()]);
      await expect(store.ping()).rejects.toThrow();
    });
  });
}

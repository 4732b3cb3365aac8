import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PendingAction, RoleGrant, ScheduleChange, Store, Write } from '../../src/ports.ts';
import type { Note, ScheduledEvent, WorkingGroup } from '../../src/schedule/event.ts';
import { ACTOR, adding, change, edited, editing, event, note, NOW } from '../support/store-samples.ts';

/** A way to a database that was empty before the test. */
export interface StoreHarness {
  /** Opens it, again and again if asked. */
  open(): Promise<Store>;
  /** Puts a second working group into it and answers its id. The store must have been open. */
  addGroup(): Promise<string>;
  /** Closes what is still open and removes the database. */
  dispose(): Promise<void>;
}

/** Declares the tests of what every implementation of `Store` does. */
export function describeStore(create: () => Promise<StoreHarness>): void {
  let harness: StoreHarness;
  let store: Store;
  let groupId: string;

  beforeEach(async () => {
    harness = await create();
    store = await harness.open();
    groupId = (await store.groups())[0]?.id ?? '';
  });
  afterEach(() => harness.dispose());

  const commit = (...writes: Write[]) => store.commit(change(groupId, writes));
  const add = (...events: ScheduledEvent[]) => commit(...events.map(adding));
  const events = async () => (await store.load(groupId)).events;
  const stored = async (handle: string) => (await events()).find((candidate) => candidate.handle === handle);
  /** Everything that a refused change must leave alone. */
  const everything = async () => [await store.groups(), await store.load(groupId), await store.audit(groupId, ALL)];

  describe('working groups', () => {
    it('are one in an empty store', async () => {
      const group = {
        id: groupId,
        slug: 'gcm',
        name: 'Working group',
        zone: 'Europe/Zurich',
        language: 'en',
        organizerName: null,
        organizerEmail: null,
        revision: 0,
        changedAt: null,
      };
      expect(await store.groups()).toEqual([group]);
      expect(await store.load(groupId)).toEqual({ group, events: [], notes: [] });
    });

    it('are the same after the store is opened again, with all that was put in', async () => {
      await commit(adding(FULL), adding(PARENT), noting(null, NOTE));
      await store.saveMember(MEMBER);
      const before = await everything();
      await store.close();
      store = await harness.open();
      expect(await everything()).toEqual(before);
      expect(await store.member(MEMBER)).toEqual(MEMBER);
    });

    it('keep their schedules apart', async () => {
      await add(event('briefing'));
      const other = await harness.addGroup();
      await store.commit(change(other, [adding(event('briefing', { uid: 'other', title: 'Theirs' }))]));
      expect((await stored('briefing'))?.title).toBe('About briefing');
      expect((await store.load(other)).events.map(({ title }) => title)).toEqual(['Theirs']);
      expect(await store.revision(groupId)).toBe(1);
      expect(await store.audit(other, ALL)).toHaveLength(1);
      expect((await store.groups()).map(({ slug }) => slug)).toEqual(['gcm', 'other']);
    });

    it('must exist', async () => {
      await expect(store.revision('nobody')).rejects.toThrow('nobody');
      await expect(store.load('nobody')).rejects.toThrow('nobody');
      await expect(store.commit(change('nobody', [adding(event('a'))]))).rejects.toThrow('nobody');
    });
  });

  describe('load', () => {
    it('gives back all of an event, and of one of which almost nothing is known', async () => {
      await add(FULL, PARENT, event('bare'));
      expect(await events()).toEqual([PARENT, event('bare'), FULL]);
    });

    it('gives back every precision of a date', async () => {
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

    it('keeps documents, outcomes, predecessors and points in their order', async () => {
      const documents = ['z', 'a', 'm'].map((title) => ({ title, url: null, language: null, note: null }));
      const full = event('full', { documents, outcomes: ['z', 'a', 'm'], precededBy: ['uid-z', 'uid-a', 'uid-m'] });
      await add(full, event('a'), event('m'), event('z'));
      await commit(noting(null, note('n', { points: ['z', 'a'] })));
      expect(await stored('full')).toEqual(full);
      expect((await store.load(groupId)).notes[0]?.points).toEqual(['z', 'a']);
    });

    it('sorts events by handle, and leaves notes as they were written', async () => {
      await add(event('b-1'), event('b'), event('a10'), event('a9'));
      await commit(noting(null, note('z')));
      await commit(noting(null, note('b')), noting(null, note('a')));
      expect((await events()).map(({ handle }) => handle)).toEqual(['a10', 'a9', 'b', 'b-1']);
      expect((await store.load(groupId)).notes.map(({ uid }) => uid)).toEqual(['z', 'b', 'a']);
    });

    it('gives a copy that its caller may change', async () => {
      await add(FULL, PARENT);
      const [, full] = (await events()) as [unknown, { documents: unknown[]; venue: { city: string } }];
      full.documents.length = 0;
      full.venue.city = 'Elsewhere';
      expect(await events()).toEqual([PARENT, FULL]);
    });

    it('keeps no hold on what it was given', async () => {
      const outcomes = ['agreed'];
      await add(event('mine', { outcomes }));
      outcomes.push('changed my mind');
      expect((await stored('mine'))?.outcomes).toEqual(['agreed']);
      expect((await store.audit(groupId, ALL))[0]?.write.after).toMatchObject({ outcomes: ['agreed'] });
    });

    it.each([
      ['quotes', `it's "quoted" \\ \`so\``],
      ['SQL', `'); DROP TABLE "Event"; -- $1 ? %s`],
      ['HTML', '<script>alert(1)</script> &amp;'],
      ['emoji', '👩🏽‍🌾 🇨🇭 \u{10ffff}'],
      ['right-to-left marks', 'مرحبا \u202eעולם\u202c'],
      ['control characters', 'bell \u0007 tab \t line \r\n separator \u2028 delete \u007f'],
      ['braces', '{"$type":"Json"} {{x}} ${y}'],
      ['100 kB', 'é'.repeat(50_000)],
      ['nothing at all', ''],
    ])('keeps a text of %s as it is', async (_, text) => {
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

    it('keeps any text', async () => {
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

    it('reads one revision while others write', async () => {
      const commits = Array.from({ length: 10 }, (_, n) => add(event(`a${n}`), event(`b${n}`)));
      const loads = Array.from({ length: 10 }, () => store.load(groupId));
      for (const loaded of await Promise.all(loads)) expect(loaded.events).toHaveLength(loaded.group.revision * 2);
      await Promise.all(commits);
    });
  });

  describe('commit', () => {
    it('makes the next revision and says when', async () => {
      expect(await add(event('a'))).toBe(1);
      expect(await store.commit(change(groupId, [adding(event('b'))], { at: '2017-11-02T09:30:00.25Z' }))).toBe(2);
      expect(await store.revision(groupId)).toBe(2);
      expect((await store.load(groupId)).group).toMatchObject({ revision: 2, changedAt: '2017-11-02T09:30:00.25Z' });
    });

    it('leaves the revision alone when there is nothing to write', async () => {
      await add(event('a'));
      const before = await everything();
      expect(await commit()).toBe(1);
      expect(await everything()).toEqual(before);
    });

    it('changes all of an event', async () => {
      await add(FULL, PARENT, event('mini'));
      const emptied = event('emptied', { uid: FULL.uid, version: 2 });
      const filled = { ...FULL, uid: 'uid-mini', handle: 'mini', version: 2, precededBy: [FULL.uid] };
      await commit(
        { type: 'event', before: FULL, after: emptied },
        { type: 'event', before: event('mini'), after: filled },
      );
      expect(await events()).toEqual([PARENT, emptied, filled]);
    });

    it('takes parents and predecessors of the same change, wherever they stand in it', async () => {
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

    it('takes thousands of events at once', async () => {
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

    it('tells the second of two people who changed the same event, and overwrites nothing', async () => {
      await add(event('a'), event('b'));
      await commit(editing(event('a'), { title: 'First' }));
      const before = await everything();
      const second = commit(editing(event('b'), { title: 'x' }), editing(event('a'), { title: 'Second' }));
      await expect(second).rejects.toMatchObject(conflictOn('a'));
      expect(await everything()).toEqual(before);
    });

    it('lets exactly one of two simultaneous changes to an event through', async () => {
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

    it('lets simultaneous changes to different events all through', async () => {
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

    it('refuses to change an event that is not there, or to add one that is', async () => {
      await add(event('a'));
      await expect(commit(editing(event('b'), {}))).rejects.toMatchObject(conflictOn('b'));
      await expect(add(event('c', { uid: 'uid-a' }))).rejects.toMatchObject(conflictOn('c'));
    });

    it('refuses to touch an event of another group', async () => {
      await add(event('a'));
      const other = await harness.addGroup();
      for (const write of [editing(event('a'), {}), adding(event('a'))]) {
        await expect(store.commit(change(other, [write]))).rejects.toMatchObject(conflictOn('a'));
      }
    });

    it('refuses a handle that is taken, in the store or in the change itself', async () => {
      await add(event('a'), event('b'));
      const before = await everything();
      await expect(add(event('a', { uid: 'new' }))).rejects.toMatchObject(conflictOn('a'));
      await expect(commit(editing(event('b'), { handle: 'a' }))).rejects.toMatchObject(conflictOn('a'));
      await expect(add(event('c'), event('c', { uid: 'new' }))).rejects.toMatchObject(conflictOn('c'));
      expect(await everything()).toEqual(before);
    });

    it('lets two events swap their handles, and a new one take a handle that is given up', async () => {
      await add(event('a'), event('b'), event('c'));
      await commit(
        adding(event('c', { uid: 'new' })),
        editing(event('a'), { handle: 'b' }),
        editing(event('b'), { handle: 'a' }),
        editing(event('c'), { handle: 'd' }),
      );
      expect((await events()).map(({ uid }) => uid)).toEqual(['uid-b', 'uid-a', 'new', 'uid-c']);
    });

    it('refuses a version that does not follow the one before', async () => {
      await add(event('a'));
      const unmoved = commit({ type: 'event', before: event('a'), after: event('a', { title: 'x' }) });
      await expect(unmoved).rejects.toThrow(RangeError);
      await expect(add(event('b', { version: 3 }))).rejects.toThrow(RangeError);
      expect(await events()).toEqual([event('a')]);
    });

    it('writes all of a change or nothing', async () => {
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

    it('adds, changes and removes notes', async () => {
      await commit(noting(null, note('a')), noting(null, note('b')));
      await commit(noting(note('a'), NOTE));
      expect((await store.load(groupId)).notes).toEqual([NOTE, note('b')]);
      await commit(noting(NOTE, null));
      expect((await store.load(groupId)).notes).toEqual([note('b')]);
    });

    it('tells the second of two people who changed the same note', async () => {
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

  describe('settings of the group', () => {
    const changing = async (fields: Partial<WorkingGroup>) => {
      const { group: before } = await store.load(groupId);
      return { type: 'group', before, after: { ...before, ...fields } } as const;
    };

    it('change with the schedule, in one revision', async () => {
      const fields = { name: 'Compact', zone: 'America/New_York', language: 'fr' };
      const organizer = { organizerName: 'Secretariat', organizerEmail: 'office@example.org' };
      const write = await changing({ ...fields, ...organizer });
      expect(await commit(write, adding(event('a')))).toBe(1);
      expect(await store.groups()).toEqual([{ ...write.after, revision: 1, changedAt: NOW }]);
      expect((await store.audit(groupId, ALL)).at(-1)?.write).toEqual(write);
    });

    it('are not overwritten by somebody who saw older ones', async () => {
      const [first, second] = [await changing({ name: 'First' }), await changing({ name: 'Second' })];
      await add(event('a'));
      await commit(first);
      await expect(commit(second)).rejects.toMatchObject(conflictOn('gcm'));
      expect((await store.groups())[0]).toMatchObject({ name: 'First', revision: 2 });
    });

    it('cannot take the name of another group, or be those of another group', async () => {
      const other = await harness.addGroup();
      await expect(commit(await changing({ slug: 'other' }))).rejects.toMatchObject(conflictOn('other'));
      await expect(commit(await changing({ id: other }))).rejects.toThrow(other);
      expect(await store.revision(groupId)).toBe(0);
    });
  });

  describe('audit', () => {
    it('says who did what and when, with what was before and after, newest first', async () => {
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

    it('turns its pages', async () => {
      await add(...['a', 'b', 'c', 'd', 'e'].map((handle) => event(handle)));
      const first = await store.audit(groupId, { limit: 2 });
      const second = await store.audit(groupId, { limit: 2, before: first.at(-1)?.id ?? 0 });
      const third = await store.audit(groupId, { limit: 2, before: second.at(-1)?.id ?? 0 });
      const pages = [first, second, third].map((page) => page.map(({ write }) => (write.after as ScheduledEvent).uid));
      expect(pages).toEqual([['uid-e', 'uid-d'], ['uid-c', 'uid-b'], ['uid-a']]);
    });
  });

  describe('what only some events have', () => {
    it('is kept, changed and taken away: the reason of a cancellation, the series', async () => {
      const seen = event('a', { reason: 'The venue is closed.', series: 'weekly' });
      await add(seen, event('b'));
      expect(await events()).toEqual([seen, event('b')]);
      await commit(editing(seen, { reason: undefined }));
      expect(await stored('a')).toEqual(edited(seen, { reason: undefined }));
    });
  });

  describe('a change in the audit', () => {
    it('is found by what it is about, and by its revision, and says what it took back', async () => {
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

  describe('a change that is based on a revision', () => {
    it('is made on that one, and on no other', async () => {
      await add(event('a'));
      const write = editing(event('a'), { title: 'New' });
      await expect(store.commit(change(groupId, [write], { basedOn: 0 }))).rejects.toMatchObject({ code: 'moved-on' });
      expect(await stored('a')).toEqual(event('a'));
      expect(await store.commit(change(groupId, [write], { basedOn: 1 }))).toBe(2);
    });
  });

  describe('notices', () => {
    const told = (writes: Write[]) => store.commit(change(groupId, writes, { tell: true }));
    const ALL_NOTICES = { limit: 100 };

    it('are written for the published events of a change that is told, with what was before', async () => {
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

    it('say nothing of a draft that is published but that it is new', async () => {
      const draft = event('a', { visibility: 'draft' });
      await add(draft);
      await told([editing(draft, { visibility: 'published' })]);
      expect(await store.notices(groupId, ALL_NOTICES)).toMatchObject([
        { before: null, after: { visibility: 'published' } },
      ]);
    });

    it('are not there when their change is not', async () => {
      await add(event('a'));
      await expect(told([editing(event('b'), {})])).rejects.toMatchObject(conflictOn('b'));
      expect(await store.notices(groupId, ALL_NOTICES)).toEqual([]);
    });
  });

  describe('roles', () => {
    const grant = (id: string, role: RoleGrant['role'], fields: Partial<RoleGrant> = {}): RoleGrant => ({
      ...{ kind: 'person', platform: 'slack', tenant: 'T1', id, name: id, role },
      ...fields,
    });
    const granting = (before: RoleGrant | null, after: RoleGrant | null) => commit({ type: 'role', before, after });

    it('are granted, changed and taken, each in its group, and audited', async () => {
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

    it('are not overwritten by somebody who saw others', async () => {
      await granting(null, grant('ada', 'admin'));
      await expect(granting(null, grant('ada', 'editor'))).rejects.toMatchObject(conflictOn('ada'));
      await expect(granting(grant('grace', 'editor'), null)).rejects.toMatchObject(conflictOn('grace'));
    });

    it('always leave one person who administers the group, even of two who leave at once', async () => {
      const [ada, grace] = [grant('ada', 'admin'), grant('grace', 'admin')];
      await granting(null, ada);
      await granting(null, grace);
      const leaving = await Promise.allSettled([granting(ada, null), granting(grace, { ...grace, role: 'editor' })]);
      expect(leaving.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(leaving.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'last-admin' } });
      expect((await store.roles(groupId)).filter(({ role }) => role === 'admin')).toHaveLength(1);
    });
  });

  describe('a new working group', () => {
    it('comes into being with its settings and its administrator, and is not the default one', async () => {
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

  describe('pending actions', () => {
    const pendingAction = (token: string, fields: Partial<PendingAction> = {}): PendingAction => ({
      ...{ token, groupId, actor: ACTOR, command: 'move', given: { event: 'a', to: '7 November' } },
      ...{ writes: [adding(event('a'))], undoes: null, madeAt: NOW, expiresAt: '2017-11-01T08:10:00Z' },
      ...{ answer: null, answeredAt: null },
      ...fields,
    });
    const publish = (token: string, fields: Partial<ScheduleChange> = {}) =>
      store.commit(change(groupId, [adding(event('a'))], { pending: { token, answer: 'tell' }, ...fields }));

    it('are kept as they are, also for somebody else on the same store', async () => {
      await store.keepPending(pendingAction('t'));
      expect(await (await harness.open()).pending('t')).toEqual(pendingAction('t'));
      expect(await store.pending('other')).toBeNull();
    });

    it('are carried out once, with the change and only with it', async () => {
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

    it('are not carried out once they have expired', async () => {
      await store.keepPending(pendingAction('t'));
      const late = publish('t', { at: '2017-11-01T08:10:00Z' });
      await expect(late).rejects.toMatchObject({ code: 'already-answered' });
      expect(await store.revision(groupId)).toBe(0);
    });

    it('are dropped once', async () => {
      await store.keepPending(pendingAction('t'));
      const drop = { answer: 'drop', at: NOW };
      const answers = await Promise.all([store.answerPending('t', drop), store.answerPending('t', drop)]);
      expect(answers.sort()).toEqual([false, true]);
      await expect(publish('t')).rejects.toMatchObject({ code: 'already-answered' });
    });

    it('are forgotten a day after they expired, and no earlier', async () => {
      await store.keepPending(pendingAction('old'));
      const later = (at: string) => pendingAction(at, { madeAt: at, expiresAt: at });
      await store.keepPending(later('2017-11-02T08:10:00Z'));
      expect(await store.pending('old')).not.toBeNull();
      await store.keepPending(later('2017-11-02T08:10:01Z'));
      expect(await store.pending('old')).toBeNull();
    });
  });

  describe('members', () => {
    it('are remembered with what they chose, on each platform', async () => {
      expect(await store.member(MEMBER)).toBeNull();
      await store.saveMember(MEMBER);
      const elsewhere = { ...MEMBER, tenant: 'T2', name: 'Somebody else', zone: null, language: null };
      await store.saveMember(elsewhere);
      await store.saveMember({ ...MEMBER, zone: 'Asia/Bangkok', name: null });
      expect(await store.member(MEMBER)).toEqual({ ...MEMBER, zone: 'Asia/Bangkok', name: null });
      expect(await store.member(elsewhere)).toEqual(elsewhere);
    });

    it('are listed by tenant', async () => {
      await store.saveMember(MEMBER);
      await store.saveMember({ ...MEMBER, tenant: 'T2' });
      expect(await store.members('slack', 'T1')).toEqual([MEMBER]);
    });

    it('may be saved twice at once', async () => {
      await Promise.all([store.saveMember(MEMBER), store.saveMember(MEMBER)]);
      expect(await store.member(MEMBER)).toEqual(MEMBER);
    });

    it('keep what they chose when their profile is saved', async () => {
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

  describe('installations', () => {
    it('are kept per tenant, replaced and removed', async () => {
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

    it('are remembered, each in its tenant, and change', async () => {
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

    it('are found by the group that they are linked to', async () => {
      await store.saveConversation({ ...CHANNEL, groupId });
      await store.saveConversation({ ...CHANNEL, id: 'C02' });
      expect(await store.conversationsOf(groupId)).toEqual([{ ...CHANNEL, groupId }]);
    });

    it('may be saved twice at once', async () => {
      await Promise.all([store.saveConversation(CHANNEL), store.saveConversation(CHANNEL)]);
      expect(await store.conversation(CHANNEL)).toEqual(CHANNEL);
    });
  });

  describe('what has happened', () => {
    const time = { now: NOW, until: '2017-11-01T09:00:00Z' };

    it('is first once, also for somebody else on the same store', async () => {
      const other = await harness.open();
      expect(await store.isFirst('event Ev01', time)).toBe(true);
      expect(await store.isFirst('event Ev01', time)).toBe(false);
      expect(await other.isFirst('event Ev01', time)).toBe(false);
      expect(await other.isFirst('event Ev02', time)).toBe(true);
    });

    it('is first for one of many that name it at once', async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => store.isFirst('event Ev03', time)));
      expect(answers.filter(Boolean)).toHaveLength(1);
    });

    it('is forgotten some time after it had to be remembered, and no earlier', async () => {
      await store.isFirst('short', { now: NOW, until: '2017-11-01T08:05:00Z' });
      await store.isFirst('long', { now: NOW, until: '2017-11-02T08:00:00Z' });
      const later = { now: '2017-11-01T10:00:00Z', until: '2017-11-01T11:00:00Z' };
      for (let at = 0; at < 1000; at += 1) await store.isFirst(`other ${at}`, later);
      expect(await store.isFirst('short', later)).toBe(true);
      expect(await store.isFirst('long', later)).toBe(false);
    });
  });

  describe('life', () => {
    it('answers a ping while it is open', async () => {
      await expect(store.ping()).resolves.toBeUndefined();
    });

    it('may be closed twice, and no longer answers then', async () => {
      await Promise.all([store.close(), store.close()]);
      await expect(store.ping()).rejects.toThrow();
    });
  });
}

function noting(before: Note | null, after: Note | null): Write {
  return { type: 'note', before, after };
}

function conflictOn(handle: string): object {
  return { code: 'conflict', context: { handle } };
}

const ALL = { limit: 10_000 };

const MEMBER = {
  platform: 'slack',
  tenant: 'T1',
  user: 'U1',
  name: 'Ada',
  zone: 'Africa/Nairobi',
  language: 'fr',
  platformZone: 'Europe/Paris',
  platformLanguage: 'fr',
};

const NOTE = note('a', {
  date: '2017-10-31',
  topic: 'Input of IOM',
  text: 'Three points were made.',
  points: ['First', 'Second', 'Third'],
});

const PARENT = event('africa', { kind: 'regional', region: 'Africa' });

const FULL = event('stocktaking', {
  sequence: 3,
  title: 'Stocktaking meeting',
  kind: 'stocktaking',
  status: 'tentative',
  visibility: 'draft',
  when: { precision: 'time', start: '2017-12-04T09:00', end: '2017-12-06T18:00', zone: 'America/Mexico_City' },
  venue: { name: 'Convention centre', city: 'Puerto Vallarta', country: 'Mexico' },
  onlineUrl: 'https://example.org/join?a=1&b=2',
  organiser: 'Mexico',
  region: 'Americas',
  participation: { maxPerDelegation: 4, headLevel: 'Ambassadorial', notes: 'Side events are discouraged.' },
  description: 'Two lines\nof text.',
  parent: 'uid-africa',
  precededBy: ['uid-africa'],
  documents: [
    { title: 'Concept note', url: 'https://example.org/note.pdf', language: 'en', note: null },
    { title: 'Report', url: null, language: null, note: 'still being finalised' },
  ],
  outcomes: ['Agreed', 'Not agreed'],
  createdAt: '2017-10-01T12:00:00.5Z',
  updatedAt: '2017-10-31T23:59:59.999Z',
});

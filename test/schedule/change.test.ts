import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changedFields, createEvent, handleFrom, handleSource, revise } from '../../src/schedule/change.ts';
import type { EventPatch } from '../../src/schedule/change.ts';
import { HANDLE } from '../../src/schedule/limits.ts';

const NOW = '2017-11-01T08:00:00Z';
const LATER = '2017-11-02T08:00:00Z';
const identity = { uid: () => 'new-uid', reference: () => '7F3A', secret: () => 'secret' };
const event = createEvent(
  {
    handle: 'unescap',
    title: 'UNESCAP',
    kind: 'regional',
    when: { precision: 'day', start: '2017-11-06', end: '2017-11-08', zone: 'Asia/Bangkok' },
    venue: { name: null, city: 'Bangkok', country: null },
    precededBy: ['a', 'b'],
  },
  { now: NOW, identity },
);

describe('a new event', () => {
  test('is what its draft says, with a new UID, version 1 and sequence 0', () => {
    expect(createEvent({ handle: 'a', title: 'A' }, { now: NOW, identity })).toEqual({
      uid: 'new-uid',
      sequence: 0,
      version: 1,
      handle: 'a',
      title: 'A',
      kind: 'meeting',
      status: 'confirmed',
      visibility: 'published',
      when: null,
      venue: null,
      onlineUrl: null,
      organiser: null,
      region: null,
      participation: null,
      description: null,
      parent: null,
      precededBy: [],
      documents: [],
      outcomes: [],
      createdAt: NOW,
      updatedAt: NOW,
    });
  });

  test('keeps a UID and a sequence that it comes with', () => {
    const draft = { handle: 'a', title: 'A', uid: 'old-uid', sequence: 4 };
    expect(createEvent(draft, { now: NOW, identity })).toMatchObject({ uid: 'old-uid', sequence: 4, version: 1 });
  });
});

describe('a revision', () => {
  test.each<[string, EventPatch, number]>([
    ['the title', { title: 'Asia-Pacific' }, 0],
    ['the documents', { documents: [{ title: 'A', url: null, language: null, note: null }] }, 0],
    ['the date', { when: { precision: 'day', start: '2017-11-07', end: null, zone: 'Asia/Bangkok' } }, 1],
    ['the date, which is now open', { when: null }, 1],
    ['the place', { venue: { name: 'UNCC', city: 'Bangkok', country: null } }, 1],
    ['the link', { onlineUrl: 'https://example.org' }, 1],
    ['the status', { status: 'cancelled' }, 1],
    ['title and place together', { title: 'A', venue: null }, 1],
  ])('of %s raises the version, and the sequence when people must look again', (_what, patch, sequence) => {
    expect(revise(event, patch, LATER)).toEqual({ ...event, ...patch, version: 2, sequence, updatedAt: LATER });
  });

  test('that changes nothing is the same event', () => {
    const patch: EventPatch = { title: 'UNESCAP', when: event.when && { ...event.when }, precededBy: ['b', 'a'] };
    expect(revise(event, patch, LATER)).toBe(event);
  });

  test('never lowers the sequence, and rises at least to the one it is given', () => {
    const third = { ...event, sequence: 3 };
    expect(revise(third, { sequence: 1 }, LATER)).toBe(third);
    expect(revise(third, { sequence: 1, status: 'tentative' }, LATER).sequence).toBe(4);
    expect(revise(third, { sequence: 8, status: 'tentative' }, LATER).sequence).toBe(8);
  });

  test('names what it changed in the order of the model', () => {
    const other = revise(event, { outcomes: ['Done.'], title: 'A', precededBy: ['a'] }, LATER);
    expect(changedFields(event, other)).toEqual(['title', 'precededBy', 'outcomes']);
  });
});

describe('a handle from a title', () => {
  test.each([
    ['Briefing on the stocktaking meeting', 'briefing-stocktaking-meeting'],
    ['Sixth thematic session: Irregular migration and regular pathways', 'sixth-thematic-session-irregular'],
    ['Réunion d’été à Genève', 'reunion-d-ete-geneve'],
    ['Łódź: Straße & Sœurs', 'lodz-strasse-soeurs'],
    ['The SG’s report', 'sgs-report'],
    ['On the of', 'on-the-of'],
    ['工作组会议', 'event'],
    ['', 'event'],
    ['Antidisestablishmentarianism-and-more', 'antidisestablishmentarianism'],
    ['x'.repeat(100), 'x'.repeat(32)],
  ])('%j is %s', (title, handle) => {
    expect(handleFrom(title, new Set())).toBe(handle);
  });

  test('gets a number when it is taken', () => {
    expect(handleFrom('Briefing', new Set(['briefing', 'briefing-2']))).toBe('briefing-3');
    const next = handleSource(new Set(['briefing-2']));
    expect([next('Briefing'), next('Briefing'), next('Briefing 2'), next('Briefing')]).toEqual([
      'briefing',
      'briefing-3',
      'briefing-2-2',
      'briefing-4',
    ]);
  });

  test('is always a handle, and never one twice', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 60 })), (titles) => {
        const handles = titles.map(handleSource(new Set()));
        for (const handle of handles) expect(handle).toMatch(HANDLE);
        expect(new Set(handles).size).toBe(handles.length);
      }),
    );
  });
});

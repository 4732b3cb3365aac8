import type { Write } from '../../../src/ports.ts';
import type { Note } from '../../../src/schedule/event.ts';
import { event, note } from '../../support/store-samples.ts';

/** A write that adds, changes or removes a note. */
export function noting(before: Note | null, after: Note | null): Write {
  return { type: 'note', before, after };
}

/** What is thrown when somebody else was there first. */
export function conflictOn(handle: string): object {
  return { code: 'conflict', context: { handle } };
}

/** All of a page. */
export const ALL = { limit: 10_000 };

/** Somebody whose platform says one thing and who chose another. */
export const MEMBER = {
  platform: 'slack',
  tenant: 'T1',
  user: 'U1',
  name: 'Ada',
  zone: 'Africa/Nairobi',
  language: 'fr',
  platformZone: 'Europe/Paris',
  platformLanguage: 'fr',
};

/** A note with all that a note can have. */
export const NOTE = note('a', {
  date: '2017-10-31',
  topic: 'Input of IOM',
  text: 'Three points were made.',
  points: ['First', 'Second', 'Third'],
});

/** What {@link FULL} is part of. */
export const PARENT = event('africa', { kind: 'regional', region: 'Africa' });

/** An event with all that an event can have. */
export const FULL = event('stocktaking', {
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

import { describe, expect, test } from 'vitest';
import { english } from '../../src/language/index.ts';
import { createSchedule } from '../../src/schedule/schedule.ts';
import { findEvent, searchEvents } from '../../src/schedule/search.ts';
import { event, workingGroup } from '../support/store-samples.ts';

const schedule = createSchedule({
  group: workingGroup(),
  notes: [],
  events: [
    event('stocktaking', {
      title: 'GCM stocktaking meeting',
      kind: 'stocktaking',
      venue: { name: null, city: 'Puerto Vallarta', country: 'Mexico' },
    }),
    event('stocktaking-briefing', { title: 'Briefing on the stocktaking meeting', kind: 'briefing' }),
    event('unece', { title: 'UNECE regional consultation', kind: 'regional', organiser: 'UNECE' }),
    event('unescap', { title: 'UNESCAP regional consultation', kind: 'regional', organiser: 'UNESCAP' }),
    event('thematic-6', {
      title: 'Sixth thematic session',
      kind: 'thematic',
      description: 'Labour mobility and recognition of skills',
    }),
    event('round-1', { title: 'Negotiations', kind: 'negotiation' }),
    event('round-2', { title: 'Negotiations', kind: 'negotiation' }),
  ],
});

const found = (text: string) => {
  const result = findEvent(schedule, text, english);
  if (result.type === 'one') return result.event.handle;
  return result.type === 'several' ? result.events.map(({ handle }) => handle) : null;
};

describe('the event that somebody means', () => {
  test.each([
    ['stocktaking', 'stocktaking'],
    ['Stocktaking', 'stocktaking'],
    ['the stocktaking, please', 'stocktaking'],
    ['stocktaking briefing', 'stocktaking-briefing'],
    ['stocktakng', 'stocktaking'],
    ['unecse', 'unece'],
    ['UNECE regional consultation', 'unece'],
    ['sixth thematic', 'thematic-6'],
    ['uid-unescap', 'unescap'],
    ['Puerto Vallarta', 'stocktaking'],
    ['recognition of skills', 'thematic-6'],
  ])('by “%s” is %s', (text, handle) => {
    expect(found(text)).toBe(handle);
  });

  test('is asked for when several have the same title or fit alike', () => {
    expect(found('negotiations')).toEqual(['round-1', 'round-2']);
    expect(found('regional consultation')).toEqual(expect.arrayContaining(['unece', 'unescap']));
  });

  test('is nothing when nothing comes close', () => {
    expect(found('football')).toBeNull();
    expect(found('?!')).toBeNull();
    expect(found('')).toBeNull();
  });
});

describe('a search', () => {
  test('finds words anywhere in an event, their beginnings, and words with a slip', () => {
    const handles = (text: string) => searchEvents(schedule, text, english).map(({ handle }) => handle);
    expect(handles('labour mobilty')).toEqual(['thematic-6']);
    expect(handles('recog')).toEqual(['thematic-6']);
    expect(handles('mexico')).toEqual(['stocktaking']);
    expect(handles('briefings')).toEqual(['stocktaking-briefing']);
    expect(handles('labour in mexico')).toEqual([]);
  });
});

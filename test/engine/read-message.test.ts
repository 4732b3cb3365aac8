import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { eventInMessage } from '../../src/engine/read-message.ts';
import { english } from '../../src/language/index.ts';
import { createSchedule } from '../../src/schedule/schedule.ts';
import { workingGroup } from '../support/store-samples.ts';

const context = {
  now: Temporal.Instant.from('2017-11-01T08:00:00Z'),
  zone: 'Europe/Zurich',
  language: english,
  schedule: createSchedule({ group: workingGroup(), events: [], notes: [] }),
};

describe('an event in a message', () => {
  test.each([
    [
      'Briefing on the stocktaking meeting on 8 Nov 15:00-16:30 in New York',
      { title: 'Briefing on the stocktaking meeting', when: '8 Nov 15:00-16:30', place: 'New York' },
    ],
    [
      'The UNECE consultation will be held on Monday 6 November in Geneva.',
      { title: 'The UNECE consultation', when: 'Monday 6 November', place: 'Geneva' },
    ],
    [
      '*Retreat of the co-facilitators*\n20-21 November 2017\nVenue: Gigiri, Nairobi',
      {
        title: 'Retreat of the co-facilitators',
        when: '20-21 November 2017',
        place: 'Gigiri, Nairobi',
        about: '*Retreat of the co-facilitators*\n20-21 November 2017\nVenue: Gigiri, Nairobi',
      },
    ],
    ['Shall we meet tomorrow?', { title: 'Shall we meet', when: 'tomorrow' }],
    [
      'Conference in Marrakech, December 2018',
      { title: 'Conference in Marrakech', when: 'December 2018', place: 'Marrakech' },
    ],
    ['May I ask for the 34 reports?', { title: 'May I ask for the 34 reports?' }],
    ['', {}],
  ])('%j', (message, given) => {
    expect(eventInMessage({ text: message, writtenAt: null }, context)).toEqual(given);
  });

  test.each([
    ['Retreat tomorrow at 15:00 in Nairobi', 'Tuesday 24 October 2017, 15:00, Nairobi time'],
    ['Retreat on Friday at 15:00', 'Friday 27 October 2017, 15:00, Geneva time'],
    ['Retreat on 8 November 2017', '8 November 2017'],
  ])('that was written earlier means the days of then: %j', (text, when) => {
    const writtenAt = Temporal.Instant.from('2017-10-23T08:00:00Z');
    expect(eventInMessage({ text, writtenAt }, context).when).toBe(when);
  });

  test('that was written in the future means the days of now', () => {
    const writtenAt = Temporal.Instant.from('2026-11-24T08:00:00Z');
    expect(eventInMessage({ text: 'Retreat on 22 November', writtenAt }, context).when).toBe('22 November');
  });

  test.each(['x ', 'a ', '1 ', 'may to '])('of any length is read as far as it matters, and soon: %j', (words) => {
    const began = performance.now();
    const given = eventInMessage({ text: words.repeat(100_000), writtenAt: null }, context);
    expect((given.title ?? '').length).toBeLessThanOrEqual(200);
    expect(performance.now() - began).toBeLessThan(1000);
  });
});

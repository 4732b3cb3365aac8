import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { eventInMessage } from '../../src/engine/read-message.ts';
import { english } from '../../src/language/index.ts';
import { createSchedule } from '../../src/schedule/schedule.ts';

const group = {
  ...{ id: 'g', slug: 'gcm', name: 'GCM', zone: 'Europe/Zurich', language: 'en', organizerName: null },
  ...{ organizerEmail: null, revision: 0, changedAt: null },
};
const context = {
  now: Temporal.Instant.from('2017-11-01T08:00:00Z'),
  zone: 'Europe/Zurich',
  language: english,
  schedule: createSchedule({ group, events: [], notes: [] }),
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
    expect(eventInMessage(message, context)).toEqual(given);
  });

  test('of any length is read as far as it matters', () => {
    const given = eventInMessage('x '.repeat(100_000), context);
    expect(given.title).toHaveLength(200);
  });
});

import { expect, test } from 'vitest';
import { at, held } from '../support/subscriptions.ts';
import { office } from './office.ts';

const START = '2017-11-06T10:00:00+01:00';

test('a new place and a new link are told with what they take the place of', async () => {
  const there = await office(START);
  const bangkok = { name: null, city: 'Bangkok', country: null };
  await there.add(held('briefing', at('2017-11-08T15:00'), { venue: bangkok, onlineUrl: 'https://example.org/old' }));
  await there.subscribe({ leadTimes: [] });
  const venue = { name: null, city: 'Geneva', country: null };
  await there.edit('briefing', { venue, onlineUrl: 'https://example.org/new' });
  await there.until('2017-11-06T10:10:00+01:00');
  const lines = there.platform.posted.map(({ text }) => text.split('\n').filter((line) => line.startsWith('•')));
  expect(lines).toEqual([['• Place: Bangkok → Geneva', '• Online: https://example.org/old → https://example.org/new']]);
});

test('changes of what is over both before and after are told to nobody', async () => {
  const there = await office(START);
  await there.add(held('briefing', at('2017-11-03T15:00')), held('talk', at('2017-11-08T15:00')));
  await there.subscribe({ leadTimes: [] });
  await there.edit('briefing', { when: at('2017-11-03T16:00') });
  await there.edit('talk', { when: at('2017-11-08T16:00') });
  await there.until('2017-11-06T10:10:00+01:00');
  expect(there.titles()).toEqual(['A change in the schedule']);
  expect(there.platform.posted[0]?.text).not.toContain('briefing');
});

test('somebody who has muted one of two changed events is told of the other only', async () => {
  const there = await office(START);
  const muted = held('briefing', at('2017-11-08T15:00'));
  await there.add(muted, held('talk', at('2017-11-09T15:00')));
  await there.subscribe({ leadTimes: [], mutes: [muted.uid] });
  await there.edit('briefing', { when: at('2017-11-08T16:00') });
  await there.edit('talk', { when: at('2017-11-09T16:00') });
  await there.until('2017-11-06T10:10:00+01:00');
  expect(there.titles()).toEqual(['A change in the schedule']);
  expect(there.platform.posted[0]?.text).not.toContain('briefing');
});

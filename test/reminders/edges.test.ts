import { expect, test } from 'vitest';
import { at, held, leads } from '../support/subscriptions.ts';
import { office, type Office } from './office.ts';

/** What was posted, each with the minute in UTC at which it was. */
async function sent(there: Office): Promise<readonly string[]> {
  const records = (await there.records()).filter(({ state, kind }) => state === 'sent' && kind !== 'amend');
  return records
    .sort((a, b) => (a.settledAt ?? 0) - (b.settledAt ?? 0))
    .map(({ settledAt, kind, payload }) => {
      const minute = new Date(settledAt ?? 0).toISOString().slice(0, 16);
      return kind === 'reminder' ? `${minute} ${String(payload.trigger)}` : `${minute} ${kind}`;
    });
}

test('an event that is moved so near that a reminder is past is told, and reminded of at what is left', async () => {
  const there = await office('2017-11-08T09:00:00+01:00');
  await there.add(held('briefing', at('2017-11-20T15:00')));
  await there.subscribe();
  await there.edit('briefing', { when: at('2017-11-08T12:00') });
  await there.until('2017-11-08T12:10:00+01:00');
  expect(await sent(there)).toEqual(['2017-11-08T08:04 change', '2017-11-08T10:00 1h']);
});

test('a lead time longer than what is left is left out, and so is everything when the event is about to begin', async () => {
  const there = await office('2017-11-08T14:30:00+01:00');
  await there.subscribe({ changes: false });
  await there.add(held('soon', at('2017-11-08T15:00')), held('later', at('2017-11-08T15:45')));
  await there.until('2017-11-08T16:00:00+01:00');
  expect(await there.states()).toEqual(['s1 reminder uid-later 1h sent']);
});

test('an event that becomes vague and precise again is not reminded of twice at one lead time', async () => {
  const there = await office('2017-11-06T14:55:00+01:00');
  await there.add(held('briefing', at('2017-11-08T15:00')));
  await there.subscribe({ leadTimes: leads('2d', '1h'), changes: false });
  await there.until('2017-11-06T15:05:00+01:00');
  await there.edit('briefing', { when: at('2017-11') });
  await there.sleepUntil('2017-11-07T12:00:00+01:00');
  await there.edit('briefing', { when: at('2017-11-08T15:00') });
  await there.sleepUntil('2017-11-08T13:55:00+01:00');
  await there.until('2017-11-08T15:00:00+01:00');
  expect(await sent(there)).toEqual(['2017-11-06T14:00 2d', '2017-11-08T13:00 1h']);
});

test('a channel elsewhere hears of a day in Bangkok at its own nine o’clock, and of a time at that time', async () => {
  const there = await office('2017-11-05T01:55:00Z');
  await there.add(held('day', at('2017-11-06', 'Asia/Bangkok')), held('time', at('2017-11-06T09:00', 'Asia/Bangkok')));
  await there.subscribe({ leadTimes: leads('1d'), zone: 'America/New_York', changes: false });
  await there.until('2017-11-05T02:01:00Z');
  expect(await there.states()).toEqual(['s1 reminder uid-time 1d sent']);
  expect(there.platform.posted[0]?.text).toContain('Monday 6 November 2017, 09:00, Bangkok time');
  expect(there.platform.posted[0]?.text).toContain('Sunday 5 November, 21:00, New York time');
  await there.sleepUntil('2017-11-05T13:58:00Z');
  expect(there.platform.posted).toHaveLength(1);
  await there.until('2017-11-05T14:00:00Z');
  expect(there.platform.posted[1]?.text).toContain('Monday 6 November 2017');
});

test.each([
  // Geneva, 25 March 2018: from 02:00 straight to 03:00. The day before the event has no 02:30.
  ['2018-03-26T02:30', '2018-03-25T00:58:00Z', '2018-03-25T01:30'],
  // Geneva, 28 October 2018: from 03:00 back to 02:00. The day before the event has 02:30 twice.
  ['2018-10-29T02:30', '2018-10-28T00:00:00Z', '2018-10-28T00:30'],
])('a day before %s is one reminder, on whichever side of the clock change', async (start, from, expected) => {
  const there = await office(from);
  await there.add(held('early', at(start)));
  await there.subscribe({ leadTimes: leads('1d'), changes: false });
  await there.until(new Date(Date.parse(from) + 3 * 3_600_000).toISOString());
  expect(await sent(there)).toEqual([`${expected} 1d`]);
});

test('a leap day is a day like any other: events on it, and the day after it, are reminded of', async () => {
  const there = await office('2016-02-29T07:55:00Z');
  await there.add(held('day', at('2016-03-01')), held('leap', at('2016-02-29T10:00')));
  await there.subscribe({ leadTimes: leads('1d', '1h'), changes: false });
  await there.until('2016-02-29T08:05:00Z');
  expect(await there.states()).toEqual(['s1 reminder uid-day 1d sent', 's1 reminder uid-leap 1h sent']);
});

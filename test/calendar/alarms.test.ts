import { describe, expect, test } from 'vitest';
import { triggersOf } from '../../src/calendar/alarm-triggers.ts';
import { choicesOf, house } from '../support/house.ts';

const HOUR = 3600;

describe('an alarm', () => {
  test('rings so many minutes before a time, and in the morning before a day, each once', () => {
    expect(triggersOf([1440, 60, 30], false)).toEqual([24 * HOUR, HOUR, HOUR / 2]);
    expect(triggersOf([10_080, 1440, 60, 30], true)).toEqual([7 * 24 * HOUR - 9 * HOUR, 15 * HOUR]);
    expect(triggersOf([], true)).toEqual([]);
  });

  test.each([
    ['feed alarm:1d', '1 day before'],
    ['feed --alarm "30m, 1 day and 2 hours"', '1 day, 2 hours and 30 minutes before'],
    ['feed regional in Geneva alarm:90m,1w', '7 days and 90 minutes before'],
  ])('of a feed is asked for with %s, and said back', async (line, times) => {
    const { read } = await house();
    expect(await read(line)).toContain(`Alarm ${times}`);
    expect(await read('feed list')).toContain(`alarm ${times}`);
  });

  test('that is none is asked again, with some to choose from', async () => {
    const { say, read, press } = await house();
    const reply = await say('feed alarm:soon');
    expect(choicesOf(reply).map(({ label }) => label)).toEqual(['7d', '1d', '1h']);
    expect((await press(reply, '1d')).outcome).toBe('answered');
    expect(await read('feed list')).toContain('alarm 1 day before');
    expect(await read('feed alarm:1h,2h,3h,4h,5h,6h')).toContain('No more than 5 times');
  });

  test('makes another feed than the one without, and survives a new address', async () => {
    const { say, read } = await house();
    await say('feed');
    await say('feed alarm:1d');
    expect((await read('feed list')).match(/everything/gu)).toHaveLength(2);
    await say('feed rotate 2');
    expect(await read('feed list')).toContain('alarm 1 day before');
    const again = await say('feed alarm:1d');
    expect(choicesOf(again).map(({ run }) => run)).toContain('feed alarm:1d --new');
  });

  test('is in the file of an event, and in the link to it', async () => {
    const { say } = await house();
    const { card } = await say('invite unescap alarm:1d');
    const file = card.elements.find((element) => element.type === 'file');
    expect(file?.content).toContain('BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15H');
    expect(JSON.stringify(card)).toContain('/events/unescap.ics?group=gcm&alarm=1440');
    expect(JSON.stringify(await say('invite unescap'))).not.toContain('VALARM');
  });
});

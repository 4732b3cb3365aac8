import { describe, expect, test } from 'vitest';
import { CONTENT_FIELDS } from '../../src/schedule/change.ts';
import type { ScheduledEvent } from '../../src/schedule/event.ts';
import { choicesOf, house, type House } from '../support/house.ts';

const EDITOR = { role: 'editor' } as const;

async function eventsOf({ store }: Pick<House, 'store'>, title: string): Promise<readonly ScheduledEvent[]> {
  const [group] = await store.groups();
  const { events } = await store.load(group?.id ?? '');
  const number = (handle: string) => Number(/\d+$/u.exec(handle)?.[0] ?? '1');
  return events.filter((event) => event.title === title).sort((a, b) => number(a.handle) - number(b.handle));
}

/** What people know of an event, without what the bot counts. */
function contentOf(event: ScheduledEvent): object {
  return Object.fromEntries(CONTENT_FIELDS.map((field) => [field, event[field]]));
}

/** A series of four on the second Tuesday, over the change of the clocks of 25 March 2018. */
async function withSeries() {
  const home = await house();
  await home.say('add "Round" 9 January 2018 10:00-12:00 in Geneva --yes', EDITOR);
  await home.say('repeat round monthly on the second Tuesday until April --yes', EDITOR);
  const startsOf = async () => (await eventsOf(home, 'Round')).map(({ when }) => when?.start);
  return { ...home, startsOf };
}

describe('a series', () => {
  test.each([
    [
      '9 January 2018 10:00-12:00',
      'monthly on the second Tuesday until May',
      ['2018-01-09T10:00', '2018-02-13T10:00', '2018-03-13T10:00', '2018-04-10T10:00', '2018-05-08T10:00'],
    ],
    [
      '24 November 2017',
      'last Friday of each month until 5 times',
      ['2017-11-24', '2017-12-29', '2018-01-26', '2018-02-23', '2018-03-30'],
    ],
    ['31 January 2018', 'monthly until 4 times', ['2018-01-31', '2018-03-31', '2018-05-31', '2018-07-31']],
    ['28 February 2018', 'monthly until 3 times', ['2018-02-28', '2018-03-28', '2018-04-28']],
    [
      '30 November 2017',
      'on the last Thursday of each month until 3 times',
      ['2017-11-30', '2017-12-28', '2018-01-25'],
    ],
    [
      '1 November 2017',
      'every 3 months on the first Wednesday until 3 times',
      ['2017-11-01', '2018-02-07', '2018-05-02'],
    ],
    [
      '20 March 2018 10:00',
      'every Tuesday until 3 April 2018',
      ['2018-03-20T10:00', '2018-03-27T10:00', '2018-04-03T10:00'],
    ],
    ['23 October 2018 10:00', 'weekly until 2 times', ['2018-10-23T10:00', '2018-10-30T10:00']],
  ])('that begins on %s and repeats %s', async (first, rule, starts) => {
    const home = await house();
    await home.say(`add "Round" ${first} in Geneva --yes`, EDITOR);
    expect((await home.say(`repeat round ${rule} --yes`, EDITOR)).outcome).toBe('answered');
    const events = await eventsOf(home, 'Round');
    expect(events.map(({ when }) => when?.start)).toEqual(starts);
    expect(events.map(({ handle }) => handle)).toEqual(
      starts.map((_, at) => ['round', ...(at > 0 ? [at + 1] : [])].join('-')),
    );
    expect(new Set(events.map(({ series }) => series)).size).toBe(1);
  });

  test('says which months it leaves out', async () => {
    const home = await house();
    await home.say('add "Round" 31 January 2018 --yes', EDITOR);
    expect(await home.read('repeat round monthly until 4 times', EDITOR)).toContain(
      'Months without a 31st are left out.',
    );
  });

  test('that should repeat on another day than its first is refused, with the move that mends it', async () => {
    const home = await house();
    await home.say('add "Round" 9 November --yes', EDITOR);
    const refused = await home.say('repeat round monthly on the second Tuesday until June', EDITOR);
    expect(refused.outcome).toBe('refused');
    await home.press(await home.press(refused, 'Move it there', EDITOR), 'Publish', EDITOR);
    await home.say('repeat round monthly on the second Tuesday until 2 times --yes', EDITOR);
    expect((await eventsOf(home, 'Round')).map(({ when }) => when?.start)).toEqual(['2017-11-14', '2017-12-12']);
  });

  test('is asked about when its rule can be read two ways', async () => {
    const home = await house();
    await home.say('add "Round" 14 November --yes', EDITOR);
    const question = await home.say('repeat round every second Tuesday until 3 times', EDITOR);
    expect(choicesOf(question).map(({ label }) => label)).toEqual([
      'every 2 weeks on Tuesday',
      'monthly on the second Tuesday',
    ]);
    await home.press(await home.press(question, 'every 2 weeks on Tuesday', EDITOR), 'Publish', EDITOR);
    expect((await eventsOf(home, 'Round')).map(({ when }) => when?.start)).toEqual([
      '2017-11-14',
      '2017-11-28',
      '2017-12-12',
    ]);
  });

  test('refuses a date that a change of the clocks leaves out, an end too far away, and a date without a day', async () => {
    const { say, read } = await house();
    await say('add "Night" 18 March 2018 02:30 in Geneva --yes', EDITOR);
    expect(await read('repeat night weekly until April 2018', EDITOR)).toContain('so there is no 02:30');
    expect(await read('repeat unece weekly until 2100', EDITOR)).toContain('more than 200 dates');
    expect(await read('repeat conference weekly until 2100', EDITOR)).toContain('no certain day to repeat');
  });
});

describe('a change of one date of a series', () => {
  const ALL = ['2018-01-09T10:00', '2018-02-13T10:00', '2018-03-13T10:00', '2018-04-10T10:00'];

  test('is asked about: one, those after it, or all, and none of them twice', async () => {
    const { say } = await withSeries();
    const labels = async (handle: string) =>
      choicesOf(await say(`move ${handle} to 11:00`, EDITOR).then(() => say(`cancel ${handle}`, EDITOR))).map(
        ({ label }) => label,
      );
    expect(await labels('round')).toEqual(['Only this one', 'All 4 of the series']);
    expect(await labels('round-2')).toEqual([
      'Only this one',
      'This one and those after it (3)',
      'All 4 of the series',
    ]);
    expect(await labels('round-4')).toEqual(['Only this one', 'All 4 of the series']);
  });

  test.each([
    ['this', ['2018-01-09T10:00', '2018-02-14T15:00', '2018-03-13T10:00', '2018-04-10T10:00']],
    ['following', ['2018-01-09T10:00', '2018-02-14T15:00', '2018-03-14T15:00', '2018-04-11T15:00']],
    ['all', ['2018-01-10T15:00', '2018-02-14T15:00', '2018-03-14T15:00', '2018-04-11T15:00']],
  ])('moves %s at the same wall time before and after the clocks change, and is undone', async (scope, moved) => {
    const { say, startsOf, ...home } = await withSeries();
    const before = (await eventsOf(home, 'Round')).map(contentOf);
    await say(`move round-2 to 14 February 2018 15:00 --scope ${scope} --yes`, EDITOR);
    expect(await startsOf()).toEqual(moved);
    expect((await eventsOf(home, 'Round')).map(({ when }) => when?.end?.slice(11))).toEqual(
      moved.map((start) => (start.endsWith('15:00') ? '17:00' : '12:00')),
    );
    await say('undo --yes', EDITOR);
    expect((await eventsOf(home, 'Round')).map(contentOf)).toEqual(before);
  });

  test.each([
    ['this', [0, 1, 0, 0]],
    ['following', [0, 1, 1, 1]],
    ['all', [1, 1, 1, 1]],
  ])('edits and cancels %s, is restored alike, and is undone', async (scope, touched) => {
    const { say, ...home } = await withSeries();
    const before = (await eventsOf(home, 'Round')).map(contentOf);
    await say(`edit round-2 region:Europe people:3 --scope ${scope} --yes`, EDITOR);
    const regions = (await eventsOf(home, 'Round')).map(({ region }) => region);
    expect(regions).toEqual(touched.map((is) => (is ? 'Europe' : null)));
    await say('undo --yes', EDITOR);
    await say(`cancel round-2 because of the strike --scope ${scope} --yes`, EDITOR);
    const states = async () => (await eventsOf(home, 'Round')).map(({ status, reason }) => [status, reason]);
    const cancelled = touched.map((is) => (is ? ['cancelled', 'the strike'] : ['confirmed', undefined]));
    expect(await states()).toEqual(cancelled);
    await say(`restore round-2 --scope ${scope} --yes`, EDITOR);
    expect((await eventsOf(home, 'Round')).map(contentOf)).toEqual(before);
    await say('undo --yes', EDITOR);
    expect(await states()).toEqual(cancelled);
    await say('undo --yes', EDITOR);
    expect((await eventsOf(home, 'Round')).map(contentOf)).toEqual(before);
  });

  test('leaves alone those that are cancelled or have no date yet, and each comes back as it was', async () => {
    const { say, startsOf, ...home } = await withSeries();
    const states = async () => (await eventsOf(home, 'Round')).map(({ status }) => status);
    await say('edit round-2 status:tentative --scope this --yes', EDITOR);
    await say('cancel round-3 --scope this --yes', EDITOR);
    await say('postpone round-4 --scope this --yes', EDITOR);
    await say('move round to 10 January 2018 --scope all --yes', EDITOR);
    expect(await startsOf()).toEqual(['2018-01-10T10:00', '2018-02-14T10:00', '2018-03-13T10:00', '2018-04-10T10:00']);
    expect(await states()).toEqual(['confirmed', 'tentative', 'cancelled', 'postponed']);
    await say('move round-4 to 11 April 2018 --scope all --yes', EDITOR);
    expect(await states()).toEqual(['confirmed', 'tentative', 'cancelled', 'confirmed']);
    await say('confirm round-2 --yes', EDITOR);
    await say('restore round-3 --yes', EDITOR);
    expect(await states()).toEqual(['confirmed', 'confirmed', 'confirmed', 'confirmed']);
  });

  test('to a vague date is for one alone, and a short name is not asked about', async () => {
    const { say, read, startsOf } = await withSeries();
    expect(await read('move round-2 to March 2018 --scope all --yes', EDITOR)).toContain('cannot be moved together');
    expect(await startsOf()).toEqual(ALL);
    await say('move round-2 to March 2018 --scope this --yes', EDITOR);
    expect((await say('edit round-3 handle:special', EDITOR)).outcome).toBe('asked');
    expect(await read('edit round-3 handle:special', EDITOR)).toContain('Short name  round-3 → special');
  });

  test('of a date that was added takes the series back as a whole, unless one of its dates was changed since', async () => {
    const { say, read, ...home } = await withSeries();
    await say('move round-3 to 15 March 2018 --scope this --yes', EDITOR);
    expect(await read('undo 3', EDITOR)).toBe(
      '“round-3” was changed again since. Undo the later change first, or edit it.',
    );
    await say('undo --yes', EDITOR);
    await say('undo --yes', EDITOR);
    const left = (await eventsOf(home, 'Round')).map(({ visibility, status }) => `${visibility}, ${status}`);
    expect(left).toEqual(['published, confirmed', ...Array.from({ length: 3 }, () => 'draft, cancelled')]);
    expect((await eventsOf(home, 'Round'))[0]?.series).toBeUndefined();
  });
});

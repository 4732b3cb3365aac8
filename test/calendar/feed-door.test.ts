import { expect, test } from 'vitest';
import { createFeedDoor } from '../../src/calendar/feed-door.ts';
import { createFeeds } from '../../src/calendar/feed.ts';
import { createSchedules } from '../../src/engine/schedules.ts';
import { english } from '../../src/language/index.ts';
import { clockAt } from '../support/clock.ts';
import { NOW } from '../support/store-samples.ts';

/** A door behind which there is nothing, and what it asks the store. */
function emptyHouse() {
  const asked: (readonly string[])[] = [];
  const nothing = () => undefined;
  const unused = () => Promise.reject(new Error('nobody needs this'));
  const feeds = {
    open: (hashes: readonly string[]) => {
      asked.push(hashes);
      return Promise.resolve(new Map());
    },
    of: unused,
    add: unused,
    revoke: unused,
    fetched: unused,
  };
  const door = createFeedDoor({
    store: { feeds, groups: unused },
    schedules: createSchedules({ load: unused }),
    feeds: createFeeds(),
    clock: clockAt(NOW),
    languages: [english],
    log: { info: nothing, warn: nothing, error: nothing },
    mayRead: () => true,
  });
  const guess = (tokens: readonly string[]) => Promise.all(tokens.map((token) => door.open(token)));
  return { guess, asked };
}

test('a dead token costs one question, though it comes a hundred thousand times', async () => {
  const { guess, asked } = emptyHouse();
  const dead = Array.from({ length: 1000 }, () => 'dead');
  for (let round = 0; round < 100; round += 1) {
    expect(new Set((await guess(dead)).map(({ type }) => type))).toEqual(new Set(['nothing']));
  }
  expect(asked.map(({ length }) => length)).toEqual([1]);
});

test('guesses without end are put in few questions, and only so many are kept in mind', async () => {
  const { guess, asked } = emptyHouse();
  await guess(['first']);
  const others = Array.from({ length: 10_000 }, (_, index) => `guess ${index}`);
  await guess(others);
  expect(asked.map(({ length }) => length)).toEqual([1, ...Array.from({ length: 20 }, () => 500)]);
  await guess(others);
  expect(asked).toHaveLength(21);
  // Forgotten, since ten thousand came after it.
  await guess(['first']);
  expect(asked).toHaveLength(22);
});

import { setImmediate as endOfTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { askedTogether } from '../../src/calendar/asked-together.ts';

/** Somebody who is asked, and answers when told to. */
function asking() {
  const questions: { readonly keys: readonly string[]; answer(): void; fail(): void }[] = [];
  const ask = askedTogether<string>(
    (keys) =>
      new Promise((resolve, reject) => {
        questions.push({
          keys,
          answer: () => {
            resolve(new Map(keys.filter((key) => key !== 'unknown').map((key) => [key, `answer to ${key}`])));
          },
          fail: () => {
            reject(new Error('down'));
          },
        });
      }),
  );
  const asked = () => questions.map(({ keys }) => keys);
  return { ask, asked, question: (at: number) => questions[at] };
}

test('those who ask in one turn share a question, each key in it once', async () => {
  const { ask, asked, question } = asking();
  const answers = Promise.all(['a', 'b', 'unknown', 'a'].map(ask));
  await endOfTurn();
  question(0)?.answer();
  expect(await answers).toEqual(['answer to a', 'answer to b', undefined, 'answer to a']);
  expect(asked()).toEqual([['a', 'b', 'unknown']]);
});

test('who comes while a question is under way waits for the next one, also with the same key', async () => {
  const { ask, asked, question } = asking();
  const first = ask('a');
  await endOfTurn();
  const later = [ask('a'), ask('b')];
  await endOfTurn();
  const latest = ask('c');
  await endOfTurn();
  expect(asked()).toEqual([['a']]);
  question(0)?.answer();
  await first;
  await endOfTurn();
  expect(asked()).toEqual([['a'], ['a', 'b', 'c']]);
  question(1)?.answer();
  expect(await Promise.all([...later, latest])).toEqual(['answer to a', 'answer to b', 'answer to c']);
});

test('a question that fails is told to those who asked it, and the next one is put', async () => {
  const { ask, question } = asking();
  const failing = [ask('a'), ask('b')].map((answer) => expect(answer).rejects.toThrow('down'));
  await endOfTurn();
  const next = ask('a');
  question(0)?.fail();
  await Promise.all(failing);
  await endOfTurn();
  question(1)?.answer();
  expect(await next).toBe('answer to a');
});

test('a question has five hundred keys at most', async () => {
  const { ask, asked, question } = asking();
  const answers = Promise.all(Array.from({ length: 1200 }, (_, index) => ask(index.toString())));
  for (let at = 0; at < 3; at += 1) {
    await endOfTurn();
    question(at)?.answer();
    await endOfTurn();
  }
  expect(asked().map(({ length }) => length)).toEqual([500, 500, 200]);
  expect(new Set(await answers).size).toBe(1200);
});

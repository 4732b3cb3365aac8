import { readdir } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { en } from '../../src/language/en/index.ts';

const FOLDER = new URL('../../src/language/en/', import.meta.url);
const OTHERS = new Set(['index.ts', 'dates.ts', 'words.ts', 'questions.ts']);

it('has every sentence once: no file of a language takes the name of a sentence in another', async () => {
  const files = (await readdir(FOLDER)).filter((name) => !OTHERS.has(name));
  const subjects = await Promise.all(files.map((name) => import(new URL(name, FOLDER).href) as Promise<object>));
  const names = subjects.flatMap((subject) =>
    Object.values(subject).flatMap((messages: object) => Object.keys(messages)),
  );
  expect(names.toSorted()).toEqual(Object.keys(en.messages).toSorted());
});

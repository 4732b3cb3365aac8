import { readFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { describe, expect, test } from 'vitest';
import {
  commandTable,
  exampleOfEnvironment,
  settingsTable,
  TRANSCRIPT,
  transcript,
  withPart,
} from '../docs/reference.ts';
import { readConfig } from '../src/config.ts';
import { english } from '../src/language/index.ts';

const read = (name: string) => readFile(new URL(`../${name}`, import.meta.url), 'utf8');

describe('what is derived from the code is as the code says (npm run docs)', () => {
  test.each([
    ['the transcript in the README', 'transcript', () => transcript(TRANSCRIPT)],
    ['the table of commands in the README', 'commands', () => commandTable(english)],
    ['the table of settings in the README', 'settings', () => settingsTable()],
  ])('%s', async (_name, part, derived) => {
    const readme = await read('README.md');
    const options = { ...(await resolveConfig(new URL('../README.md', import.meta.url))), parser: 'markdown' };
    expect(readme).toBe(await format(withPart(readme, part, await derived()), options));
  });

  test('.env.example', async () => {
    expect(await read('.env.example')).toBe(exampleOfEnvironment());
  });

  test('.env.example, with every line uncommented, is a configuration that the bot accepts', async () => {
    const lines = (await read('.env.example')).matchAll(/^# (?<name>[A-Z_]+)=(?<value>.*)$/gmu);
    const variables = Object.fromEntries([...lines].map(({ groups }) => [groups?.name ?? '', groups?.value ?? '']));
    expect(readConfig(variables)).toEqual(readConfig({}));
  });
});

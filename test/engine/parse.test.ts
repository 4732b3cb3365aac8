import { describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { integer, optional, words } from '../../src/engine/argument.ts';
import { flag } from '../../src/engine/argument.ts';
import { commandLine, distribute } from '../../src/engine/parse.ts';
import { tokenize } from '../../src/engine/tokenize.ts';
import { english } from '../../src/language/index.ts';

const args = {
  count: optional(integer({ min: 1, max: 20 })),
  text: words({ maxLength: 100 }),
  page: optional(integer({ min: 1, max: 9, place: 'option' })),
  'dry-run': flag(),
};

const given = (line: string) => distribute(args, line, tokenize(line), english);

describe('the words of a line go to the arguments', () => {
  test('a number within bounds is the count, and the rest is the text', () => {
    expect(given('3 regional in Geneva')).toEqual({
      given: { count: '3', text: 'regional in Geneva' },
      leftover: null,
    });
  });

  test('a year is no count', () => {
    expect(given('2018 regional').given).toEqual({ text: '2018 regional' });
  });

  test.each(['--page 2', '--page=2', '—page 2', '–page=2', 'page:2'])('an option may be written %s', (option) => {
    expect(given(`regional ${option} Geneva`).given).toEqual({ text: 'regional Geneva', page: '2' });
  });

  test('only declared names are keys, so that a time survives', () => {
    expect(given('at 14:30 note:this').given).toEqual({ text: 'at 14:30 note:this' });
  });

  test('what stands in quotes is never an option', () => {
    expect(given('"--page" 2').given).toEqual({ text: '"--page" 2' });
  });

  test('names that every object has are no arguments', () => {
    expect(given('--constructor x').leftover).toEqual({
      key: 'parse.unknown-option',
      values: { option: '--constructor' },
    });
    expect(given('toString:x').given).toEqual({ text: 'toString:x' });
  });

  test('a word that nothing takes is named', () => {
    expect(distribute({ 'dry-run': flag() }, 'extra', tokenize('extra'), english).leftover).toEqual({
      key: 'parse.leftover',
      values: { word: 'extra' },
    });
  });
});

test('a command line that the bot writes itself is understood as what it was written from', () => {
  const list = commands.find(({ name }) => name === 'list');
  if (!list) throw new Error('there is no list');
  const values = { filter: 'regional in "New York"', page: '2' };
  const line = commandLine(list, values);
  expect(line).toBe('list regional in "New York" --page 2');
  expect(distribute(list.args, line, tokenize(line).slice(1), english)).toEqual({ given: values, leftover: null });
});

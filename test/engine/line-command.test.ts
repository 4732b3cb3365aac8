import { describe, expect, test } from 'vitest';
import { commandIn, withFileName } from '../../src/engine/line-command.ts';
import { en } from '../../src/language/en/index.ts';
import { english } from '../../src/language/index.ts';
import { createLanguage } from '../../src/language/language.ts';
import { house } from '../support/house.ts';

describe('the name of a file that came along', () => {
  test.each([
    ['import', 'import "our events.csv"'],
    ['import --dry-run', 'import "our events.csv" --dry-run'],
    ['import --group climate', 'import "our events.csv" --group climate'],
    ['import group:climate', 'import "our events.csv" group:climate'],
    ['--group climate import', '--group climate import "our events.csv"'],
    ['--group climate import --dry-run', '--group climate import "our events.csv" --dry-run'],
    ['--group import import', '--group import import "our events.csv"'],
    ['please import', 'please import "our events.csv"'],
    ['import other.csv', 'import other.csv'],
    ['import "other.csv"', 'import "other.csv"'],
    ['next in Bangkok', 'next in Bangkok'],
  ])('“%s” is “%s”', async (typed, line) => {
    const { bot } = await house({ sample: false });
    expect(withFileName({ bot }, typed, 'our events.csv')).toBe(line);
  });
});

test('the courtesies of every language that the bot speaks are skipped, not only those of its first', async () => {
  const words = { ...en.words, courtesies: ['veuillez'] };
  const other = createLanguage({ ...en, tag: 'xx', words });
  const { bot } = await house({ sample: false, languages: [english, other] });
  expect(commandIn({ bot }, 'veuillez cancel unece')?.name).toBe('cancel');
  expect(commandIn({ bot }, 'please cancel unece')?.name).toBe('cancel');
});

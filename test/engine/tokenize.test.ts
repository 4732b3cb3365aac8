import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quote, tokenize } from '../../src/engine/tokenize.ts';

const words = (line: string) => tokenize(line).map((token) => token.text);

describe('tokenize', () => {
  test.each([
    ['"double"', '"two words" end'],
    ['“curly”', '“two words” end'],
    ['„German“', '„two words“ end'],
    ['«French»', '«two words» end'],
    ["'single'", "'two words' end"],
    ['‘curly single’', '‘two words’ end'],
    ['`backtick`', '`two words` end'],
    ['“mixed"', '“two words" end'],
  ])('takes %s quotes off and keeps what is in them together', (_name, line) => {
    expect(words(line)).toEqual(['two words', 'end']);
  });

  test('leaves an apostrophe inside a word alone', () => {
    expect(words("don't move the chair's briefing")).toEqual(["don't", 'move', 'the', "chair's", 'briefing']);
  });

  test('takes a quote that is never closed as a letter', () => {
    expect(words('say "hello there')).toEqual(['say', '"hello', 'there']);
  });

  test('keeps a time whole and joins a quoted value to its key', () => {
    expect(words('at 14:30 in:"New York"')).toEqual(['at', '14:30', 'in:New York']);
  });

  test('says where each word stands in the line', () => {
    const line = '  next “in Geneva”';
    expect(tokenize(line).map(({ start, end }) => line.slice(start, end))).toEqual(['next', '“in Geneva”']);
  });

  test('never loses a letter that is not a quote or a space, whatever the line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (line) => {
        const letters = (text: string) => text.replace(/[\s"“”„«»‹›'‘’‚`]/gu, '');
        expect(letters(words(line).join(''))).toBe(letters(line));
      }),
    );
  });
});

describe('quote', () => {
  test('leaves a plain word as it is', () => {
    expect(quote('stocktaking-briefing')).toBe('stocktaking-briefing');
  });

  test('writes any text so that it is read back, white space folded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }), (text) => {
        const flat = text.replace(/\s+/gu, ' ').trim();
        fc.pre(flat !== '' && !/["”“]\s|["”“]$/u.test(flat));
        expect(words(quote(text))).toEqual([flat]);
      }),
    );
  });
});

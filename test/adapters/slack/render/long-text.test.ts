import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinedParts, textParts } from '../../../../adapters/slack/render/long-text.ts';
import { cleanText } from '../../../../src/clean.ts';

const line = (letter: string, length: number) => letter.repeat(length);

describe('a text that is too long for one input', () => {
  test.each([
    ['is left whole when it fits', line('a', 100), [line('a', 100)]],
    [
      'goes on after a paragraph',
      `${line('a', 60)}\n\n${line('b', 30)}\n${line('c', 30)}`,
      [line('a', 60), `${line('b', 30)}\n${line('c', 30)}`],
    ],
    ['goes on after a line', `${line('a', 60)}\n${line('b', 60)}`, [line('a', 60), line('b', 60)]],
    ['goes on after a word', `${line('a', 60)} ${line('b', 60)}`, [line('a', 60), line('b', 60)]],
    ['goes on inside a word that has no end', line('a', 150), [line('a', 100), line('a', 50)]],
    ['goes on behind a whole character', `${line('a', 99)}👩‍👩‍👧‍👦`, [line('a', 99), '👩‍👩‍👧‍👦']],
  ])('%s', (_, text, parts) => {
    expect(textParts(text, 100).map((part) => part.text)).toEqual(parts);
  });

  test('is the same again when its parts come back, even without the space at their ends', () => {
    const piece = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.constantFrom('\n', '\n\n', ' ', '  \n'));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = cleanText(pieces.join(''));
        const parts = textParts(text, 100);
        expect(parts.every((part) => part.text.length <= 100)).toBe(true);
        expect(joinedParts(parts.map((part) => ({ ...part, text: part.text.trim() })))).toBe(text);
      }),
    );
  });

  test('leaves no gap where a part was emptied', () => {
    const [first, second] = textParts(`${line('a', 60)}\n${line('b', 60)}`, 100);
    expect(joinedParts([{ before: '', text: '' }, second ?? { before: '', text: '' }])).toBe(line('b', 60));
    expect(joinedParts([first ?? { before: '', text: '' }, { before: '\n', text: '' }])).toBe(line('a', 60));
    expect(joinedParts([{ before: '', text: '' }])).toBe('');
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { closest, distance } from '../../src/engine/suggest.ts';

describe('distance', () => {
  test.each([
    ['next', 'next', 0],
    ['nxt', 'next', 1],
    ['nextt', 'next', 1],
    ['naxt', 'next', 1],
    ['enxt', 'next', 1],
    ['stocktakng', 'stocktaking', 1],
    ['list', 'next', 3],
  ])('from “%s” to “%s” is %i', (a, b, expected) => {
    expect(distance(a, b, 3)).toBe(expected);
  });

  test('is the same both ways, and one more than the limit when it is beyond', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), fc.nat({ max: 4 }), (a, b, limit) => {
        const there = distance(a, b, limit);
        expect(there).toBe(distance(b, a, limit));
        expect(there).toBeLessThanOrEqual(limit + 1);
        expect(there === 0).toBe(a === b);
      }),
    );
  });
});

describe('closest', () => {
  test('offers the nearest first and leaves out what is far', () => {
    expect(closest('clendar', ['list', 'calendar', 'calender'])).toEqual(['calendar', 'calender']);
  });

  test('forgives only one slip in a short word', () => {
    expect(closest('dcos', ['docs', 'past'])).toEqual(['docs']);
    expect(closest('dxxs', ['docs'])).toEqual([]);
  });
});

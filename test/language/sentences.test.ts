import { describe, expect, test } from 'vitest';
import { english } from '../../src/language/index.ts';

const { t } = english;

describe('counts in sentences', () => {
  test.each([
    [1, 'once because it failed too often'],
    [3, '3 times because it failed too often'],
  ])('why %i deliveries were not sent', (count, sentence) => {
    expect(t('status.because', { count, reason: t('reminder.parked.gave-up') })).toBe(sentence);
  });

  test.each([
    [1, 'One delivery is tried again.'],
    [2, '2 deliveries are tried again.'],
  ])('%i deliveries that are tried again', (count, sentence) => {
    expect(t('retry.done', { count })).toBe(sentence);
  });
});

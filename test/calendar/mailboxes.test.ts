import { describe, expect, test } from 'vitest';
import { MAX_MAILBOXES, readMailboxes } from '../../src/calendar/mailboxes.ts';

describe('addresses', () => {
  test.each([
    ['a@example.org', [['a@example.org', null]]],
    [
      'A@Example.ORG; b@example.org,,',
      [
        ['a@example.org', null],
        ['b@example.org', null],
      ],
    ],
    ['Jane Doe <jane@example.org>', [['jane@example.org', 'Jane Doe']]],
    [
      '"Doe, Jane" <jane@example.org>, b@example.org',
      [
        ['jane@example.org', 'Doe, Jane'],
        ['b@example.org', null],
      ],
    ],
    ['"Jane \\"JD\\" Doe; \\\\ 2nd" <jane@example.org>', [['jane@example.org', 'Jane "JD" Doe; \\ 2nd']]],
    ['O’Brien <ob@example.org>', [['ob@example.org', 'O’Brien']]],
    ['<mailto:a@example.org|a@example.org>', [['a@example.org', null]]],
    ['Ada <a@example.org>, a@example.org', [['a@example.org', 'Ada']]],
    ['"Ada\r\nBcc: evil@example.org" <a@example.org>', [['a@example.org', 'Ada Bcc: evil@example.org']]],
    ['', []],
  ] as const)('%j', (text, expected) => {
    const mailboxes = expected.map(([email, name]) => ({ email, name }));
    expect(readMailboxes(text)).toEqual({ mailboxes });
  });

  test.each([
    ['a@example.org, nobody', 'nobody'],
    ['"Doe, Jane <jane@example.org>, b@example.org', '"Doe, Jane <jane@example.org>, b@example.org'],
    ['Jane <jane@example.org> b@example.org', 'Jane <jane@example.org> b@example.org'],
    ['<a@example.org>\r\nBcc: b@example.org', '<a@example.org> Bcc: b@example.org'],
    ['<<a@example.org>>', '<<a@example.org>>'],
  ])('%j is none', (text, part) => {
    expect(readMailboxes(text)).toEqual({ problem: 'address', part });
  });

  test('are so many at once and no more', () => {
    const list = (count: number) => Array.from({ length: count }, (_, index) => `a${index}@example.org`).join(',');
    expect(readMailboxes(list(MAX_MAILBOXES))).toHaveProperty('mailboxes.length', MAX_MAILBOXES);
    expect(readMailboxes(list(MAX_MAILBOXES + 1))).toMatchObject({ problem: 'too-many' });
  });
});

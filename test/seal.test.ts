import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSeal } from '../src/seal.ts';
import { countedIdentity } from './support/identity.ts';

const OLD = 'the key of last year, 32 characters';
const NEW = 'the key of this year, 32 characters';

describe('a sealed text', () => {
  test('is opened again, whatever it says', () => {
    const seal = createSeal([NEW], countedIdentity());
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, about) => {
        expect(seal.open(seal.close(text, about), about)).toEqual({ text, isCurrent: true });
      }),
    );
  });

  test('does not show what is in it, and is another one each time', () => {
    const seal = createSeal([NEW], countedIdentity());
    const [one, two] = [seal.close('xoxb-secret', 'slack:T01'), seal.close('xoxb-secret', 'slack:T01')];
    expect(one).not.toBe(two);
    expect(Buffer.from(one.split('.')[3] ?? '', 'base64url').toString()).not.toContain('xoxb');
  });

  test('cannot be opened in another place', () => {
    const seal = createSeal([NEW], countedIdentity());
    expect(seal.open(seal.close('xoxb-secret', 'slack:T01'), 'slack:T02')).toBeNull();
  });

  test('cannot be opened once a single bit of it is changed', () => {
    const seal = createSeal([NEW], countedIdentity());
    const parts = seal.close('xoxb-secret', 'slack:T01').split('.');
    for (const at of [2, 3, 4]) {
      const bytes = Buffer.from(parts[at] ?? '', 'base64url');
      bytes[0] = (bytes[0] ?? 0) ^ 1;
      const changed = parts.with(at, bytes.toString('base64url')).join('.');
      expect(seal.open(changed, 'slack:T01')).toBeNull();
    }
  });

  test.each(['', 'v1', 'v1.00000000.a.b.c', 'v2.00000000.a.b.c', 'xoxb-in-plain-words', 'v1....'])(
    'that is none (“%s”) is not opened',
    (text) => {
      expect(createSeal([NEW], countedIdentity()).open(text, 'slack:T01')).toBeNull();
    },
  );

  test('with a shortened tag is not opened', () => {
    const seal = createSeal([NEW], countedIdentity());
    const parts = seal.close('xoxb-secret', 'slack:T01').split('.');
    const short = Buffer.from(parts[4] ?? '', 'base64url')
      .subarray(0, 4)
      .toString('base64url');
    expect(seal.open(parts.with(4, short).join('.'), 'slack:T01')).toBeNull();
  });
});

describe('keys', () => {
  test('that are older still open, and say that it is time to seal again', () => {
    const sealed = createSeal([OLD], countedIdentity()).close('xoxb-secret', 'slack:T01');
    const rotated = createSeal([NEW, OLD], countedIdentity());
    expect(rotated.open(sealed, 'slack:T01')).toEqual({ text: 'xoxb-secret', isCurrent: false });
    const again = rotated.close('xoxb-secret', 'slack:T01');
    expect(createSeal([NEW], countedIdentity()).open(again, 'slack:T01')).toEqual({
      text: 'xoxb-secret',
      isCurrent: true,
    });
  });

  test('that are gone open nothing', () => {
    const sealed = createSeal([OLD], countedIdentity()).close('xoxb-secret', 'slack:T01');
    expect(createSeal([NEW], countedIdentity()).open(sealed, 'slack:T01')).toBeNull();
  });

  test('give a different secret for every purpose', () => {
    const seal = createSeal([NEW, OLD], countedIdentity());
    expect(seal.secretFor('state')).toMatch(/^[0-9a-f]{64}$/u);
    expect(seal.secretFor('state')).not.toBe(seal.secretFor('other'));
    expect(seal.secretFor('state')).toBe(createSeal([NEW], countedIdentity()).secretFor('state'));
  });
});

import { describe, expect, test } from 'vitest';
import { cut, plain, safeUrl, topLevelText } from '../../../../adapters/slack/render/escape.ts';
import { fit, link, spread, strong, words } from '../../../../adapters/slack/render/mrkdwn.ts';

const written = (text: string) => fit([words(text)], 3000);

describe('data stays data', () => {
  test.each([
    ['<!channel> <@U01> <#C01>', '&lt;!channel&gt; &lt;@U01&gt; &lt;#C01&gt;'],
    ['R&D &amp; more', 'R&amp;D &amp;amp; more'],
    ['*bold* ~gone~ `code`', '∗bold∗ ∼gone∼ ˋcodeˋ'],
    ['_slanted_ but snake_case_name', 'ˍslantedˍ but snake_case_name'],
    ['> quoted\n  > twice', '＞ quoted\n  ＞ twice'],
    ['1 > 0', '1 &gt; 0'],
    [':tada: at 10:30:45', '∶tada: at 10:30:45'],
    ['@here and a@here.example', '@\u2060here and a@\u2060here.example'],
    ['a\u0000b\u202ec', 'abc'],
  ])('%j', (given, expected) => {
    expect(written(given)).toBe(expected);
  });

  test('where there is no markup, nothing is escaped and nobody is called', () => {
    expect(plain(' *<a>* & @channel\n')).toBe('*<a>* & @\u2060channel');
  });
});

describe('an address', () => {
  test.each([
    ['https://example.org/?a=1&b=2', 'https://example.org/?a=1&amp;b=2'],
    ['https://example.org/a|b>c', 'https://example.org/a%7Cb%3Ec'],
    ['mailto:a@example.org?subject=<x>', 'mailto:a@example.org?subject=%3Cx%3E'],
    ['webcal://example.org/t.ics', 'webcal://example.org/t.ics'],
    ['javascript:alert(1)', null],
    ['https://bank.example@evil.example/', null],
    [`https://example.org/${'a'.repeat(3000)}`, null],
    ['nonsense', null],
  ])('%j', (given, expected) => {
    expect(safeUrl(given)).toBe(expected);
  });

  test('that nobody should follow is shown as text', () => {
    expect(fit(link('Click', 'javascript:alert(1)'), 3000)).toBe('Click (javascript:alert(1))');
    expect(fit(link('', 'ftp://example.org'), 3000)).toBe('ftp://example.org');
  });
});

describe('a cut', () => {
  test('never falls into a character', () => {
    expect(cut('👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 20)).toBe('👩‍👩‍👧‍👦…');
    expect(cut('short', 5)).toBe('short');
  });

  test('never falls into an escape', () => {
    for (let room = 2; room < 30; room += 1) {
      const shown = written('&&&&&&').length <= room ? '' : fit([words('&&&&&&')], room);
      expect(shown.replaceAll('&amp;', '')).toMatch(/^…?$/u);
      expect(shown.length).toBeLessThanOrEqual(room);
    }
    expect(topLevelText('<'.repeat(5000), '')).toBe(`${'&lt;'.repeat(999)}…`);
  });

  test('leaves marks and links whole', () => {
    expect(fit([strong('a long title')], 8)).toBe('*a lon*…');
    expect(fit([words('see '), ...link('a long label', 'https://a.example')], 32)).toBe(
      'see <https://a.example/|a long>…',
    );
  });

  test('that leaves no room for a link leaves it out', () => {
    expect(fit([words('see '), ...link('label', 'https://a.example')], 20)).toBe('see …');
  });
});

test('strong words that touch others are kept apart from them, or Slack would show the marks', () => {
  expect(fit([words('un'), strong('real'), words('istic')], 100)).toBe('un\u200b*real*\u200bistic');
  expect(fit([words('('), strong('real'), words(')')], 100)).toBe('(*real*)');
});

test('a long text is spread over several without losing a word', () => {
  const long = Array.from({ length: 900 }, (_, at) => `&${at.toString()}`).join(' ');
  const texts = spread([words(long)], 1000);
  expect(texts.every((part) => part.length <= 1000)).toBe(true);
  expect(texts.join(' ').replaceAll('&amp;', '&')).toBe(long);
});

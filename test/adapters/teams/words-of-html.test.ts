import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wordsOfHtml } from '../../../adapters/teams/words-of-html.ts';

describe('the words of a message in HTML', () => {
  test.each([
    ['<div><p>One</p><p>Two</p></div>', 'One\nTwo'],
    ['<p>One<br>Two<br/>Three</p>', 'One\nTwo\nThree'],
    ['<ul><li>One</li><li><strong>T</strong>wo</li></ul>', 'One\nTwo'],
    ['One\n  and   the\tsame', 'One and the same'],
    ['<p>With <at id="0">Bea Two</at>,&nbsp;please</p>', 'With Bea Two, please'],
    ['Done <emoji id="yes" alt="👍" title="Yes"></emoji> <img src="x" alt="a map">', 'Done 👍 a map'],
    [
      '<a href="https://example.org/?a=1&amp;b=2" title="x">the agenda</a>',
      'the agenda (https://example.org/?a=1&b=2)',
    ],
    ['<a href="https://example.org/">example.org</a>', 'https://example.org/'],
    ['<a href="javascript:alert(1)">the agenda</a>', 'the agenda'],
    ['&lt;p&gt; 1 &amp; 2 &#39;x&#39; &quot;y&quot; &#x2013; &apos;', "<p> 1 & 2 'x' \"y\" – '"],
    ['&amp;lt; stays as it was written', '&lt; stays as it was written'],
    ['&unknown; &#0; &#x110000; stay', '&unknown; &#0; &#x110000; stay'],
    ['3 < 5 and 7 > 5', '3 < 5 and 7 > 5'],
    ['<attachment id="1"></attachment><p></p>', ''],
    ['<p', '<p'],
  ])('%s', (html, words) => {
    expect(wordsOfHtml(html)).toBe(words);
  });

  test('are those of any text that was escaped', () => {
    const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    fc.assert(
      fc.property(fc.stringMatching(/^[\w<>&;#"' ]{0,40}$/u), (text) => {
        expect(wordsOfHtml(`<p>${escaped(text)}</p>`)).toBe(text.replaceAll(/ +/gu, ' ').trim());
      }),
    );
  });

  test('are read at once, however it is written', () => {
    const before = performance.now();
    for (const part of ['<', '<p ', '<img alt="', '&', '&#', '<a href="https:', '<emoji ', ' '])
      wordsOfHtml(part.repeat(100_000));
    expect(performance.now() - before).toBeLessThan(1000);
  });
});

/** The longest message that is read, in characters; more than Teams lets anybody write. */
const LONGEST = 100_000;

/** Elements that begin or end a line. */
const LINES = /<\/?(?:br|p|div|li|ul|ol|tr|h[1-6]|blockquote|pre)\b[^<>]*>/giu;

/** A link, with words of its own or its address as words. */
const LINK = /<a\b[^<>]*?\bhref="(?<url>https?:[^"<>]*)"[^<>]*>(?<label>[^<>]*)<\/a>/giu;

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/**
 * The words of a message as Teams keeps it, in HTML: a line a paragraph, mentions as names, a picture or an emoji as the
 * words that stand for it, a link with its address.
 */
export function wordsOfHtml(html: string): string {
  return html
    .slice(0, LONGEST)
    .replace(/<(?:img|emoji)\b[^<>]*?\balt="(?<alt>[^"<>]*)"[^<>]*>/giu, ' $<alt> ')
    .replace(LINK, (_whole, url: string, label: string) => (url.includes(label.trim()) ? url : `${label} (${url})`))
    .replace(/\s+/gu, ' ')
    .replace(LINES, '\n')
    .replace(/<\/?[a-z][^<>]*>/giu, '')
    .replace(/&(?<entity>#x?[\da-f]{1,6}|[a-z]{2,4});/giu, (whole, entity: string) => characterOf(entity) ?? whole)
    .split('\n')
    .map((line) => line.replace(/\s+/gu, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}

function characterOf(entity: string): string | null {
  if (!entity.startsWith('#')) return NAMED[entity.toLowerCase()] ?? null;
  const point = /^#x/iu.test(entity) ? Number.parseInt(entity.slice(2), 16) : Number.parseInt(entity.slice(1), 10);
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : null;
}

import type { Card, Inline } from '../../../src/cards/card.ts';
import { cardText } from '../../../src/cards/text.ts';
import { assertNever } from '../../../src/errors.ts';
import type { Language } from '../../../src/language/language.ts';
import { clip, isWithoutMarkup, line, lines, plain, safeUrl } from './escape.ts';
import { LIMITS, sizeOf } from './limits.ts';
import type { RichTextBlock, TextBlock, TextRun } from './shapes.ts';

type Look = Omit<TextRun, 'type' | 'text'>;

/** A run of one line; an empty text becomes a space, because a run must have one. */
export function run(text: string, look: Look = {}): TextRun {
  return { type: 'TextRun', text: line(text) || ' ', ...look };
}

export function richText(
  inlines: readonly TextRun[],
  placed: Omit<RichTextBlock, 'type' | 'inlines'> = {},
): RichTextBlock {
  return { type: 'RichTextBlock', ...placed, inlines };
}

/** The pieces of a line as runs. */
export function runs(content: readonly Inline[], look: Look = {}): readonly TextRun[] {
  const shown = content.map((part) => inlineRun(part, look)).filter(({ text }) => text !== '');
  return shown.length > 0 ? shown : [run('–', look)];
}

function inlineRun(part: Inline, look: Look): TextRun {
  if (typeof part === 'string') return { type: 'TextRun', text: keepingEdges(part), ...look };
  switch (part.type) {
    case 'date':
      return { type: 'TextRun', text: line(part.text), ...look };
    case 'link':
      return linkRun(part.text, part.url, look);
    case 'code':
      return { type: 'TextRun', text: line(part.text, LIMITS.piece), ...look, fontType: 'Monospace' };
    case 'strong':
      return { type: 'TextRun', text: line(part.text, LIMITS.piece), ...look, weight: 'Bolder' };
    default:
      return assertNever(part);
  }
}

/** A run has no Markdown, so a link is a run that can be pressed. An address not to follow is shown, to be judged. */
export function linkRun(words: string, address: string, look: Look = {}): TextRun {
  const url = safeUrl(address);
  const text = line(words);
  if (url === null) {
    const shown = words === address ? text : `${text} <${line(address)}>`;
    return { type: 'TextRun', text: shown, ...look };
  }
  return {
    type: 'TextRun',
    text: text || line(url),
    ...look,
    color: 'Accent',
    underline: true,
    selectAction: { type: 'Action.OpenUrl', url },
  };
}

/** Spaces at the edges of a piece are those between the pieces of a line. */
function keepingEdges(piece: string): string {
  const words = lines(piece);
  const before = /^\s/u.test(piece) ? ' ' : '';
  const after = /\S\s$/u.test(piece) ? ' ' : '';
  return before + words + after;
}

/** What a title stands over: the card, a part of it, an event. */
const TITLES = {
  card: { look: { size: 'Large', weight: 'Bolder' }, placed: {} },
  part: { look: { size: 'Medium', weight: 'Bolder', color: 'Accent' }, placed: { spacing: 'Large', separator: true } },
  event: { look: { size: 'Medium', weight: 'Bolder' }, placed: { spacing: 'Medium' } },
} as const;

/** A title: one for screen readers too, unless its letters could be read as Markdown. */
export function title(words: string, over: keyof typeof TITLES, lead = ''): TextBlock | RichTextBlock {
  const { look, placed } = TITLES[over];
  const text = line(words) || '–';
  return lead === '' && isWithoutMarkup(text)
    ? { type: 'TextBlock', ...placed, text, wrap: true, style: 'heading', ...look }
    : richText([run(lead + text, look)], placed);
}

/** A card as one text, whole, for clients that cannot show it; cut only at {@link LIMITS.fallbackBytes}. */
export function fallbackText(card: Card, language: Language): string {
  const whole = wordsOf(card, language);
  let max: number = LIMITS.fallbackBytes / 2;
  for (;;) {
    const text = plain(whole, max);
    const size = sizeOf(text);
    if (size <= LIMITS.fallbackBytes) return text;
    max = Math.floor((max * LIMITS.fallbackBytes) / size) - 1;
  }
}

/**
 * A card as one text for places that take nothing else: the summary of a notification, the text beside a card. At most
 * {@link LIMITS.notification} characters. Send it with `textFormat: 'plain'`.
 */
export function renderPlain(card: Card, language: Language): string {
  return plain(wordsOf(card, language), LIMITS.notification);
}

// Lining up the values beside a label of ten thousand letters takes more memory than there is.
function wordsOf(card: Card, language: Language): string {
  return cardText(shortened(card, { left: 2 * LIMITS.fallbackBytes }) as Card, { language }).trim() || '–';
}

/** A copy with clipped texts, in which lists end once so many characters are in it. */
function shortened(value: unknown, budget: { left: number }): unknown {
  if (typeof value === 'string') {
    const short = clip(value, 2 * LIMITS.title);
    budget.left -= short.length;
    return short;
  }
  if (Array.isArray(value)) return value.flatMap((item) => (budget.left > 0 ? [shortened(item, budget)] : []));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shortened(part, budget)]));
}

import type { Card, Element, FileElement, FormElement } from '../../../src/cards/card.ts';
import { assertNever } from '../../../src/errors.ts';
import type { Language } from '../../../src/language/language.ts';
import { actionsBlocks, andMore, submit } from './actions.ts';
import { line } from './escape.ts';
import { eventRows, fieldRows, fullEvent } from './event.ts';
import { fitted } from './fit.ts';
import { formBlocks, type FormOptions } from './form.ts';
import { LIMITS, sizeOf } from './limits.ts';
import { monthBlocks } from './month.ts';
import { pictureOf } from './picture.ts';
import type { AdaptiveCard, Block, Container } from './shapes.ts';
import { fallbackText, linkRun, richText, run, runs, title } from './text.ts';

export interface RenderOptions {
  /** The language of the card. */
  readonly language: Language;
  /** Where a file can be fetched; `null` while it has no address, and then only its name is shown. */
  readonly fileUrl?: (file: FileElement) => string | null;
  /** What a form of the card is filled from. */
  readonly form?: FormOptions;
}

const SMALLEST_FORM: FormOptions = { opaque: '', events: [], dataset: null };

/** Scripts that are read from right to left, by language. */
const RIGHT_TO_LEFT: readonly string[] = ['ar', 'fa', 'he', 'ur'];

/**
 * A card as an Adaptive Card of version 1.5 for every Teams client. At most {@link LIMITS.cardBytes}: what does not fit
 * is counted in a last line. Of files only pictures are in it, and the names of the others; see {@link filesOf}.
 */
export function renderCard(card: Card, options: RenderOptions): AdaptiveCard {
  const { language } = options;
  const spoken = language.tag.slice(0, 2);
  const form = card.elements.find((element) => element.type === 'form');
  const shell = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.5',
    lang: spoken,
    ...(RIGHT_TO_LEFT.includes(spoken) ? { rtl: true as const } : {}),
    fallbackText: fallbackText(card, language),
    msteams: { width: 'Full' },
    // At the foot of the card, where no cut reaches it.
    ...(form ? { actions: [submit(form, (options.form ?? SMALLEST_FORM).opaque)] } : {}),
  } as const;
  const blocks = bodyOf(card, form, options);
  const room = LIMITS.cardBytes - sizeOf({ ...shell, body: [] });
  const whole = fitted(blocks, room);
  if (whole.left === 0) return { ...shell, body: whole.blocks };
  const ending = (count: number) => andMore(count, language);
  const { blocks: body, left } = fitted(blocks, room - sizeOf(ending(1_000_000)));
  return { ...shell, body: [...body, ...ending(left)] };
}

/** A card with a form, filled from what the caller knows. The answer comes back through {@link readForm}. */
export function renderForm(card: Card, options: RenderOptions & { readonly form: FormOptions }): AdaptiveCard {
  return renderCard(card, options);
}

/** The files that go with a card, to be offered by link: pictures are in the card itself. */
export function filesOf(card: Card): readonly FileElement[] {
  return card.elements.filter((element) => element.type === 'file').filter((file) => pictureOf(file) === null);
}

function bodyOf(card: Card, form: FormElement | undefined, options: RenderOptions): readonly Block[] {
  const lead = card.tone === 'normal' ? '' : `${MARKS[card.tone]} `;
  const heads = card.title === null ? [] : [title(card.title, 'card', lead)];
  const needsMark = heads.length === 0 && lead !== '';
  const elements = card.elements.filter((element) => element.type !== 'form' || element === form);
  const [first, ...rest] = elements.map((element) => elementBlocks(element, options));
  const opening = needsMark && card.elements[0]?.type === 'text' ? marked(lead, first ?? []) : (first ?? []);
  const isFormRefused = form?.fields.some(({ problem }) => problem !== null) ?? false;
  const advice = isFormRefused ? [richText([run(options.language.t('teams.form-problem'))], { spacing: 'Small' })] : [];
  const top = [...heads, ...advice, ...(heads.length === 0 ? opening : [])];
  const below = [...(heads.length === 0 ? [] : opening), ...rest.flat()];
  return [...banner(card.tone, top), ...below];
}

/** The mark and the words say what the colour says. */
const MARKS = { success: '✓', problem: '⚠', failure: '⚠' } as const;
const STYLES = { success: 'good', problem: 'warning', failure: 'attention' } as const;

function banner(tone: Card['tone'], items: readonly Block[]): readonly Block[] {
  if (tone === 'normal' || items.length === 0) return items;
  const container: Container = { type: 'Container', style: STYLES[tone], bleed: true, items };
  return [container];
}

function marked(lead: string, blocks: readonly Block[]): readonly Block[] {
  return blocks.map((block, at) => {
    if (at > 0 || block.type !== 'RichTextBlock') return block;
    return { ...block, inlines: [{ type: 'TextRun', text: lead, weight: 'Bolder' }, ...block.inlines] };
  });
}

function elementBlocks(element: Element, options: RenderOptions): readonly Block[] {
  const { language } = options;
  switch (element.type) {
    case 'text':
      return [richText(runs(element.content, element.emphasis === 'muted' ? { isSubtle: true } : {}))];
    case 'heading':
      return [title(element.text, 'part')];
    case 'fields':
      return fieldRows(element.fields);
    case 'event':
      return element.detail === 'full' ? fullEvent(element, language) : eventRows(element);
    case 'list':
      return element.items.map((item) => richText([run('•'), run(' '), ...runs(item)], { spacing: 'Small' }));
    case 'month':
      return monthBlocks(element);
    case 'actions':
      return actionsBlocks(element, language);
    case 'file':
      return [pictureOf(element) ?? fileLine(element, options)];
    case 'form':
      return formBlocks(element, language, options.form ?? SMALLEST_FORM);
    default:
      return assertNever(element);
  }
}

function fileLine(file: FileElement, { fileUrl }: RenderOptions): Block {
  const name = line(file.name) || '–';
  const url = fileUrl?.(file) ?? null;
  return richText([url === null ? run(name, { weight: 'Bolder' }) : linkRun(name, url)]);
}

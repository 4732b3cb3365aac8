import type { Card } from '../../../src/cards/card.ts';
import type { Language } from '../../../src/language/language.ts';
import { section, sizeOf, type Block } from './block.ts';
import { cardParts } from './element.ts';
import { escaped } from './escape.ts';
import { LIMITS } from './limits.ts';
import { pack } from './part.ts';
import { beginRendering } from './rendering.ts';

/** The App Home tab as `views.publish` takes it. */
export interface HomeView {
  readonly type: 'home';
  readonly blocks: Block[];
}

/**
 * Cards one below the other, within a Home tab's 100 blocks. Each has an equal share of what those before it left, so
 * a long one cannot push the others out.
 */
export function renderHome(cards: readonly Card[], { language }: { readonly language: Language }): HomeView {
  const rendering = beginRendering(language);
  // A share of fewer blocks than this shows nothing worth a rule of its own.
  const shown = cards.slice(0, 20);
  const blocks: Block[] = [];
  let characters: number = LIMITS.viewCharacters;
  for (const [at, card] of shown.entries()) {
    const rules = blocks.length === 0 ? 0 : 1;
    const share = shown.length - at;
    const room = {
      blocks: Math.floor((LIMITS.viewBlocks - blocks.length) / share) - rules,
      characters: Math.floor(characters / share) - 100,
    };
    const more = pack(cardParts(card, rendering), room, language);
    if (more.length === 0) continue;
    const added: readonly Block[] = rules === 0 ? more : [{ type: 'divider' }, ...more];
    characters -= added.reduce((sum, block) => sum + sizeOf(block), 0);
    blocks.push(...added);
  }
  return { type: 'home', blocks: blocks.length > 0 ? blocks : [section(escaped(language.t('slack.nothing')))] };
}

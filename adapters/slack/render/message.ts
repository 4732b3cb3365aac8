import type { Card, FileElement } from '../../../src/cards/card.ts';
import { cardText } from '../../../src/cards/text.ts';
import type { Language } from '../../../src/language/language.ts';
import { section, type Block } from './block.ts';
import { ownButtons, type OwnButton } from './buttons.ts';
import { cardParts } from './element.ts';
import { escaped, topLevelText } from './escape.ts';
import { LIMITS } from './limits.ts';
import { pack } from './part.ts';
import { beginRendering } from './rendering.ts';

export interface MessageOptions {
  /** The language that the card is written in. */
  readonly language: Language;
  /** Buttons of the adapter's own, shown last: “Share in channel”. */
  readonly buttons?: readonly OwnButton[];
}

/** A message as Slack's Web API and `response_url` take it, and what has to be uploaded beside it. */
export interface SlackMessage {
  /** The whole card as text, for notifications and screen readers. At most 4000 characters, never empty. */
  readonly text: string;
  /** At most 50, and about 12,500 characters of JSON. */
  readonly blocks: Block[];
  readonly files: FileElement[];
}

/**
 * What goes with every message, so that Slack reads nothing into the top-level text by itself and adds no previews.
 * Source: docs.slack.dev/reference/methods/chat.postMessage.
 */
export const POSTING = { parse: 'none', link_names: false, unfurl_links: false, unfurl_media: false } as const;

/** A card as a message. Whatever the card holds, Slack takes it; what does not fit is counted (“+12 more”). */
export function renderMessage(card: Card, { language, buttons = [] }: MessageOptions): SlackMessage {
  const parts = [...cardParts(card, beginRendering(language)), ...ownButtons(buttons)];
  const room = { blocks: LIMITS.messageBlocks, characters: LIMITS.messageCharacters };
  const blocks = pack(parts, room, language);
  return {
    text: topLevelText(cardText(card, { language }), language.t('slack.nothing')),
    blocks: blocks.length > 0 ? [...blocks] : [section(escaped(language.t('slack.nothing')))],
    files: card.elements.filter((element) => element.type === 'file'),
  };
}

import type { types } from '@slack/bolt';
import type { Card, FormElement } from '../../src/cards/card.ts';
import type { Reply } from '../../src/engine/dispatch.ts';
import type { Language } from '../../src/language/language.ts';
import { context, type Block } from './render/block.ts';
import { PICK } from './render/buttons.ts';
import { escaped } from './render/escape.ts';
import { LIMITS } from './render/limits.ts';
import { renderMessage } from './render/message.ts';

/** What a message is made of. */
export interface Content {
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** The button that shows everybody in the channel what one person was shown. */
const SHARE = 'share';

/** A card as a message. */
export function contentOf(card: Card, language: Language): Content {
  const { text, blocks } = renderMessage(card, { language });
  return { text, blocks };
}

/** The answers to questions as they were rendered last: the engine gives the same one to all who read alike. */
const rendered = new WeakMap<Reply, { readonly line: string; readonly content: Content }>();

/** An answer for one person's eyes, with a button that shows it to the channel when it is worth showing. */
export function privateContentOf(reply: Reply, line: string): Content {
  const known = rendered.get(reply);
  if (known?.line === line) return known.content;
  const content = renderPrivate(reply, line);
  if (reply.isQuestion) rendered.set(reply, { line, content });
  return content;
}

function renderPrivate({ card, outcome, language, isPersonal }: Reply, line: string): Content {
  const isShareable =
    outcome === 'answered' &&
    !isPersonal &&
    card.tone === 'normal' &&
    line !== '' &&
    line.length <= LIMITS.buttonValue &&
    card.elements.some(({ type }) => type === 'event' || type === 'month' || type === 'list');
  const buttons = isShareable ? [{ label: language.t('slack.share'), actionId: SHARE, value: line }] : [];
  const { text, blocks } = renderMessage(card, { language, buttons });
  return { text, blocks };
}

/** The same for everybody, saying who wanted them to see it. */
export function sharedContentOf({ card, language }: Reply, user: string): Content {
  const { text, blocks } = renderMessage(card, { language });
  const by = context(language.t('slack.shared-by', { person: `<@${escaped(user)}>` }));
  return { text, blocks: blocks.length < LIMITS.messageBlocks ? [...blocks, by] : blocks };
}

/** The form that a card asks to be filled in. */
export function formIn(card: Card): FormElement | undefined {
  return card.elements.find((element) => element.type === 'form');
}

/** Whether a button is the one that shares. */
export function isSharing({ action_id: id }: { readonly action_id?: string }): boolean {
  return id === SHARE;
}

/** The renderer's blocks as the SDK types them. */
export function blocksFor(blocks: readonly Block[]): types.KnownBlock[] {
  return [...blocks] as types.KnownBlock[];
}

/**
 * Whether a press takes the message's place with its answer: what was asked is answered, and a page is turned. Any other
 * button leads on, and leaves the message where it is.
 */
export function usesUp({ action_id: id = '' }: { readonly action_id?: string }, line: string): boolean {
  return id.startsWith(PICK) || /(?:^|\s)(?:--|—|–)page[\s=]/u.test(line);
}

import { card, muted, type Card, type FileElement, type FormElement } from '../../src/cards/card.ts';
import type { Language } from '../../src/language/language.ts';
import { filesOf, renderCard } from './render/card.ts';
import type { FormOptions } from './render/form.ts';
import type { AdaptiveCard } from './render/shapes.ts';
import { renderPlain } from './render/text.ts';

const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';

/** The name under which a form asks for events while somebody types. */
export const EVENTS_DATASET = 'events';

/** A message as the connector takes it. */
export interface OutgoingMessage {
  readonly type: 'message';
  /** What a notification shows. */
  readonly summary: string;
  readonly attachments: readonly { readonly contentType: string; readonly content: AdaptiveCard }[];
}

/**
 * A card for Teams, its files behind links.
 *
 * @param addressOf where a file can be fetched; `null`: nowhere
 */
export function adaptiveCardOf(
  shown: Card,
  language: Language,
  addressOf: (file: FileElement) => string | null,
  form?: FormOptions,
): AdaptiveCard {
  const addresses = new Map(filesOf(shown).map((file) => [file, addressOf(file)] as const));
  const isWithoutAddress = [...addresses.values()].includes(null);
  const notes = isWithoutAddress ? [muted(language.t('teams.file-no-address'))] : [];
  return renderCard(
    { ...shown, elements: [...shown.elements, ...notes] },
    { language, fileUrl: (file) => addresses.get(file) ?? null, ...(form ? { form } : {}) },
  );
}

/** A card as a message. */
export function messageOf(content: AdaptiveCard, shown: Card, language: Language): OutgoingMessage {
  return {
    type: 'message',
    summary: renderPlain(shown, language),
    attachments: [{ contentType: ADAPTIVE_CARD, content }],
  };
}

/** An attachment of a message extension. */
export function attachmentOf(content: AdaptiveCard) {
  return { contentType: ADAPTIVE_CARD, content } as const;
}

/** What the connector answers to a pressed button with: the card that takes the place of the one that was pressed. */
export function cardResponse(content: AdaptiveCard) {
  return { statusCode: 200, type: ADAPTIVE_CARD, value: content } as const;
}

/** The same, as a sentence beside a card that stays as it is. */
export function sentenceResponse(sentence: string) {
  return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: sentence } as const;
}

/** The form that a card asks to be filled in. */
export function formIn({ elements }: Card): FormElement | undefined {
  return elements.find((element) => element.type === 'form');
}

/** A card that says one thing. */
export function sentenceCard(sentence: string): Card {
  return card(null, { type: 'text', emphasis: 'normal', content: [sentence] });
}

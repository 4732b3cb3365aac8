import type { FileElement } from '../../src/cards/card.ts';
import type { Reply, Request } from '../../src/engine/dispatch.ts';
import type { Address, Sending } from '../../src/ports.ts';
import { pause } from '../../src/timer.ts';
import { adaptiveCardOf, EVENTS_DATASET, formIn, messageOf, sentenceCard } from './content.ts';
import { asSeenBy, identityOf, personOf, type Desk } from './desk.ts';
import type { Origin } from './incoming.ts';
import type { AdaptiveCard, Submit } from './render/shapes.ts';
import { choicesOf, choosableEvents, type Choosable } from './suggestions.ts';

const NONE: Choosable = { events: [], isAll: true };

/** How often an answer is tried again, and how long it waits for that at most, in milliseconds. */
const TRIES = 3;
const PATIENCE = 60_000;
const BETWEEN_TRIES = 1000;

/** The answers to questions as they were rendered last: the engine gives the same one to all who read alike. */
const rendered = new WeakMap<Reply, AdaptiveCard>();

/**
 * An answer as a card, its form ready to be filled in: sending it back once uses it up.
 *
 * @param own as whom the card is read, where that is not everybody in the conversation
 */
export async function cardOf(
  desk: Desk,
  origin: Origin,
  reply: Reply,
  own: Partial<Request> = asSeenBy(desk, origin, ''),
): Promise<AdaptiveCard> {
  const known = rendered.get(reply);
  if (known) return known;
  const card = await renderedFor(desk, origin, reply, own);
  if (reply.isQuestion) rendered.set(reply, card);
  return card;
}

async function renderedFor(
  desk: Desk,
  origin: Origin,
  { card, language }: Reply,
  own: Partial<Request>,
): Promise<AdaptiveCard> {
  const person = { ...personOf(desk, origin), ...own };
  const addressOf = (file: FileElement) => desk.links.addressFor(file, person);
  const form = formIn(card);
  if (!form) return adaptiveCardOf(card, language, addressOf);
  const asksForEvent = form.fields.some(({ control }) => control.type === 'event');
  const { events, isAll } = asksForEvent ? await choosableEvents(desk, origin, own) : NONE;
  return adaptiveCardOf(card, language, addressOf, {
    opaque: desk.identity.uid(),
    events: choicesOf(events),
    dataset: isAll ? null : EVENTS_DATASET,
  });
}

/** Sends something, and again as long as the platform says that it is worth it. */
export async function insist(desk: Desk, send: () => Promise<Sending>): Promise<Sending> {
  for (let tries = 1; ; tries += 1) {
    const sending = await send();
    if (sending.outcome !== 'again' || tries === TRIES) return sending;
    const wait = sending.afterMs ?? BETWEEN_TRIES * tries;
    if (wait > PATIENCE) return sending;
    // A fifth more or less: many who were refused at once do not come back at once (Microsoft, “exponential backoff”).
    await pause(desk.timer, Math.round(wait * (1 + desk.chance() / 5)));
  }
}

/**
 * Posts an answer. What becomes of it is in the log when nobody can be told.
 *
 * @param buttons at the foot of the card
 */
export async function postAnswer(
  desk: Desk,
  origin: Origin,
  to: Address,
  reply: Reply,
  buttons: readonly Submit[] = [],
): Promise<Sending> {
  const card = await cardOf(desk, origin, reply);
  const shown = buttons.length === 0 ? card : { ...card, actions: buttons };
  const message = messageOf(shown, reply.card, reply.language);
  const sending = await insist(desk, () => desk.messenger.postMessage(to, message));
  if (sending.outcome !== 'sent') desk.log.warn({ ...sending, conversation: to.id }, 'an answer was not sent');
  return sending;
}

/** Answers somebody in their personal chat. @returns whether the answer is there */
export async function answerInPrivate(desk: Desk, origin: Origin, reply: Reply): Promise<boolean> {
  const direct = await desk.messenger.openDirect(identityOf(origin));
  if (direct.outcome !== 'open') {
    desk.log.warn({ ...direct }, 'a personal chat could not be opened');
    return false;
  }
  const sending = await postAnswer(desk, { ...origin, kind: 'direct' }, direct.address, reply);
  return sending.outcome === 'sent';
}

/** What is said, where somebody asked, about an answer that went into their personal chat, or could not. */
export function noteOf({ language }: Reply, isSent: boolean): Reply {
  const sentence = language.t(isSent ? 'teams.answered-in-private' : 'teams.only-in-private');
  return { outcome: 'answered', card: sentenceCard(sentence), language };
}

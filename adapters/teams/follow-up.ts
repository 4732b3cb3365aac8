import type { Reply } from '../../src/engine/dispatch.ts';
import type { Address, Sending } from '../../src/ports.ts';
import { pause } from '../../src/timer.ts';
import { adaptiveCardOf, EVENTS_DATASET, formIn, messageOf, type OutgoingMessage } from './content.ts';
import { identityOf, type Desk } from './desk.ts';
import type { Origin } from './incoming.ts';
import type { AdaptiveCard } from './render/shapes.ts';
import { choicesOf, suggestedEvents } from './suggestions.ts';

/** How often an answer is tried again, and how long it waits for that at most, in milliseconds. */
const TRIES = 3;
const PATIENCE = 60_000;
const BETWEEN_TRIES = 1000;

/** An answer as a card, its form ready to be filled in: sending it back once uses it up. */
export async function cardOf(desk: Desk, origin: Origin, { card, language }: Reply): Promise<AdaptiveCard> {
  const form = formIn(card);
  if (!form) return adaptiveCardOf(card, language, desk.shelf);
  const asksForEvent = form.fields.some(({ control }) => control.type === 'event');
  const events = asksForEvent ? choicesOf(await suggestedEvents(desk, origin, '')) : [];
  return adaptiveCardOf(card, language, desk.shelf, { opaque: desk.identity.uid(), events, dataset: EVENTS_DATASET });
}

/** The same as a message. */
export async function answerOf(desk: Desk, origin: Origin, reply: Reply): Promise<OutgoingMessage> {
  return messageOf(await cardOf(desk, origin, reply), reply.card, reply.language);
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

/** Posts an answer. What becomes of it is in the log when nobody can be told. */
export async function postAnswer(desk: Desk, origin: Origin, to: Address, reply: Reply): Promise<Sending> {
  const message = await answerOf(desk, origin, reply);
  const sending = await insist(desk, () => desk.messenger.postMessage(to, message));
  if (sending.outcome !== 'sent') desk.log.warn({ ...sending, conversation: to.id }, 'an answer was not sent');
  return sending;
}

/**
 * Answers somebody in their personal chat.
 *
 * @returns what is said about that where they asked
 */
export async function answerInPrivate(desk: Desk, origin: Origin, reply: Reply): Promise<string> {
  const { t } = reply.language;
  const direct = await desk.messenger.openDirect(identityOf(origin));
  if (direct.outcome !== 'open') {
    desk.log.warn({ ...direct }, 'a personal chat could not be opened');
    return t('teams.only-in-private');
  }
  const sending = await postAnswer(desk, { ...origin, kind: 'direct' }, direct.address, reply);
  return t(sending.outcome === 'sent' ? 'teams.answered-in-private' : 'teams.only-in-private');
}

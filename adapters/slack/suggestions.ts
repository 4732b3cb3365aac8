import type { EventElement } from '../../src/cards/card.ts';
import { quote } from '../../src/engine/tokenize.ts';
import { within } from '../../src/deadline.ts';
import { say, type Desk } from './desk.ts';
import { originOf } from './incoming.ts';

/** How long a select waits for its entries, in milliseconds: Slack gives up after three seconds. */
const ANSWER_WITHIN = 2000;

/** Somebody types into a select, as `block_suggestion` brings it. */
export interface Typing {
  readonly user: { readonly id: string };
  readonly value: string;
}

/** The events that the person may see and that fit what they have typed; those ahead when they have typed nothing. */
export async function suggestedEvents(desk: Desk, body: Typing): Promise<readonly EventElement[]> {
  const asker = { origin: originOf(body), user: body.user.id, channel: null };
  const typed = body.value.trim();
  const reply = await within(
    say(desk, asker, typed === '' ? 'list' : `find ${quote(typed)}`),
    ANSWER_WITHIN,
    desk.timer,
  );
  if (!reply.isReady) return [];
  return reply.value.card.elements.flatMap((element) => (element.type === 'event' ? withParts(element) : []));
}

function withParts(event: EventElement): readonly EventElement[] {
  return [event, ...event.comprises.flatMap(withParts)];
}

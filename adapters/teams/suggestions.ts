import type { EventElement } from '../../src/cards/card.ts';
import type { Request } from '../../src/engine/dispatch.ts';
import { quote } from '../../src/engine/tokenize.ts';
import { cleanLine } from '../../src/clean.ts';
import { say, type Desk } from './desk.ts';
import type { Origin } from './incoming.ts';

/** The longest text that is looked for, in characters. */
const LONGEST = 200;

/** The events that the person may see and that fit what they have typed; those ahead when they have typed nothing. */
export async function suggestedEvents(
  desk: Desk,
  origin: Origin,
  text: string,
  own: Partial<Request> = {},
): Promise<readonly EventElement[]> {
  const typed = cleanLine(text).slice(0, LONGEST);
  const { card } = await say(desk, origin, typed === '' ? 'list' : `find ${quote(typed)}`, own);
  return card.elements.flatMap((element) => (element.type === 'event' ? withParts(element) : []));
}

/** Events as entries of a list to choose from. */
export function choicesOf(
  events: readonly EventElement[],
): readonly { readonly value: string; readonly label: string }[] {
  return events.map(({ handle, shortWhen, title }) => ({ value: handle, label: `${shortWhen} · ${title}` }));
}

function withParts(event: EventElement): readonly EventElement[] {
  return [event, ...event.comprises.flatMap(withParts)];
}

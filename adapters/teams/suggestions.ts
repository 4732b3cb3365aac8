import type { EventElement } from '../../src/cards/card.ts';
import type { Request } from '../../src/engine/dispatch.ts';
import { quote } from '../../src/engine/tokenize.ts';
import { cleanLine } from '../../src/clean.ts';
import { personOf, say, type Desk } from './desk.ts';
import type { Origin } from './incoming.ts';
import { LIMITS } from './render/limits.ts';

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
  return eventsIn(desk, origin, typed === '' ? 'list' : `find ${quote(typed)}`, own);
}

/** Events for a form to choose from. */
export interface Choosable {
  /** Those ahead first. */
  readonly events: readonly EventElement[];
  /** Whether there are no others that the person may see. */
  readonly isAll: boolean;
}

/** The events that a form can offer without asking while somebody types, which not every client does. */
export async function choosableEvents(desk: Desk, origin: Origin, own: Partial<Request>): Promise<Choosable> {
  const [ahead, past, [handles]] = await Promise.all([
    eventsIn(desk, origin, 'list', own),
    eventsIn(desk, origin, 'past', own),
    desk.bot.complete('show ', { ...personOf(desk, origin), ...own }),
  ]);
  const events = [...ahead, ...past];
  const known = new Set(events.map(({ handle }) => handle));
  return { events, isAll: events.length <= LIMITS.choices && handles.every((handle) => known.has(handle)) };
}

async function eventsIn(desk: Desk, origin: Origin, line: string, own: Partial<Request>) {
  const { card } = await say(desk, origin, line, own);
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

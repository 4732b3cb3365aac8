import type { Action, Card, Element, EventElement } from '../cards/card.ts';
import { LONGEST_LINE } from './answer-line.ts';
import type { Input } from './dispatch.ts';
import { tokenize } from './tokenize.ts';

/** Under which name any command can be given the working group that it is for. */
export const GROUP = 'group';

const OPTION = /^(?:--|—|–)group(?:=(?<value>.+))?$/u;
const KEY = /^group:(?<value>.+)$/u;

/** The working group that a line or a form names, and the same without it; `slug` is `null` when it names none. */
export function takeGroup(input: Input): { readonly slug: string | null; readonly input: Input } {
  if (input.type === 'form') {
    const { [GROUP]: slug, ...given } = input.given;
    return slug === undefined ? { slug: null, input } : { slug, input: { ...input, given } };
  }
  if (input.type === 'message') return { slug: null, input };
  if (input.line.length > LONGEST_LINE) return { slug: null, input };
  const { slug, line } = groupInLine(input.line);
  return slug === null ? { slug, input } : { slug, input: { ...input, line } };
}

/** The same for a line alone. */
export function groupInLine(typed: string): { readonly slug: string | null; readonly line: string } {
  if (!typed.includes(GROUP)) return { slug: null, line: typed };
  const tokens = tokenize(typed);
  for (const [at, token] of tokens.entries()) {
    if (token.isQuoted) continue;
    const option = OPTION.exec(token.text);
    const attached = option?.groups?.value ?? KEY.exec(token.text)?.groups?.value;
    const value = attached ?? (option ? tokens[at + 1]?.text : undefined);
    if (value === undefined) continue;
    const end = attached === undefined ? (tokens[at + 1]?.end ?? token.end) : token.end;
    return { slug: value.toLowerCase(), line: `${typed.slice(0, token.start)}${typed.slice(end)}`.trim() };
  }
  return { slug: null, line: typed };
}

/** A card whose buttons and forms stay in the group that was named. */
export function inGroup(card: Card, slug: string): Card {
  const named = (action: Action): Action => ({ ...action, run: `${action.run} --${GROUP} ${slug}` });
  const event = (element: EventElement): EventElement => ({
    ...element,
    actions: element.actions.map(named),
    comprises: element.comprises.map(event),
  });
  const elements = card.elements.map((element): Element => {
    switch (element.type) {
      case 'actions':
        return { ...element, actions: element.actions.map(named) };
      case 'event':
        return event(element);
      case 'form':
        return { ...element, carried: { ...element.carried, [GROUP]: slug } };
      default:
        return element;
    }
  });
  return { ...card, elements };
}

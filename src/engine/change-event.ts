import { action, card, choice, text, type Card } from '../cards/card.ts';
import type { Write } from '../ports.ts';
import { revise, type EventPatch } from '../schedule/change.ts';
import type { ScheduledEvent } from '../schedule/event.ts';
import { movedAlike, othersInScope, SCOPES, type Scope } from '../schedule/series.ts';
import { carried, oneOf, optional, type Argument } from './argument.ts';
import { BotError } from '../errors.ts';
import type { Context } from './command.ts';
import { commandLine } from './parse.ts';
import { proposal, type Proposal } from './proposal.ts';

/** For which occurrences of a series a change is: asked when nothing says it. */
export function scope(): Argument<Scope | null> {
  return { ...carried(optional(oneOf(SCOPES))), isRequired: false };
}

/**
 * Proposes a change of an event. Of a series it is asked first which occurrences are meant; the others change alike, a
 * new date by as many days.
 */
export function changeEvent(
  event: ScheduledEvent,
  patch: EventPatch,
  {
    title,
    scope: chosen,
    ...more
  }: { readonly title: string; readonly scope: Scope | null } & Pick<Proposal, 'remarks'>,
  context: Context,
): Proposal | Card {
  const { schedule, present } = context;
  const now = present.toString();
  if (chosen === null && othersInScope(event, 'all', schedule).length > 0) return scopeQuestion(event, title, context);
  const others = othersInScope(event, chosen ?? 'this', schedule);
  const changed = [event, ...others].map((each) => ({
    before: each,
    after: revise(each, each === event ? patch : patchFor(each, event, patch), now),
  }));
  const writes = changed.flatMap(({ before, after }): readonly Write[] =>
    before === after ? [] : [{ type: 'event', before, after }],
  );
  return proposal(title, writes, more);
}

function patchFor(other: ScheduledEvent, event: ScheduledEvent, patch: EventPatch): EventPatch {
  const { when } = patch;
  // A handle is one event's own, and a date is another one for each.
  const shared = Object.fromEntries(Object.entries(patch).filter(([field]) => field !== 'handle' && field !== 'when'));
  if (when === undefined) return shared;
  if (when === null) return { ...shared, when };
  const moved = movedAlike(other.when, event.when, when);
  if (moved === null) throw new BotError('series-vague', { title: event.title });
  return { ...shared, when: moved };
}

function scopeQuestion(event: ScheduledEvent, title: string, context: Context): Card {
  const { language, schedule, commands, given, commandName } = context;
  const command = commands.find(commandName);
  if (!command) throw new TypeError(`there is no command ${commandName}`);
  const choices = SCOPES.map((each) => {
    const count = othersInScope(event, each, schedule).length + 1;
    return action(language.t(`series.${each}`, { count }), commandLine(command, { ...given, scope: each }));
  });
  return card(title, text(language.t('series.which')), choice(...choices));
}

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

/** What a change of one event is called, and for which of its series it is. */
export interface SeriesChange extends Pick<Proposal, 'remarks'> {
  readonly title: string;
  /** `null`: to be asked. */
  readonly scope: Scope | null;
  /** Which others of the series it can be for: those that are not cancelled. */
  readonly isMeant?: (other: ScheduledEvent) => boolean;
  /** What changes of each in another way than of the others. */
  readonly own?: (event: ScheduledEvent) => EventPatch;
}

/**
 * Proposes a change of an event. Of a series it is asked first which occurrences are meant; the others change alike, a
 * new date by as many days.
 */
export function changeEvent(
  event: ScheduledEvent,
  patch: EventPatch,
  { title, scope: chosen, isMeant = isHeld, own = () => ({}), ...more }: SeriesChange,
  context: Context,
): Proposal | Card {
  const { schedule, present } = context;
  const others = (scope: Scope) => othersInScope(event, scope, schedule).filter(isMeant);
  const now = present.toString();
  const isShared = Object.keys(patch).some((field) => field !== 'handle');
  if (chosen === null && isShared && others('all').length > 0) {
    const counts = SCOPES.map((scope) => ({ scope, count: others(scope).length + 1 }));
    return scopeQuestion(counts, title, context);
  }
  const meant = new Set([event, ...others(chosen ?? 'this')]);
  const changed = schedule.events
    .filter((each) => meant.has(each))
    .map((each) => ({
      before: each,
      after: revise(each, { ...(each === event ? patch : patchFor(each, event, patch)), ...own(each) }, now),
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

function isHeld({ status }: ScheduledEvent): boolean {
  return status !== 'cancelled';
}

function scopeQuestion(
  counts: readonly { readonly scope: Scope; readonly count: number }[],
  title: string,
  { language, commands, given, commandName }: Context,
): Card {
  const command = commands.find(commandName);
  if (!command) throw new TypeError(`there is no command ${commandName}`);
  // Of the first date those after it are all, and of the last one there is none after it.
  const different = counts.filter(
    ({ scope, count }) =>
      scope !== 'following' || counts.every((other) => other.scope === scope || other.count !== count),
  );
  const choices = different.map(({ scope, count }) =>
    action(language.t(`series.${scope}`, { count }), commandLine(command, { ...given, scope })),
  );
  return card(title, text(language.t('series.which')), choice(...choices));
}

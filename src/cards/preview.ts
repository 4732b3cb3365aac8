import type { Context } from '../engine/command.ts';
import type { Proposal } from '../engine/proposal.ts';
import type { Write } from '../ports.ts';
import type { Followers } from '../reminders/followers.ts';
import type { ScheduledEvent } from '../schedule/event.ts';
import { neighboursOf } from '../schedule/similar.ts';
import { action, card, choice, heading, muted, type Action, type Card, type Element, type Inline } from './card.ts';
import { writeInWords } from './changes.ts';
import { eventLine } from './present.ts';

/** How many things a preview shows in full. */
const SHOWN = 5;
/** How many conversations it names. */
const NAMED = 5;

/** Whom a change reaches, as far as the bot knows: those who asked for it, people with an invitation, calendars that look. */
export interface Reach extends Followers {
  /** Whether it is of a kind that anybody is told of. */
  readonly isAnnounced: boolean;
  readonly invited: number;
  readonly feeds: number;
}

/** Whether nobody would get a message. */
export function isToldNobody({ channels, people, invited }: Reach): boolean {
  return channels.length === 0 && people === 0 && invited === 0;
}

/** How a change can be answered, the first choice first. `save`: it concerns nobody but staff. */
export type Decision = 'tell' | 'silently' | 'save';

/** The decisions that a change leaves open. */
export function decisionsOn({
  writes,
  isQuiet,
}: Pick<Proposal, 'writes' | 'isQuiet'>): readonly [Decision, ...Decision[]] {
  if (!eventsOf(writes).some((event) => event.visibility === 'published')) return ['save'];
  return isQuiet === true ? ['silently', 'tell'] : ['tell', 'silently'];
}

/** A change before it is made: what would be otherwise, what is there already, who would be told, and the choices. */
export function previewCard(proposed: Proposal, token: string, reach: Reach, context: Context): Card {
  const { language } = context;
  const { writes, remarks = [], shown } = proposed;
  const [first, ...others] = decisionsOn(proposed);
  // When nobody would be told, both ways to publish are the same.
  const isUntold = isToldNobody(reach);
  const decisions = isUntold ? [first] : [first, ...others];
  const changes = shown ?? [
    ...writes.slice(0, SHOWN).flatMap((write) => writeInWords(write, context)),
    ...(writes.length > SHOWN ? [muted(language.t('list.more', { count: writes.length - SHOWN }))] : []),
  ];
  return card(
    proposed.title,
    ...remarks,
    ...changes,
    ...neighbours(writes, context),
    {
      type: 'fields',
      fields: [{ label: language.t('preview.told'), value: audience(proposed, reach, context) }],
    },
    choice(
      ...decisions.map((decision, at) => {
        const label = context.language.t(`preview.${isUntold ? quietName(decision, proposed) : decision}`);
        return action(label, `answer ${token} ${decision}`, at === 0 ? 'primary' : 'normal');
      }),
      ...otherWays(token, context),
    ),
  );
}

/** What a decision of which nobody is told is called on its button. */
function quietName(decision: Decision, { writes, undoes }: Proposal): 'publish' | 'undo' | 'save-draft' | 'save' {
  if (decision !== 'save') return 'publish';
  if (undoes !== undefined) return 'undo';
  return eventsOf(writes).length > 0 ? 'save-draft' : 'save';
}

function otherWays(token: string, { language }: Context): readonly Action[] {
  return [
    action(language.t('preview.edit'), `answer ${token} change`),
    action(language.t('preview.drop'), `answer ${token} drop`),
  ];
}

/** Only what is new or on another date is compared: that is when something may be there twice. */
function neighbours(writes: readonly Write[], context: Context): readonly Element[] {
  const { language, schedule } = context;
  const [first, ...more] = writes.filter((write) => write.type === 'event');
  if (first === undefined || more.length > 0 || first.after.status === 'cancelled') return [];
  const isPlaced = first.before?.when !== first.after.when || first.before === null;
  if (!isPlaced) return [];
  const { similar, overlapping } = neighboursOf(first.after, schedule);
  const part = (title: string, events: readonly ScheduledEvent[]): readonly Element[] =>
    events.length === 0
      ? []
      : [heading(title), ...events.map((event) => ({ ...eventLine(event, context), comprises: [] }))];
  return [...part(language.t('preview.similar'), similar), ...part(language.t('preview.overlapping'), overlapping)];
}

/** Who would be told, and through what. */
function audience(
  { writes }: Proposal,
  { isAnnounced, channels, people, invited, feeds }: Reach,
  { language }: Context,
): readonly Inline[] {
  const events = eventsOf(writes);
  if (events.length === 0) return [language.t('preview.told.no-event')];
  if (events.every(({ visibility }) => visibility === 'draft')) return [language.t('preview.told.staff')];
  const named = channels.slice(0, NAMED).join(', ');
  const parts = [
    ...(channels.length > 0 ? [language.t('preview.told.channels', { count: channels.length, names: named })] : []),
    ...(people > 0 ? [language.t('preview.told.people', { count: people })] : []),
    ...(invited > 0 ? [language.t('preview.told.invited', { count: invited })] : []),
  ];
  const calendars = feeds > 0 ? `; ${language.t('preview.told.feeds', { count: feeds })}` : '';
  const nobody = language.t(isAnnounced ? 'preview.told.nobody' : 'preview.told.unannounced');
  return [(parts.length > 0 ? parts.join('; ') : nobody) + calendars];
}

function eventsOf(writes: readonly Write[]): readonly ScheduledEvent[] {
  return writes.flatMap((write) => (write.type === 'event' ? [write.after] : []));
}

import { action, card, list, offer, text, type Card, type Element } from '../cards/card.ts';
import { writeInWords } from '../cards/changes.ts';
import { eventInFull, eventLine } from '../cards/present.ts';
import { decisionsOn, isToldNobody, previewCard, type Decision } from '../cards/preview.ts';
import { BotError } from '../errors.ts';
import type { Preview, ScheduleChange, Write } from '../ports.ts';
import { problemsOf, changeSchedule } from '../schedule/door.ts';
import { refused, type Answer } from './answer.ts';
import type { AnyCommand, Context } from './command.ts';
import type { Given } from './parse.ts';
import { problemInWords } from './problem-words.ts';
import type { Proposal } from './proposal.ts';
import { reachOf } from './reach.ts';

/** How long somebody has to decide. */
export const MINUTES_TO_DECIDE = 10;
/** How many events an answer shows. */
const SHOWN = 5;

/** A proposal with where it came from. */
export interface Proposed {
  readonly command: AnyCommand;
  readonly given: Given;
  readonly proposal: Proposal;
}

/** Shows a change to its author and keeps it for them to decide on; with `isConfirmed` the first choice is taken. */
export async function propose(proposed: Proposed, context: Context, isConfirmed: boolean): Promise<Answer> {
  const { proposal, command, given } = proposed;
  const { language, store, group, reader, present, identity } = context;
  if (proposal.writes.length === 0) {
    return { outcome: 'answered', card: card(proposal.title, text(language.t('preview.nothing'))) };
  }
  const problems = problemsOf(proposal, context.schedule);
  if (problems.length > 0) return refusedFor(problems, proposal.writes, context);
  if (isConfirmed) {
    const [decision] = decisionsOn(proposal);
    return make({ ...proposed, writes: proposal.writes, undoes: proposal.undoes ?? null }, decision, context);
  }
  const token = identity.uid();
  const until = present.add({ minutes: MINUTES_TO_DECIDE });
  const [reach] = await Promise.all([
    reachOf(proposal.writes, context),
    store.keepPending({
      token,
      groupId: group.id,
      actor: reader.actor,
      command: command.name,
      given,
      preview: previewOf(proposal),
      writes: proposal.writes,
      undoes: proposal.undoes ?? null,
      madeAt: present.toString(),
      expiresAt: until.toString(),
      answer: null,
      answeredAt: null,
    }),
  ]);
  return { outcome: 'asked', card: previewCard(proposal, token, reach, context) };
}

function previewOf({ title, remarks, shown, isQuiet }: Proposal): Preview {
  return {
    title,
    ...(remarks && { remarks }),
    ...(shown && { shown }),
    ...(isQuiet !== undefined && { isQuiet }),
  };
}

/** A change as it was shown, and the action that it answers. */
export interface Decided {
  readonly command: AnyCommand;
  readonly given: Given;
  readonly writes: readonly Write[];
  readonly undoes: number | null;
  readonly token?: string;
}

/** Carries a change out, through the one door; says what it met there. */
export async function make(decided: Decided, decision: Decision, context: Context): Promise<Answer> {
  const { command, writes, undoes, token } = decided;
  const { store, group, reader, present } = context;
  const change: ScheduleChange = {
    groupId: group.id,
    actor: reader.actor,
    action: command.name,
    at: present.toString(),
    writes,
    tell: decision === 'tell',
    undoes,
    ...(token === undefined ? {} : { pending: { token, answer: decision } }),
  };
  try {
    const passage = await changeSchedule(
      { ...change, role: reader.role, access: command.access },
      store,
      context.current,
    );
    if (passage.type === 'refused') return refusedFor(passage.problems, writes, context);
    return { outcome: 'answered', card: await doneCard(decided, decision, passage.revision, context) };
  } catch (error) {
    if (!(error instanceof BotError) || (error.code !== 'conflict' && error.code !== 'moved-on')) throw error;
    const { proposeAnew } = await import('./conflict.ts');
    return proposeAnew(decided, error, context);
  }
}

function refusedFor(problems: ReturnType<typeof problemsOf>, writes: readonly Write[], context: Context): Answer {
  const nameOf = (uid: string) => {
    const write = writes.find((candidate) => candidate.type === 'event' && candidate.after.uid === uid);
    return write?.type === 'event' ? write.after.title : (context.schedule.byUid(uid)?.title ?? uid);
  };
  const [first, ...more] = problems.map((problem) => problemInWords(problem, context.language, nameOf));
  const answer = refused(first ?? '');
  return {
    ...answer,
    card: {
      ...answer.card,
      elements: [...answer.card.elements, ...more.slice(0, SHOWN).map((sentence) => text(sentence))],
    },
  };
}

async function doneCard(
  { writes, command, undoes }: Decided,
  decision: Decision,
  revision: number,
  context: Context,
): Promise<Card> {
  const { language } = context;
  const schedule = await context.current();
  const now = { ...context, schedule };
  const events = writes.flatMap((write) =>
    write.type === 'event' ? [schedule.byUid(write.after.uid) ?? write.after] : [],
  );
  const [only, ...others] = events;
  const shown: readonly Element[] =
    only && others.length === 0
      ? [eventInFull(only, now)]
      : writes.length > SHOWN
        ? [list(countsInWords(writes, context).map((line) => [line]))]
        : [
            ...events.map((event) => ({ ...eventLine(event, now), comprises: [] })),
            ...writes.filter(({ type }) => type !== 'event').flatMap((write) => writeInWords(write, now)),
          ];
  const isUntold = decision === 'tell' && isToldNobody(await reachOf(writes, context));
  const done = decision === 'save' && undoes !== null ? 'undo' : isUntold ? 'silently' : decision;
  const back = command.name === 'role' ? [] : offer(action(language.t('undo.offer'), `undo ${revision.toString()}`));
  return {
    ...card(null, text(language.t(`done.${done}`)), ...shown, ...back),
    tone: 'success',
  };
}

function countsInWords(writes: readonly Write[], { language }: Context): readonly string[] {
  return (['event', 'note'] as const).flatMap((type) => {
    const ofType = writes.filter((write) => write.type === type);
    const created = ofType.filter(({ before }) => before === null).length;
    if (ofType.length === 0) return [];
    return [language.t(`done.count.${type}`, { created, changed: ofType.length - created })];
  });
}

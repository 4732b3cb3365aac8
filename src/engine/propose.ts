import { Temporal } from 'temporal-polyfill';
import { action, card, choice, heading, list, offer, text, type Card, type Element } from '../cards/card.ts';
import { changesInWords, writeInWords } from '../cards/changes.ts';
import { eventInFull, eventLine } from '../cards/present.ts';
import { decisionsOn, previewCard, type Decision, type Reach } from '../cards/preview.ts';
import { instantInWords } from '../dates/words.ts';
import { BotError } from '../errors.ts';
import type { ScheduleChange, Write } from '../ports.ts';
import { followersOf } from '../reminders/followers.ts';
import { problemsOf, changeSchedule } from '../schedule/door.ts';
import { refused, type Answer } from './answer.ts';
import { mayAct } from './access.ts';
import type { AnyCommand, Context } from './command.ts';
import { denied } from './denied.ts';
import { commandLine, type Given } from './parse.ts';
import { problemInWords } from './problem-words.ts';
import type { Proposal } from './proposal.ts';

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

/** How many events are looked up among the invitations; a change of more is an import or a series. */
const LOOKED_UP = 100;

async function reachOf(writes: readonly Write[], context: Context): Promise<Reach> {
  const { store, group } = context;
  const events = writes.flatMap((write) =>
    write.type === 'event' ? [...(write.before ? [write.before] : []), write.after] : [],
  );
  const uids = writes.flatMap((write) => (write.type === 'event' && write.before ? [write.after.uid] : []));
  const [followers, invitations, feeds] = await Promise.all([
    followersOf(events, context),
    store.invitations.of(group.id, uids.slice(0, LOOKED_UP)),
    store.feeds.of(group.id),
  ]);
  const open = invitations.filter(({ removedAt }) => removedAt === null);
  return { ...followers, invited: new Set(open.map(({ address }) => address)).size, feeds: feeds.length };
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
    if (!(error instanceof BotError) || error.code !== 'conflict') throw error;
    return conflict(decided, error, context);
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
  { writes, command }: Decided,
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
  const back = command.name === 'role' ? [] : offer(action(language.t('undo.offer'), `undo ${revision.toString()}`));
  return { ...card(null, text(language.t(`done.${decision}`)), ...shown, ...back), tone: 'success' };
}

function countsInWords(writes: readonly Write[], { language }: Context): readonly string[] {
  return (['event', 'note'] as const).flatMap((type) => {
    const ofType = writes.filter((write) => write.type === type);
    const created = ofType.filter(({ before }) => before === null).length;
    if (ofType.length === 0) return [];
    return [language.t(`done.count.${type}`, { created, changed: ofType.length - created })];
  });
}

/** Somebody else was there first: says what they changed, and proposes the same anew on what is there now. */
async function conflict(decided: Decided, error: BotError, context: Context): Promise<Answer> {
  const { language, store, present } = context;
  const { command, given, token, writes } = decided;
  if (token !== undefined) await store.answerPending(token, { answer: 'conflict', at: present.toString() });
  const schedule = await context.current();
  const now = { ...context, schedule, group: schedule.group };
  const meanwhile = writes.flatMap((write): readonly Element[] => {
    if (write.type !== 'event' || write.before === null) return [];
    const stored = schedule.byUid(write.after.uid);
    if (!stored || stored.version === write.before.version) return [];
    return [text(stored.title), { type: 'fields', fields: changesInWords(write.before, stored, now) }];
  });
  const remarks = [
    text(language.t('error.conflict', error.context)),
    heading(language.t('conflict.meanwhile')),
    ...meanwhile,
  ];
  const again = action(language.t('conflict.again'), commandLine(command, given), 'primary');
  return { outcome: 'refused', card: { ...card(null, ...remarks, choice(again)), tone: 'problem' } };
}

/** Answers what a pending action was asked: publish it, change it or drop it. */
export async function settle(token: string, answer: Decision | 'change' | 'drop', context: Context): Promise<Answer> {
  const { language, store, reader, group, commands, present } = context;
  const pending = await store.pending(token);
  const command = pending && commands.find(pending.command);
  if (!pending || !command) return refused(language.t('answer.unknown'));
  const { platform, tenant, user, name } = pending.actor;
  if (platform !== reader.actor.platform || tenant !== reader.actor.tenant || user !== reader.actor.user) {
    return refused(language.t('answer.not-yours', { name: name ?? user }));
  }
  if (!mayAct(reader.role, command.access)) return denied(context, command);
  if (pending.groupId !== group.id) return refused(language.t('answer.other-group'));
  if (pending.answer !== null) {
    const time = instantInWords(pending.answeredAt ?? pending.madeAt, reader.zone, language);
    const sentence = language.t('answer.already', { answer: pending.answer, time });
    return { outcome: 'answered', card: card(null, text(sentence)) };
  }
  const again = action(language.t('conflict.again'), commandLine(command, pending.given));
  if (Temporal.Instant.compare(present, pending.expiresAt) >= 0) {
    return refused(language.t('answer.expired', { minutes: MINUTES_TO_DECIDE }), ...offer(again));
  }
  const at = present.toString();
  switch (answer) {
    case 'drop':
      await store.answerPending(token, { answer, at });
      return { outcome: 'answered', card: card(null, text(language.t('answer.dropped'))) };
    case 'change': {
      await store.answerPending(token, { answer, at });
      const { formFor } = await import('./form.ts');
      return { outcome: 'asked', card: await formFor(command, pending.given, context) };
    }
    default:
      try {
        return await make(
          { command, given: pending.given, writes: pending.writes, undoes: pending.undoes, token },
          answer,
          context,
        );
      } catch (error) {
        // Somebody pressed twice, and the other press was a little faster.
        if (!(error instanceof BotError) || error.code !== 'already-answered') throw error;
        return settle(token, answer, context);
      }
  }
}

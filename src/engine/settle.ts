import { Temporal } from 'temporal-polyfill';
import { action, card, muted, offer, text } from '../cards/card.ts';
import { previewCard, type Decision } from '../cards/preview.ts';
import { instantInWords } from '../dates/words.ts';
import { BotError } from '../errors.ts';
import type { PendingAction } from '../ports.ts';
import { mayAct } from './access.ts';
import { refused, type Answer } from './answer.ts';
import type { AnyCommand, Context } from './command.ts';
import { denied } from './denied.ts';
import { formFor } from './form.ts';
import { commandLine } from './parse.ts';
import { proposal } from './proposal.ts';
import { make, MINUTES_TO_DECIDE } from './propose.ts';
import { reachOf } from './reach.ts';

/** A pending action that the reader may decide on, with its command. */
interface Open {
  readonly pending: PendingAction;
  readonly command: AnyCommand;
}

/** Answers what a pending action was asked: publish it, change it or drop it. */
export async function settle(token: string, answer: Decision | 'change' | 'drop', context: Context): Promise<Answer> {
  const open = await openTo(token, context);
  if ('outcome' in open) return open;
  const { language } = context;
  const { command, pending } = open;
  const { given, writes, undoes } = pending;
  try {
    switch (answer) {
      case 'drop':
        await takeBack(pending, answer, context);
        return { outcome: 'answered', card: card(null, text(language.t('answer.dropped'))) };
      case 'change':
        await takeBack(pending, answer, context);
        return { outcome: 'asked', card: await formFor(command, given, context) };
      default:
        return await make({ command, given, writes, undoes, token }, answer, context);
    }
  } catch (error) {
    // Two buttons were pressed, and the other one was a little faster.
    if (!(error instanceof BotError) || error.code !== 'already-answered') throw error;
    return settle(token, answer, context);
  }
}

async function takeBack({ token }: PendingAction, answer: 'change' | 'drop', { store, present }: Context) {
  const isFirst = await store.answerPending(token, { answer, at: present.toString() });
  if (!isFirst) throw new BotError('already-answered');
}

/** Shows a pending action again as it was shown first, with its choices. */
export async function showAgain(token: string, context: Context): Promise<Answer> {
  const open = await openTo(token, context);
  if ('outcome' in open) return open;
  const { language, reader } = context;
  const { preview, writes, undoes, expiresAt } = open.pending;
  const { title, ...more } = preview;
  const reach = await reachOf(writes, context);
  const time = instantInWords(expiresAt, reader.zone, language);
  const until = muted(language.t('pending.until', { time }));
  const remarks = [...(more.remarks ?? []), until];
  const shown = proposal(title, writes, { ...more, remarks, ...(undoes !== null && { undoes }) });
  return { outcome: 'asked', card: previewCard(shown, token, reach, context) };
}

/** The pending action, if the reader may decide on it; otherwise why not. */
async function openTo(token: string, context: Context): Promise<Open | Answer> {
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
  if (Temporal.Instant.compare(present, pending.expiresAt) >= 0) {
    const again = action(language.t('conflict.again'), commandLine(command, pending.given));
    return refused(language.t('answer.expired', { minutes: MINUTES_TO_DECIDE }), ...offer(again));
  }
  return { pending, command };
}

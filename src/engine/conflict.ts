import { heading, text } from '../cards/card.ts';
import { BotError } from '../errors.ts';
import { refused, type Answer } from './answer.ts';
import type { Context } from './command.ts';
import { changedMeanwhile } from './meanwhile.ts';
import type { Decided } from './propose.ts';
import { runCommand } from './run-command.ts';

/**
 * Somebody else was there first. Says what they changed, and proposes the same on what is there now, so that one press
 * finishes: the command runs again, changes only what it is about, and is refused where it makes no sense any more.
 * What was to be made without being shown first is made, as it would have been a moment later.
 *
 * @param error `conflict` or `moved-on`
 * @throws BotError `error` itself, when the same would meet it again; `already-answered`
 */
export async function proposeAnew(decided: Decided, error: BotError, context: Context): Promise<Answer> {
  const { language, store, present, current } = context;
  const { command, given, token, writes } = decided;
  if (token !== undefined && !(await store.answerPending(token, { answer: 'conflict', at: present.toString() }))) {
    throw new BotError('already-answered');
  }
  const schedule = await current();
  const now = { ...context, schedule, group: schedule.group };
  if (token === undefined) {
    if (schedule.group.revision === context.group.revision) throw error;
    return runCommand(now, command, given, context.now, true);
  }
  // A form tells by itself what was changed since it was opened.
  const told = given.version === undefined ? await changedMeanwhile(writes, now) : [];
  const anew = await runCommand(now, command, given, context.now, false).catch((failure: unknown) => {
    // A file that came with a message is no longer at hand.
    if (!(failure instanceof BotError) || failure.code !== 'not-found') throw failure;
    return refused(language.t('conflict.file', failure.context));
  });
  const values = error.code === 'conflict' ? error.context : {};
  const remarks = [
    text(language.t(error.code === 'conflict' ? 'conflict.first' : 'conflict.moved-on', values)),
    ...told,
    ...(told.length > 0 ? [heading(language.t('conflict.yours'))] : []),
  ];
  return { ...anew, card: { ...anew.card, elements: [...remarks, ...anew.card.elements] } };
}

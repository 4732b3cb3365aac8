import type { Reply } from '../../src/engine/dispatch.ts';
import { failureReply } from '../../src/engine/failure-reply.ts';
import { isForOneself } from '../../src/engine/line-command.ts';
import { within } from '../../src/deadline.ts';
import { addressOf, asSeenBy, greet, say, type Desk } from './desk.ts';
import { formIn } from './content.ts';
import { answerInPrivate, noteOf, postAnswer } from './follow-up.ts';
import { originOf, type Activity, type Origin } from './incoming.ts';
import { mentionsBot, typedLine } from './lines.ts';
import { onSubmit } from './presses.ts';
import { dialogButton } from './render/dialog.ts';

/** When somebody is shown that the bot is at work; milliseconds. */
const TYPING_AFTER = 1500;
/** When Teams has its answer, whether the person has theirs or not; milliseconds. It asks again after ten seconds or so. */
const ANSWER_WITHIN = 5000;

/** Answers a message: in its thread in a channel, in the conversation elsewhere. */
export async function onMessage(desk: Desk, activity: Activity): Promise<void> {
  const origin = originOf(activity);
  if (activity.from.id === activity.recipient?.id || activity.from.role === 'bot') return;
  const isPress = activity.value !== undefined && activity.value !== null;
  if (!isPress && origin.kind !== 'direct' && !mentionsBot(activity)) return;
  greet(desk, origin, activity);
  await inTime(desk, origin, isPress ? onSubmit(desk, origin, activity) : answerOnce(desk, origin, activity));
}

/** Waits for work as long as Teams waits for us; it goes on after that. */
async function inTime(desk: Desk, origin: Origin, work: Promise<void>): Promise<void> {
  const tracked = desk.background.during(work);
  if ((await within(tracked, TYPING_AFTER, desk.timer)).isReady) return;
  desk.background.run('showing that the bot is at work', () => desk.messenger.showTyping(addressOf(origin)));
  await within(tracked, ANSWER_WITHIN - TYPING_AFTER, desk.timer);
}

async function answerOnce(desk: Desk, origin: Origin, activity: Activity): Promise<void> {
  const key = `message ${origin.tenant} ${origin.conversation} ${activity.id ?? desk.identity.uid()}`;
  try {
    await desk.once(key, async () => {
      await answer(desk, origin, activity);
    });
  } catch (error) {
    await postAnswer(desk, origin, addressOf(origin), failureReply(desk, error));
  }
}

async function answer(desk: Desk, origin: Origin, activity: Activity): Promise<void> {
  const line = await typedLine(desk, origin, activity);
  const isForOne = isForOneself(desk, line);
  const reply = await say(desk, origin, line, isForOne ? { lead: '' } : asSeenBy(desk, origin, line));
  const to = addressOf(origin);
  if (origin.kind === 'direct' || !(isForOne || reply.isPersonal)) {
    await postAnswer(desk, origin, to, reply);
    return;
  }
  const note = noteOf(reply, await answerInPrivate(desk, origin, reply));
  await postAnswer(desk, origin, to, note, formIn(reply.card) ? [openInDialog(reply, line)] : []);
}

/** A form can be filled in where it was asked for, too, unseen by the others there. */
function openInDialog({ language }: Reply, line: string) {
  return dialogButton(language.t('teams.dialog.open'), line);
}

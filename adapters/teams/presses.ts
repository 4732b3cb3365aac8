import { z } from 'zod';
import { cardText } from '../../src/cards/text.ts';
import { within } from '../../src/deadline.ts';
import { refused } from '../../src/engine/answer.ts';
import type { Reply } from '../../src/engine/dispatch.ts';
import { failureReply } from '../../src/engine/failure-reply.ts';
import { isForOneself } from '../../src/engine/line-command.ts';
import { cardResponse, messageOf, sentenceResponse } from './content.ts';
import { addressOf, asSeenBy, greet, type Desk } from './desk.ts';
import { answerInPrivate, cardOf, insist, noteOf, postAnswer } from './follow-up.ts';
import { originOf, type Activity, type Origin } from './incoming.ts';
import { carryOut, keyOf, leadsOn, readPress, type Press } from './press.ts';

/** When Teams has its answer to a pressed button, ready or not; milliseconds. It waits for ten seconds or so. */
const ANSWER_WITHIN = 7000;

/** What came of a press, and whether it takes the place of the card that was pressed. */
interface Outcome {
  readonly reply: Reply;
  readonly replaces: boolean;
}

const action = z.looseObject({ action: z.looseObject({ data: z.unknown().optional() }) });

/** Answers `adaptiveCard/action`: a button that was pressed. */
export async function onPress(desk: Desk, activity: Activity): Promise<object> {
  const origin = originOf(activity);
  greet(desk, origin, activity);
  const parsed = action.safeParse(activity.value);
  const work = desk.background.during(outcomeOf(desk, origin, activity, readPress(parsed.data?.action.data)));
  const inTime = await within(work, ANSWER_WITHIN, desk.timer);
  if (!inTime.isReady) {
    desk.background.run('answering a button late', async () => {
      await showLate(desk, origin, activity, await work);
    });
    return sentenceResponse(desk.language.t('teams.waiting'));
  }
  const { reply, replaces } = inTime.value;
  return replaces ? cardResponse(await cardOf(desk, origin, reply)) : sentenceResponse(wordsOf(reply));
}

/** Answers a button of a client without `Action.Execute`: it comes as a message with a value. */
export async function onSubmit(desk: Desk, origin: Origin, activity: Activity): Promise<void> {
  await showLate(desk, origin, activity, await outcomeOf(desk, origin, activity, readPress(activity.value)));
}

async function outcomeOf(desk: Desk, origin: Origin, activity: Activity, press: Press | null): Promise<Outcome> {
  const { language } = desk;
  if (press === null) return beside({ ...refused(language.t('teams.old-button')), language });
  const line = press.type === 'run' ? press.line : press.command;
  const isForOne = isForOneself(desk, line);
  const isDirect = origin.kind === 'direct';
  // What everybody may ask changes nothing for others, and its answer is in the response: twice is as good as once.
  const reach = press.type === 'run' && !isForOne ? 'here' : 'everywhere';
  try {
    const outcome = await desk.once(
      keyOf(desk, origin, activity, press),
      async () => {
        const reply = await carryOut(desk, origin, press, isForOne ? { lead: '' } : asSeenBy(desk, origin, line));
        if (isDirect || !(isForOne || reply.isPersonal)) return { reply, replaces: leadsOn(reply) };
        // What the others in the conversation do not see is not put in the place of what they see.
        return beside(noteOf(reply, await answerInPrivate(desk, origin, reply)));
      },
      reach,
    );
    return outcome ?? beside({ ...refused(language.t('teams.already-sent')), language });
  } catch (error) {
    return beside(failureReply(desk, error));
  }
}

function beside(reply: Reply): Outcome {
  return { reply, replaces: false };
}

/** Shows what came of a press when the request that it came with has its answer already. */
async function showLate(desk: Desk, origin: Origin, activity: Activity, { reply, replaces }: Outcome): Promise<void> {
  const to = addressOf(origin);
  if (replaces && activity.replyToId) {
    const message = messageOf(await cardOf(desk, origin, reply), reply.card, reply.language);
    const old = { ...to, messageId: activity.replyToId };
    const sending = await insist(desk, () => desk.messenger.updateMessage(old, message));
    if (sending.outcome === 'sent') return;
  }
  await postAnswer(desk, origin, to, reply);
}

function wordsOf({ card, language }: Reply): string {
  return cardText(card, { language }).trim();
}

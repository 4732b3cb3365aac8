import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import { refused } from '../../src/engine/answer.ts';
import type { Reply } from '../../src/engine/dispatch.ts';
import { failureReply } from '../../src/engine/failure-reply.ts';
import { isOnlyAsking } from '../../src/engine/line-command.ts';
import { formIn, privateContentOf } from './content.ts';
import { within } from '../../src/deadline.ts';
import { afterwards, say, type Asker, type Desk } from './desk.ts';
import { originOf } from './incoming.ts';
import { lineOf, takeFiles } from './lines.ts';
import { HEAD_START, needsForm, showInModal } from './modals.ts';
import { messageOf, respond } from './respond.ts';
import { sendFiles, withFormButton } from './follow-up.ts';

/** An answer that is ready within this time is the acknowledgement itself. Milliseconds; Slack waits for three seconds. */
export const ANSWER_WITHIN = 1000;

type Incoming = Pick<SlackCommandMiddlewareArgs & AllMiddlewareArgs, 'body' | 'ack'>;

/** Answers `/gcm …`, to whoever typed it only. */
export async function onCommand(desk: Desk, { body, ack }: Incoming): Promise<void> {
  const origin = originOf(body);
  desk.accounts.belongs(origin);
  const { trigger_id: trigger, response_url: url } = body;
  if (trigger && !desk.once.isFirstHere(`command ${origin.tenant} ${trigger}`)) {
    await ack();
    return;
  }
  const asker: Asker = { origin, user: body.user_id, channel: body.channel_id };
  const line = takeFiles(desk, asker, lineOf(desk, origin, body.text));
  const reply = sayOnce(desk, asker, line, trigger);
  const purpose = { channel: asker.channel, attempt: 0 };

  const early = await within(reply, HEAD_START, desk.timer);
  if (!early.isReady && trigger && needsForm(desk.bot.registry, line)) {
    await ack();
    const isShown = await showInModal(desk, asker, trigger, reply, purpose);
    if (!isShown) await later(desk, url, withFormButton(await reply, line), line);
  } else {
    const inTime = early.isReady ? early : await within(reply, ANSWER_WITHIN - HEAD_START, desk.timer);
    if (!inTime.isReady) {
      await ack(messageOf({ text: desk.language.t('slack.waiting'), blocks: [] }));
      await later(desk, url, withFormButton(await reply, line), line);
    } else if (formIn(inTime.value.card) && trigger) {
      await ack();
      const isShown = await showInModal(desk, asker, trigger, reply, purpose);
      if (!isShown) await later(desk, url, withFormButton(inTime.value, line), line);
    } else {
      await ack(messageOf(privateContentOf(inTime.value, line)));
    }
  }
  sendFiles(desk, asker, await reply);
  afterwards(desk, asker);
}

async function later(desk: Desk, url: string | undefined, reply: Reply, line: string): Promise<void> {
  await respond(desk.log, url, { ...privateContentOf(reply, line), replaces: true });
}

/**
 * Says it unless another process has said it already: Slack sends a command once, what stands between may send it again.
 * A question is as good twice, and does not wait for the store to know.
 */
async function sayOnce(desk: Desk, asker: Asker, line: string, trigger: string | undefined): Promise<Reply> {
  if (!trigger || isOnlyAsking(desk, line)) return say(desk, asker, line);
  try {
    if (await desk.once.isFirst(`acted on ${asker.origin.tenant} ${trigger}`)) return await say(desk, asker, line);
    return { ...refused(desk.language.t('slack.already-done')), outcome: 'answered', language: desk.language };
  } catch (error) {
    return failureReply(desk, error);
  }
}

import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { within } from '../../src/deadline.ts';
import { refused } from '../../src/engine/answer.ts';
import type { Reply } from '../../src/engine/dispatch.ts';
import { failureReply } from '../../src/engine/failure-reply.ts';
import { attachmentOf } from './content.ts';
import { greet, personOf, say, type Desk } from './desk.ts';
import { answerInPrivate, cardOf } from './follow-up.ts';
import { originOf, type Activity, type Origin } from './incoming.ts';
import { carryOut, keyOf, readPress, withForm, type Press } from './press.ts';
import { forDialog } from './render/dialog.ts';
import { wordsOfHtml } from './words-of-html.ts';

/** When Teams has its answer, ready or not; milliseconds. It asks again after five seconds (“Respond to the dialog”). */
const ANSWER_WITHIN = 4000;

/** What Teams shows, or shows next, in a dialog; `null`: it closes the dialog. */
export type Dialog =
  | { readonly task: { readonly type: 'continue'; readonly value: object } }
  | { readonly task: { readonly type: 'message'; readonly value: string } }
  | null;

const fetched = z.looseObject({ data: z.unknown().optional() });
const words = z.string().nullish();
const called = z.looseObject({
  commandId: words,
  messagePayload: z
    .looseObject({
      subject: words,
      createdDateTime: words,
      body: z.looseObject({ contentType: words, content: words }).nullish(),
    })
    .nullish(),
});

/** The name under which the manifest offers to make something of a message. */
export const MESSAGE_ACTION = 'message';

/** Answers `task/fetch`: a button that opens a dialog. */
export async function onFetch(desk: Desk, activity: Activity): Promise<Dialog> {
  const origin = originOf(activity);
  greet(desk, origin, activity);
  const press = readPress(fetched.safeParse(activity.value).data?.data);
  if (press?.type !== 'run') return sentence(desk.language.t('teams.old-button'));
  return open(desk, origin, () => say(desk, origin, press.line));
}

/**
 * Answers `composeExtension/fetchTask`: somebody chose one of the app's entries, under a message or beside the box where
 * messages are written. The bot need not be in that conversation, so nothing of it is kept.
 */
export async function onAction(desk: Desk, activity: Activity): Promise<Dialog> {
  const origin = originOf(activity);
  desk.profiles.seen(origin);
  desk.places.heardFrom(origin.tenant, origin.serviceUrl);
  const { commandId, messagePayload } = called.safeParse(activity.value).data ?? {};
  if (commandId === MESSAGE_ACTION) {
    const { contentType, content } = messagePayload?.body ?? {};
    const body = contentType === 'text' ? (content ?? '') : wordsOfHtml(content ?? '');
    const text = [messagePayload?.subject ?? '', body].filter((part) => part.trim() !== '').join('\n');
    const message = { text, writtenAt: instantIn(messagePayload?.createdDateTime) };
    return open(desk, origin, () =>
      desk.bot.handle({ ...personOf(desk, origin), input: { type: 'message', ...message } }),
    );
  }
  const command = desk.bot.registry.find(commandId ?? '');
  if (!command) return sentence(desk.language.t('teams.old-button'));
  return open(desk, origin, () => say(desk, origin, command.name));
}

/** Answers `task/submit` and `composeExtension/submitAction`: a button in a dialog was pressed. */
export async function onDialogSubmit(desk: Desk, activity: Activity): Promise<Dialog> {
  const origin = originOf(activity);
  desk.places.heardFrom(origin.tenant, origin.serviceUrl);
  const press = readPress(fetched.safeParse(activity.value).data?.data);
  if (press === null) return sentence(desk.language.t('teams.old-button'));
  const work = desk.background.during(resultOf(desk, origin, activity, press));
  const inTime = await within(work, ANSWER_WITHIN, desk.timer);
  if (!inTime.isReady) {
    desk.background.run('answering a dialog late', async () => {
      const { reply, isDelivered } = await work;
      if (!isDelivered) await answerInPrivate(desk, origin, reply);
    });
    return sentence(desk.language.t('teams.dialog.late'));
  }
  const { reply, isDelivered } = inTime.value;
  return isDelivered ? null : shown(desk, origin, reply);
}

interface Result {
  readonly reply: Reply;
  /** What was asked for is done, and the answer is in the personal chat. */
  readonly isDelivered: boolean;
}

async function resultOf(desk: Desk, origin: Origin, activity: Activity, press: Press): Promise<Result> {
  const { language } = desk;
  try {
    const result = await desk.once(keyOf(desk, origin, activity, press), async () => {
      const reply = await carryOut(desk, origin, press, {});
      const isDelivered = reply.outcome === 'answered' && (await answerInPrivate(desk, origin, reply));
      return { reply, isDelivered };
    });
    return result ?? { reply: { ...refused(language.t('teams.already-sent')), language }, isDelivered: false };
  } catch (error) {
    const reply = failureReply(desk, error);
    // What takes the place of the form has it once more: what was typed would be gone.
    return { reply: press.type === 'form' ? withForm(desk, reply, press) : reply, isDelivered: false };
  }
}

/** Opens a dialog on an answer; only the one who asked sees it, so that it is for them, wherever they are. */
async function open(desk: Desk, origin: Origin, ask: () => Promise<Reply>): Promise<Dialog> {
  const asked = desk.background.during(ask().then((reply) => shown(desk, origin, reply)));
  const inTime = await within(asked, ANSWER_WITHIN, desk.timer);
  return inTime.isReady ? inTime.value : sentence(desk.language.t('teams.dialog.slow'));
}

async function shown(desk: Desk, origin: Origin, reply: Reply): Promise<Dialog> {
  const card = attachmentOf(forDialog(await cardOf(desk, origin, reply, {})));
  const title = desk.language.t('teams.extension.title');
  return { task: { type: 'continue', value: { title, height: 'large', width: 'medium', card } } };
}

function sentence(value: string): Dialog {
  return { task: { type: 'message', value } };
}

function instantIn(text: string | null | undefined): Temporal.Instant | null {
  try {
    return Temporal.Instant.from(text ?? '');
  } catch {
    return null;
  }
}

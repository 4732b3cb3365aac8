import { createHash } from 'node:crypto';
import { refused } from '../../src/engine/answer.ts';
import type { Reply } from '../../src/engine/dispatch.ts';
import { formOf } from '../../src/engine/form.ts';
import type { Given } from '../../src/engine/parse.ts';
import { failureReply } from '../../src/engine/failure-reply.ts';
import { formIn } from './content.ts';
import { within } from '../../src/deadline.ts';
import { afterwards, personOf, type Asker, type Desk } from './desk.ts';
import { sendFiles } from './follow-up.ts';
import { showHome } from './home.ts';
import { originOf } from './incoming.ts';
import { updateModal } from './modals.ts';
import { errorsOf, type ModalView } from './render/form.ts';
import { loadingView, NOWHERE, readWindow, viewOf, type IncomingView, type Purpose } from './windows.ts';

/** When a form that takes longer is answered with a view that says so; milliseconds. Slack waits for three seconds. */
const ANSWER_WITHIN = 2000;
/** How many answers to forms a process keeps, for those that are sent twice. */
const HELD = 500;

/** A form that was sent, as `view_submission` brings it. */
export interface Submission {
  readonly user: { readonly id: string };
  readonly view: IncomingView;
}

/** What Slack is told about a form that was sent. */
export type SubmissionAck = (
  answer:
    | { readonly response_action: 'errors'; readonly errors: Readonly<Record<string, string>> }
    | { readonly response_action: 'update'; readonly view: ModalView },
) => Promise<void>;

/** Answers forms. */
export type Forms = (body: Submission, ack: SubmissionAck) => Promise<void>;

/** Keeps in mind what became of each form, so that one that is sent twice acts once and is answered the same. */
export function createForms(desk: Desk): Forms {
  const answers = new Map<string, Promise<Reply>>();
  const answered = (key: string, work: () => Promise<Reply>): Promise<Reply> => {
    const known = answers.get(key);
    if (known) return known;
    const reply = work();
    answers.set(key, reply);
    for (const oldest of answers.keys()) if (answers.size > HELD) answers.delete(oldest);
    return reply;
  };

  return async (body, ack) => {
    const { view } = body;
    const origin = originOf(body);
    desk.accounts.belongs(origin);
    const read = readWindow(view);
    const asker: Asker = {
      origin,
      user: body.user.id,
      channel: read?.purpose.channel ?? null,
      thread: read?.purpose.thread ?? null,
    };
    if (!read || !desk.bot.registry.find(read.command)) {
      const old: Reply = { ...refused(desk.language.t('slack.old-form')), language: desk.language };
      await ack({ response_action: 'update', view: viewOf(old, NOWHERE) });
      return;
    }
    const { command, given, purpose, files } = read;
    desk.files.remember({ platform: 'slack', tenant: origin.tenant, user: asker.user }, files);
    const key = `form ${origin.tenant} ${view.id} ${purpose.attempt} ${digest(given)}`;
    const work = answered(key, () => act(desk, asker, key, command, given));

    const inTime = await within(work, ANSWER_WITHIN, desk.timer);
    if (inTime.isReady) {
      await ack(answerTo(desk, inTime.value, command, given, purpose));
    } else {
      await ack({ response_action: 'update', view: loadingView(desk.language, purpose) });
      const reply = await work;
      await updateModal(desk, asker, view.id, again(desk, reply, command, given), next(purpose));
    }
    sendFiles(desk, asker, await work);
    if (purpose.isFromHome) await showHome(desk, asker);
    afterwards(desk, asker);
  };
}

async function act(desk: Desk, asker: Asker, key: string, command: string, given: Given): Promise<Reply> {
  try {
    const isFirst = await desk.once.isFirst(key);
    if (isFirst) return await desk.bot.handle({ ...personOf(desk, asker), input: { type: 'form', command, given } });
    return { ...refused(desk.language.t('slack.already-sent')), outcome: 'answered', language: desk.language };
  } catch (error) {
    return failureReply(desk, error);
  }
}

/** Problems stand beside their fields; whatever else went wrong stands above the form, which keeps what was typed. */
function answerTo(
  desk: Desk,
  reply: Reply,
  command: string,
  given: Given,
  purpose: Purpose,
): Parameters<SubmissionAck>[0] {
  const form = formIn(reply.card);
  const errors = form ? errorsOf(form) : {};
  if (Object.keys(errors).length > 0) return { response_action: 'errors', errors };
  return { response_action: 'update', view: viewOf(again(desk, reply, command, given), next(purpose)) };
}

/** The form once more, with what was typed, below the sentence that says why it did not work. */
function again({ bot }: Desk, reply: Reply, command: string, given: Given): Reply {
  const declared = bot.registry.find(command);
  const isOver = reply.outcome === 'answered' || reply.outcome === 'asked' || !declared;
  if (isOver) return reply;
  const form = formOf(declared, reply.language, given);
  return { ...reply, card: { ...form, tone: reply.card.tone, elements: [...reply.card.elements, ...form.elements] } };
}

/** What is sent after a failure is no repetition, even if it says the same. */
function next(purpose: Purpose): Purpose {
  return { ...purpose, attempt: purpose.attempt + 1 };
}

function digest(given: Given): string {
  const sorted = Object.entries(given).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('base64url');
}

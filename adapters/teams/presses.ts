import { z } from 'zod';
import { cardText } from '../../src/cards/text.ts';
import { refused } from '../../src/engine/answer.ts';
import type { Reply } from '../../src/engine/dispatch.ts';
import { formOf } from '../../src/engine/form.ts';
import type { Given } from '../../src/engine/parse.ts';
import { cardResponse, formIn, messageOf, sentenceCard, sentenceResponse } from './content.ts';
import { within } from '../../src/deadline.ts';
import { addressOf, asSeenBy, failureReply, greet, isForOneself, personOf, say, type Desk } from './desk.ts';
import { answerInPrivate, cardOf, insist, postAnswer } from './follow-up.ts';
import { originOf, type Activity, type Origin } from './incoming.ts';
import { readForm } from './render/form.ts';
import { LIMITS } from './render/limits.ts';

/** When Teams has its answer to a pressed button, ready or not; milliseconds. It waits for ten seconds or so. */
const ANSWER_WITHIN = 7000;

/** What a button says: a line, or the form that it belongs to. */
type Press =
  | { readonly type: 'run'; readonly line: string }
  | { readonly type: 'form'; readonly command: string; readonly opaque: string; readonly given: Given };

/** What came of a press, and whether it takes the place of the card that was pressed. */
interface Outcome {
  readonly reply: Reply;
  readonly replaces: boolean;
}

const run = z.looseObject({ run: z.string().max(LIMITS.commandLine) });
const form = z.looseObject({ command: z.string().min(1).max(100), opaque: z.string().max(200) });
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

function readPress(data: unknown): Press | null {
  const line = run.safeParse(data);
  if (line.success) return { type: 'run', line: line.data.run };
  const sent = form.safeParse(data);
  if (!sent.success) return null;
  const { command, opaque } = sent.data;
  return { type: 'form', command, opaque, given: readForm(data) };
}

async function outcomeOf(desk: Desk, origin: Origin, activity: Activity, press: Press | null): Promise<Outcome> {
  const { language } = desk;
  if (press === null) return beside({ ...refused(language.t('teams.old-button')), language });
  const isPersonal = isForOneself(desk, press.type === 'run' ? press.line : press.command);
  const isOneself = origin.kind !== 'direct' && isPersonal;
  const own = isOneself ? {} : asSeenBy(origin);
  // What everybody may ask changes nothing for others, and its answer is in the response: twice is as good as once.
  const reach = press.type === 'run' && !isPersonal ? 'here' : 'everywhere';
  try {
    const outcome = await desk.once(
      keyOf(desk, origin, activity, press),
      async () => {
        const acted =
          press.type === 'run' ? await runLine(desk, origin, press.line, own) : await send(desk, origin, press, own);
        if (!isOneself) return acted;
        // What the others in the conversation do not see is not put in the place of what they see.
        const sentence = await answerInPrivate(desk, origin, acted.reply);
        return beside({ ...acted.reply, card: sentenceCard(sentence) });
      },
      reach,
    );
    return outcome ?? beside({ ...refused(language.t('teams.already-sent')), language });
  } catch (error) {
    return beside(failureReply(desk, error));
  }
}

/** A form is used up once, by whoever sends it; a button once per press. */
function keyOf(desk: Desk, { tenant, conversation, user }: Origin, activity: Activity, press: Press): string {
  return press.type === 'form'
    ? `form ${tenant} ${conversation} ${activity.replyToId ?? ''} ${press.opaque}`
    : `press ${tenant} ${conversation} ${user} ${activity.id ?? desk.identity.uid()}`;
}

async function runLine(desk: Desk, origin: Origin, line: string, own: ReturnType<typeof asSeenBy>): Promise<Outcome> {
  const reply = await say(desk, origin, line, own);
  const { outcome, card } = reply;
  const hasWaysOn = card.elements.some(({ type }) => type === 'actions' || type === 'form');
  return { reply, replaces: outcome === 'answered' || outcome === 'asked' || hasWaysOn };
}

async function send(
  desk: Desk,
  origin: Origin,
  { command, given }: Extract<Press, { type: 'form' }>,
  own: ReturnType<typeof asSeenBy>,
): Promise<Outcome> {
  const input = { type: 'form', command, given } as const;
  const reply = await desk.bot.handle({ ...personOf(desk, origin), ...own, input });
  const declared = desk.bot.registry.find(command);
  const isOver = reply.outcome === 'answered' || reply.outcome === 'asked' || formIn(reply.card) !== undefined;
  if (isOver || !declared) return { reply, replaces: isOver };
  // It did not work: the form once more, with what was typed, below the sentence that says why.
  const { elements } = formOf(declared, reply.language, given);
  return {
    reply: { ...reply, card: { ...reply.card, elements: [...reply.card.elements, ...elements] } },
    replaces: true,
  };
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

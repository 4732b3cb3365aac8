import { card, text } from '../../src/cards/card.ts';
import type { Reply } from '../../src/engine/dispatch.ts';
import { failureReply } from '../../src/engine/failure-reply.ts';
import { asSeenByAll, isForOneself } from '../../src/engine/line-command.ts';
import type { Address, SentMessage } from '../../src/ports.ts';
import { blocksFor, contentOf } from './content.ts';
import { within } from '../../src/deadline.ts';
import { afterwards, say, type Asker, type Desk } from './desk.ts';
import { postAnswer, sendFiles, withFormButton } from './follow-up.ts';
import { originOf } from './incoming.ts';
import { lineOf, sharedFiles, takeFiles, type SlackFile } from './lines.ts';
import { knowConversation } from './membership.ts';

/** When somebody who wrote a message is told that the answer takes longer; milliseconds. */
const WAITING_AFTER = 2000;

/** A message as the events `message` and `app_mention` bring it. */
export interface MessageEvent {
  readonly user?: string | undefined;
  readonly bot_id?: string | undefined;
  readonly subtype?: string | undefined;
  readonly text?: string | undefined;
  readonly ts: string;
  readonly thread_ts?: string | undefined;
  readonly channel: string;
  readonly channel_type?: string | undefined;
  readonly files?: readonly SlackFile[] | undefined;
}

/** What stands around an event. */
export interface EventBody {
  readonly event_id?: string;
  readonly authorizations?: readonly { readonly user_id?: string; readonly is_bot?: boolean }[];
}

/** Answers a message: in its thread when it mentions the bot in a channel, in the conversation when it is direct. */
export async function onMessage(
  desk: Desk,
  event: MessageEvent,
  body: EventBody,
  place: 'channel' | 'direct',
): Promise<void> {
  const { user, channel, ts } = event;
  const isFromPerson = event.bot_id === undefined && (event.subtype ?? 'file_share') === 'file_share';
  if (user === undefined || !isFromPerson) return;
  const origin = originOf(body);
  desk.accounts.belongs(origin);
  const thread = event.thread_ts ?? (place === 'direct' ? null : ts);
  const asker: Asker = { origin, user, channel, thread };
  const to: Address = { platform: 'slack', tenant: origin.tenant, id: channel, thread };

  const typed = lineOf(
    desk,
    origin,
    event.text ?? '',
    body.authorizations?.find(({ is_bot }) => is_bot)?.user_id ?? null,
  );
  const line = takeFiles(desk, asker, typed, sharedFiles(event.files));
  // What everybody can read is answered as everybody may see it; what staff do concerns themselves.
  const isInChannel = place === 'channel';
  const isForOne = isInChannel && isForOneself(desk, line);
  const asked = isInChannel && !isForOne ? asSeenByAll(desk, line) : {};

  const work = firstly(desk, origin.tenant, event, body, () => say(desk, asker, line, asked));
  const inTime = await within(work, WAITING_AFTER, desk.timer);
  const shown = inTime.isReady ? null : await (isForOne ? privately : publicly)(desk, asker, to, waiting(desk), null);
  const reply = inTime.isReady ? inTime.value : await work;
  if (reply) {
    const isPrivate = isForOne || (isInChannel && reply.isPersonal === true);
    await (isPrivate ? privately : publicly)(desk, asker, to, withFormButton(reply, line), shown);
    sendFiles(desk, asker, reply);
  }
  desk.background.run('keeping a conversation', () =>
    knowConversation(desk, { ...to, kind: place === 'direct' ? 'direct' : 'channel' }),
  );
  afterwards(desk, asker);
}

/** Does something unless it was done before: Slack may send an event again, under the same id or another one. */
async function firstly(
  desk: Desk,
  tenant: string,
  { channel, ts, user }: MessageEvent,
  { event_id: id }: EventBody,
  work: () => Promise<Reply>,
): Promise<Reply | null> {
  const keys = [...(id === undefined ? [] : [`event ${id}`]), `message ${tenant} ${channel} ${ts} ${user ?? ''}`];
  try {
    return (await desk.once.isFirst(...keys)) ? await work() : null;
  } catch (error) {
    return failureReply(desk, error);
  }
}

function waiting({ language }: Desk): Reply {
  return { outcome: 'asked', card: card(null, text(language.t('slack.waiting'))), language };
}

type Show = (
  desk: Desk,
  asker: Asker,
  to: Address,
  reply: Reply,
  instead: SentMessage | null,
) => Promise<SentMessage | null>;

const publicly: Show = async (desk, _asker, to, reply, instead) => {
  if (instead) {
    const sending = await desk.messenger.update(instead, reply.card, { language: reply.language });
    if (sending.outcome === 'sent') return instead;
  }
  const sending = await postAnswer(desk, to, reply);
  return sending.outcome === 'sent' ? sending.message : null;
};

/** In the conversation, but for the asker's eyes only; in their direct messages when that cannot be. */
const privately: Show = async (desk, { user }, to, reply, instead) => {
  if (instead) {
    const only = card(null, text(desk.language.t('slack.only-for-you')));
    await desk.messenger.update(instead, only, { language: desk.language });
  }
  const content = contentOf(reply.card, reply.language);
  try {
    const client = await desk.accounts.clientOf(to.tenant);
    const thread = to.thread === null ? {} : { thread_ts: to.thread };
    await client?.chat.postEphemeral({
      channel: to.id,
      user,
      text: content.text,
      blocks: blocksFor(content.blocks),
      ...thread,
    });
  } catch (error) {
    desk.log.warn({ err: error }, 'an answer could not be shown to one person only');
    const direct = await desk.messenger.openDirect({ platform: 'slack', tenant: to.tenant, user });
    if (direct.outcome === 'open') await postAnswer(desk, direct.address, reply);
  }
  return null;
};

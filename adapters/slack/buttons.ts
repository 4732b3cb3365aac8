import type { Reply } from '../../src/engine/dispatch.ts';
import { refused } from '../../src/engine/answer.ts';
import { failureReply } from '../../src/engine/failure-reply.ts';
import { contentOf, formIn, isSharing, privateContentOf, sharedContentOf, usesUp, type Content } from './content.ts';
import { within } from '../../src/deadline.ts';
import { afterwards, say, type Asker, type Desk } from './desk.ts';
import { postAnswer, sendFiles, withFormButton } from './follow-up.ts';
import { showHome } from './home.ts';
import { originOf } from './incoming.ts';
import { HEAD_START, needsForm, showInModal, updateModal } from './modals.ts';
import { respond, type Response } from './respond.ts';
import { purposeOf, type IncomingView, type Purpose } from './windows.ts';

/** A press of a button, as `block_actions` brings it. */
export interface Press {
  readonly user: { readonly id: string };
  readonly channel?: { readonly id: string } | undefined;
  readonly trigger_id?: string | undefined;
  readonly response_url?: string | undefined;
  readonly container?: {
    readonly type?: string;
    readonly is_ephemeral?: boolean;
    readonly message_ts?: string;
    readonly thread_ts?: string;
    readonly channel_id?: string;
  };
  readonly view?: IncomingView | undefined;
  readonly actions: readonly {
    readonly action_id?: string;
    readonly block_id?: string;
    readonly action_ts?: string;
    readonly value?: string | null;
    readonly url?: string;
    readonly selected_option?: { readonly value?: string } | null;
  }[];
}

type Action = Press['actions'][number];

/** Does what a button says. It was acknowledged already: Slack shows nothing of an acknowledgement here. */
export async function onPress(desk: Desk, body: Press): Promise<void> {
  const [action] = body.actions;
  // A button that leads to a page needs nothing of us.
  if (!action || action.url !== undefined) return;
  const origin = originOf(body);
  desk.accounts.belongs(origin);
  const channel = body.channel?.id ?? body.container?.channel_id ?? (body.view ? purposeOf(body.view).channel : null);
  const thread = body.container?.thread_ts ?? (body.view ? purposeOf(body.view).thread : null);
  const asker: Asker = { origin, user: body.user.id, channel, thread: thread ?? null };
  const key = `press ${origin.tenant} ${asker.user} ${action.action_ts ?? ''} ${action.action_id ?? ''}`;
  const line = action.value ?? action.selected_option?.value;
  if (line === undefined || line === null) {
    await answer(desk, asker, body, oldButton(desk));
  } else if (isSharing(action)) {
    await share(desk, asker, body, line);
  } else {
    const reply = once(desk, key, () => say(desk, asker, line));
    await (body.view ? inView(desk, asker, body.view, body, reply) : inMessage(desk, asker, body, action, line, reply));
  }
  afterwards(desk, asker);
}

/** Says it only the first time; `null`: it was said before. */
async function once(desk: Desk, key: string, work: () => Promise<Reply>): Promise<Reply | null> {
  try {
    return (await desk.once.isFirst(key)) ? await work() : null;
  } catch (error) {
    return failureReply(desk, error);
  }
}

async function inView(desk: Desk, asker: Asker, view: IncomingView, body: Press, pending: Promise<Reply | null>) {
  const isWindow = view.type === 'modal';
  const isFromHome = !isWindow || purposeOf(view).isFromHome === true;
  const purpose: Purpose = { channel: asker.channel, attempt: 0, ...(isFromHome ? { isFromHome } : {}) };
  if (isWindow || body.trigger_id === undefined) {
    const reply = await pending;
    if (!reply) return;
    await updateModal(desk, asker, view.id, reply, purpose);
    sendFiles(desk, asker, reply);
    if (isFromHome) await showHome(desk, asker);
    return;
  }
  const reply = pending.then((known) => known ?? oldButton(desk));
  await showInModal(desk, asker, body.trigger_id, reply, purpose);
  sendFiles(desk, asker, await reply);
  await showHome(desk, asker);
}

async function inMessage(
  desk: Desk,
  asker: Asker,
  body: Press,
  action: Action,
  line: string,
  pending: Promise<Reply | null>,
): Promise<void> {
  const early = await within(pending, HEAD_START, desk.timer);
  const trigger = body.trigger_id;
  const isForm = early.isReady ? early.value && formIn(early.value.card) : needsForm(desk.bot.registry, line);
  if (isForm && trigger !== undefined) {
    const reply = pending.then((known) => known ?? oldButton(desk));
    const purpose: Purpose = { channel: asker.channel, attempt: 0, ...(asker.thread ? { thread: asker.thread } : {}) };
    if (await showInModal(desk, asker, trigger, reply, purpose)) return;
  }
  const reply = await pending;
  if (!reply) return;
  const shown = withFormButton(reply, line);
  const isOwn = body.container?.is_ephemeral === true || isDirect(asker);
  await answer(desk, asker, body, shown, { replaces: isOwn && usesUp(action, line), line });
  sendFiles(desk, asker, reply);
}

/** Answers beside the message that the button is on, for whoever pressed it; in direct messages when Slack says no. */
async function answer(
  desk: Desk,
  asker: Asker,
  body: Press,
  reply: Reply,
  { replaces = false, line = null }: { readonly replaces?: boolean; readonly line?: string | null } = {},
): Promise<void> {
  const content: Content =
    line === null || isDirect(asker) ? contentOf(reply.card, reply.language) : privateContentOf(reply, line);
  const response: Response = {
    ...content,
    isPublic: isDirect(asker),
    replaces,
    thread: body.container?.thread_ts ?? null,
  };
  if (await respond(desk.log, body.response_url, response)) return;
  const person = { platform: 'slack', tenant: asker.origin.tenant, user: asker.user };
  const direct = await desk.messenger.openDirect(person);
  if (direct.outcome === 'open') await postAnswer(desk, direct.address, reply);
  else desk.log.warn(direct, 'an answer reached nobody');
}

/** Shows everybody in the channel what one person was shown: asked again as everybody may see it, and once. */
async function share(desk: Desk, asker: Asker, body: Press, line: string): Promise<void> {
  const { language } = desk;
  const key = `share ${asker.origin.tenant} ${asker.channel ?? ''} ${body.container?.message_ts ?? ''} ${asker.user}`;
  const zone = await zoneOfGroup(desk, asker);
  const reply = await once(desk, key, () => say(desk, asker, line, { role: 'viewer', isZoneForced: true, zone }));
  const only = (sentence: string): Reply => ({ ...refused(sentence), language });
  if (!reply) {
    await answer(desk, asker, body, only(language.t('slack.already-shared')));
  } else if (reply.outcome !== 'answered' || reply.isPersonal) {
    await answer(desk, asker, body, only(language.t('slack.not-sharable')));
  } else {
    await respond(desk.log, body.response_url, { ...sharedContentOf(reply, asker.user), isPublic: true });
  }
}

/** The zone in which a whole channel reads times: its working group's. */
async function zoneOfGroup({ store }: Desk, { origin, channel }: Asker): Promise<string | null> {
  const key = { platform: 'slack', tenant: origin.tenant, id: channel ?? '' };
  const [groups, conversation] = await Promise.all([store.groups(), store.conversation(key)]);
  return (groups.find(({ id }) => id === conversation?.groupId) ?? groups[0])?.zone ?? null;
}

function oldButton({ language }: Desk): Reply {
  return { ...refused(language.t('slack.old-button')), language };
}

function isDirect({ channel }: Asker): boolean {
  return channel?.startsWith('D') ?? false;
}

import { Temporal } from 'temporal-polyfill';
import { refused } from '../../src/engine/answer.ts';
import type { Reply } from '../../src/engine/dispatch.ts';
import { contentOf } from './content.ts';
import { afterwards, personOf, say, type Asker, type Desk } from './desk.ts';
import { messageText, originOf } from './incoming.ts';
import { showInModal } from './modals.ts';
import { respond } from './respond.ts';
import { NEXT_SHORTCUT } from './scopes.ts';
import { NOWHERE } from './windows.ts';

/** Somebody used the shortcut that is everywhere. */
export interface Shortcut {
  readonly user: { readonly id: string };
  readonly trigger_id: string;
}

/** Somebody used the shortcut of a message, as `message_action` brings it. */
export interface MessageShortcut extends Shortcut {
  readonly channel: { readonly id: string };
  readonly response_url?: string;
  readonly message: {
    /** When it was written: seconds since the epoch. */
    readonly ts: string;
    readonly text?: string | null;
  };
}

/** Shows what comes next. */
export async function onShortcut(desk: Desk, body: Shortcut): Promise<void> {
  const asker: Asker = { origin: originOf(body), user: body.user.id, channel: null };
  desk.accounts.belongs(asker.origin);
  await showInModal(desk, asker, body.trigger_id, say(desk, asker, NEXT_SHORTCUT), NOWHERE);
  afterwards(desk, asker);
}

/** Opens the form for a new event with what a message says in it; whoever may not add any is told who may. */
export async function onMessageShortcut(desk: Desk, body: MessageShortcut): Promise<void> {
  const { language } = desk;
  const asker: Asker = { origin: originOf(body), user: body.user.id, channel: body.channel.id };
  desk.accounts.belongs(asker.origin);
  const purpose = { channel: asker.channel, attempt: 0 };
  const isShown = await showInModal(desk, asker, body.trigger_id, eventOf(desk, asker, body), purpose);
  if (!isShown)
    await respond(desk.log, body.response_url, contentOf(refused(language.t('slack.too-late')).card, language));
  afterwards(desk, asker);
}

function eventOf(desk: Desk, asker: Asker, { message }: MessageShortcut): Promise<Reply> {
  const text = messageText(message.text ?? '');
  const writtenAt = Temporal.Instant.fromEpochMilliseconds(Math.floor(Number(message.ts) * 1000));
  return desk.bot.handle({ ...personOf(desk, asker), input: { type: 'message', text, writtenAt } });
}

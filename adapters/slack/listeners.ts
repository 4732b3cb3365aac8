import type { App } from '@slack/bolt';
import { onPress, type Press } from './buttons.ts';
import { onCommand } from './commands.ts';
import type { Desk } from './desk.ts';
import { createForms, type Submission } from './forms.ts';
import { onHomeOpened } from './home.ts';
import { originOf } from './incoming.ts';
import { CHANNEL_EVENTS, onChannel, onMemberJoined, onMemberLeft, onRemoved, type ChannelEvent } from './membership.ts';
import { onMessage, type MessageEvent } from './messages.ts';
import { onMessageShortcut, onShortcut, type MessageShortcut } from './shortcuts.ts';
import { suggestedEvents } from './suggestions.ts';
import { optionsOf } from './windows.ts';

/**
 * Listens to everything that the bot answers to.
 *
 * @param removed told when a workspace, or an organisation, has taken the bot out
 */
export function listen(app: App, desk: Desk, removed: (tenant: string) => Promise<void>): void {
  const forms = createForms(desk);
  const leave = async (body: object) => {
    await removed(originOf(body).tenant);
    await onRemoved(desk, body);
  };
  const { during } = desk.background;

  app.command(/.*/u, ({ body, ack }) => during(onCommand(desk, { body, ack })));

  app.action(/.*/u, async ({ body, ack }) => {
    await ack();
    await during(onPress(desk, body as unknown as Press));
  });

  app.view({ type: 'view_submission', callback_id: /.*/u }, ({ body, ack }) =>
    during(forms(body as unknown as Submission, ack as unknown as Parameters<typeof forms>[1])),
  );
  app.view({ type: 'view_closed', callback_id: /.*/u }, ({ ack }) => ack());

  app.options(/.*/u, async ({ body, ack }) => {
    const events = await suggestedEvents(desk, body);
    await ack(optionsOf(events));
  });

  app.shortcut(/.*/u, async ({ body, ack }) => {
    await ack();
    const isOfMessage = body.type === 'message_action';
    await during(isOfMessage ? onMessageShortcut(desk, body as MessageShortcut) : onShortcut(desk, body));
  });

  app.event('app_mention', ({ event, body }) =>
    during(onMessage(desk, event as unknown as MessageEvent, body, 'channel')),
  );
  app.event('message', async ({ event, body }) => {
    const message = event as unknown as MessageEvent;
    if (message.channel_type === 'im') await during(onMessage(desk, message, body, 'direct'));
  });
  app.event('app_home_opened', ({ event, body }) => during(onHomeOpened(desk, event, body)));

  app.event('member_joined_channel', ({ event, body }) => during(onMemberJoined(desk, event, body)));
  app.event('member_left_channel', ({ event, body }) => during(onMemberLeft(desk, event, body)));
  for (const name of CHANNEL_EVENTS) {
    app.event(name, ({ event, body }) => during(onChannel(desk, event as unknown as ChannelEvent, body)));
  }

  app.event('app_uninstalled', async ({ body }) => {
    await during(leave(body));
  });
  app.event('tokens_revoked', async ({ event, body }) => {
    if ((event.tokens.bot ?? []).length === 0) return;
    await during(leave(body));
  });
}

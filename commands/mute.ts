import { action, card, offer, text } from '../src/cards/card.ts';
import { refused, type Answer } from '../src/engine/answer.ts';
import { event } from '../src/engine/argument.ts';
import { defineCommand, type Context } from '../src/engine/command.ts';
import { quote } from '../src/engine/tokenize.ts';
import { forMe } from '../src/reminders/rule-arguments.ts';
import { withRules } from '../src/reminders/subscribe.ts';
import { SUBSCRIPTION_LIMITS } from '../src/reminders/subscription.ts';
import { subscriptionsOf, answerTold } from '../src/reminders/told.ts';
import type { ScheduledEvent } from '../src/schedule/event.ts';

export const mute = defineCommand({
  name: 'mute',
  aliases: [],
  summary: 'mute.summary',
  access: 'viewer',
  args: { me: forMe(), event: event() },
  examples: ['mute stocktaking', 'mute me stocktaking'],
  isForConversation: true,
  run: (context, { me, event }) => setMuted(event, true, me !== null, context),
});

export const unmute = defineCommand({
  name: 'unmute',
  aliases: [],
  summary: 'unmute.summary',
  access: 'viewer',
  args: { me: forMe(), event: event() },
  examples: ['unmute stocktaking'],
  isForConversation: true,
  run: (context, { me, event }) => setMuted(event, false, me !== null, context),
});

function setMuted(
  { uid, title, handle }: ScheduledEvent,
  isMuted: boolean,
  isForMe: boolean,
  context: Context,
): Promise<Answer> {
  const { language, store } = context;
  return answerTold(context, { isForMe, isChange: true }, async (told) => {
    const all = subscriptionsOf(told);
    const own = told.channel === null ? 'me ' : '';
    const whose = told.channel === null ? '' : '-channel';
    const act = isMuted ? 'mute' : 'unmute';
    if (all.length === 0)
      return card(null, text(language.t(told.channel === null ? 'reminders.none' : 'reminders.none-channel')));
    const changed = all.filter(({ mutes }) => mutes.includes(uid) !== isMuted);
    if (changed.length === 0) return card(null, text(language.t(`${act}.already${whose}`, { title })));
    if (isMuted && changed.some(({ mutes }) => mutes.length >= SUBSCRIPTION_LIMITS.mutes)) {
      return refused(language.t('mute.too-many', { max: SUBSCRIPTION_LIMITS.mutes }));
    }
    for (const each of changed) {
      const mutes = isMuted ? [...each.mutes, uid] : each.mutes.filter((muted) => muted !== uid);
      await store.subscriptions.save(withRules(each, { mutes }));
    }
    const back = action(language.t('undo.offer'), `${isMuted ? 'unmute' : 'mute'} ${own}${quote(handle)}`);
    return {
      ...card(null, text(language.t(`${act}.done${whose}`, { title })), ...offer(back)),
      tone: 'success',
    };
  });
}

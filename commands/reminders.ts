import { action, card, muted, offer, text } from '../src/cards/card.ts';
import { oneOf, optional, type Argument } from '../src/engine/argument.ts';
import { defineCommand } from '../src/engine/command.ts';
import { forMe } from '../src/reminders/rule-arguments.ts';
import { postsInWords, subscriptionInWords } from '../src/reminders/subscription-cards.ts';
import { subscriptionsOf, answerTold } from '../src/reminders/told.ts';

/** How far `reminders preview` looks ahead, and how much of it is shown. */
const PREVIEW = { days: 30, limit: 50 } as const;
/** How many subscriptions are shown. */
const SHOWN = 10;

function act(): Argument<'preview' | null> {
  return { ...optional(oneOf(['preview'])), takes: (word) => word.toLowerCase() === 'preview' };
}

export const reminders = defineCommand({
  name: 'reminders',
  aliases: ['subscriptions'],
  summary: 'reminders.summary',
  access: 'viewer',
  args: { me: forMe(), act: act() },
  examples: ['reminders', 'reminders preview', 'reminders me preview'],
  run(context, { me, act }) {
    const { language } = context;
    return answerTold(context, { isForMe: me !== null, isChange: false }, (told) => {
      const all = subscriptionsOf(told);
      const own = told.channel === null ? ' me' : '';
      const title =
        told.channel === null ? language.t('reminders.yours') : language.t('reminders.of', { name: told.channel });
      if (all.length === 0) {
        const lead = action(language.t('reminders.offer'), `remind${own} 7d, 1d, 1h`);
        return card(
          title,
          text(language.t(told.channel === null ? 'reminders.none' : 'reminders.none-channel')),
          ...offer(lead),
        );
      }
      if (act === 'preview')
        return card(language.t('reminders.preview', PREVIEW), ...postsInWords(all, PREVIEW, context));
      return card(
        title,
        ...all
          .slice(0, SHOWN)
          .flatMap((each) => [
            subscriptionInWords(each, context),
            ...offer(action(language.t('reminders.remove'), `unsubscribe${own} --id ${each.id}`)),
          ]),
        ...(all.length > SHOWN ? [muted(language.t('list.more', { count: all.length - SHOWN }))] : []),
        ...offer(action(language.t('reminders.preview', PREVIEW), `reminders${own} preview`)),
      );
    });
  },
});

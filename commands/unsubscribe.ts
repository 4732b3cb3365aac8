import { action, card, list, offer, text } from '../src/cards/card.ts';
import { carried, optional, words } from '../src/engine/argument.ts';
import { defineCommand } from '../src/engine/command.ts';
import { leadTimeText } from '../src/reminders/lead-time.ts';
import { forMe } from '../src/reminders/rule-arguments.ts';
import { withRules } from '../src/reminders/subscribe.ts';
import { eventsInWords } from '../src/reminders/subscription-cards.ts';
import { subscriptionsOf, answerTold } from '../src/reminders/told.ts';

export const unsubscribe = defineCommand({
  name: 'unsubscribe',
  aliases: [],
  summary: 'unsubscribe.summary',
  access: 'viewer',
  args: { me: forMe(), id: carried(optional(words({ maxLength: 64 }))) },
  examples: ['unsubscribe', 'unsubscribe me'],
  isForConversation: true,
  run(context, { me, id }) {
    const { language, store } = context;
    return answerTold(context, { isForMe: me !== null, isChange: true }, async (told) => {
      const gone = subscriptionsOf(told).filter((each) => id === null || each.id === id);
      if (gone.length === 0)
        return card(null, text(language.t(told.channel === null ? 'reminders.none' : 'reminders.none-channel')));
      for (const each of gone) await store.subscriptions.remove(each.id);
      const main = gone.find(({ only }) => only === null);
      if (main?.changes === true) {
        // What is left of single events speaks for itself again.
        for (const single of told.singles.filter((each) => !gone.includes(each))) {
          await store.subscriptions.save(withRules(single, { changes: true }));
        }
      }
      const own = told.channel === null ? 'me ' : '';
      const again =
        main && main.leadTimes.length > 0
          ? [`remind ${own}${main.leadTimes.map(leadTimeText).join(', ')} ${main.filter.typed}`.trim()]
          : [];
      return {
        ...card(
          null,
          text(language.t('unsubscribe.done')),
          list(gone.map((each) => [eventsInWords(each, context)])),
          ...offer(...again.map((line) => action(language.t('unsubscribe.undo'), line))),
        ),
        tone: 'success',
      };
    });
  },
});

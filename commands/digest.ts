import { action, card, heading, offer, text } from '../src/cards/card.ts';
import { refused } from '../src/engine/answer.ts';
import { defineCommand } from '../src/engine/command.ts';
import { digestRule, forMe, into, yesOrNo } from '../src/reminders/rule-arguments.ts';
import { blankSubscription, postedInto, saveMain, withRules } from '../src/reminders/subscribe.ts';
import { digestInWords, postsInWords, threadInWords } from '../src/reminders/subscription-cards.ts';
import { answerTold } from '../src/reminders/told.ts';

/** A month has a digest whatever its rule, and leaves room for the next three of a week. */
const PREVIEW = { days: 100, limit: 3 } as const;

export const digest = defineCommand({
  name: 'digest',
  aliases: ['overview'],
  summary: 'digest.summary',
  access: 'viewer',
  args: { me: forMe(), empty: yesOrNo(), into: into(), rule: digestRule() },
  examples: [
    'digest weekly Monday 09:00',
    'digest daily 08:30',
    'digest monthly',
    'digest me weekly Fri',
    'digest off',
  ],
  isForConversation: true,
  run(context, { me, empty, into, rule }) {
    const { language, store } = context;
    return answerTold(context, { isForMe: me !== null, isChange: true }, async (told) => {
      const { main } = told;
      if (rule === 'off') {
        if (!main?.digest) return card(null, text(language.t('digest.none')));
        const rest = withRules(main, { digest: null });
        // Nothing else was asked for.
        if (rest.leadTimes.length === 0 && !rest.changes) await store.subscriptions.remove(rest.id);
        else await saveMain(rest, told, context);
        return { ...card(null, text(language.t('digest.off'))), tone: 'success' };
      }
      const before = postedInto(main ?? blankSubscription(told, context), into, told);
      if (before === null) return refused(language.t('remind.no-thread'));
      const after = withRules(before, { digest: rule, ...(empty !== null && { emptyDigests: empty }) });
      await saveMain(after, told, context);
      const own = told.channel === null ? ' me' : '';
      const when = digestInWords(rule, language);
      const thread = threadInWords(after, told, language);
      return {
        ...card(
          null,
          text(language.t(after.emptyDigests ? 'digest.done-always' : 'digest.done', { when })),
          ...(thread === null ? [] : [text(thread)]),
          heading(language.t('remind.next')),
          ...postsInWords([after], PREVIEW, context),
          ...offer(action(language.t('digest.undo'), `digest${own} off`)),
        ),
        tone: 'success',
      };
    });
  },
});

import { action, card, offer, text } from '../src/cards/card.ts';
import { misunderstood, optional, understood, words, type Argument } from '../src/engine/argument.ts';
import { defineCommand } from '../src/engine/command.ts';

/** `all`, or the number that `status` shows. */
function which(): Argument<'all' | number> {
  return {
    ...words({ maxLength: 12 }),
    place: 'word',
    read(text = '') {
      const typed = text.trim().replace(/^#/u, '').toLowerCase();
      if (typed === 'all') return understood('all');
      const choices = [{ label: 'all', text: 'all' }];
      return /^\d{1,9}$/u.test(typed)
        ? understood(Number(typed))
        : misunderstood('retry.which', { given: text }, choices);
    },
  };
}

export const retry = defineCommand({
  name: 'retry',
  aliases: [],
  summary: 'retry.summary',
  access: 'editor',
  args: { which: optional(which()) },
  examples: ['retry', 'retry all', 'retry 12'],
  async run({ language, store, group, present }, { which }) {
    const { ledger, subscriptions } = store;
    const one = typeof which === 'number' ? { id: which } : {};
    // Whether a place can be reached again is seen by trying: with what is parked there, or with what is due next.
    const [asked] = typeof which === 'number' ? await ledger.list({ groupId: group.id, id: which, limit: 1 }) : [];
    for (const lost of await subscriptions.lost(group.id)) {
      if (typeof which === 'number' && asked?.target.id !== lost.id) continue;
      const known = await store.conversation(lost);
      if (known) await store.saveConversation({ ...known, disconnected: null });
    }
    const count = await ledger.retry({ groupId: group.id, ...one }, present.epochMilliseconds);
    const back = offer(action(language.t('retry.status'), 'status'));
    if (count > 0) return { ...card(null, text(language.t('retry.done', { count })), ...back), tone: 'success' };
    const sentence =
      typeof which === 'number' ? language.t('retry.not-parked', { id: which }) : language.t('retry.none');
    return card(null, text(sentence), ...back);
  },
});

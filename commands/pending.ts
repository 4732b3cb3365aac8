import { card, explained, offer, text } from '../src/cards/card.ts';
import { instantInWords } from '../src/dates/words.ts';
import { carried, optional, words } from '../src/engine/argument.ts';
import { defineCommand } from '../src/engine/command.ts';

export const pending = defineCommand({
  name: 'pending',
  aliases: [],
  summary: 'pending.summary',
  access: 'editor',
  args: { token: carried(optional(words({ maxLength: 64 }))) },
  examples: ['pending'],
  isEveryday: true,
  isPersonal: true,
  async run(context, { token }) {
    const { language, store, group, reader, present } = context;
    if (token !== null) {
      const { showAgain } = await import('../src/engine/settle.ts');
      return showAgain(token, context);
    }
    const open = await store.openPending(group.id, reader.actor, present.toString());
    if (open.length === 0) return card(null, text(language.t('pending.nothing')));
    const again = language.t('conflict.again');
    return card(
      language.t('pending.title'),
      ...offer(
        ...open.map(({ token: of, preview: { title }, expiresAt }) => {
          const time = instantInWords(expiresAt, reader.zone, language);
          return explained(again, `pending --token ${of}`, language.t('pending.line', { title, time }));
        }),
      ),
    );
  },
});

import { action, card, muted, offer } from '../src/cards/card.ts';
import { entryInWords } from '../src/cards/changes.ts';
import { event } from '../src/engine/argument.ts';
import { defineCommand } from '../src/engine/command.ts';

/** How many changes are told. */
const TOLD = 20;

export const history = defineCommand({
  name: 'history',
  aliases: [],
  summary: 'history.summary',
  access: 'editor',
  args: { event: event() },
  examples: ['history stocktaking'],
  async run(context, { event }) {
    const { language, store, group } = context;
    const entries = await store.audit(group.id, { limit: TOLD + 1, subject: event.uid });
    const [last] = entries;
    return card(
      language.t('history.title', { title: event.title }),
      ...entries.slice(0, TOLD).flatMap((entry) => entryInWords(entry, context)),
      ...(entries.length > TOLD ? [muted(language.t('history.more'))] : []),
      ...(last ? offer(action(language.t('undo.offer-last'), `undo ${last.revision.toString()}`)) : []),
    );
  },
});

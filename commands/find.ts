import { card, muted, text } from '../src/cards/card.ts';
import { eventLine } from '../src/cards/present.ts';
import { words } from '../src/engine/argument.ts';
import { defineQuestion } from '../src/engine/command.ts';

/** How many events an answer lists. */
const MOST = 10;

export const find = defineQuestion({
  name: 'find',
  aliases: ['search'],
  summary: 'find.summary',
  access: 'viewer',
  args: { text: words({ maxLength: 200 }) },
  examples: ['find labour mobility', 'find ambassadorial', 'find Puerto'],
  isEveryday: true,
  async run(context, { text: sought }) {
    const { language, schedule } = context;
    const { searchEvents } = await import('../src/schedule/search.ts');
    const found = searchEvents(schedule, sought, language);
    const title = language.t('find.title', { text: sought, count: found.length });
    if (found.length === 0) return card(title, text(language.t('find.nothing')));
    const lines = found.slice(0, MOST).map((event) => eventLine(event, context));
    const more = found.length - MOST;
    return card(title, ...lines, ...(more > 0 ? [muted(language.t('list.more', { count: more }))] : []));
  },
});

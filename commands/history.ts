import { action, card, muted, offer, strong, text, type Element } from '../src/cards/card.ts';
import { changesInWords } from '../src/cards/changes.ts';
import { event } from '../src/engine/argument.ts';
import { defineCommand, type Context } from '../src/engine/command.ts';
import { instantInWords } from '../src/dates/words.ts';
import type { AuditEntry } from '../src/ports.ts';

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

function entryInWords({ at, actor, action: done, revision, write }: AuditEntry, context: Context): readonly Element[] {
  if (write.type !== 'event') return [];
  const { language, reader } = context;
  const who = actor.name ?? actor.user;
  const when = instantInWords(at, reader.zone, language);
  const title = text(strong(language.t('history.entry', { when, who, action: done, change: revision })));
  if (write.before === null) return [title, text(language.t('history.added'))];
  const fields = changesInWords(write.before, write.after, context);
  return fields.length === 0 ? [title] : [title, { type: 'fields', fields }];
}

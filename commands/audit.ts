import { card, list, muted, text, type Inline } from '../src/cards/card.ts';
import { actionInWords } from '../src/cards/changes.ts';
import { integer, optional } from '../src/engine/argument.ts';
import { defineCommand, type Context } from '../src/engine/command.ts';
import type { AuditEntry } from '../src/ports.ts';
import { instantInWords } from '../src/dates/words.ts';

/** How many entries are read; those of one change are told as one line. */
const ENTRIES = 500;
/** How many things one line names. */
const NAMED = 3;

export const audit = defineCommand({
  name: 'audit',
  aliases: ['log'],
  summary: 'audit.summary',
  access: 'editor',
  args: { count: optional(integer({ min: 1, max: 50 })) },
  examples: ['audit', 'audit 3'],
  async run(context, { count }) {
    const { language, store, group } = context;
    const entries = await store.audit(group.id, { limit: ENTRIES });
    if (entries.length === 0) return card(language.t('audit.title'), text(language.t('audit.nothing')));
    const changes = [...Map.groupBy(entries, (entry) => entry.revision).values()].slice(0, count ?? 10);
    return card(
      language.t('audit.title'),
      list(changes.map((change) => changeInWords(change, context))),
      muted(language.t('audit.append-only')),
    );
  },
});

function changeInWords(entries: readonly AuditEntry[], { language, reader }: Context): readonly Inline[] {
  const [first] = entries;
  if (!first) return [];
  const who = first.actor.name ?? first.actor.user;
  const when = instantInWords(first.at, reader.zone, language);
  const added = entries.filter(({ write }) => write.before === null).length;
  const counts = [
    ...(added > 0 ? [language.t('audit.added', { count: added })] : []),
    ...(entries.length > added ? [language.t('audit.changed', { count: entries.length - added })] : []),
  ].join(', ');
  const handles = entries.flatMap(({ write }) => (write.type === 'event' ? [write.after.handle] : [])).reverse();
  const named = handles.length > NAMED ? [...handles.slice(0, NAMED), '…'] : handles;
  const change = language.t('audit.change', { change: first.revision });
  const line = language.t('audit.line', { change, when, who, action: actionInWords(first, language), counts });
  return [line, named.length > 0 ? ` (${named.join(', ')})` : ''];
}

import { action, choice } from '../src/cards/card.ts';
import { refused } from '../src/engine/answer.ts';
import { address, asWord, event as eventArgument, named, oneOf, optional, words } from '../src/engine/argument.ts';
import { changeEvent } from '../src/engine/change-event.ts';
import { defineCommand } from '../src/engine/command.ts';
import { quote } from '../src/engine/tokenize.ts';
import type { EventDocument, ScheduledEvent } from '../src/schedule/event.ts';
import { fold } from '../src/schedule/filter.ts';
import { LIMITS } from '../src/schedule/limits.ts';

export const doc = defineCommand({
  name: 'doc',
  aliases: [],
  summary: 'doc.summary',
  access: 'editor',
  args: {
    what: oneOf(['add', 'ready', 'remove']),
    event: asWord(eventArgument()),
    title: asWord(words({ maxLength: LIMITS.documentTitle })),
    url: optional(address({ maxLength: LIMITS.url })),
    language: optional(named(words({ maxLength: LIMITS.language }))),
    note: optional(named(words({ maxLength: LIMITS.documentNote }))),
  },
  examples: [
    'doc add unece "Concept note"',
    'doc add unece "Programme" https://example.org/programme.pdf language:en',
    'doc ready stocktaking "Draft agenda" https://example.org/agenda.pdf',
    'doc remove stocktaking "Logistical note"',
  ],
  isPreviewed: true,
  run(context, { what, event, title, url, language: tag, note }) {
    const { language } = context;
    const found = event.documents.find((document) => isCalled(document, title));
    if (what === 'add') {
      if (found) return refused(language.t('doc.already', { title: found.title, event: event.title }));
      const added = { title, url, language: tag, note };
      return proposed([...event.documents, added], language.t('doc.add.title', { title, event: event.title }));
    }
    if (!found) return unknown(event, title);
    if (what === 'remove') {
      const rest = event.documents.filter((document) => document !== found);
      return proposed(rest, language.t('doc.remove.title', { title: found.title, event: event.title }));
    }
    if (url === null) return refused(language.t('doc.url-needed', { title: found.title }));
    const ready = { ...found, url, language: tag ?? found.language, note };
    const changed = event.documents.map((document) => (document === found ? ready : document));
    return proposed(changed, language.t('doc.ready.title', { title: found.title, event: event.title }));

    function proposed(documents: readonly EventDocument[], named: string) {
      return changeEvent(event, { documents }, { title: named, scope: 'this' }, context);
    }

    function unknown({ documents, handle, title: of }: ScheduledEvent, given: string) {
      const choices = documents
        .slice(0, 5)
        .map((document) =>
          action(document.title, `doc ${what} ${handle} ${quote(document.title)}${url ? ` ${url}` : ''}`),
        );
      return refused(
        language.t('doc.unknown', { given, event: of }),
        ...(choices.length > 0 ? [choice(...choices)] : []),
      );
    }
  },
});

function isCalled(document: EventDocument, title: string): boolean {
  return fold(document.title) === fold(title);
}

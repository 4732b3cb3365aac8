import { card, code, heading, list, text, type Inline } from '../src/cards/card.ts';
import { documentInWords } from '../src/cards/present.ts';
import { event, optional } from '../src/engine/argument.ts';
import { defineQuestion } from '../src/engine/command.ts';

export const docs = defineQuestion({
  name: 'docs',
  aliases: ['documents', 'papers'],
  summary: 'docs.summary',
  access: 'viewer',
  args: { event: optional(event()) },
  examples: ['docs', 'docs stocktaking'],
  isEveryday: true,
  run(context, { event }) {
    const { language, schedule } = context;
    const events = event ? [event] : schedule.events;
    const documents = events.flatMap((of) => of.documents.map((document) => ({ of, document })));
    const title = event ? language.t('docs.title-of', { event: event.title }) : language.t('docs.title');
    if (documents.length === 0) return card(title, text(language.t('docs.nothing')));

    const lines = (isReady: boolean): readonly (readonly Inline[])[] =>
      documents
        .filter(({ document }) => (document.url !== null) === isReady)
        .map(({ of, document }) => [
          ...documentInWords(document, context),
          ...(event ? [] : [` — ${of.title} (`, code(of.handle), ')']),
        ]);
    const part = (label: string, items: readonly (readonly Inline[])[]) =>
      items.length > 0 ? [heading(label), list(items)] : [];
    return card(
      title,
      ...part(language.t('docs.ready'), lines(true)),
      ...part(language.t('docs.pending'), lines(false)),
    );
  },
});

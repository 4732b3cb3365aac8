import { refused } from '../src/engine/answer.ts';
import { after, event, flag, optional } from '../src/engine/argument.ts';
import { changeEvent } from '../src/engine/change-event.ts';
import { defineCommand } from '../src/engine/command.ts';

export const nest = defineCommand({
  name: 'nest',
  aliases: ['relate'],
  summary: 'nest.summary',
  access: 'editor',
  args: {
    event: event(),
    in: optional(after('in', event())),
    'preceded-by': optional(after('preceded-by', event())),
    apart: flag(),
  },
  examples: ['nest unece in eca', 'nest conference preceded by stocktaking', 'nest eca-eastern --apart'],
  isPreviewed: true,
  run(context, { event, in: whole, 'preceded-by': before, apart }) {
    const { language } = context;
    if (whole === null && before === null && !apart) return refused(language.t('nest.how', { handle: event.handle }));
    const kept = apart ? [] : event.precededBy;
    const patch = {
      ...(whole ? { parent: whole.uid } : apart ? { parent: null } : {}),
      precededBy: before ? [...new Set([...kept, before.uid])] : kept,
    };
    return changeEvent(
      event,
      patch,
      { title: language.t('nest.title', { title: event.title }), scope: 'this' },
      context,
    );
  },
});

import { asWord, event, words } from '../src/engine/argument.ts';
import { changeEvent } from '../src/engine/change-event.ts';
import { defineCommand } from '../src/engine/command.ts';
import { LIMITS } from '../src/schedule/limits.ts';

export const outcome = defineCommand({
  name: 'outcome',
  aliases: ['debrief'],
  summary: 'outcome.summary',
  access: 'editor',
  args: { event: asWord(event()), text: words({ maxLength: 4000, multiline: true }) },
  examples: ['outcome thematic-6 Delegations agreed to continue the exchange on data.'],
  isPreviewed: true,
  run(context, { event, text }) {
    const added = text
      .split('\n')
      .map((line) => line.trim().slice(0, LIMITS.outcome))
      .filter((line) => line !== '');
    const patch = { outcomes: [...event.outcomes, ...added] };
    const title = context.language.t('outcome.title', { title: event.title });
    return changeEvent(event, patch, { title, scope: 'this' }, context);
  },
});

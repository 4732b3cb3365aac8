import { asWord, oneOf, words } from '../src/engine/argument.ts';
import { defineCommand } from '../src/engine/command.ts';

/** What the buttons of a preview say. */
export const answer = defineCommand({
  name: 'answer',
  aliases: [],
  summary: 'answer.summary',
  access: 'viewer',
  args: {
    token: asWord(words({ maxLength: 64 })),
    decision: oneOf(['tell', 'silently', 'save', 'change', 'drop']),
  },
  examples: ['answer 00000000-0000-4000-8000-000000000000 drop'],
  isHidden: true,
  async run(context, { token, decision }) {
    const { settle } = await import('../src/engine/settle.ts');
    return settle(token, decision, context);
  },
});

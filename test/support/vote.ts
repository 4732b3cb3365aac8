import { card, text } from '../../src/cards/card.ts';
import { integer, words } from '../../src/engine/argument.ts';
import { defineCommand, type AnyCommand } from '../../src/engine/command.ts';

/** A command that only says that it was run. @param counted told of every run, with what it was given */
export function voteCommand(counted: (values: { readonly count: number; readonly text: string }) => void): AnyCommand {
  return defineCommand({
    name: 'vote',
    aliases: [],
    summary: 'next.summary',
    access: 'viewer',
    args: { count: integer({ min: 1, max: 9 }), text: words({ maxLength: 100 }) },
    examples: ['vote 2 aye'],
    run(_context, values) {
      counted(values);
      return { ...card(null, text(`Counted: ${values.text}`)), tone: 'success' };
    },
  });
}

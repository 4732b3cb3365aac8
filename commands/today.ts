import { periodCard } from '../src/cards/period.ts';
import { filter } from '../src/engine/argument.ts';
import { defineQuestion } from '../src/engine/command.ts';

export const today = defineQuestion({
  name: 'today',
  aliases: [],
  summary: 'today.summary',
  access: 'viewer',
  args: { filter: filter('future') },
  examples: ['today', 'today regional'],
  run(context, { filter }) {
    const { today: date } = context.at;
    return periodCard({ from: date, to: date }, 'full', filter, context);
  },
});

import { periodCard } from '../src/cards/period.ts';
import { filter } from '../src/engine/argument.ts';
import { defineQuestion } from '../src/engine/command.ts';
import { lastDayOfMonth } from '../src/dates/calendar-days.ts';

export const month = defineQuestion({
  name: 'month',
  aliases: ['this-month'],
  summary: 'month.summary',
  access: 'viewer',
  args: { filter: filter('future') },
  examples: ['month', 'month regional'],
  run(context, { filter }) {
    const ofToday = context.at.today.slice(0, 7);
    return periodCard({ from: `${ofToday}-01`, to: lastDayOfMonth(ofToday) }, 'line', filter, context);
  },
});

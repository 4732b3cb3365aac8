import { periodCard } from '../src/cards/period.ts';
import { filter } from '../src/engine/argument.ts';
import { defineQuestion } from '../src/engine/command.ts';
import { addDays, mondayOf } from '../src/dates/calendar-days.ts';

export const week = defineQuestion({
  name: 'week',
  aliases: ['this-week'],
  summary: 'week.summary',
  access: 'viewer',
  args: { filter: filter('future') },
  examples: ['week', 'week in Geneva'],
  run(context, { filter }) {
    const monday = mondayOf(context.at.today);
    return periodCard({ from: monday, to: addDays(monday, 6) }, 'line', filter, context);
  },
});

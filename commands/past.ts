import { listingCard } from '../src/cards/event-list.ts';
import { filter, integer, optional } from '../src/engine/argument.ts';
import { defineQuestion } from '../src/engine/command.ts';
import { outermost, past as over } from '../src/schedule/agenda.ts';

export const past = defineQuestion({
  name: 'past',
  aliases: ['held'],
  summary: 'past.summary',
  access: 'viewer',
  args: {
    filter: filter('past'),
    page: optional(integer({ min: 1, max: 10_000, place: 'option' })),
  },
  examples: ['past', 'past regional', 'past in September', 'past subregional in Lusaka'],
  run(context, { filter, page }) {
    const { language, schedule, at } = context;
    return listingCard(
      {
        title: language.t('past.title'),
        events: outermost(schedule, over(schedule, at, filter)),
        command: 'past',
        filter,
        page: page ?? 1,
        nothing: language.t('past.nothing'),
      },
      context,
    );
  },
});

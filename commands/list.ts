import { action } from '../src/cards/card.ts';
import { listingCard } from '../src/cards/event-list.ts';
import { filter, integer, optional } from '../src/engine/argument.ts';
import { defineQuestion } from '../src/engine/command.ts';
import { outermost, upcoming } from '../src/schedule/agenda.ts';

export const list = defineQuestion({
  name: 'list',
  aliases: ['ls', 'schedule'],
  summary: 'list.summary',
  access: 'viewer',
  args: {
    filter: filter('future'),
    page: optional(integer({ min: 1, max: 10_000, place: 'option' })),
  },
  examples: ['list', 'list 2018', 'list tentative', 'list in Geneva before December', 'list between 1 and 10 November'],
  isEveryday: true,
  run(context, { filter, page }) {
    const { language, schedule, at } = context;
    return listingCard(
      {
        title: language.t('list.title'),
        events: outermost(schedule, upcoming(schedule, at, filter)),
        command: 'list',
        filter,
        page: page ?? 1,
        nothing: language.t('list.nothing'),
        insteadOfNothing: [action(language.t('list.look-back'), `past ${filter.typed}`.trim())],
      },
      context,
    );
  },
});

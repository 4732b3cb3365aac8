import { action, card, heading, offer, text, type Element } from '../src/cards/card.ts';
import { narrowedBy } from '../src/cards/event-list.ts';
import { eventInFull, eventLine } from '../src/cards/present.ts';
import { filter, integer, optional } from '../src/engine/argument.ts';
import { defineQuestion } from '../src/engine/command.ts';
import { agendaOf, past } from '../src/schedule/agenda.ts';

export const next = defineQuestion({
  name: 'next',
  aliases: ['n', 'upcoming'],
  summary: 'next.summary',
  access: 'viewer',
  args: {
    count: optional(integer({ min: 1, max: 20 })),
    filter: filter('future'),
  },
  examples: ['next', 'next 3', 'next regional', 'next hearings in Geneva', 'next --as-of 2017-12-05'],
  isEveryday: true,
  run(context, { count, filter }) {
    const { language, schedule, at } = context;
    const agenda = agendaOf(schedule, at, count ?? 1, filter);
    const full = (events: typeof agenda.next) => events.map((event) => eventInFull(event, context));
    const part = (title: string, elements: readonly Element[]) =>
      elements.length > 0 ? [heading(title), ...elements] : [];
    const elements = [
      ...part(language.t('next.today'), full(agenda.today)),
      ...part(language.t('next.sometime'), full(agenda.sometimeNow)),
      ...part(language.t('next.next'), full(agenda.next)),
      ...part(
        language.t('next.following'),
        agenda.following.map((event) => eventLine(event, context)),
      ),
      ...(agenda.hasMore ? offer(action(language.t('next.more'), `list ${filter.typed}`.trim())) : []),
    ];
    const narrowed = narrowedBy(filter, context);
    if (elements.length > 0) return card(null, ...narrowed, ...elements);

    const [last] = past(schedule, at, filter);
    return card(
      null,
      ...narrowed,
      text(language.t('next.nothing')),
      ...(last ? [text(language.t('next.last')), eventLine(last, context)] : []),
    );
  },
});

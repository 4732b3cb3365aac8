import type { QuestionContext } from '../engine/command.ts';
import { matching } from '../schedule/agenda.ts';
import { fallsInto, type Filter, type Period } from '../schedule/filter.ts';
import { isVague } from '../schedule/when.ts';
import { periodInWords } from '../dates/words.ts';
import { action, card, heading, offer, text, type Card, type Element } from './card.ts';
import { narrowedBy } from './event-list.ts';
import { eventInFull, eventLine } from './present.ts';

/**
 * Everything in a stretch of days, over or not: first what has a day, then what may still fall into it.
 *
 * @param usual the stretch that is meant where the filter names no other: “month December” is not about this month
 */
export function periodCard(usual: Period, detail: 'full' | 'line', filter: Filter, context: QuestionContext): Card {
  const { language, schedule, at } = context;
  const period = filter.period ?? usual;
  const events = matching(schedule, at, filter).filter((event) => fallsInto(event, period, at.zone));
  const certain = events.filter((event) => event.when !== null && !isVague(event.when));
  const possible = events.filter((event) => event.when !== null && isVague(event.when));
  const isOneDay = period.from === period.to;
  const show = (event: (typeof events)[number]): Element =>
    detail === 'full' && isOneDay ? eventInFull(event, context) : eventLine(event, context);
  const title = periodInWords(period, language);
  const narrowed = filter.words === title ? [] : narrowedBy(filter, context);
  if (events.length === 0) {
    const next = action(language.t('period.what-is-next'), `next ${filter.typed}`.trim());
    return card(title, ...narrowed, text(language.t('period.nothing')), ...offer(next));
  }
  return card(
    title,
    ...narrowed,
    ...certain.map(show),
    ...(possible.length > 0 ? [heading(language.t('period.possible')), ...possible.map(show)] : []),
  );
}

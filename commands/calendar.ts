import { action, card, offer, type MonthDay } from '../src/cards/card.ts';
import { eventLine } from '../src/cards/present.ts';
import { month, optional } from '../src/engine/argument.ts';
import { defineQuestion } from '../src/engine/command.ts';
import { everything, fallsInto } from '../src/schedule/filter.ts';
import { matching } from '../src/schedule/agenda.ts';
import { addDays, addMonths, lastDayOfMonth, mondayOf } from '../src/dates/calendar-days.ts';
import { datesOf, isVague, type DateRange } from '../src/schedule/when.ts';
import { weekdayNames } from '../src/dates/names.ts';
import { monthInWords } from '../src/dates/words.ts';

/** What marks the events of a month, one after the other. */
const MARKS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

function covers(dates: DateRange | null, date: string): boolean {
  return dates !== null && dates.first <= date && date <= dates.last;
}

export const calendar = defineQuestion({
  name: 'calendar',
  aliases: ['cal'],
  summary: 'calendar.summary',
  access: 'viewer',
  args: { month: optional(month()) },
  examples: ['calendar', 'calendar December', 'calendar 2018-12'],
  run(context, { month: asked }) {
    const { language, schedule, at } = context;
    const month = asked ?? at.today.slice(0, 7);
    const first = `${month}-01`;
    const last = lastDayOfMonth(month);
    const inMonth = matching(schedule, at, everything)
      .filter((event) => fallsInto(event, { from: first, to: last }, at.zone))
      .map((event) => ({ event, dates: event.when && !isVague(event.when) ? datesOf(event.when, at.zone) : null }));
    const certain = inMonth.filter(({ dates }) => dates !== null);
    const markOf = (entry: (typeof inMonth)[number]) => (entry.dates ? (MARKS[certain.indexOf(entry)] ?? '+') : '?');

    const weeks: MonthDay[][] = [];
    for (let monday = mondayOf(first); monday <= last; monday = addDays(monday, 7)) {
      const week = Array.from({ length: 7 }, (_, at) => addDays(monday, at));
      weeks.push(
        week.map((date) => ({
          day: date.startsWith(month) ? Number(date.slice(8)) : null,
          isToday: date === at.today,
          marks: date.startsWith(month)
            ? certain.flatMap((entry) => (covers(entry.dates, date) ? [markOf(entry)] : []))
            : [],
        })),
      );
    }
    return card(
      null,
      {
        type: 'month',
        title: monthInWords(month, language),
        weekdays: weekdayNames(language.locale, 'short'),
        weeks,
        legend: inMonth.map((entry) => ({ mark: markOf(entry), event: eventLine(entry.event, context) })),
      },
      ...offer(
        action(monthInWords(addMonths(month, -1), language), `calendar ${addMonths(month, -1)}`),
        action(monthInWords(addMonths(month, 1), language), `calendar ${addMonths(month, 1)}`),
      ),
    );
  },
});

import { action, choice, list, muted, type Element, type Inline } from '../src/cards/card.ts';
import { writeInWords } from '../src/cards/changes.ts';
import { dateProblemInWords, whenInWords } from '../src/dates/words.ts';
import { refused, type Answer } from '../src/engine/answer.ts';
import { after, event } from '../src/engine/argument.ts';
import { defineCommand, type Context } from '../src/engine/command.ts';
import { proposal } from '../src/engine/proposal.ts';
import { interval, seriesEnd, type Interval } from '../src/engine/rule-argument.ts';
import { CONTENT_FIELDS, createEvent, handleSource, revise, type EventContent } from '../src/schedule/change.ts';
import { firstOnDay, occurrencesAfter, type Rule } from '../src/schedule/series.ts';
import { isVague, type When } from '../src/schedule/when.ts';
import { partsOf, weekdayOf } from '../src/dates/calendar-days.ts';
import { quote } from '../src/engine/tokenize.ts';
import type { Language } from '../src/language/language.ts';
import type { Write } from '../src/ports.ts';
import type { ScheduledEvent } from '../src/schedule/event.ts';

/** How many dates of a series a preview lists. */
const LISTED = 20;

export const repeat = defineCommand({
  name: 'repeat',
  aliases: [],
  summary: 'repeat.summary',
  access: 'editor',
  args: { event: event(), rule: after('rule', interval()), until: after('until', seriesEnd()) },
  examples: [
    'repeat unece weekly until 15 December',
    'repeat unece every 2 weeks until 6 times',
    'repeat unece monthly by weekday until June 2018',
    'repeat unece monthly on the first Monday until June',
  ],
  isPreviewed: true,
  run(context, { event, rule, until }) {
    const { language, schedule, present, identity, reader, now } = context;
    if (event.series !== undefined) return refused(language.t('repeat.already', { title: event.title }));
    if (event.when === null || isVague(event.when))
      return refused(language.t('repeat.no-date', { title: event.title, handle: event.handle }));
    const otherDay = named(rule, event, event.when, context);
    if (otherDay) return otherDay;
    const found = occurrencesAfter(event.when, ruleFrom(rule, event.when), until);
    if ('problem' in found) return refused(dateProblemInWords(found.problem, language));
    if ('tooMany' in found) return refused(language.t('repeat.too-many', { max: found.tooMany }));
    const moment = present.toString();
    const series = identity.uid();
    const newHandle = handleSource(new Set(schedule.events.map(({ handle }) => handle)));
    const content = Object.fromEntries(CONTENT_FIELDS.map((field) => [field, event[field]])) as unknown as EventContent;
    const created = found.dates.map((date) =>
      createEvent(
        { ...content, when: date, series, handle: newHandle(event.handle), documents: [], outcomes: [] },
        { now: moment, identity },
      ),
    );
    if (created.length === 0) return proposal(language.t('repeat.title', { title: event.title }), []);
    const first: Write = { type: 'event', before: event, after: revise(event, { series }, moment) };
    const dates = [event.when, ...found.dates]
      .slice(0, LISTED)
      .map((date): readonly Inline[] => [whenInWords(date, { language, zone: reader.zone, now }).text]);
    const more = found.dates.length + 1 - dates.length;
    return proposal(
      language.t('repeat.title', { title: event.title }),
      [first, ...created.map((each): Write => ({ type: 'event', before: null, after: each }))],
      {
        remarks: leavesOut(rule, event.when, language),
        shown: [
          ...writeInWords({ type: 'event', before: null, after: event }, context),
          list([...dates, ...(more > 0 ? [[language.t('list.more', { count: more })]] : [])]),
        ],
      },
    );
  },
});

/** The first date is part of the series, so it has to be on the day that the rule names. */
function named({ on }: Interval, { title, handle }: ScheduledEvent, first: When, context: Context): Answer | null {
  const { language, reader, now } = context;
  const start = first.start.slice(0, 10);
  const onDay = on ? firstOnDay(start, on) : start;
  if (onDay === start) return null;
  const words = (date: string) =>
    whenInWords({ precision: 'day', start: date, end: null, zone: first.zone }, { language, zone: reader.zone, now });
  const values = { title, date: words(start).text, first: words(onDay).text };
  const move = action(language.t('repeat.move-first'), `move ${quote(handle)} to ${onDay}`);
  return refused(language.t('repeat.other-day', values), choice(move));
}

function leavesOut({ unit, by }: Interval, first: When, language: Language): readonly Element[] {
  const { day } = partsOf(first.start.slice(0, 10));
  return unit === 'month' && by === 'date' && day > 28 ? [muted(language.t('repeat.left-out', { day }))] : [];
}

function ruleFrom({ unit, every, by, on }: Interval, first: When): Rule {
  if (unit === 'week') return { unit, every };
  if (by === 'date') return { unit, every, on: 'date' };
  const date = first.start.slice(0, 10);
  const nth = on?.nth ?? Math.ceil(partsOf(date).day / 7);
  return { unit, every, on: 'weekday', nth: by === 'last' || nth > 4 ? -1 : nth, weekday: weekdayOf(date) };
}

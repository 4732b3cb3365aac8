import { weekdayNames } from '../dates/names.ts';
import { dateProblemInWords } from '../dates/words.ts';
import type { Language } from '../language/language.ts';
import { fold } from '../schedule/filter.ts';
import type { SeriesEnd } from '../schedule/series.ts';
import { misunderstood, understood, words, type Argument, type ReadContext, type ReadResult } from './argument.ts';

/** How often something repeats, before the date that it begins with makes a rule of it. */
export interface Interval {
  readonly unit: 'week' | 'month';
  readonly every: number;
  /** For months: the weekday of the first date instead of its number; `last`: the last such weekday of a month. */
  readonly by: 'date' | 'weekday' | 'last';
  /** The day that was named, if one was. */
  readonly on?: NamedDay;
}

/** A weekday, 1 for Monday; for months which one, 1 to 4 from the beginning, -1 for the last. */
export interface NamedDay {
  readonly weekday: number;
  readonly nth: number | null;
}

/**
 * `weekly`, `every 2 weeks`, `every other week on Tuesday`, `monthly`, `monthly by weekday`, `monthly on the second
 * Tuesday`, `last Friday of each month`.
 */
export function interval(): Argument<Interval> {
  return { ...words({ maxLength: 80 }), read: (text, { language }) => readInterval(text ?? '', language) };
}

function readInterval(text: string, language: Language): ReadResult<Interval> {
  const whole = plainInterval(fold(text), language);
  if (whole) return understood(whole);
  const { day, rest } = takeDay(text, language);
  if (day?.weekday !== undefined) {
    const on = { weekday: day.weekday, nth: day.nth };
    const said = plainInterval(rest, language);
    if (said?.unit === 'week' && on.nth === null) return understood({ ...said, on });
    if (said?.unit === 'month' && on.nth !== null) {
      return understood({ ...said, by: on.nth < 0 ? 'last' : 'weekday', on });
    }
    // “every Tuesday” is each week, “every last Friday” each month; “every second Tuesday” may be either.
    if (language.words.every.includes(rest)) {
      if (on.nth === null) return understood({ unit: 'week', every: 1, by: 'date', on });
      if (on.nth < 0) return understood({ unit: 'month', every: 1, by: 'last', on });
      return misunderstood('argument.interval-ambiguous', { given: text }, readingsOf(on, language));
    }
  }
  const choices = language.words.intervals.map(({ phrases: [phrase] }) => ({ label: phrase, text: phrase }));
  return misunderstood('argument.interval', { given: text }, choices);
}

/** An interval that names no day: one of the phrases of the language, or “every 3 weeks”. */
function plainInterval(typed: string, { words: { intervals, every }, dates }: Language): Interval | null {
  const found = intervals.find(({ phrases }) => phrases.some((phrase) => fold(phrase) === typed));
  if (found) return { unit: found.unit, every: found.every, by: found.by };
  const [lead = '', count = '', unit = '', ...more] = typed.split(' ');
  if (!every.includes(lead) || !/^[1-9]\d?$/u.test(count) || more.length > 0) return null;
  const counted = (['week', 'month'] as const).find((each) => dates[each].some((word) => fold(word) === unit));
  return counted ? { unit: counted, every: Number(count), by: 'date' } : null;
}

/** The day that a text names, and the text without it and without words that carry nothing. */
function takeDay(text: string, { words: { nths }, dates, locale }: Language) {
  const weekdays = new Map([
    ...[...weekdayNames(locale), ...weekdayNames(locale, 'short')].map((name, at): [string, number] => [
      fold(name),
      (at % 7) + 1,
    ]),
    ...Object.entries(dates.weekdays).map(([name, weekday]): [string, number] => [fold(name), weekday]),
  ]);
  const nthOf = (word: string) => Object.entries(nths).find(([, names]) => names.some((name) => fold(name) === word));
  const said = fold(text)
    .split(' ')
    .filter((word) => !dates.noise.includes(word));
  const at = said.findIndex((word) => weekdays.has(word));
  const weekday = weekdays.get(said[at] ?? '');
  const nth = nthOf(said[at - 1] ?? '')?.[0];
  const rest = said.filter((_, index) => index !== at && (nth === undefined || index !== at - 1)).join(' ');
  const counted = nth === undefined ? null : nth === 'last' ? -1 : Number(nth);
  return { day: weekday === undefined ? null : { weekday, nth: counted }, rest };
}

function readingsOf({ weekday, nth }: NamedDay, { words: { nths }, locale, t }: Language) {
  const day = weekdayNames(locale)[weekday - 1] ?? '';
  const readings = [
    t('interval.weeks', { count: nth ?? 1, day }),
    t('interval.months', { nth: nths[String(nth) as keyof typeof nths][0] ?? '', day }),
  ];
  return readings.map((reading) => ({ label: reading, text: reading }));
}

/** Where a series ends: `until 15 December`, `for 6 times`. */
export function seriesEnd(): Argument<SeriesEnd> {
  return { ...words({ maxLength: 80 }), read: (text, context) => readEnd(text?.trim() ?? '', context) };
}

async function readEnd(text: string, context: ReadContext) {
  const times = /^(?<count>\d{1,3})\s*(?:times|x|×)$/u.exec(text)?.groups?.count;
  if (times !== undefined && Number(times) > 1) return understood({ count: Number(times) });
  const { readPeriod } = await import('../dates/read-period.ts');
  const reading = readPeriod(text, { ...context, direction: 'future' });
  if (reading && 'period' in reading && reading.period.to !== null) return understood({ until: reading.period.to });
  if (reading && 'ambiguous' in reading) {
    const choices = reading.ambiguous.map(({ period, rewritten }) => ({ label: period.text, text: rewritten }));
    return misunderstood('date.ambiguous', { given: text }, choices);
  }
  if (reading && 'problem' in reading) {
    return misunderstood('date.problem', { problem: dateProblemInWords(reading.problem, context.language) });
  }
  return misunderstood('argument.series-end', { given: text });
}

import type { Language } from '../language/language.ts';
import { dateNames, monthName, timeName, yearName } from './names.ts';
import { dateAt } from '../schedule/when.ts';
import type { When } from '../schedule/when.ts';
import type { DateReader } from './words.ts';
import { zoneName } from './zones.ts';

/** The time of an event for a line of a list, in the event's own zone. */
export interface ShortWhen {
  /** `Mon 6 Nov`, `6–8 Nov`, `week of 6 Nov`, `Dec 2018`. Days of the present year leave it out. */
  readonly date: string;
  /** `15:00–16:30`; `null` unless `time`. */
  readonly time: string | null;
  /** `New York time`; `null` when vague or without a date. */
  readonly zone: string | null;
}

/** The short form of a time for a reader; the present year is the one of the reader's calendar. */
export function shortWhen(when: When | null, { language, zone: readerZone, now }: DateReader): ShortWhen {
  if (!when) return { date: language.t('when.short.unknown'), time: null, zone: null };
  const { precision, start, end, zone } = when;
  const presentYear = dateAt(now.epochMilliseconds, readerZone).slice(0, 4);
  const first = start.slice(0, 10);
  const last = (end ?? start).slice(0, 10);
  switch (precision) {
    case 'time':
      return {
        date: shortDates(first, last, presentYear, language),
        time: shortTimes(start, end, language),
        zone: zoneName(zone, language),
      };
    case 'day':
      return { date: shortDates(first, last, presentYear, language), time: null, zone: zoneName(zone, language) };
    case 'week': {
      const key = end === null ? 'when.short.week' : 'when.short.weeks';
      const monday =
        end === null ? shortMonday(first, presentYear, language) : shortDates(first, last, presentYear, language);
      return { date: language.t(key, { date: monday }), time: null, zone: null };
    }
    case 'month':
      return {
        date: shortMonths(first, last, language),
        time: null,
        zone: null,
      };
    case 'year':
      return {
        date: shortYears(first, last, language),
        time: null,
        zone: null,
      };
  }
}

function shortTimes(start: string, end: string | null, language: Language): string {
  const time = timeName(start, language.locale);
  return end === null ? time : language.t('when.times', { start: time, end: timeName(end, language.locale) });
}

function shortDates(first: string, last: string, presentYear: string, language: Language): string {
  const names = dateNames(first, language.locale, 'short');
  const isPresent = first.startsWith(presentYear) && last.startsWith(presentYear);
  if (first === last) return language.t(isPresent ? 'when.short.day' : 'when.short.day-and-year', { ...names });
  const until = dateNames(last, language.locale, 'short');
  const values = { ...names, lastDay: until.day, lastMonth: until.month, lastYear: until.year };
  if (first.slice(0, 4) !== last.slice(0, 4)) return language.t('when.short.days.years', values);
  if (first.slice(0, 7) === last.slice(0, 7)) {
    return language.t(isPresent ? 'when.short.days.month' : 'when.short.days.month-and-year', values);
  }
  return language.t(isPresent ? 'when.short.days.year' : 'when.short.days.year-and-year', values);
}

/** The weekday of a week's first day says nothing. */
function shortMonday(date: string, presentYear: string, language: Language): string {
  const key = date.startsWith(presentYear) ? 'when.short.monday' : 'when.short.monday-and-year';
  return language.t(key, { ...dateNames(date, language.locale, 'short') });
}

function shortMonths(first: string, last: string, language: Language): string {
  const [start, end] = [monthName(first, language.locale, 'short'), monthName(last, language.locale, 'short')];
  return first === last ? start : language.t('when.short.months', { first: start, last: end });
}

function shortYears(first: string, last: string, language: Language): string {
  const [start, end] = [yearName(first, language.locale), yearName(last, language.locale)];
  return first === last ? start : language.t('when.times', { start, end });
}

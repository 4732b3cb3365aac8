import type { Language } from '../language/language.ts';
import { lastDayOfMonth } from './calendar-days.ts';
import { dateNames, monthName, yearName } from './names.ts';

/** A `YYYY-MM-DD` date with its weekday: `Wednesday 8 November 2017`. */
export function dateInWords(date: string, language: Language): string {
  return language.t('when.day', { ...dateNames(date, language.locale) });
}

/** The `YYYY-MM-DD` dates from the first to the last: `Monday 6 to Wednesday 8 November 2017`. */
export function datesInWords(first: string, last: string, language: Language): string {
  if (first === last) return dateInWords(first, language);
  const until = dateNames(last, language.locale);
  const values = {
    ...dateNames(first, language.locale),
    lastWeekday: until.weekday,
    lastDay: until.day,
    lastMonth: until.month,
    lastYear: until.year,
  };
  if (first.slice(0, 7) === last.slice(0, 7)) return language.t('when.days.month', values);
  return language.t(sameYear(first, last) ? 'when.days.year' : 'when.days.years', values);
}

/** A `YYYY-MM` month: `November 2017`. */
export function monthInWords(month: string, language: Language): string {
  return monthName(month, language.locale);
}

/**
 * A stretch of `YYYY-MM-DD` dates, both ends in it, `null` open: `November 2017`, `2018`, `from Monday 6 November 2017`.
 */
export function periodInWords(
  { from, to }: { readonly from: string | null; readonly to: string | null },
  language: Language,
): string {
  if (from === null && to === null) return language.t('when.period.always');
  if (from === null) return language.t('when.period.until', { date: dateInWords(to ?? '', language) });
  if (to === null) return language.t('when.period.from', { date: dateInWords(from, language) });
  if (from.endsWith('-01-01') && to.endsWith('-12-31')) {
    return yearsInWords(from.slice(0, 4), to.slice(0, 4), language);
  }
  if (from.endsWith('-01') && to === lastDayOfMonth(to.slice(0, 7))) {
    return monthsInWords(from.slice(0, 7), to.slice(0, 7), language);
  }
  return datesInWords(from, to, language);
}

/** `YYYY-MM` months: `November to December 2018`. */
export function monthsInWords(first: string, last: string, language: Language): string {
  if (first === last) return monthInWords(first, language);
  const { month, year } = dateNames(`${first}-01`, language.locale);
  const until = dateNames(`${last}-01`, language.locale);
  return language.t(sameYear(first, last) ? 'when.months.year' : 'when.months.years', {
    month,
    year,
    lastMonth: until.month,
    lastYear: until.year,
  });
}

/** `YYYY` years: `2018 to 2019`. */
export function yearsInWords(first: string, last: string, language: Language): string {
  const year = yearName(first, language.locale);
  return first === last ? year : language.t('when.years', { year, lastYear: yearName(last, language.locale) });
}

/** A date without its year, of a `YYYY-MM-DD` date or a wall time: `Wednesday 8 November`. */
export function dayOfYear(local: string, language: Language): string {
  return language.t('when.day-of-year', { ...dateNames(local.slice(0, 10), language.locale) });
}

/** Whether two dates, months or wall times are of the same year. */
export function sameYear(one: string, other: string): boolean {
  return one.slice(0, 4) === other.slice(0, 4);
}

import { dayNumber, MILLISECONDS_A_DAY } from './calendar-days.ts';

/** The parts of a date as a language writes them, the month in the case that it has inside a date. */
export interface DateNames {
  readonly weekday: string;
  readonly day: string;
  readonly month: string;
  readonly year: string;
}

export type NameStyle = 'long' | 'short';

// A formatter takes as long to make as a thousand dates take to format.
const formatters = new Map<string, Intl.DateTimeFormat>();
const relatives = new Map<string, Intl.RelativeTimeFormat>();

/** The names of a `YYYY-MM-DD` date in a locale: the same whatever zone the process runs in. */
export function dateNames(date: string, locale: string, style: NameStyle = 'long'): DateNames {
  const options = { weekday: style, day: 'numeric', month: style, year: 'numeric' } as const;
  const parts = new Map(
    formatter(locale, options)
      .formatToParts(dayNumber(date) * MILLISECONDS_A_DAY)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return { weekday: part('weekday'), day: part('day'), month: part('month'), year: part('year') };
}

/** A `YYYY-MM` month with its year, as the locale writes the two together. */
export function monthName(month: string, locale: string, style: NameStyle = 'long'): string {
  return formatter(locale, { month: style, year: 'numeric' }).format(dayNumber(`${month}-01`) * MILLISECONDS_A_DAY);
}

/** A `YYYY` year in the digits of the locale. */
export function yearName(year: string, locale: string): string {
  return dateNames(`${year}-01-01`, locale).year;
}

/** The names of the weekdays from Monday to Sunday, standing alone. */
export function weekdayNames(locale: string, style: NameStyle = 'long'): readonly string[] {
  // 5 January 1970 was a Monday.
  return Array.from({ length: 7 }, (_, at) =>
    formatter(locale, { weekday: style }).format((4 + at) * MILLISECONDS_A_DAY),
  );
}

/** The names of the months from January to December, standing alone. */
export function monthNames(locale: string, style: NameStyle = 'long'): readonly string[] {
  return Array.from({ length: 12 }, (_, at) => formatter(locale, { month: style }).format(Date.UTC(1970, at)));
}

/** The time of day of a wall time `YYYY-MM-DDTHH:MM`, by the 24-hour clock of the locale: `09:00`. */
export function timeName(local: string, locale: string): string {
  const minutes = Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16));
  return formatter(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(minutes * 60_000);
}

/** An amount of time from now in words: `tomorrow`, `in 5 days`, `3 weeks ago`. */
export function relativeName(amount: number, unit: Intl.RelativeTimeFormatUnit, locale: string): string {
  let format = relatives.get(locale);
  if (!format) {
    format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
    relatives.set(locale, format);
  }
  return format.format(amount, unit);
}

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  let format = formatters.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, { ...options, calendar: 'gregory', timeZone: 'UTC' });
    formatters.set(key, format);
  }
  return format;
}

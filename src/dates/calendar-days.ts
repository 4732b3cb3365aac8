const DAY_MS = 86_400_000;

/** One day, in milliseconds. */
export const MILLISECONDS_A_DAY = DAY_MS;

/** A date of the proleptic Gregorian calendar in its three parts. `month` is 1 to 12. */
export interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The date `year`-`month`-`day` as `YYYY-MM-DD`. Does not check that there is such a day. */
export function isoDate(year: number, month: number, day: number): string {
  return `${isoMonth(year, month)}-${String(day).padStart(2, '0')}`;
}

/** The month `year`-`month` as `YYYY-MM`. */
export function isoMonth(year: number, month: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
}

/** The three parts of a `YYYY-MM-DD` date, or of the date that an ISO date and time begins with. */
export function partsOf(date: string): DateParts {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}

/** How many days the month has: 28 to 31. */
export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Whether the calendar has this day: 31 November is refused, and so is 29 February 2017. */
export function isRealDate(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** The days from 1 January 1970 to a `YYYY-MM-DD` date: whole, negative before 1970, the same in every zone. */
export function dayNumber(date: string): number {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / DAY_MS;
}

/** The `YYYY-MM-DD` date of a day number. The inverse of {@link dayNumber}. */
export function dateOfDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The date `days` after a `YYYY-MM-DD` date; before it when negative. */
export function addDays(date: string, days: number): string {
  return dateOfDay(dayNumber(date) + days);
}

/** The weekday of a `YYYY-MM-DD` date: 1 for Monday to 7 for Sunday (ISO 8601). */
export function weekdayOf(date: string): number {
  // 1 January 1970 was a Thursday, and day numbers before it are negative.
  return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1;
}

/** The Monday of the week of a `YYYY-MM-DD` date (ISO 8601 weeks). */
export function mondayOf(date: string): string {
  return addDays(date, 1 - weekdayOf(date));
}

/** The last day of a `YYYY-MM` month, as `YYYY-MM-DD`. */
export function lastDayOfMonth(month: string): string {
  const { year, month: number } = partsOf(month);
  return isoDate(year, number, daysInMonth(year, number));
}

/** The `YYYY-MM` month that is `months` after a `YYYY-MM` month or the month of a date; before it when negative. */
export function addMonths(month: string, months: number): string {
  const index = monthNumber(month) + months;
  return isoMonth(Math.floor(index / 12), (((index % 12) + 12) % 12) + 1);
}

/** The months from the start of year 0 to a `YYYY-MM` month, or to the month of a date: what differences count. */
export function monthNumber(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}

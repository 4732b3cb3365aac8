import type { Language } from '../language/language.ts';
import { isoDate } from './calendar-days.ts';
import { nearestYear } from './ranges.ts';
import type { DateProblem, Present } from './ranges.ts';
import { dateTokens, foldDate, UNORDERED } from './tokens.ts';
import type { DateToken, DigitDate, DigitOrder } from './tokens.ts';

/** What a text means when its dates in digits are read in one order. */
export type OneReading<T> = { readonly value: T } | { readonly problem: DateProblem } | null;

/** What a text means when it may be read in two orders. */
export type OrdersReading<T> =
  OneReading<T> | { readonly ambiguous: readonly { readonly value: T; readonly rewritten: string }[] };

/** The longest text that is looked at; a date in words is far shorter. */
export const LONGEST = 160;

/**
 * Reads a text with the day first and with the month first, and keeps both when both are real and differ. A text
 * without such dates is read once.
 */
export function readOrders<T>(
  text: string,
  present: Present,
  language: Language,
  read: (tokens: readonly DateToken[]) => OneReading<T>,
): OrdersReading<T> {
  if (text.length > LONGEST) return null;
  const folded = foldDate(text);
  const readings = (order: DigitOrder): OneReading<T> => {
    const tokens = dateTokens(folded, language, order);
    return tokens && tokens.length > 0 ? read(tokens) : null;
  };
  const dayFirst = readings('day-first');
  if (folded.search(UNORDERED) < 0) return dayFirst;

  const monthFirst = readings('month-first');
  if (!dayFirst || !monthFirst) return dayFirst ?? monthFirst;
  // A date that only one order has is the date that was meant.
  if ('problem' in dayFirst) return monthFirst;
  if ('problem' in monthFirst || JSON.stringify(dayFirst) === JSON.stringify(monthFirst)) return dayFirst;
  return {
    ambiguous: [
      { value: dayFirst.value, rewritten: rewritten(text, 'day-first', present, language) },
      { value: monthFirst.value, rewritten: rewritten(text, 'month-first', present, language) },
    ],
  };
}

function rewritten(text: string, order: DigitOrder, present: Present, language: Language): string {
  const plain = text.normalize('NFKC');
  const source = plain.search(UNORDERED) < 0 ? foldDate(text) : plain;
  const dates = [...source.matchAll(UNORDERED)].map(([written]) => digitDate(written, language, order));
  const dated = dates.findLast((date) => date?.year != null);
  const yearOf = ({ year, month }: DigitDate) => {
    if (year !== null) return year;
    if (dated?.year == null) return nearestYear(month, present);
    return month > dated.month ? dated.year - 1 : dated.year;
  };
  let at = 0;
  const iso = source.replace(UNORDERED, (match) => {
    const date = dates[at];
    at += 1;
    return date ? isoDate(yearOf(date), date.month, date.day) : match;
  });
  // The 6 of “6-7/11” is of the same month.
  return iso.replace(
    /(?<![\d-])(\d{1,2})(\s*\p{Pd}\s*)(\d{4}-\d{2}-)(\d{2})/gu,
    (_, day: string, dash: string, month: string, last: string) =>
      `${month}${day.padStart(2, '0')}${dash.trim() === dash ? ' - ' : dash}${month}${last}`,
  );
}

function digitDate(text: string, language: Language, order: DigitOrder): DigitDate | null {
  const token = dateTokens(text, language, order)?.[0];
  return token?.type === 'date' ? token : null;
}

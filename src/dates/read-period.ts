import type { Temporal } from 'temporal-polyfill';
import type { Language } from '../language/language.ts';
import { addDays } from './calendar-days.ts';
import { isWord, readPhrase } from './points.ts';
import type { Phrase } from './points.ts';
import { stretchOf } from './ranges.ts';
import type { DateProblem, DateStretch, Present } from './ranges.ts';
import { readOrders } from './orders.ts';
import { dateAt } from '../schedule/when.ts';
import { periodInWords } from './phrases.ts';

export type { DateProblem } from './ranges.ts';

/** Who writes a date, and how it is to be taken. */
export interface DateContext {
  readonly language: Language;
  /** IANA zone in which “today” is meant. */
  readonly zone: string;
  readonly now: Temporal.Instant;
  /** Where a date without a year is looked for. The present month counts both ways. */
  readonly direction: 'future' | 'past';
}

/** A stretch of calendar dates, `YYYY-MM-DD`, both ends in it; `null` is open. `text` says it in words. */
export interface Period {
  readonly from: string | null;
  readonly to: string | null;
  readonly text: string;
}

/** What a date as written means. `null`: it is no date. */
export type PeriodReading =
  | { readonly period: Period }
  /** It reads two ways. `rewritten` is the same text with the date in the form that reads only one way. */
  | { readonly ambiguous: readonly { readonly period: Period; readonly rewritten: string }[] }
  | { readonly problem: DateProblem }
  | null;

/**
 * Reads dates as people write them: `today`, `next week`, `December`, `6–8 November`, `week of 6 November`, `next
 * Tuesday`, `in two weeks`, `2017-11-06`, `before 6 December`. The whole text has to be one date. What reads two ways
 * (`04/12`) is never guessed. “In two weeks” is the week, “in two months” the month, and “next 10 days” begins today.
 */
export function readPeriod(text: string, context: DateContext): PeriodReading {
  const present = presentOf(context);
  const reading = readOrders(text, present, context.language, (tokens) => {
    const phrase = readPhrase(tokens.filter((token) => !isWord(token, 'tentative')));
    const stretch = phrase && stretchOf(phrase, present);
    if (!stretch || 'problem' in stretch) return stretch;
    const bounds = boundsOf(phrase, stretch);
    return { value: { ...bounds, text: periodInWords(bounds, context.language) } };
  });
  if (!reading || 'problem' in reading) return reading;
  if ('value' in reading) return { period: reading.value };
  return { ambiguous: reading.ambiguous.map(({ value, rewritten }) => ({ period: value, rewritten })) };
}

function boundsOf({ kind }: Phrase, { first, last }: DateStretch): { from: string | null; to: string | null } {
  switch (kind) {
    case 'from':
    case 'since':
      return { from: first, to: null };
    case 'after':
      return { from: addDays(last, 1), to: null };
    case 'before':
      return { from: null, to: addDays(first, -1) };
    case 'until':
      return { from: null, to: last };
    default:
      return { from: first, to: last };
  }
}

/** The day from which a person reads a date: the present one on the calendar of their zone. */
export function presentOf({ now, zone, direction }: DateContext): Present {
  return { today: dateAt(now.epochMilliseconds, zone), direction };
}

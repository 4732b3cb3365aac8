import { addDays, addMonths, lastDayOfMonth, weekdayOf } from '../dates/calendar-days.ts';
import { dateAt, instantOf } from '../schedule/when.ts';
import type { Stretch } from './quiet.ts';
import type { DigestRule } from './subscription.ts';

/** One moment at which a digest is due. Instants are epoch milliseconds. */
export interface DigestMoment {
  /** The local date, `YYYY-MM-DD`. */
  readonly date: string;
  readonly at: number;
  /** The one before it, since which things have changed. */
  readonly previous: number;
  /** The one after it, from which on this one is of no use. */
  readonly next: number;
}

/**
 * The digests of a rule that are due in `(start, end]`, by the clock of a zone. A local time that the clocks skip is
 * moved forward by the change, one that they show twice is the first: on every such date there is one digest.
 */
export function digestsIn({ start, end }: Stretch, rule: DigestRule, zone: string): readonly DigestMoment[] {
  const moments: DigestMoment[] = [];
  const last = dateAt(end, zone);
  let date = onOrAfter(addDays(dateAt(start, zone), -1), rule);
  for (; date <= last; date = onOrAfter(addDays(date, 1), rule)) {
    const at = momentOn(date, rule, zone);
    if (at <= start || at > end) continue;
    moments.push({
      date,
      at,
      previous: momentOn(before(date, rule), rule, zone),
      next: momentOn(onOrAfter(addDays(date, 1), rule), rule, zone),
    });
  }
  return moments;
}

/** The last of the moments, which makes the others superfluous. */
export function latestDigest(moments: readonly DigestMoment[]): DigestMoment | undefined {
  return moments.at(-1);
}

function momentOn(date: string, { at }: DigestRule, zone: string): number {
  return instantOf(`${date}T${at}`, zone);
}

/** The first date of the rule from `date` on. */
function onOrAfter(date: string, rule: DigestRule): string {
  switch (rule.every) {
    case 'day':
      return date;
    case 'week':
      return addDays(date, (rule.weekday - weekdayOf(date) + 7) % 7);
    case 'month': {
      const thisMonth = dayOfMonth(date.slice(0, 7), rule.day);
      return thisMonth >= date ? thisMonth : dayOfMonth(addMonths(date, 1), rule.day);
    }
  }
}

/** The date of the rule before one of its dates. */
function before(date: string, rule: DigestRule): string {
  switch (rule.every) {
    case 'day':
      return addDays(date, -1);
    case 'week':
      return addDays(date, -7);
    case 'month':
      return dayOfMonth(addMonths(date, -1), rule.day);
  }
}

function dayOfMonth(month: string, day: number): string {
  const last = lastDayOfMonth(month);
  const wanted = `${month}-${String(day).padStart(2, '0')}`;
  return wanted < last ? wanted : last;
}

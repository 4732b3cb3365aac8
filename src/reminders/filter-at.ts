import { Temporal } from 'temporal-polyfill';
import { readFilter } from '../engine/read-filter.ts';
import type { Language } from '../language/language.ts';
import type { Filter } from '../schedule/filter.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { dateAt } from '../schedule/when.ts';
import type { Subscription } from './subscription.ts';

/** The filter of a subscription as it is meant at an instant in epoch milliseconds. */
export type FilterAt = (subscription: Pick<Subscription, 'filter' | 'language' | 'zone'>, instant: number) => Filter;

/**
 * Understands the filters of subscriptions. Kinds, places and organisers stay what they were understood as. A date is
 * read again on every day, from the text as it was typed: “next week” is the week after that day, not the one after
 * the day on which somebody subscribed. When the text cannot be understood any more, because a name in it has gone
 * from the schedule, the filter stays as it was.
 */
export function filtersOf(schedule: Schedule, languages: readonly Language[]): FilterAt {
  const read = new Map<string, Filter>();
  return ({ filter, language: tag, zone }, instant) => {
    if (filter.period === null) return filter;
    const key = [filter.typed, tag, zone, dateAt(instant, zone)].join('\n');
    let meant = read.get(key);
    if (!meant) {
      const language = languages.find((known) => known.tag === tag) ?? languages[0];
      const now = Temporal.Instant.fromEpochMilliseconds(instant);
      const result =
        language && readFilter(filter.typed, { now, zone, language, schedule, given: {}, direction: 'future' });
      meant = result?.ok ? result.value : filter;
      read.set(key, meant);
    }
    return meant;
  };
}

import type { EventKind, EventStatus, ScheduledEvent } from './event.ts';
import { datesOf } from './when.ts';

/** Calendar days, both inclusive, `YYYY-MM-DD`; `null`: no bound on that side. */
export interface Period {
  readonly from: string | null;
  readonly to: string | null;
}

/** Which events somebody means. Every part narrows; within a list any one fits. */
export interface Filter {
  readonly kinds: readonly EventKind[];
  readonly statuses: readonly EventStatus[];
  /** Folded names of cities, countries, venues or regions. */
  readonly places: readonly string[];
  /** Folded names. */
  readonly organisers: readonly string[];
  readonly period: Period | null;
  /** The filter in words, as it was understood; empty for everything. */
  readonly words: string;
  /** The filter as it was typed. */
  readonly typed: string;
}

/** The filter that lets everything pass. */
export const everything: Filter = {
  kinds: [],
  statuses: [],
  places: [],
  organisers: [],
  period: null,
  words: '',
  typed: '',
};

/** Letters without case, accents or punctuation: how names are compared. */
export function fold(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The folded names of the places where an event is held. */
export function placesOf(event: ScheduledEvent): readonly string[] {
  const { venue, region } = event;
  return [venue?.name, venue?.city, venue?.country, region].flatMap((name) => (name ? [fold(name)] : []));
}

/**
 * Whether an event passes. Vague events pass a period that they may fall into; events without a date pass no period.
 *
 * @param zone the reader's zone: the days of a timed event are those of the reader
 */
export function passes(event: ScheduledEvent, filter: Filter, zone: string): boolean {
  return (
    includesOrAny(filter.kinds, event.kind) &&
    includesOrAny(filter.statuses, event.status) &&
    (filter.places.length === 0 || placesOf(event).some((place) => filter.places.includes(place))) &&
    (filter.organisers.length === 0 ||
      (event.organiser !== null && filter.organisers.includes(fold(event.organiser)))) &&
    (filter.period === null || fallsInto(event, filter.period, zone))
  );
}

function includesOrAny<Value>(wanted: readonly Value[], value: Value): boolean {
  return wanted.length === 0 || wanted.includes(value);
}

/** Whether any day of the event lies in the period. */
export function fallsInto(event: ScheduledEvent, period: Period, zone: string): boolean {
  if (event.when === null) return false;
  const { first, last } = datesOf(event.when, zone);
  return (period.to === null || first <= period.to) && (period.from === null || last >= period.from);
}

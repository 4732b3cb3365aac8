import { Temporal } from 'temporal-polyfill';
import { MILLISECONDS_A_DAY } from './calendar-days.ts';

/** What a wall time is in a zone. All numbers are epoch milliseconds; `wall` numbers read the wall clock as if in UTC. */
export type WallReading =
  /** The usual case: there is exactly one such moment. */
  | { readonly kind: 'plain'; readonly instant: number }
  /** The clocks go back and show this time twice: `instant` is the first, `second` the second. */
  | { readonly kind: 'doubled'; readonly instant: number; readonly second: number }
  /** The clocks go forward over this time: at `instant` they go from the wall time `from` to the wall time `to`. */
  | { readonly kind: 'skipped'; readonly instant: number; readonly from: number; readonly to: number };

interface Transition {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

/** The offsets of one zone in one year, with two days on each side: no wall time is that far from its instant. */
interface ZoneYear {
  readonly offset: number;
  readonly transitions: readonly Transition[];
}

// Temporal takes some ten microseconds for a conversion, which a schedule of 100,000 events would feel at every load.
// A zone changes its offset a few times a year, so the changes are asked for once and the rest is addition.
const zones = new Map<string, Map<number, ZoneYear>>();

const MARGIN = 2 * MILLISECONDS_A_DAY;

/** Reads a wall time, given as if it were UTC in epoch milliseconds, in an IANA zone. */
export function readWall(zone: string, wall: number): WallReading {
  const { offset: first, transitions } = zoneYear(zone, wall);
  let offset = first;
  for (const { at, before, after } of transitions) {
    if (wall < at + before) {
      const instant = wall - before;
      return wall >= at + after ? { kind: 'doubled', instant, second: wall - after } : { kind: 'plain', instant };
    }
    if (wall < at + after) {
      return { kind: 'skipped', instant: at, from: at + before, to: at + after };
    }
    offset = after;
  }
  return { kind: 'plain', instant: wall - offset };
}

/** The offset of an IANA zone from UTC at an instant: milliseconds, positive east of Greenwich. */
export function offsetAt(zone: string, instant: number): number {
  const { offset, transitions } = zoneYear(zone, instant);
  let current = offset;
  for (const { at, after } of transitions) {
    if (instant < at) break;
    current = after;
  }
  return current;
}

/** What the wall clock of an IANA zone shows at an instant, as if it were UTC: epoch milliseconds both. */
export function wallAt(zone: string, instant: number): number {
  return instant + offsetAt(zone, instant);
}

function zoneYear(zone: string, wall: number): ZoneYear {
  const year = new Date(wall).getUTCFullYear();
  let years = zones.get(zone);
  if (!years) {
    years = new Map();
    zones.set(zone, years);
  }
  let found = years.get(year);
  if (!found) {
    found = askTemporal(zone, Date.UTC(year, 0) - MARGIN, Date.UTC(year + 1, 0) + MARGIN);
    years.set(year, found);
  }
  return found;
}

function askTemporal(zone: string, from: number, to: number): ZoneYear {
  let point = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone);
  const offset = offsetOf(point);
  const transitions: Transition[] = [];
  let before = offset;
  for (;;) {
    const next = point.getTimeZoneTransition('next');
    if (!next || next.epochMilliseconds >= to) return { offset, transitions };
    const after = offsetOf(next);
    transitions.push({ at: next.epochMilliseconds, before, after });
    before = after;
    point = next;
  }
}

function offsetOf(point: Temporal.ZonedDateTime): number {
  return Math.round(point.offsetNanoseconds / 1_000_000);
}

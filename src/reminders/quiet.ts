import { MILLISECONDS_A_DAY } from '../dates/calendar-days.ts';
import { readWall, wallAt } from '../dates/zone-offsets.ts';

/** When somebody is not to be told anything, by the clock of their zone. */
export interface QuietTimes {
  /** `HH:MM` both; past midnight when `to` is the earlier one. `null`: no hour is quiet. */
  readonly hours: { readonly from: string; readonly to: string } | null;
  /** Whether Saturdays and Sundays are quiet. */
  readonly weekends: boolean;
}

/** A stretch of time in epoch milliseconds, `[start, end)`. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The least that is left between two stretches of quiet. */
const MINUTE = 60_000;
const DAY = MILLISECONDS_A_DAY;

/** The whole quiet stretch that an instant lies in, from one moment that is not quiet to the next; `null`: none. */
export function quietStretchAt(instant: number, { hours, weekends }: QuietTimes, zone: string): Stretch | null {
  if (hours === null && !weekends) return null;
  const wall = wallAt(zone, instant);
  const intervals = quietWalls(Math.floor(wall / DAY), hours, weekends);
  const own = intervals.find(({ start, end }) => start <= wall && wall < end);
  if (!own) return null;
  let { start, end } = own;
  // Nights and weekends overlap; nine days of them are looked at, and quiet never lasts that long.
  for (const next of intervals) if (next.start <= end && next.end > end) end = next.end;
  for (const before of intervals.toReversed()) if (before.end >= start && before.start < start) start = before.start;
  return { start: instantBy(zone, start, instant, false), end: instantBy(zone, end, instant, true) };
}

/** The quiet stretches around a day, by start, as wall times in epoch milliseconds as if they were UTC. */
function quietWalls(day: number, hours: QuietTimes['hours'], weekends: boolean): readonly Stretch[] {
  const intervals: Stretch[] = [];
  for (let each = day - 4; each <= day + 4; each += 1) {
    const midnight = each * DAY;
    if (weekends && isWeekend(each)) intervals.push({ start: midnight, end: midnight + DAY });
    if (!hours) continue;
    const [from, to] = [timeOf(hours.from), timeOf(hours.to)];
    intervals.push({ start: midnight + from, end: midnight + to + (to <= from ? DAY : 0) });
  }
  return intervals.sort((a, b) => a.start - b.start);
}

/** 1 January 1970 was a Thursday. */
function isWeekend(day: number): boolean {
  return (((day + 3) % 7) + 7) % 7 >= 5;
}

function timeOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 * MINUTE + Number(clock.slice(3)) * MINUTE;
}

/** Of a wall time that the clocks show twice, the one on the right side of `around`. */
function instantBy(zone: string, wall: number, around: number, isAfter: boolean): number {
  const reading = readWall(zone, wall);
  if (reading.kind !== 'doubled') return reading.instant;
  if (isAfter) return reading.instant > around ? reading.instant : reading.second;
  return reading.second <= around ? reading.second : reading.instant;
}

/**
 * Where a moment moves that falls into quiet times: to their end, or, when too little of the notice would be left
 * then, to the minute before they begin. Less than half of the notice is too little.
 *
 * @param deadline what the notice is given of, in epoch milliseconds
 */
export function outOfQuiet(instant: number, deadline: number, quiet: QuietTimes, zone: string): number {
  const stretch = quietStretchAt(instant, quiet, zone);
  if (!stretch) return instant;
  return deadline - stretch.end >= (deadline - instant) / 2 ? stretch.end : stretch.start - MINUTE;
}

/**
 * The moments that {@link outOfQuiet} may have moved into `(from, to]`: `(from, to]` itself, and the quiet times that
 * end or begin in it.
 */
export function beforeMoving(
  { start: from, end: to }: Stretch,
  quiet: QuietTimes,
  zone: string,
): { readonly start: number; readonly end: number } {
  const ending = quietStretchAt(from, quiet, zone);
  const beginning = quietStretchAt(to + MINUTE, quiet, zone) ?? quietStretchAt(to, quiet, zone);
  return {
    start: ending && ending.end <= to ? ending.start - 1 : from,
    end: beginning && beginning.start - MINUTE <= to ? beginning.end : to,
  };
}

import { milliseconds, times, type Timing } from './measure.ts';

/** How many events the schedules have that are compared. */
export const SIZES = [100, 10_000, 100_000] as const;

/** The columns of a table that {@link growthRows} fills. */
export const GROWTH_COLUMNS = ['', 'events', 'min ms', 'median ms', 'p99 ms', 'runs', 'median to the first'] as const;

/** One thing at growing sizes: a row each, the last cell the ratio to the smallest. */
export function growthRows(
  name: string,
  measured: readonly { readonly size: number; readonly timing: Timing }[],
): string[][] {
  const first = measured[0]?.timing.median ?? NaN;
  return measured.map(({ size, timing }, at) => [
    at === 0 ? name : '',
    size.toLocaleString('en'),
    milliseconds(timing.min),
    milliseconds(timing.median),
    milliseconds(timing.p99),
    timing.runs.toString(),
    times(timing.median, first),
  ]);
}

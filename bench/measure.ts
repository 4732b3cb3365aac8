/** How long something took, in milliseconds. */
export interface Timing {
  readonly min: number;
  readonly median: number;
  /** Of fewer than a hundred runs: the longest. */
  readonly p99: number;
  readonly runs: number;
}

/** How often and how long at most something is run to be timed. */
export interface Effort {
  readonly warmUps: number;
  readonly leastRuns: number;
  readonly mostRuns: number;
  /** Milliseconds after which no further run begins, once there are `leastRuns`. */
  readonly budget: number;
}

/** For what takes a few milliseconds at most. */
export const OFTEN: Effort = { warmUps: 30, leastRuns: 20, mostRuns: 500, budget: 3000 };
/** For what takes seconds. */
export const SELDOM: Effort = { warmUps: 1, leastRuns: 3, mostRuns: 20, budget: 3000 };

/** Runs something again and again and times each run. */
export async function timed(work: () => unknown, effort: Effort = OFTEN): Promise<Timing> {
  const started = performance.now();
  for (let run = 0; run < effort.warmUps && performance.now() - started < effort.budget; run += 1) await work();
  const times: number[] = [];
  const measured = performance.now();
  while (times.length < effort.mostRuns) {
    if (times.length >= effort.leastRuns && performance.now() - measured >= effort.budget) break;
    // What the last run left behind is freed between two runs, as it is between two requests.
    await new Promise((resolve) => setImmediate(resolve));
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return timingOf(times);
}

/** Sums up times in milliseconds. */
export function timingOf(times: readonly number[]): Timing {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return { min: at(0), median: at(0.5), p99: at(0.99), runs: sorted.length };
}

/** Milliseconds with three significant digits, as far as they are whole: `0.412`, `3.07`, `1240`. */
export function milliseconds(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

/** How many times longer: `1.07 ×`. */
export function times(value: number, reference: number): string {
  return `${(value / reference).toFixed(2)} ×`;
}

/** Mebibytes of the heap that are in use after everything that can be freed was. */
export function heapInUse(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

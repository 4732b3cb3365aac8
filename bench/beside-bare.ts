import { milliseconds, times, timingOf, type Timing } from './measure.ts';
import type { Section } from './section.ts';
import { AT_ONCE, type Served } from './served.ts';

/** Requests a second, and for how many seconds. */
const RATE = 100;
const SECONDS = 10;
/** How many there are when as many as possible are let through. */
const MOST = 6000;
const ROUNDS = 3;

/** The bot beside an app of the same SDK that answers a constant. */
export interface Comparison {
  readonly title: string;
  readonly own: { readonly name: string; readonly server: Served };
  readonly bare: { readonly name: string; readonly server: Served };
  /** Sends one request. */
  readonly ask: (port: number) => Promise<string>;
  readonly note: string;
}

interface Measured {
  readonly atRate: Timing;
  /** Requests a second. */
  readonly throughput: number;
  /** Processor time of the server for each request, in milliseconds. */
  readonly cpu: number;
}

/** Latencies at a steady rate, and the highest throughput, of both in turns: neither has the quieter machine. */
export async function besideBare({ title, own, bare, ask, note }: Comparison): Promise<Section> {
  await mostOf(own.server, ask);
  await mostOf(bare.server, ask);
  const rounds: { readonly own: Measured; readonly bare: Measured }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push({ bare: await measure(bare.server, ask), own: await measure(own.server, ask) });
  }
  const mine = middle(rounds.map((round) => round.own));
  const theirs = middle(rounds.map((round) => round.bare));
  const row = (name: string, { atRate, throughput, cpu }: Measured) => [
    name,
    `${milliseconds(atRate.median)} ms`,
    `${milliseconds(atRate.p99)} ms`,
    `${throughput.toFixed(0)}/s`,
    `${milliseconds(cpu)} ms`,
    times(throughput, theirs.throughput),
    times(atRate.p99, theirs.atRate.p99),
  ];
  return {
    title,
    columns: ['', 'p50', 'p99', 'most', 'CPU each', 'of the bare app’s most', 'of its p99'],
    rows: [row(own.name, mine), row(bare.name, theirs)],
    note:
      `Latencies at ${RATE} requests a second; most, and processor time for each: ${AT_ONCE} at once. Each server is a ` +
      `process of its own; medians of ${ROUNDS} rounds in turns. ${note}`,
  };
}

/** The median of each figure. */
function middle(measured: readonly Measured[]): Measured {
  const of = (figure: (one: Measured) => number) => measured.map(figure).sort((a, b) => a - b)[ROUNDS >> 1] ?? NaN;
  return {
    throughput: of(({ throughput }) => throughput),
    cpu: of(({ cpu }) => cpu),
    atRate: {
      min: of(({ atRate }) => atRate.min),
      median: of(({ atRate }) => atRate.median),
      p99: of(({ atRate }) => atRate.p99),
      runs: RATE * SECONDS,
    },
  };
}

async function measure(server: Served, ask: Comparison['ask']): Promise<Measured> {
  return { atRate: await latenciesOf(server, ask), ...(await mostOf(server, ask)) };
}

async function latenciesOf({ port }: Served, ask: Comparison['ask']): Promise<Timing> {
  const timed = async () => {
    const begun = performance.now();
    await ask(port);
    return performance.now() - begun;
  };
  const under: Promise<number>[] = [];
  const begun = performance.now();
  for (let at = 0; at < RATE * SECONDS; at += 1) {
    const wait = begun + (at * 1000) / RATE - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    under.push(timed());
  }
  return timingOf(await Promise.all(under));
}

async function mostOf(server: Served, ask: Comparison['ask']): Promise<Pick<Measured, 'throughput' | 'cpu'>> {
  const before = await server.cpu();
  let left = MOST;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (left > 0) {
        left -= 1;
        await ask(server.port);
      }
    }),
  );
  const ms = performance.now() - begun;
  return { throughput: (MOST * 1000) / ms, cpu: ((await server.cpu()) - before) / MOST };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { sqliteDatabase } from '../test/support/store-databases.ts';
import { milliseconds, times, timingOf } from './measure.ts';
import type { Section } from './section.ts';
import { PRESENT } from './synthetic.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const ROUNDS = 25;

/** Programs of Node that are timed; the first one is what the others are compared with. */
const PROGRAMS = {
  'Node and Prisma’s client, imported': ['bench/prisma-alone.ts', 'import'],
  'Node and Prisma’s client, one query': ['bench/prisma-alone.ts', 'query'],
  'gcm next': ['src/main.ts', 'gcm', 'next'],
} as const;

/**
 * `gcm next` on the sample schedule beside Node that starts with nothing but Prisma’s client: whole processes, which
 * take turns so that a busy moment of the machine meets all of them.
 */
export async function commandLineSection(): Promise<Section> {
  const database = await sqliteDatabase();
  try {
    const variables = { ...process.env, DATABASE_URL: database.url, GCM_NOW: PRESENT };
    const sample = 'prisma/sample/gcm-2017-11-01.json';
    await processTime(['src/main.ts', 'gcm', '--yes', 'import', sample], variables);
    const measured = Object.entries(PROGRAMS).map(([name, program]) => ({ name, program, times: [] as number[] }));
    // The first round fills the compile cache.
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const { program, times: taken } of measured) {
        const time = await processTime(program, variables);
        if (round > 0) taken.push(time);
      }
    }
    const timings = measured.map(({ name, times: taken }) => ({ name, ...timingOf(taken) }));
    const [imported, queried] = timings.map(({ median }) => median);
    return {
      title: 'One command on the command line, as a process',
      columns: ['', 'min ms', 'median ms', 'p99 ms', 'runs', 'median to import', 'median to query'],
      rows: timings.map(({ name, min, median, p99, runs }) => [
        name,
        milliseconds(min),
        milliseconds(median),
        milliseconds(p99),
        runs.toString(),
        times(median, imported ?? NaN),
        times(median, queried ?? NaN),
      ]),
      note:
        'From starting the process to its end, all with Node’s compile cache. “imported” only loads the client and its ' +
        'driver; “one query” opens the same database too. npm’s own start comes before each of them alike and is left out.',
    };
  } finally {
    await database.drop();
  }
}

async function processTime(program: readonly string[], variables: NodeJS.ProcessEnv): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, program, { cwd: ROOT, env: variables, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`node ${program.join(' ')} ended with ${String(code)}`);
  return performance.now() - start;
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { PgBoss } from 'pg-boss';
import { postgresDatabase, sqliteDatabase, type TestDatabase } from '../test/support/store-databases.ts';
import { BOSS_QUEUE, fillLedger, NOTHING_QUEUE } from './ledger-work.ts';
import { timingOf } from './measure.ts';
import type { Section } from './section.ts';

/** Multiples of the channels of the ledger's work. */
const SIZES = [20_000, 60_000] as const;
const ROUNDS = 5;

type What = 'ledger' | 'pg-boss';

/** How many deliveries a second go through the ledger, and beside it how many jobs through pg-boss. */
export async function ledgerSection(): Promise<Section> {
  const rows: string[][] = [];
  const row = (name: string, size: number, rates: readonly number[], reference?: number) => {
    const typical = timingOf(rates).median;
    const compared = reference === undefined ? '' : `${(typical / reference).toFixed(2)} ×`;
    const each = rates.map((rate) => rate.toFixed(0)).join(' ');
    rows.push([name, size.toString(), typical.toFixed(0), each, compared]);
    return typical;
  };
  for (const size of SIZES) {
    const sqlite: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) sqlite.push(await measured('ledger', 1, size, sqliteDatabase));
    row('SQLite, one worker', size, sqlite);
  }
  for (const size of process.env.TEST_POSTGRES_URL ? SIZES : []) {
    for (const workers of [1, 3]) {
      const rates: Record<What, number[]> = { 'pg-boss': [], ledger: [] };
      // In turns, so that both meet whatever else the machine is doing.
      for (let round = 0; round < ROUNDS; round += 1) {
        // And neither always first.
        for (const what of round % 2 ? (['ledger', 'pg-boss'] as const) : (['pg-boss', 'ledger'] as const)) {
          rates[what].push(await measured(what, workers, size, postgresDatabase));
        }
      }
      const boss = row(`pg-boss, workers: ${workers}`, size, rates['pg-boss']);
      row(`PostgreSQL, workers: ${workers}`, size, rates.ledger, boss);
    }
  }
  return {
    title: 'Deliveries through the ledger',
    columns: ['what', 'due', 'median a second', 'each round', 'to pg-boss'],
    rows,
    note:
      'Each worker is a process that has looked a minute before, when nothing was due. The messenger answers at once; every delivery is claimed, judged by the schedule as it ' +
      'stands, worded, and settled with its message. A job of pg-boss is fetched and completed, in batches of 100, and ' +
      'nothing is done with it.',
  };
}

async function measured(
  what: What,
  workers: number,
  size: number,
  create: () => Promise<TestDatabase>,
): Promise<number> {
  const database = await create();
  try {
    await (what === 'ledger' ? fillLedger(database.url, size) : fillBoss(database.url, size));
    return await rateOf(what, workers, size, database.url);
  } finally {
    await database.drop();
  }
}

async function rateOf(what: What, workers: number, size: number, url: string): Promise<number> {
  const script = fileURLToPath(new URL('ledger-process.ts', import.meta.url));
  const processes = Array.from({ length: workers }, () => {
    const child = spawn(process.execPath, [script, what, url], { stdio: ['pipe', 'pipe', 'inherit'] });
    return { stdin: child.stdin, stdout: child.stdout, ended: once(child, 'exit') };
  });
  await Promise.all(processes.map(({ stdout }) => once(stdout, 'data')));
  const started = performance.now();
  const moved = await Promise.all(
    processes.map(async ({ stdin, stdout }) => {
      stdin.write('go\n');
      const [printed] = (await once(stdout, 'data')) as [Buffer];
      return Number(printed.toString());
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  // Their connections end before the database does.
  await Promise.all(processes.map(({ ended }) => ended));
  const total = moved.reduce((sum, each) => sum + each, 0);
  if (total !== size) throw new Error(`${total} of ${size} were moved`);
  return total / seconds;
}

export async function fillBoss(url: string, size: number): Promise<void> {
  const boss = new PgBoss({ connectionString: url, supervise: false, schedule: false });
  await boss.start();
  // What nobody has completed within a minute is given out again, which is what the ledger does.
  await boss.createQueue(BOSS_QUEUE, { expireInSeconds: 60, retryLimit: 5 });
  await boss.createQueue(NOTHING_QUEUE);
  for (let at = 0; at < size; at += 1000) {
    await boss.insert(
      BOSS_QUEUE,
      Array.from({ length: 1000 }, (_, number) => ({ data: { channel: at + number, event: 'briefing' } })),
    );
  }
  await boss.stop({ graceful: false });
}

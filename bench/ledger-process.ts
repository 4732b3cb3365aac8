/**
 * A process of its own that works until nothing is left: `node ledger-process.ts WHAT URL`, WHAT being `ledger` or
 * `pg-boss`. It prints `ready`, waits for a line on its standard input, and prints how many it has moved.
 */
import { once } from 'node:events';
import { PgBoss } from 'pg-boss';
import { BOSS_QUEUE, NOTHING_QUEUE, ledgerWorker } from './ledger-work.ts';

const BATCH = 100;
const [what, url = ''] = process.argv.slice(2);

async function ledger(): Promise<void> {
  const { drain, close } = await ledgerWorker(url, `process ${process.pid}`);
  await begin();
  report(await drain());
  await close();
}

async function pgBoss(): Promise<void> {
  const boss = new PgBoss({ connectionString: url, supervise: false, schedule: false, migrate: false });
  await boss.start();
  await boss.fetch(NOTHING_QUEUE, { batchSize: BATCH });
  await begin();
  let moved = 0;
  for (;;) {
    const jobs = await boss.fetch(BOSS_QUEUE, { batchSize: BATCH });
    if (jobs.length === 0) break;
    await boss.complete(
      BOSS_QUEUE,
      jobs.map(({ id }) => id),
    );
    moved += jobs.length;
  }
  report(moved);
  await boss.stop({ graceful: false });
}

function report(moved: number): void {
  process.stdout.write(`${moved}\n`);
}

async function begin(): Promise<void> {
  process.stdout.write('ready\n');
  await once(process.stdin, 'data');
}

await (what === 'ledger' ? ledger() : pgBoss());
process.exit(0);

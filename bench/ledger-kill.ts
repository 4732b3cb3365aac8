import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { postgresDatabase } from '../test/support/store-databases.ts';
import type { Answered, Asked } from './ledger-kill-process.ts';
import { fillLedger } from './ledger-work.ts';
import { fillBoss } from './ledger.ts';
import type { Section } from './section.ts';

/** A multiple of the channels of the ledger's work; when one of the workers is killed; and how long all is waited for. */
const SIZE = 6000;
const KILLED_AT = 2000;
const PATIENCE_MS = 240_000;
/** What arrives twice may do so long after the last one that was missing: when it is taken over. */
const AFTERWARDS_MS = 75_000;
/** How long the platform takes to answer, in milliseconds. */
const ANSWER_MS = 5;

type What = 'ledger' | 'pg-boss';

/** One of three workers is killed in the middle: what becomes of what it had in hand. */
export async function ledgerKillSection(): Promise<Section> {
  const rows: string[][] = [];
  for (const what of process.env.TEST_POSTGRES_URL ? (['ledger', 'pg-boss'] as const) : []) {
    rows.push([what, ...(await killedOne(what))]);
  }
  return {
    title: `One of three workers killed with SIGKILL after ${KILLED_AT} of ${SIZE}, on PostgreSQL`,
    columns: ['what', 'sent once', 'sent twice', 'lost', 'the last one, s after the kill'],
    rows,
    note:
      'Every message takes 5 ms. What the dead worker had in hand is taken over within a minute by both; the ledger ' +
      'asks the platform first what has arrived, as it does in Slack.',
  };
}

async function killedOne(what: What): Promise<readonly string[]> {
  const database = await postgresDatabase();
  const script = fileURLToPath(new URL('ledger-kill-process.ts', import.meta.url));
  try {
    await (what === 'ledger' ? fillLedger(database.url, SIZE) : fillBoss(database.url, SIZE));
    const arrived = new Map<string, number>();
    let killedAt: number | null = null;
    let lastAt = 0;
    const workers = Array.from({ length: 3 }, () => fork(script, [what, database.url]));
    const complete = new Promise<void>((resolve) => {
      const giveUp = setTimeout(resolve, PATIENCE_MS);
      for (const worker of workers) {
        worker.on('message', (asked: Asked) => {
          const key = 'post' in asked ? asked.post : asked.has;
          const answer: Answered = { key, is: arrived.has(key) };
          if ('post' in asked) arrived.set(key, (arrived.get(key) ?? 0) + 1);
          setTimeout(() => {
            if (worker.connected) worker.send(answer, () => undefined);
          }, ANSWER_MS);
          if (killedAt === null && arrived.size >= KILLED_AT) {
            killedAt = performance.now();
            workers[0]?.kill('SIGKILL');
          }
          if (arrived.size < SIZE || lastAt > 0) return;
          lastAt = performance.now();
          clearTimeout(giveUp);
          setTimeout(resolve, AFTERWARDS_MS);
        });
      }
    });
    await complete;
    const alive = workers.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
    const ended = alive.map((worker) => once(worker, 'exit'));
    for (const worker of alive) worker.kill('SIGKILL');
    await Promise.all(ended);
    const twice = [...arrived.values()].filter((times) => times > 1).length;
    const took = lastAt > 0 && killedAt !== null ? ((lastAt - killedAt) / 1000).toFixed(1) : 'never';
    return [`${arrived.size - twice}`, `${twice}`, `${SIZE - arrived.size}`, took];
  } finally {
    await database.drop();
  }
}

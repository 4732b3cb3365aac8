/**
 * A process that is killed: `node ledger-kill-process.ts WHAT URL`, WHAT being `ledger` or `pg-boss`. The process that
 * started it is the platform: it is sent `{ post: key }` or `{ has: key }`, and answers each with `{ key, is }`.
 */
import { PgBoss } from 'pg-boss';
import { BOSS_QUEUE, ledgerSweep } from './ledger-work.ts';

/** What the platform is asked. */
export type Asked = { readonly post: string } | { readonly has: string };
/** What it answers. */
export interface Answered {
  readonly key: string;
  readonly is: boolean;
}

const BATCH = 100;
const [what, url = ''] = process.argv.slice(2);
const waiting = new Map<string, (is: boolean) => void>();
process.on('message', ({ key, is }: Answered) => {
  waiting.get(key)?.(is);
  waiting.delete(key);
});
process.on('disconnect', () => process.exit());

function ask(asked: Asked): Promise<boolean> {
  return new Promise((resolve) => {
    waiting.set('post' in asked ? asked.post : asked.has, resolve);
    process.send?.(asked);
  });
}

async function ledger(): Promise<void> {
  const { sweep } = await ledgerSweep(url, `process ${process.pid}`, {
    async post(post) {
      await ask({ post });
    },
    has: (has) => ask({ has }),
  });
  await sweep.tick();
}

async function pgBoss(): Promise<void> {
  const boss = new PgBoss({ connectionString: url, schedule: false, superviseIntervalSeconds: 1, migrate: false });
  await boss.start();
  for (;;) {
    const jobs = await boss.fetch(BOSS_QUEUE, { batchSize: BATCH });
    await Promise.all(jobs.map(({ id }) => ask({ post: id })));
    const ids = jobs.map(({ id }) => id);
    if (ids.length > 0) await boss.complete(BOSS_QUEUE, ids);
    else await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

await (what === 'ledger' ? ledger() : pgBoss());

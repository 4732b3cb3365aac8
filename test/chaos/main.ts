/**
 * Breaks everything that can break around the reminders, and counts what arrived:
 * `npm run chaos -- [--minutes N] [--seed N] [--only postgresql|sqlite] [--when-unknown park|send]`. It ends with 1 when
 * a delivery was lost, doubled, held by two at once, or is in a state that nothing explains.
 */
import { parseArgs } from 'node:util';
import { sqliteDatabase } from '../support/store-databases.ts';
import { roughPostgres, type RoughPostgres } from './postgres.ts';
import { chaos, type Result } from './run.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '0.5' },
    seed: { type: 'string' },
    only: { type: 'string' },
    'when-unknown': { type: 'string', default: 'park' },
  },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const seconds = Number(values.minutes) * 60;
const whenUnknown = values['when-unknown'] === 'send' ? 'send' : 'park';
const tell = (line: string) => process.stdout.write(`${line}\n`);

const results: Result[] = [];
if (values.only !== 'sqlite') {
  const postgres = await roughPostgres();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // Its processes end with this one; a server does not.
    process.once(signal, () => void postgres?.drop().finally(() => process.exit(1)));
  }
  if (postgres) results.push(await onPostgres(postgres));
  else tell('PostgreSQL: left out. It is not installed here, and TEST_POSTGRES_URL is not set.');
}
if (values.only !== 'postgresql') {
  const database = await sqliteDatabase();
  tell(`\nOne process on SQLite, for ${seconds} seconds, seed ${seed}`);
  try {
    results.push(await chaos({ seed, seconds, whenUnknown, size: 1, databaseUrl: database.url, postgres: null, tell }));
  } finally {
    await database.drop();
  }
}
process.exit(results.every(({ isWell }) => isWell) ? 0 : 1);

async function onPostgres(postgres: RoughPostgres): Promise<Result> {
  const restarts = postgres.restart ? 'whose server is restarted' : 'whose connections are cut';
  tell(`Three processes on PostgreSQL ${restarts}, for ${seconds} seconds, seed ${seed}`);
  try {
    return await chaos({ seed, seconds, whenUnknown, size: 3, databaseUrl: postgres.url, postgres, tell });
  } finally {
    await postgres.drop();
  }
}

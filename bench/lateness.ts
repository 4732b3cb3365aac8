import { postgresDatabase, sqliteDatabase, type TestDatabase } from '../test/support/store-databases.ts';
import { fillSchedule, ledgerSweep } from './ledger-work.ts';
import { milliseconds, timingOf } from './measure.ts';
import type { Section } from './section.ts';

/** A multiple of the channels of the ledger's work. */
const DUE = 5000;

/** How late reminders are that all fall due in the same minute, from the tick of that minute on. */
export async function latenessSection(): Promise<Section> {
  const rows = [['SQLite', ...(await latenessOn(sqliteDatabase))]];
  if (process.env.TEST_POSTGRES_URL) rows.push(['PostgreSQL', ...(await latenessOn(postgresDatabase))]);
  return {
    title: `Lateness of ${DUE} reminders that are due in the same minute`,
    columns: ['one process on', 'first ms', 'median ms', 'p99 ms'],
    rows,
    note:
      'From the tick to the moment at which the messenger is given the message: planning, writing down, claiming, ' +
      'judging and wording. The messenger answers at once; how fast platforms take messages comes on top.',
  };
}

async function latenessOn(create: () => Promise<TestDatabase>): Promise<readonly string[]> {
  const database = await create();
  try {
    await (await fillSchedule(database.url, DUE)).store.close();
    const late: number[] = [];
    let started = 0;
    const { sweep, store } = await ledgerSweep(database.url, 'lateness', {
      post() {
        late.push(performance.now() - started);
        return Promise.resolve();
      },
      has: () => Promise.resolve(false),
    });
    started = performance.now();
    await sweep.tick();
    await sweep.idle();
    await sweep.stop();
    await store.close();
    if (late.length !== DUE) throw new Error(`${late.length} of ${DUE} were sent`);
    const { min, median, p99 } = timingOf(late);
    return [min, median, p99].map(milliseconds);
  } finally {
    await database.drop();
  }
}

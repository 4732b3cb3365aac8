import { Temporal } from 'temporal-polyfill';
import { commands } from '../commands/index.ts';
import { openStore } from '../prisma/store.ts';
import type { Clock } from '../src/clock.ts';
import { createBot, type Bot } from '../src/engine/dispatch.ts';
import { randomIdentity } from '../src/identity.ts';
import { english } from '../src/language/index.ts';
import type { Log } from '../src/log.ts';
import type { Actor, Store } from '../src/ports.ts';
import type { ScheduledEvent } from '../src/schedule/event.ts';
import { createSchedule } from '../src/schedule/schedule.ts';
import { postgresDatabase, sqliteDatabase, type TestDatabase } from '../test/support/store-databases.ts';
import { GROWTH_COLUMNS, growthRows, SIZES } from './growth.ts';
import { OFTEN, SELDOM, timed, type Effort, type Timing } from './measure.ts';
import type { Section } from './section.ts';
import { PRESENT, slipIn, syntheticEvents } from './synthetic.ts';

const ACTOR: Actor = { platform: 'console', tenant: '', user: 'ada', name: 'Ada' };
/** A change of more would hold its writes in memory twice. */
const WRITES_AT_ONCE = 10_000;

const clock: Clock = { now: () => Temporal.Instant.from(PRESENT) };

/** What is asked of the bot: always the same events, which every schedule has. */
function linesFor({ handle }: ScheduledEvent): readonly (readonly [line: string, effort: Effort])[] {
  return [
    ['next', OFTEN],
    ['list regional in Geneva', OFTEN],
    ['find labor mobilty', SELDOM],
    [`show ${handle}`, OFTEN],
    [`show ${slipIn(handle)}`, SELDOM],
  ];
}

/** What a schedule costs to load, and a question to be answered by a bot that has it loaded. */
export async function storeSection(): Promise<Section> {
  const databases: [name: string, create: () => Promise<TestDatabase>][] = [['SQLite', sqliteDatabase]];
  if (process.env.TEST_POSTGRES_URL) databases.push(['PostgreSQL', postgresDatabase]);
  const rows: string[][] = [];
  for (const [name, create] of databases) {
    // Once for nothing: whatever comes first pays for the compilation of the code.
    await withStore(create, SIZES[0]);
    const measured = new Map<string, { size: number; timing: Timing }[]>();
    for (const size of SIZES) {
      for (const [what, timing] of await withStore(create, size)) {
        const known = measured.get(what) ?? [];
        measured.set(what, [...known, { size, timing }]);
      }
    }
    for (const [what, timings] of measured) rows.push(...growthRows(`${name}: ${what}`, timings));
  }
  return {
    title: 'A schedule in the store: loading it, and asking the bot',
    columns: GROWTH_COLUMNS,
    rows,
    note:
      'Ten years of events; those of the months around the present are the same at every size, so that answers are ' +
      'as long. “load” reads every row and builds the value; the other lines go through Bot.handle, warm: schedule ' +
      'loaded, search index built.',
  };
}

async function withStore(create: () => Promise<TestDatabase>, size: number): Promise<[string, Timing][]> {
  const database = await create();
  try {
    const store = await openStore({ url: database.url, clock, identity: randomIdentity });
    try {
      return await measure(store, await filled(store, size));
    } finally {
      await store.close();
    }
  } finally {
    await database.drop();
  }
}

async function filled(store: Store, size: number): Promise<readonly ScheduledEvent[]> {
  const [group] = await store.groups();
  const events = syntheticEvents(size);
  for (let at = 0; at < events.length; at += WRITES_AT_ONCE) {
    const writes = events
      .slice(at, at + WRITES_AT_ONCE)
      .map((after) => ({ type: 'event', before: null, after }) as const);
    await store.commit({ groupId: group?.id ?? '', actor: ACTOR, action: 'bench', at: clock.now().toString(), writes });
  }
  return events;
}

async function measure(store: Store, events: readonly ScheduledEvent[]): Promise<[string, Timing][]> {
  const [group] = await store.groups();
  const load = await timed(async () => createSchedule(await store.load(group?.id ?? '')), SELDOM);
  const bot = createBot({
    store,
    clock,
    identity: randomIdentity,
    commands,
    languages: [english],
    log: silentLog,
    roleOf: () => 'viewer',
  });
  const timings: [string, Timing][] = [['load', load]];
  const known = events.find(({ visibility }) => visibility === 'published');
  for (const [line, effort] of known ? linesFor(known) : []) {
    timings.push([line, await timed(() => answered(bot, line), effort)]);
  }
  return timings;
}

async function answered(bot: Bot, line: string): Promise<void> {
  const { outcome } = await bot.handle({ actor: ACTOR, zone: 'Europe/Zurich', input: { type: 'line', line } });
  if (outcome !== 'answered') throw new Error(`“${line}” was ${outcome}`);
}

const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

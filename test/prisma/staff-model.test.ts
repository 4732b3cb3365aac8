import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../prisma/store.ts';
import type { Reply } from '../../src/engine/dispatch.ts';
import type { Store } from '../../src/ports.ts';
import type { EventStatus, ScheduledEvent, Visibility } from '../../src/schedule/event.ts';
import { botOn } from '../support/bots.ts';
import { clockAt } from '../support/clock.ts';
import {
  postgresDatabase,
  postgresNote,
  postgresUrl,
  sqliteDatabase,
  type TestDatabase,
} from '../support/store-databases.ts';
import { change, countingIdentity, stoppedClock } from '../support/store-samples.ts';

/** What the model knows of an event. */
interface State {
  readonly start: string;
  readonly status: EventStatus;
  readonly visibility: Visibility;
  readonly region: string | null;
}

interface Step {
  readonly user: string;
  readonly handle: string;
  readonly before: State | null;
  readonly after: State;
  readonly isUndo: boolean;
  isUndone: boolean;
}

/** A schedule as simple as can be: states by handle, and everything that was done to them. */
interface Model {
  readonly events: Map<string, State>;
  readonly steps: Step[];
}

/** The bot, speaking of one working group. */
interface Real {
  say(line: string, user: string): Promise<Reply>;
  events(): Promise<readonly ScheduledEvent[]>;
}

const differing = (one: State, other: State) =>
  (Object.keys(one) as (keyof State)[]).filter((key) => one[key] !== other[key]);

function record(model: Model, user: string, handle: string, after: State, isUndo = false): void {
  const before = model.events.get(handle) ?? null;
  if (before && differing(before, after).length === 0) return;
  model.events.set(handle, after);
  model.steps.push({ user, handle, before, after, isUndo, isUndone: false });
}

/** What somebody says, and what the model makes of it. */
class Saying implements fc.AsyncCommand<Model, Real> {
  readonly line: string;
  readonly user: string;
  readonly #apply: (model: Model, user: string) => void;

  constructor(line: string, user: string, apply: (model: Model, user: string) => void) {
    this.line = line;
    this.user = user;
    this.#apply = apply;
  }

  check = () => true;

  async run(model: Model, real: Real): Promise<void> {
    const reply = await real.say(`${this.line} --yes`, this.user);
    this.#apply(model, this.user);
    expect(['answered', 'refused']).toContain(reply.outcome);
    const states = (await real.events()).map(({ handle, when, status, visibility, region }) => [
      handle,
      { start: when?.start, status, visibility, region },
    ]);
    expect(Object.fromEntries(states)).toEqual(Object.fromEntries(model.events));
  }

  toString = () => `${this.user}: ${this.line}`;
}

const HANDLES = ['alpha', 'beta', 'gamma'] as const;
const handle = fc.constantFrom(...HANDLES);
const user = fc.constantFrom('ada', 'grace');
const day = fc.integer({ min: 1, max: 28 }).map((date) => `2018-02-${date.toString().padStart(2, '0')}`);
const region = fc.constantFrom('Africa', 'Americas', '-');

const onEvent = (line: string, patch: (state: State, model: Model, handle: string) => Partial<State>) =>
  fc.tuple(handle, user).map(
    ([name, who]) =>
      new Saying(line.replace('EVENT', name), who, (model) => {
        const state = model.events.get(name);
        if (state) record(model, who, name, { ...state, ...patch(state, model, name) });
      }),
  );

const sayings = [
  fc.tuple(handle, day, user).map(
    ([name, start, who]) =>
      new Saying(`add "${name}" ${start} status:tentative handle:${name}`, who, (model) => {
        const state = { start, status: 'tentative', visibility: 'published', region: null } as const;
        if (!model.events.has(name)) record(model, who, name, state);
      }),
  ),
  fc.tuple(handle, day, user).map(
    ([name, start, who]) =>
      new Saying(`move ${name} to ${start}`, who, (model) => {
        const state = model.events.get(name);
        if (!state || state.status === 'cancelled') return;
        record(model, who, name, { ...state, start, ...(state.status === 'postponed' && { status: 'confirmed' }) });
      }),
  ),
  fc.tuple(handle, region, user).map(
    ([name, written, who]) =>
      new Saying(`edit ${name} region:${written}`, who, (model) => {
        const state = model.events.get(name);
        if (state) record(model, who, name, { ...state, region: written === '-' ? null : written });
      }),
  ),
  onEvent('cancel EVENT', () => ({ status: 'cancelled' })),
  onEvent('postpone EVENT', ({ status }) => (status === 'cancelled' ? {} : { status: 'postponed' })),
  onEvent('confirm EVENT', ({ status }) => (status === 'tentative' ? { status: 'confirmed' } : {})),
  onEvent('publish EVENT', () => ({ visibility: 'published' })),
  onEvent('unpublish EVENT', () => ({ visibility: 'draft' })),
  onEvent('restore EVENT', ({ status }, { steps }, name) => {
    if (status === 'confirmed' || status === 'tentative') return {};
    const held = steps.findLast(
      (step) => step.handle === name && (step.before?.status === 'confirmed' || step.before?.status === 'tentative'),
    );
    return { status: held?.before?.status ?? 'confirmed' };
  }),
  // Twice, so that undos are not lost among the rest.
  user.map((who) => new Saying('undo', who, undoLast)),
  user.map((who) => new Saying('undo', who, undoLast)),
];

function undoLast(model: Model, who: string): void {
  const last = model.steps.findLast((step) => step.user === who && !step.isUndo && !step.isUndone);
  const state = last && model.events.get(last.handle);
  if (!last || !state) return;
  const since = differing(last.after, state);
  if (last.before === null) {
    if (since.length > 0) return;
    record(model, who, last.handle, { ...state, visibility: 'draft', status: 'cancelled' }, true);
  } else {
    const { before } = last;
    const own = differing(before, last.after);
    if (since.some((key) => own.includes(key))) return;
    record(model, who, last.handle, { ...state, ...Object.fromEntries(own.map((key) => [key, before[key]])) }, true);
  }
  last.isUndone = true;
}

function describeModel(create: () => Promise<TestDatabase>, numRuns: number): void {
  let database: TestDatabase;
  let store: Store;
  beforeAll(async () => {
    database = await create();
    store = await openStore({ url: database.url, clock: stoppedClock, identity: countingIdentity() });
  });
  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  test('any sequence of changes and undos leaves what a simple model says, and an audit entry for each', async () => {
    const say = botOn(store, clockAt('2017-11-01T09:00:00+01:00'));
    const [first] = await store.groups();
    let groups = 0;
    await fc.assert(
      fc.asyncProperty(fc.commands(sayings, { maxCommands: 25, size: 'max' }), async (sequence) => {
        const slug = `g${(groups += 1).toString()}`;
        if (!first) throw new Error('the store has no group');
        await store.commit(
          change(slug, [
            { type: 'group', before: null, after: { ...first, id: slug, slug, revision: 0, changedAt: null } },
          ]),
        );
        const real: Real = {
          say: (line, who) => say(`${line} --group ${slug}`, who),
          events: async () => (await store.load(slug)).events,
        };
        const model: Model = { events: new Map(), steps: [] };
        await fc.asyncModelRun(() => ({ model, real }), sequence);
        expect(await store.audit(slug, { limit: 1000 })).toHaveLength(model.steps.length + 1);
      }),
      { numRuns, endOnFailure: true },
    );
  }, 120_000);
}

describe('the schedule that staff keep, on SQLite', () => {
  describeModel(sqliteDatabase, 40);
});

describe.skipIf(postgresUrl === undefined)(`the schedule that staff keep, on PostgreSQL${postgresNote}`, () => {
  describeModel(postgresDatabase, 15);
});

describe.skipIf(postgresUrl === undefined)(`several editors at once on PostgreSQL${postgresNote}`, () => {
  const EDITORS = ['ada', 'grace', 'alan', 'edsger'];

  async function editors() {
    const database = await postgresDatabase();
    const stores: Store[] = [];
    for (const name of EDITORS) {
      stores.push(await openStore({ url: database.url, clock: stoppedClock, identity: countingIdentity(name) }));
    }
    const [store] = stores;
    if (!store) throw new Error('there are no editors');
    return {
      store,
      stores,
      bots: stores.map((each) => botOn(each, stoppedClock)),
      async close() {
        await Promise.all(stores.map((each) => each.close()));
        await database.drop();
      },
    };
  }

  test('lose nothing: what was said to be published is there, once', async () => {
    const { store, bots, close } = await editors();
    const [first = () => Promise.reject(new Error('there is no bot'))] = bots;
    for (const name of HANDLES) await first(`add "${name}" 2018-02-01 --yes`);
    const written = await Promise.all(
      bots.map(async (say, at) => {
        const done: string[] = [];
        for (let n = 0; n < 12; n += 1) {
          const name = HANDLES[(n + at) % HANDLES.length] ?? '';
          const text = `${EDITORS[at] ?? ''} ${n.toString()}`;
          const reply = await say(`outcome ${name} ${text} --yes`, EDITORS[at]);
          if (reply.outcome === 'answered') done.push(text);
          else expect(reply.outcome).toBe('refused');
        }
        return done;
      }),
    );
    const [group] = await store.groups();
    const kept = (await store.load(group?.id ?? '')).events.flatMap(({ outcomes }) => outcomes);
    expect([...kept].sort()).toEqual(written.flat().sort());
    expect(kept.length).toBeGreaterThanOrEqual(12);
    expect(group?.revision).toBe(kept.length + HANDLES.length);
    await close();
  }, 60_000);

  test('close no circle together that neither of them would close alone', async () => {
    const { store, stores, close } = await editors();
    // All of them have been checked before the first is written.
    let waiting = stores.length;
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const gated = (each: Store): Store => ({
      ...each,
      async commit(wanted) {
        if ((waiting -= 1) <= 0) open();
        await gate;
        return each.commit(wanted);
      },
    });
    const [first] = stores;
    if (!first) throw new Error('there are no editors');
    for (const name of HANDLES) await botOn(first, stoppedClock)(`add "${name}" 2018-02-01 --yes`);
    const lines = ['nest alpha in beta --yes', 'nest beta in gamma --yes', 'nest gamma in alpha --yes'];
    const replies = await Promise.all(
      [...lines, 'nest alpha preceded by gamma --yes'].map((line, at) =>
        botOn(gated(stores[at] ?? first), stoppedClock)(line),
      ),
    );
    const refused = replies.filter(({ outcome }) => outcome === 'refused');
    expect(refused.length).toBeGreaterThanOrEqual(1);
    const [group] = await store.groups();
    const { events } = await store.load(group?.id ?? '');
    const parts = events.filter(({ parent }) => parent !== null).length;
    expect(parts).toBeLessThan(3);
    expect(parts + events.filter(({ precededBy }) => precededBy.length > 0).length).toBe(
      replies.length - refused.length,
    );
    await close();
  }, 60_000);
});

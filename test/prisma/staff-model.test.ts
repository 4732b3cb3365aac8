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
  readonly undoes: Step | null;
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

function record(model: Model, user: string, handle: string, after: State, undoes: Step | null = null): void {
  const before = model.events.get(handle) ?? null;
  if (before && differing(before, after).length === 0) return;
  model.events.set(handle, after);
  model.steps.push({ user, handle, before, after, undoes });
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
  // The first revision is that of the group.
  fc.tuple(fc.integer({ min: 1, max: 12 }), user).map(
    ([revision, who]) =>
      new Saying(`undo ${revision.toString()}`, who, (model) => {
        const step = model.steps[revision - 2];
        if (step) undo(step, model, who);
      }),
  ),
];

function undoLast(model: Model, who: string): void {
  const isUndone = (step: Step): boolean => model.steps.some((later) => later.undoes === step && !isUndone(later));
  const last = model.steps.findLast((step) => step.user === who && step.undoes === null && !isUndone(step));
  if (last) undo(last, model, who);
}

function undo(step: Step, model: Model, who: string): void {
  const state = model.events.get(step.handle);
  if (!state) return;
  const { before, after, handle: name } = step;
  const since = differing(after, state);
  if (before === null) {
    if (since.length === 0) record(model, who, name, { ...state, visibility: 'draft', status: 'cancelled' }, step);
    return;
  }
  const own = differing(before, after);
  if (since.some((key) => own.includes(key))) return;
  record(model, who, name, { ...state, ...Object.fromEntries(own.map((key) => [key, before[key]])) }, step);
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

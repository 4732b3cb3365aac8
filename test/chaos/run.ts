import { fakeSlack } from '../adapters/slack/fake-slack.ts';
import { fakeConnector } from '../adapters/teams/fake-connector.ts';
import { chanceOf, shuffled, type Chance } from './chance.ts';
import { later, startCrew, type Crew } from './crew.ts';
import { badNetwork, type Network } from './network.ts';
import type { RoughPostgres } from './postgres.ts';
import { jumpingClock, SPEED, type JumpingClock } from './time.ts';
import { verdictOf, type Verdict } from './verdict.ts';
import { createWorld, type World } from './world.ts';

/** What is to be broken, and for how long. */
export interface Plan {
  readonly seed: number;
  readonly seconds: number;
  readonly whenUnknown: 'park' | 'send';
  /** How many processes share the work. */
  readonly size: number;
  readonly databaseUrl: string;
  /** `null`: SQLite. */
  readonly postgres: RoughPostgres | null;
  readonly tell: (line: string) => void;
}

/** Whether every promise was kept. What there is to see was told. */
export interface Result {
  readonly isWell: boolean;
}

/** What a run is made of while it goes on. */
interface Stage {
  readonly plan: Plan;
  readonly chance: Chance;
  readonly clock: JumpingClock;
  readonly crew: Crew;
  readonly world: World;
  readonly network: Network;
  /** Members to whom something is happening. */
  readonly busy: Set<number>;
  readonly done: Map<string, number>;
}

/** Between two blows, in milliseconds. */
const PAUSE = { least: 400, most: 1400 } as const;
/** After a round of blows, how much may be left to do before the next one, and how long that is waited for; milliseconds. */
const BREATH = { left: 500, ms: 20_000 } as const;
/** Once nothing breaks any more, how long it may take until something more is settled; milliseconds. */
const CALM_MS = 60_000;
/** While the database is away. */
const NOBODY_KNOWS = { left: Infinity, claimed: 0 } as const;

/** Runs the service, breaks what can be broken, lets it come to rest, and compares. */
export async function chaos(plan: Plan): Promise<Result> {
  const { seed, seconds, size, databaseUrl, postgres, whenUnknown, tell } = plan;
  const slack = await fakeSlack();
  const teams = await fakeConnector();
  const toSlack = await badNetwork(slack.url, 'slack', seed);
  const toTeams = await badNetwork(teams.url, 'teams', seed);
  const began = Date.now();
  const clock = jumpingClock(began);
  const world = await createWorld(databaseUrl, clock, seconds * 1000 * SPEED);
  for (const { target } of world.subscriptions) {
    if (target.kind === 'person') slack.users.set(target.id, { id: target.id, name: target.id });
  }
  const settings = { databaseUrl, slackUrl: toSlack.url, teamsUrl: toTeams.url, whenUnknown, began };
  const crew = await startCrew(size, settings, tell);
  const network: Network = {
    ...toSlack,
    calm() {
      toSlack.calm();
      toTeams.calm();
    },
  };
  const chance = chanceOf(seed, postgres ? 'postgresql' : 'sqlite');
  const stage: Stage = { plan, chance, clock, crew, world, network, busy: new Set(), done: new Map() };

  const progress = setInterval(() => {
    tell(
      `  ${((Date.now() - began) / 1000).toFixed(0)} s: ${slack.messages.length} messages in Slack, ${teams.messages.length} in Teams`,
    );
    // Nobody looks at them here, and in a long run there are many.
    slack.calls.length = 0;
    teams.calls.length = 0;
  }, 5000);
  try {
    await breakThings(stage, began + seconds * 1000);
    await comeToRest(stage);
    await crew.stop();
    const unanswered = [...toSlack.unanswered, ...toTeams.unanswered];
    const verdict = await verdictOf(world, { slack, teams, unanswered, notes: crew.notes }, whenUnknown);
    report(stage, verdict, [toSlack, toTeams]);
    return { isWell: verdict.problems.length === 0 && crew.faults.length === 0 };
  } finally {
    clearInterval(progress);
    await crew.stop();
    await world.store.close();
    await Promise.all([toSlack.stop(), toTeams.stop(), slack.stop(), teams.stop()]);
  }
}

type Blow = (stage: Stage) => Promise<void>;

/** What is done to the run, each as often as the others. */
const BLOWS: Readonly<Record<string, Blow>> = {
  'kill -9': onOne(({ crew, chance }, member) => crew.kill(member, chance() * 2000)),
  'kill -9, soon after': onOne(({ crew, chance }, member) => crew.kill(member, chance() * 200)),
  'told to stop': onOne(({ crew }, member) => crew.replace(member)),
  'frozen for a moment': onOne(({ crew, chance }, member) => crew.freeze(member, 200 + chance() * 2000)),
  'frozen for longer than a lease': onOne(({ crew, chance }, member) => crew.freeze(member, 6500 + chance() * 2000)),
  'all clocks ahead': async (stage) => {
    stage.clock.shift += Math.round(60_000 + stage.chance() * 120_000);
    stage.crew.shift(stage.clock.shift);
    return Promise.resolve();
  },
  'all clocks back': async (stage) => {
    stage.clock.shift -= Math.round(10_000 + stage.chance() * 60_000);
    stage.crew.shift(stage.clock.shift);
    return Promise.resolve();
  },
  'one clock wrong': onOne(async ({ crew, clock, chance }, member) => {
    crew.shift(clock.shift + Math.round((chance() - 0.5) * 240_000), member);
    await later(3000);
    crew.shift(clock.shift, member);
  }),
  'a change': async ({ world, done }) => {
    await world.changeSomething().catch(() => {
      // The database was down, and with it whoever edits.
      done.set('changes that failed', (done.get('changes that failed') ?? 0) + 1);
    });
  },
  'connections cut': async ({ plan: { postgres } }) => {
    await postgres?.cutConnections().catch(() => undefined);
  },
  'database restarted': async ({ plan: { postgres }, chance, busy }) => {
    // One restart at a time.
    if (!postgres?.restart || busy.has(-1)) return;
    busy.add(-1);
    await postgres.restart(() => later(chance() * 2000));
    busy.delete(-1);
  },
};

/** Does something to a process to which nothing else is happening. */
function onOne(blow: (stage: Stage, member: number) => Promise<void>): Blow {
  return async (stage) => {
    const { crew, busy, chance } = stage;
    const [member] = shuffled(
      chance,
      Array.from({ length: crew.size }, (_, number) => number).filter((number) => !busy.has(number)),
    );
    if (member === undefined) return;
    busy.add(member);
    await blow(stage, member);
    busy.delete(member);
  };
}

async function breakThings(stage: Stage, until: number): Promise<void> {
  const { chance, plan, done } = stage;
  const names = Object.keys(BLOWS).filter((name) => {
    if (plan.postgres === null) return !/database|connections/u.test(name);
    return name !== 'database restarted' || plan.postgres.restart !== null;
  });
  const underWay = new Set<Promise<void>>();
  let deck: string[] = [];
  while (Date.now() < until) {
    await later(PAUSE.least + chance() * (PAUSE.most - PAUSE.least));
    if (deck.length === 0) {
      await catchBreath(stage, until);
      deck = shuffled(chance, names);
    }
    const name = deck.pop() ?? '';
    done.set(name, (done.get(name) ?? 0) + 1);
    const blow = BLOWS[name]?.(stage);
    if (!blow) continue;
    underWay.add(blow);
    void blow.finally(() => underWay.delete(blow));
  }
  await Promise.all(underWay);
}

/** On a slow machine a backlog that only grows would end every run, and show nothing else. */
async function catchBreath({ world }: Stage, until: number): Promise<void> {
  const end = Math.min(until, Date.now() + BREATH.ms);
  while (Date.now() < end && (await leftIn(world).catch(() => NOBODY_KNOWS)).left > BREATH.left) {
    await later(500);
  }
}

/** How many deliveries are not settled, and how many of them somebody is at. */
async function leftIn({ store, groupId }: World): Promise<{ readonly left: number; readonly claimed: number }> {
  const counts = await store.ledger.counts(groupId, Date.parse('2100-01-01'));
  const of = (wanted: string) => counts.find(({ state }) => state === wanted)?.count ?? 0;
  return { left: of('due') + of('claimed'), claimed: of('claimed') };
}

/** Nothing breaks any more. What is due later is not waited for: the clock is moved to it. */
async function comeToRest({ clock, crew, world, network, plan: { tell } }: Stage): Promise<void> {
  network.calm();
  tell('  nothing breaks any more');
  const moveTo = (moment: number) => {
    const ahead = moment - clock.now().epochMilliseconds;
    if (ahead <= 0) return;
    clock.shift += ahead;
    crew.shift(clock.shift);
  };
  moveTo(world.end + 60_000);
  // The last changes are told once some minutes have passed.
  const wanted = clock.now().epochMilliseconds + 5 * 60_000;
  let least = Infinity;
  let patience = Date.now() + CALM_MS;
  while (Date.now() < patience) {
    await later(500);
    const { ledger } = world.store;
    const planning = await ledger.planning(world.groupId).catch(() => null);
    if (planning === null) continue;
    const isPlanned = planning.to >= wanted;
    if (!isPlanned) moveTo(wanted);
    const { left, claimed } = await leftIn(world);
    if (isPlanned && left === 0) return;
    if (isPlanned && left < least) {
      least = left;
      patience = Date.now() + CALM_MS;
    }
    const soonest = claimed === 0 ? await ledger.nextReadyAt([]) : null;
    if (soonest !== null) moveTo(soonest);
  }
  tell('  it did not come to rest');
}

function report({ plan: { tell }, done, crew }: Stage, verdict: Verdict, networks: readonly Network[]): void {
  const list = (entries: Iterable<readonly [string, number]>) =>
    [...entries].map(([what, count]) => `${what} ${count}`).join(', ');
  const [slack, teams] = networks;
  tell(`  done to it: ${list(done)}`);
  tell(`  on the way to Slack: ${list(slack?.fates ?? [])}`);
  tell(`  on the way to Teams: ${list(teams?.fates ?? [])}`);
  if (crew.errors.size > 0) tell(`  reported by processes: ${list(crew.errors)}`);
  const rows = [['', 'Slack', 'Teams'], ...verdict.counts.map(([what, ...counts]) => [what, ...counts.map(String)])];
  for (const [what = '', ...counts] of rows)
    tell(`  ${what.padEnd(40)}${counts.map((each) => each.padStart(8)).join('')}`);
  for (const problem of [...crew.faults, ...verdict.problems.slice(0, 20)]) tell(`  PROBLEM: ${problem}`);
  const count = verdict.problems.length + crew.faults.length;
  tell(count === 0 ? '  every promise was kept' : `  ${count} problems`);
}

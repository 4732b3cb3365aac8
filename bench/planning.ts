import { languages } from '../src/language/index.ts';
import { filtersOf } from '../src/reminders/filter-at.ts';
import { readLeadTime } from '../src/reminders/lead-time.ts';
import { plan } from '../src/reminders/plan.ts';
import type { Subscription } from '../src/reminders/subscription.ts';
import { everything } from '../src/schedule/filter.ts';
import { createSchedule, type Schedule } from '../src/schedule/schedule.ts';
import { milliseconds, OFTEN, SELDOM, timed } from './measure.ts';
import type { Section } from './section.ts';
import { syntheticData } from './synthetic.ts';

/** In the midst of the events, which are few around the moment of the other questions. */
const NOW = '2016-06-15T09:00:00+02:00';
const CHANNELS = 1000;
const MINUTE = 60_000;
const DAY = 86_400_000;
const ZONES = ['Europe/Zurich', 'America/New_York', 'Asia/Bangkok', 'Africa/Nairobi', 'Pacific/Apia'] as const;

/** What planning one tick costs, and a day and a week after a downtime. */
export async function planningSection(): Promise<Section> {
  const now = Date.parse(NOW);
  const rows: string[][] = [];
  for (const size of [100, 10_000]) {
    const data = syntheticData(size);
    const schedule = createSchedule(data);
    const plain = channels(false);
    const quiet = channels(true);
    const index = await timed(() => dueIn(createSchedule(data), plain.slice(0, 1), now - MINUTE, now), SELDOM);
    const cases: (readonly [string, readonly Subscription[], number])[] = [
      ['a minute', plain, MINUTE],
      ['a minute, with quiet nights and weekends', quiet, MINUTE],
      ['a day', quiet, DAY],
      ['a week', quiet, 7 * DAY],
    ];
    for (const [what, subscriptions, length] of cases) {
      const timing = await timed(
        () => dueIn(schedule, subscriptions, now - length, now),
        length === MINUTE ? OFTEN : SELDOM,
      );
      const due = dueIn(schedule, subscriptions, now - length, now);
      rows.push([what, size.toString(), due.toString(), milliseconds(timing.median), milliseconds(timing.p99)]);
    }
    rows.push([
      'the first minute of a new revision',
      size.toString(),
      '',
      milliseconds(index.median),
      milliseconds(index.p99),
    ]);
  }
  return {
    title: `Planning what is due for ${CHANNELS} channels`,
    columns: ['stretch of time', 'events', 'due', 'median ms', 'p99 ms'],
    rows,
    note:
      'Lead times of 7 days, 1 day and 1 hour for everybody, in five zones. “The first minute of a new revision” is ' +
      'one channel, the schedule and its time index being built.',
  };
}

function dueIn(schedule: Schedule, subscriptions: readonly Subscription[], start: number, end: number): number {
  return plan({ start, end }, subscriptions, schedule, filtersOf(schedule, languages)).length;
}

function channels(isQuiet: boolean): readonly Subscription[] {
  return Array.from({ length: CHANNELS }, (_, number) => ({
    id: `s${number}`,
    groupId: 'group',
    target: { kind: 'conversation', platform: 'slack', tenant: 'T', id: `C${number}`, thread: null },
    leadTimes: ['7d', '1d', '1h'].flatMap((text) => readLeadTime(text) ?? []),
    filter: everything,
    only: null,
    announceAt: '09:00',
    quiet: isQuiet ? { hours: { from: '20:00', to: '08:00' }, weekends: true } : { hours: null, weekends: false },
    digest: null,
    emptyDigests: false,
    changes: true,
    mutes: [],
    zone: ZONES[number % ZONES.length] ?? 'UTC',
    language: 'en',
    since: '2010-01-01T00:00:00.000Z',
  }));
}

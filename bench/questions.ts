import { agendaOf, upcoming, type Viewpoint } from '../src/schedule/agenda.ts';
import { everything } from '../src/schedule/filter.ts';
import { createSchedule, type Schedule } from '../src/schedule/schedule.ts';
import { findEvent, searchEvents } from '../src/schedule/search.ts';
import { english } from '../src/language/index.ts';
import { OFTEN, SELDOM, timed, type Effort } from './measure.ts';
import { GROWTH_COLUMNS, growthRows, SIZES } from './growth.ts';
import type { Section } from './section.ts';
import { PRESENT, slipIn, syntheticData } from './synthetic.ts';

const AT: Viewpoint = { now: Date.parse(PRESENT), zone: 'Europe/Zurich', today: PRESENT.slice(0, 10) };

const nowhere = { ...everything, places: ['atlantis'] } as const;
const regionalInGeneva = { ...everything, kinds: ['regional'], places: ['geneva'] } as const;

/** What a question costs when it is only computed: no store, no card, the search index already built. */
export async function questionsSection(): Promise<Section> {
  const schedules = SIZES.map((size) => ({ size, schedule: createSchedule(syntheticData(size)) }));
  const handle = schedules[0]?.schedule.events[0]?.handle ?? '';
  const questions: readonly (readonly [name: string, ask: (schedule: Schedule) => unknown, effort?: Effort])[] = [
    ['agendaOf', (schedule) => agendaOf(schedule, AT)],
    ['agendaOf, 20 events', (schedule) => agendaOf(schedule, AT, 20)],
    ['agendaOf, nothing fits', (schedule) => agendaOf(schedule, AT, 1, nowhere), SELDOM],
    ['upcoming, regional in Geneva', (schedule) => upcoming(schedule, AT, regionalInGeneva), SELDOM],
    ['searchEvents “labor mobilty”', (schedule) => searchEvents(schedule, 'labor mobilty', english), SELDOM],
    ['findEvent, handle', (schedule) => findEvent(schedule, handle, english)],
    ['findEvent, handle with a slip', (schedule) => findEvent(schedule, slipIn(handle), english), SELDOM],
  ];
  const smallest = createSchedule(syntheticData(SIZES[0]));
  const rows: string[][] = [];
  for (const [name, ask, effort = OFTEN] of questions) {
    const timings = [];
    // Once for nothing: whatever comes first pays for the compilation of the code.
    await timed(() => ask(smallest), effort);
    for (const { size, schedule } of schedules)
      timings.push({ size, timing: await timed(() => ask(schedule), effort) });
    rows.push(...growthRows(name, timings));
  }
  return { title: 'Questions to a schedule in memory', columns: GROWTH_COLUMNS, rows };
}

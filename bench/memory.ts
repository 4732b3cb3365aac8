import { english } from '../src/language/index.ts';
import { createSchedule } from '../src/schedule/schedule.ts';
import { searchEvents } from '../src/schedule/search.ts';
import { SIZES } from './growth.ts';
import { heapInUse, milliseconds } from './measure.ts';
import type { Section } from './section.ts';
import { syntheticData } from './synthetic.ts';

/** What a schedule takes up, and how long the two things take that are done once for each revision. */
export function memorySection(): Promise<Section> {
  const rows = SIZES.map((size) => {
    const empty = heapInUse();
    const data = syntheticData(size);
    const filled = heapInUse();
    const [schedule, building] = once(() => createSchedule(data));
    const built = heapInUse();
    const [, indexing] = once(() => searchEvents(schedule, 'mobility', english));
    const indexed = heapInUse();
    const sizes = [filled - empty, built - filled, indexed - built].map((mebibytes) => mebibytes.toFixed(1));
    return [size.toLocaleString('en'), milliseconds(building), milliseconds(indexing), ...sizes];
  });
  return Promise.resolve({
    title: 'Once for each revision: the schedule as a value, and its search index when somebody searches',
    columns: ['events', 'build ms', 'index ms', 'events MiB', 'value MiB', 'index MiB'],
    rows,
    note: 'Each was done once, as it is done in life. Memory is the heap in use after a collection.',
  });
}

function once<Value>(work: () => Value): [value: Value, milliseconds: number] {
  const start = performance.now();
  const value = work();
  return [value, performance.now() - start];
}

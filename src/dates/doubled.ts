import { instantOf, wallTimeAt, type When } from '../schedule/when.ts';
import { readWall } from './zone-offsets.ts';

/**
 * The same event when the clocks' second showing of its doubled times is meant. A wall time of its own zone can't say
 * that, so the event is given in UTC.
 */
export function atSecondShowing(when: When): When {
  const utc = (local: string) => {
    const wall = Date.parse(`${local}:00Z`);
    const reading = readWall(when.zone, wall);
    return wallTimeAt(reading.kind === 'doubled' ? reading.second : instantOf(local, when.zone), 'UTC');
  };
  return { ...when, start: utc(when.start), end: when.end === null ? null : utc(when.end), zone: 'UTC' };
}

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSchedule } from '../../src/schedule/schedule.ts';
import { spanOf } from '../../src/schedule/when.ts';
import { workingGroup } from '../support/store-samples.ts';
import { arbitrarySchedule } from '../support/schedules.ts';

const schedules = arbitrarySchedule(workingGroup(), { maxEvents: 25 });
const moments = fc.date({ min: new Date('1989-01-01'), max: new Date('2101-01-01'), noInvalidDate: true }).map(Number);

/** A moment, often one at which something of the schedule begins or ends. */
const scheduleAndMoment = fc
  .tuple(schedules, moments, fc.nat(), fc.integer({ min: -1, max: 1 }))
  .map(([data, anywhere, pick, shift]) => {
    const edges = data.events.flatMap(({ when }) => (when ? [spanOf(when).start, spanOf(when).end] : []));
    const edge = edges[pick % (edges.length * 2 || 1)];
    return { data, schedule: createSchedule(data), now: edge === undefined ? anywhere : edge + shift };
  });

describe('a schedule', () => {
  test('has its events by start, and those without a date last', () => {
    fc.assert(
      fc.property(schedules, (data) => {
        const { events } = createSchedule(data);
        expect(events.toSorted((a, b) => (a.uid < b.uid ? -1 : 1))).toEqual(
          data.events.toSorted((a, b) => (a.uid < b.uid ? -1 : 1)),
        );
        const starts = events.map(({ when }) => (when ? spanOf(when).start : Infinity));
        expect(starts).toEqual(starts.toSorted((a, b) => a - b));
      }),
    );
  });

  test('knows what is on at a moment, as looking at every event would', () => {
    fc.assert(
      fc.property(scheduleAndMoment, ({ data, schedule, now }) => {
        const on = data.events.filter(({ when }) => when && spanOf(when).start <= now && spanOf(when).end > now);
        expect(new Set(schedule.runningAt(now))).toEqual(new Set(on));
      }),
      { numRuns: 500 },
    );
  });

  test('knows what starts after a moment, and what is over', () => {
    fc.assert(
      fc.property(scheduleAndMoment, ({ schedule, now }) => {
        const later = schedule.events.filter(({ when }) => when && spanOf(when).start > now);
        expect([...schedule.startingAfter(now)]).toEqual(later);
        for (const event of schedule.events) {
          expect(schedule.isOver(event, now)).toBe(event.when !== null && spanOf(event.when).end <= now);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('finds events by UID and handle, their parts and what they precede', () => {
    fc.assert(
      fc.property(schedules, (data) => {
        const schedule = createSchedule(data);
        for (const event of data.events) {
          expect(schedule.byUid(event.uid)).toBe(event);
          expect(schedule.byHandle(event.handle)).toBe(event);
          expect(schedule.partsOf(event.uid)).toEqual(schedule.events.filter(({ parent }) => parent === event.uid));
          expect(schedule.followersOf(event.uid)).toEqual(
            schedule.events.filter(({ precededBy }) => precededBy.includes(event.uid)),
          );
        }
      }),
    );
  });

  test('shows nothing of its drafts once only what is published is asked for', () => {
    fc.assert(
      fc.property(scheduleAndMoment, ({ schedule, now }) => {
        const { published } = schedule;
        const isPublished = ({ visibility }: { visibility: string }) => visibility === 'published';
        expect(published.events).toEqual(schedule.events.filter(isPublished));
        expect(published.runningAt(now)).toEqual(schedule.runningAt(now).filter(isPublished));
        expect(published.published).toBe(published);
        for (const event of schedule.events) {
          expect(published.byHandle(event.handle)).toBe(isPublished(event) ? event : undefined);
          expect(published.partsOf(event.uid)).toEqual(schedule.partsOf(event.uid).filter(isPublished));
        }
      }),
    );
  });
});

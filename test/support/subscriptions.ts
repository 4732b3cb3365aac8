import { everything } from '../../src/schedule/filter.ts';
import { readLeadTime, type LeadTime } from '../../src/reminders/lead-time.ts';
import type { Subscription } from '../../src/reminders/subscription.ts';
import type { ScheduledEvent } from '../../src/schedule/event.ts';
import { createSchedule, type Schedule } from '../../src/schedule/schedule.ts';
import type { When } from '../../src/schedule/when.ts';
import { event, workingGroup } from './store-samples.ts';

/** Lead times as people write them, the longest first. */
export function leads(...texts: readonly string[]): LeadTime[] {
  return texts.map((text) => {
    const lead = readLeadTime(text);
    if (!lead) throw new Error(`${text} is no lead time`);
    return lead;
  });
}

/** A channel in Geneva that wants to hear of everything a week, a day and an hour before. */
export function subscription(fields: Partial<Subscription> = {}): Subscription {
  return {
    id: 's1',
    groupId: 'group',
    target: { kind: 'conversation', platform: 'slack', tenant: 'T1', id: 'C1', thread: null },
    leadTimes: leads('7d', '1d', '1h'),
    filter: everything,
    only: null,
    announceAt: '09:00',
    quiet: { hours: null, weekends: false },
    digest: null,
    emptyDigests: false,
    changes: true,
    mutes: [],
    zone: 'Europe/Zurich',
    language: 'en',
    since: '2000-01-01T00:00:00.000Z',
    ...fields,
  };
}

/** A time in the form of the model: the precision follows from how it is written, a Monday being a day. */
export function at(start: string, zone = 'Europe/Zurich', precision?: When['precision']): When {
  const precisions = { 4: 'year', 7: 'month', 10: 'day', 16: 'time' } as const;
  const written = precisions[start.length as keyof typeof precisions];
  return { precision: precision ?? written, start, end: null, zone };
}

/** An event at a time. */
export function held(handle: string, when: When | null, fields: Partial<ScheduledEvent> = {}): ScheduledEvent {
  return event(handle, { when, ...fields });
}

/** A schedule of those events. */
export function scheduleOf(...events: readonly ScheduledEvent[]): Schedule {
  return createSchedule({ group: workingGroup({ revision: 1 }), events, notes: [] });
}

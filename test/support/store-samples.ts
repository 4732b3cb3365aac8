import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../src/clock.ts';
import type { IdentitySource } from '../../src/identity.ts';
import type { Actor, Conversation, ScheduleChange, Write } from '../../src/ports.ts';
import { createEvent } from '../../src/schedule/change.ts';
import type { Note, ScheduledEvent, WorkingGroup } from '../../src/schedule/event.ts';

/** The morning of the first data set. */
export const NOW = '2017-11-01T08:00:00Z';

/** A clock that stands still. */
export const stoppedClock: Clock = { now: () => Temporal.Instant.from(NOW) };

/** Identifiers that count up, each source in a series of its own, from the one after `last`. */
export function countingIdentity(series = 'id', last = 0): IdentitySource {
  return { uid: () => `${series}-${++last}`, reference: () => '7F3A', secret: () => `secret-${++last}` };
}

/** Who makes the changes of the tests. */
export const ACTOR: Actor = { platform: 'console', tenant: '', user: 'ada', name: 'Ada' };

/** The working group with which an empty store begins. */
export function workingGroup(fields: Partial<WorkingGroup> = {}): WorkingGroup {
  return {
    id: 'group',
    slug: 'gcm',
    name: 'Working group',
    zone: 'Europe/Zurich',
    language: 'en',
    organizerName: null,
    organizerEmail: null,
    revision: 0,
    changedAt: null,
    ...fields,
  };
}

/** A Slack channel that the bot is in, linked to no group. */
export function channel(fields: Partial<Conversation> = {}): Conversation {
  return {
    platform: 'slack',
    tenant: 'T1',
    id: 'C1',
    kind: 'channel',
    name: 'delegates',
    serviceUrl: null,
    groupId: null,
    disconnected: null,
    ...fields,
  };
}

/** A published event of which nothing is known but its name. */
export function event(handle: string, fields: Partial<ScheduledEvent> = {}): ScheduledEvent {
  const draft = { handle, title: `About ${handle}`, uid: `uid-${handle}` };
  return { ...createEvent(draft, { now: NOW, identity: countingIdentity() }), ...fields };
}

/** A note of the day of the first data set. */
export function note(uid: string, fields: Partial<Note> = {}): Note {
  return { uid, date: '2017-11-01', topic: null, text: `Text of ${uid}`, points: [], ...fields };
}

/** The next version of an event. */
export function edited(before: ScheduledEvent, fields: Partial<ScheduledEvent>): ScheduledEvent {
  return { ...before, version: before.version + 1, ...fields };
}

/** A write that adds an event. */
export function adding(after: ScheduledEvent): Write {
  return { type: 'event', before: null, after };
}

/** A write that changes an event. */
export function editing(before: ScheduledEvent, fields: Partial<ScheduledEvent>): Write {
  return { type: 'event', before, after: edited(before, fields) };
}

/** A change of those writes. */
export function change(
  groupId: string,
  writes: readonly Write[],
  fields: Partial<ScheduleChange> = {},
): ScheduleChange {
  return { groupId, actor: ACTOR, action: 'test', at: NOW, writes, ...fields };
}

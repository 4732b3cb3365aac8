import type { EventStatus, ScheduledEvent } from './event.ts';
import { isVague, type When } from './when.ts';

/** Whether the day of an event is known, so that it can stand in a calendar. */
export function isDatable(event: ScheduledEvent): event is ScheduledEvent & { readonly when: When } {
  return event.when !== null && !isVague(event.when);
}

/** Whether an event is not held at its time. A postponed one frees its old day, and returns with its new one. */
export function isOff(status: EventStatus): boolean {
  return status === 'cancelled' || status === 'postponed';
}

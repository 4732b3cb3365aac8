import { z } from 'zod';

/** How many alarms one entry has at most. */
export const MAX_ALARMS = 5;
export const MINUTES_A_DAY = 1440;
/** The shape in which alarms are stored: minutes before the start. */
export const alarmsSchema = z.array(z.int().min(1)).max(MAX_ALARMS);

/** The hour of the morning on which the alarms of whole days ring. */
const MORNING = 9;

/**
 * How many seconds before the start of an event its calendar is to remind (RFC 5545 §3.8.6.3), each once. Days without a
 * time begin at midnight, when nobody wants to be woken: for those it is the morning, so many days before, and at least
 * one.
 */
export function triggersOf(alarms: readonly number[], isAllDay: boolean): readonly number[] {
  const seconds = alarms.map((minutes) =>
    isAllDay ? Math.ceil(minutes / MINUTES_A_DAY) * 86_400 - MORNING * 3600 : minutes * 60,
  );
  return [...new Set(seconds)];
}

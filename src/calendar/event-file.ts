import type { FileElement } from '../cards/card.ts';
import type { Language } from '../language/language.ts';
import type { ScheduledEvent } from '../schedule/event.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { renderCalendar } from './ics.ts';

/** What events’ files are served and sent as. */
export const CALENDAR_TYPE = 'text/calendar; charset=utf-8';

/**
 * A file with one event, for whoever adds it to a calendar by hand. The same revision gives the same bytes.
 *
 * @param about `schedule`: what of it is named as related must be for the reader’s eyes; `alarms`: minutes before the start
 */
export async function eventFile(
  event: ScheduledEvent,
  {
    schedule,
    language,
    alarms = [],
  }: { readonly schedule: Schedule; readonly language: Language; readonly alarms?: readonly number[] },
): Promise<FileElement> {
  const { text } = await renderCalendar([event], {
    method: 'PUBLISH',
    schedule,
    language,
    stamp: 'last-change',
    alarms,
  });
  return { type: 'file', name: `${event.handle}.ics`, mediaType: CALENDAR_TYPE, content: text };
}

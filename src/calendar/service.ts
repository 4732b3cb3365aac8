import { createCalendarAddresses, type CalendarAddresses } from './addresses.ts';

/** What of the outside world commands about calendars need to know. */
export interface CalendarService {
  readonly addresses: CalendarAddresses;
  /** From whom invitations go out; `null`: the bot sends no mail. */
  readonly mailFrom: string | null;
}

/** A bot that cannot be reached from outside, and writes no mail. */
export const noCalendarService: CalendarService = {
  addresses: createCalendarAddresses({ publicUrl: null, signingKeys: [] }),
  mailFrom: null,
};

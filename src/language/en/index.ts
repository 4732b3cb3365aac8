import { calendars } from './calendars.ts';
import { conversation } from './conversation.ts';
import { dates } from './dates.ts';
import { fields } from './fields.ts';
import { pages } from './pages.ts';
import { reminders } from './reminders.ts';
import { schedule } from './schedule.ts';
import { slack } from './slack.ts';
import { staff } from './staff.ts';
import { teams } from './teams.ts';
import { words } from './words.ts';

/**
 * English, as the United Nations writes it: British spelling, day before month, 24-hour clock. Each file has the sentences
 * of one subject, by name.
 */
export const en = {
  tag: 'en',
  locale: 'en-GB',
  name: 'English',
  dates,
  messages: {
    ...calendars,
    ...conversation,
    ...fields,
    ...pages,
    ...reminders,
    ...schedule,
    ...slack,
    ...staff,
    ...teams,
  },
  words,
} as const;

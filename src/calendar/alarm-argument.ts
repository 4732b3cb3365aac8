import { misunderstood, understood, type Argument } from '../engine/argument.ts';
import { tokenize } from '../engine/tokenize.ts';
import type { Language } from '../language/language.ts';
import { OFFERED_LEAD_TIMES, readLeadTimes } from '../reminders/lead-argument.ts';
import { leadTimeText, LONGEST_LEAD_DAYS, type LeadTime } from '../reminders/lead-time.ts';
import { leadTimesInWords } from '../reminders/subscription-cards.ts';
import { MAX_ALARMS, MINUTES_A_DAY } from './alarm-triggers.ts';

/**
 * When calendars are to remind, in minutes before the start: `alarm:1d`, `--alarm "1 day, 1h"`. The longest first; none
 * unless they are asked for.
 */
export function alarms(): Argument<readonly number[]> {
  return {
    place: 'option',
    control: { type: 'text', multiline: false, maxLength: 60 },
    isRequired: false,
    takes: () => false,
    read(text, context) {
      const typed = tokenize(text ?? '').map((token) => token.text);
      const { leadTimes, next, problem } = readLeadTimes(typed, 0, context);
      if (problem !== null || next < typed.length) {
        const choices = OFFERED_LEAD_TIMES.map((lead) => ({ label: lead, text: lead }));
        return misunderstood('remind.lead-time', { given: text ?? '', max: LONGEST_LEAD_DAYS }, choices);
      }
      const minutes = new Set(leadTimes.map((lead) => lead.days * MINUTES_A_DAY + lead.minutes));
      if (minutes.size > MAX_ALARMS) return misunderstood('remind.too-many', { max: MAX_ALARMS });
      return understood([...minutes].sort((one, other) => other - one));
    },
  };
}

/** Alarms as they are typed: `1d,30m`. */
export function alarmsText(alarms: readonly number[]): string {
  return alarms.map((minutes) => leadTimeText(leadTimeOf(minutes))).join(',');
}

/** “1 day and 30 minutes before”. */
export function alarmsInWords(alarms: readonly number[], language: Language): string {
  return leadTimesInWords(alarms.map(leadTimeOf), language);
}

function leadTimeOf(minutes: number): LeadTime {
  return minutes % MINUTES_A_DAY === 0 ? { days: minutes / MINUTES_A_DAY, minutes: 0 } : { days: 0, minutes };
}

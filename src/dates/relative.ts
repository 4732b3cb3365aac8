import type { Language } from '../language/language.ts';
import { dayNumber, mondayOf, monthNumber } from './calendar-days.ts';
import { relativeName, timeName } from './names.ts';
import { dayOfYear } from './phrases.ts';
import { dateAt, datesOf, instantOf, spanOf, wallTimeAt } from '../schedule/when.ts';
import type { DateRange, When } from '../schedule/when.ts';
import type { DateReader } from './words.ts';
import { zoneName } from './zones.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Up to here hours say more than “tomorrow” does. */
const NEAR_HOURS = 6;
/** Up to here minutes are said: half an hour is much of the time that is left. */
const MINUTES_UNTIL = 120;
/** Up to here days are counted, then weeks, then months, then years. */
const DAYS_UNTIL = 14;
const WEEKS_UNTIL = 60;
const MONTHS_UNTIL = 24;

/**
 * How far the time of an event is from now, in words. Days are counted from the date on the reader's own calendar,
 * also for events that are not shifted: “tomorrow” is the reader's tomorrow. What is left is rounded down, so nobody
 * comes late because of it.
 */
export function relativeInWords(when: When, reader: DateReader): string {
  const today = dateAt(reader.now.epochMilliseconds, reader.zone);
  const locale = reader.language.locale;
  switch (when.precision) {
    case 'time':
      return timeFromNow(when, today, reader);
    case 'day':
      return daysFromNow(datesOf(when, reader.zone), today, reader.language);
    case 'week': {
      const weeks = distance((date) => dayNumber(mondayOf(date)) / 7, datesOf(when, reader.zone), today);
      return relativeName(weeks, 'week', locale);
    }
    case 'month':
      return relativeName(distance(monthNumber, datesOf(when, reader.zone), today), 'month', locale);
    case 'year':
      return relativeName(distance(yearNumber, datesOf(when, reader.zone), today), 'year', locale);
  }
}

/** How many units away a range of dates is: 0 when today is in it. */
function distance(count: (date: string) => number, { first, last }: DateRange, today: string): number {
  const now = count(today);
  if (now < count(first)) return count(first) - now;
  return now > count(last) ? count(last) - now : 0;
}

function timeFromNow(when: When, today: string, reader: DateReader): string {
  const { language } = reader;
  const now = reader.now.epochMilliseconds;
  const { start, end } = spanOf(when);
  if (now < start) return before(start - now, datesOf(when, reader.zone).first, today, language);
  if (now < end) {
    if (when.end === null) return language.t('when.relative.started', { ago: ago(now - start, language) });
    return language.t('when.relative.until', { time: endInWords(when, when.end, today, reader) });
  }
  const { last } = datesOf(when, reader.zone);
  if (last !== today) return daysFromNow({ first: last, last }, today, language);
  return when.end === null
    ? language.t('when.relative.started', { ago: ago(now - start, language) })
    : language.t('when.relative.ended', { ago: ago(now - end, language) });
}

function before(left: number, date: string, today: string, language: Language): string {
  if (date !== today && left >= NEAR_HOURS * HOUR) return daysFromNow({ first: date, last: date }, today, language);
  const minutes = Math.floor(left / MINUTE);
  return minutes >= MINUTES_UNTIL || minutes === 60 ? hours(left, language) : inMinutes(minutes, language);
}

function ago(passed: number, language: Language): string {
  return passed >= HOUR ? hours(-passed, language) : inMinutes(-Math.floor(passed / MINUTE), language);
}

function hours(milliseconds: number, language: Language): string {
  return relativeName(Math.trunc(milliseconds / HOUR), 'hour', language.locale);
}

function inMinutes(minutes: number, language: Language): string {
  // Intl would call no minutes “this minute”, and no seconds “now”.
  return relativeName(minutes, minutes === 0 ? 'second' : 'minute', language.locale);
}

function endInWords(when: When, end: string, today: string, { language, zone }: DateReader): string {
  const local = wallTimeAt(instantOf(end, when.zone), zone);
  const date = local.slice(0, 10);
  let time = timeName(local, language.locale);
  if (date !== today) {
    const day = dayOfYear(date, language);
    time = language.t('when.on-day', { date: day, time });
  }
  return local === end ? time : language.t('when.in-zone', { when: time, zone: zoneName(zone, language) });
}

function daysFromNow({ first, last }: DateRange, today: string, language: Language): string {
  if (first !== last && first <= today && today <= last) {
    return language.t('when.relative.day-of', {
      day: dayNumber(today) - dayNumber(first) + 1,
      days: dayNumber(last) - dayNumber(first) + 1,
    });
  }
  const days = distance(dayNumber, { first, last }, today);
  const far = Math.abs(days);
  if (far < DAYS_UNTIL) return relativeName(days, 'day', language.locale);
  if (far < WEEKS_UNTIL) return relativeName(Math.round(days / 7), 'week', language.locale);
  const months = distance(monthNumber, { first, last }, today);
  if (Math.abs(months) < MONTHS_UNTIL) return relativeName(months, 'month', language.locale);
  return relativeName(distance(yearNumber, { first, last }, today), 'year', language.locale);
}

function yearNumber(date: string): number {
  return Number(date.slice(0, 4));
}

import type { Temporal } from 'temporal-polyfill';
import type { Language } from '../language/language.ts';
import { timeName } from './names.ts';
import { dateInWords, datesInWords, dayOfYear, monthsInWords, sameYear, yearsInWords } from './phrases.ts';
import { relativeInWords } from './relative.ts';
import { shortWhen } from './short-words.ts';
import type { ShortWhen } from './short-words.ts';
import { instantOf, isDoubledTime, spanOf, wallTimeAt } from '../schedule/when.ts';
import type { When } from '../schedule/when.ts';
import { zoneName } from './zones.ts';

export { dateInWords, datesInWords, monthInWords, periodInWords } from './phrases.ts';
export { dateProblemInWords } from './problem-words.ts';
export type { ShortWhen } from './short-words.ts';

/** Who reads: what the words depend on besides the date itself. */
export interface DateReader {
  readonly language: Language;
  /** IANA zone of the reader. */
  readonly zone: string;
  readonly now: Temporal.Instant;
}

/** The time of an event in the words of one reader. */
export interface WhenInWords {
  /** The whole: weekday, date, times and zone, in the event's own zone. */
  readonly text: string;
  /** How far that is from now; `null` when no date is known. */
  readonly relative: string | null;
  /** The reader's own time with its day and zone; `null` unless the wall clock there shows something else. */
  readonly local: string | null;
  /** The start as an instant, ISO 8601 in UTC, for platforms that show it themselves; `null` unless `time`. */
  readonly instant: string | null;
  /** The same for a line of a list. */
  readonly short: ShortWhen;
}

/**
 * Says when an event is: the one place that turns its time into words, for every surface. `null` is an event whose
 * date is not known. The zone is always named, except where less than the day is known.
 */
export function whenInWords(when: When | null, reader: DateReader): WhenInWords {
  return {
    text: textOf(when, reader.language),
    relative: when && relativeInWords(when, reader),
    local: when && localText(when, reader),
    instant: when?.precision === 'time' ? new Date(spanOf(when).start).toISOString() : null,
    short: shortWhen(when, reader),
  };
}

function textOf(when: When | null, language: Language): string {
  if (!when) return language.t('when.unknown');
  const { precision, start, end, zone } = when;
  switch (precision) {
    case 'time': {
      const mark = (local: string) => (isDoubledTime(local, zone) ? 'when.first-of-two' : null);
      return language.t('when.in-zone', {
        when: timesInWords(start, end, language, { withYear: true, mark }),
        zone: zoneName(zone, language),
      });
    }
    case 'day':
      return language.t('when.in-zone', {
        when: datesInWords(start, end ?? start, language),
        zone: zoneName(zone, language),
      });
    case 'week':
      return end === null
        ? language.t('when.week', { date: dateInWords(start, language) })
        : language.t('when.weeks', {
            date: sameYear(start, end) ? dayOfYear(start, language) : dateInWords(start, language),
            lastDate: dateInWords(end, language),
          });
    case 'month':
      return language.t('when.unconfirmed', { date: monthsInWords(start, end ?? start, language) });
    case 'year':
      return language.t('when.unconfirmed', { date: yearsInWords(start, end ?? start, language) });
  }
}

function localText(when: When, { language, zone }: DateReader): string | null {
  if (when.precision !== 'time') return null;
  const start = wallTimeAt(instantOf(when.start, when.zone), zone);
  const end = when.end === null ? null : wallTimeAt(instantOf(when.end, when.zone), zone);
  if (start === when.start && end === when.end) return null;
  const withYear = !sameYear(start, when.start);
  const text = language.t('when.in-zone', {
    when: timesInWords(start, end, language, { withYear, mark: () => null }),
    zone: zoneName(zone, language),
  });
  const [date, ownDate] = [start.slice(0, 10), when.start.slice(0, 10)];
  if (date > ownDate) return language.t('when.local.next-day', { when: text });
  if (date < ownDate) return language.t('when.local.day-before', { when: text });
  return text;
}

interface TimesStyle {
  readonly withYear: boolean;
  /** The sentence that a wall time is put into, where its clock time alone would not say which it is. */
  readonly mark: (local: string) => 'when.first-of-two' | null;
}

function timesInWords(start: string, end: string | null, language: Language, { withYear, mark }: TimesStyle): string {
  const time = (local: string) => {
    const text = timeName(local, language.locale);
    const sentence = mark(local);
    return sentence ? language.t(sentence, { time: text }) : text;
  };
  const date = (local: string, isYearSaid: boolean) =>
    isYearSaid ? dateInWords(local.slice(0, 10), language) : dayOfYear(local, language);

  if (end === null) return language.t('when.on-day', { date: date(start, withYear), time: time(start) });
  if (start.slice(0, 10) === end.slice(0, 10)) {
    const times = language.t('when.times', { start: time(start), end: time(end) });
    return language.t('when.on-day', { date: date(start, withYear), time: times });
  }
  return language.t('when.on-days', {
    date: date(start, !sameYear(start, end)),
    time: time(start),
    lastDate: date(end, withYear || !sameYear(start, end)),
    lastTime: time(end),
  });
}

/** An instant by the clock of an IANA zone: `Wednesday 1 November 2017, 09:00, Geneva time`. ISO 8601 texts are read. */
export function instantInWords(instant: Temporal.Instant | string, zone: string, language: Language): string {
  const moment = typeof instant === 'string' ? Date.parse(instant) : instant.epochMilliseconds;
  const local = wallTimeAt(moment, zone);
  return language.t('when.in-zone', {
    when: timesInWords(local, null, language, { withYear: true, mark: () => null }),
    zone: zoneName(zone, language),
  });
}

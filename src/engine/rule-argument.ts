import { dateProblemInWords } from '../dates/words.ts';
import { fold } from '../schedule/filter.ts';
import type { SeriesEnd } from '../schedule/series.ts';
import { misunderstood, understood, words, type Argument, type ReadContext } from './argument.ts';

/** How often something repeats, before the date that it begins with makes a rule of it. */
export interface Interval {
  readonly unit: 'week' | 'month';
  readonly every: number;
  /** For months: the weekday of the first date instead of its number; `last`: the last such weekday of a month. */
  readonly by: 'date' | 'weekday' | 'last';
}

/** `weekly`, `every 2 weeks`, `fortnightly`, `monthly`, `monthly by weekday`, `every month on the last weekday`. */
export function interval(): Argument<Interval> {
  return {
    ...words({ maxLength: 80 }),
    read(text, { language }) {
      const typed = fold(text ?? '');
      const found = language.words.intervals.find(({ phrases }) => phrases.some((phrase) => fold(phrase) === typed));
      if (found) return understood({ unit: found.unit, every: found.every, by: found.by });
      const counted = /^every (?<count>\d{1,2}) (?<unit>weeks?|months?)$/u.exec(typed)?.groups;
      const every = Number(counted?.count ?? 0);
      if (every > 0) {
        return understood({ unit: counted?.unit?.startsWith('week') ? 'week' : 'month', every, by: 'date' });
      }
      const choices = language.words.intervals.map(({ phrases: [phrase] }) => ({ label: phrase, text: phrase }));
      return misunderstood('argument.interval', { given: text ?? '' }, choices);
    },
  };
}

/** Where a series ends: `until 15 December`, `for 6 times`. */
export function seriesEnd(): Argument<SeriesEnd> {
  return { ...words({ maxLength: 80 }), read: (text, context) => readEnd(text?.trim() ?? '', context) };
}

async function readEnd(text: string, context: ReadContext) {
  const times = /^(?<count>\d{1,3})\s*(?:times|x|×)$/u.exec(text)?.groups?.count;
  if (times !== undefined && Number(times) > 1) return understood({ count: Number(times) });
  const { readPeriod } = await import('../dates/read-period.ts');
  const reading = readPeriod(text, { ...context, direction: 'future' });
  if (reading && 'period' in reading && reading.period.to !== null) return understood({ until: reading.period.to });
  if (reading && 'ambiguous' in reading) {
    const choices = reading.ambiguous.map(({ period, rewritten }) => ({ label: period.text, text: rewritten }));
    return misunderstood('date.ambiguous', { given: text }, choices);
  }
  if (reading && 'problem' in reading) {
    return misunderstood('date.problem', { problem: dateProblemInWords(reading.problem, context.language) });
  }
  return misunderstood('argument.series-end', { given: text });
}

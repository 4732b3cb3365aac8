import { readPeriod } from '../dates/read-period.ts';
import { fold } from '../schedule/filter.ts';
import type { ReadContext } from './argument.ts';

/** Whether a text is a date or a stretch of days and nothing else, so that no event is meant that merely mentions it. */
export function isPeriod(text: string, context: ReadContext): boolean {
  const { noise } = context.language.words;
  const said = text.split(/\s+/u).filter((word) => !noise.includes(fold(word)));
  return readPeriod(said.join(' '), { ...context, direction: 'future' }) !== null;
}

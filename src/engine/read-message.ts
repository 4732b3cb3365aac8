import { isDeepStrictEqual } from 'node:util';
import { Temporal } from 'temporal-polyfill';
import { cleanLine, cleanText } from '../clean.ts';
import { readWhen } from '../dates/read-when.ts';
import { foldDate, mayBeginDate } from '../dates/tokens.ts';
import { whenInWords } from '../dates/words.ts';
import { LIMITS } from '../schedule/limits.ts';
import type { ReadContext } from './argument.ts';
import type { Message } from './command.ts';
import type { Given } from './parse.ts';
import { zoneOfPlace } from './place.ts';

/** The most of a message that is looked at: its beginning says what it is about. */
const READ = 4000;
/** The most places of a message at which a date is looked for: each takes some milliseconds. */
const LOOKED_AT = 50;
/** The most words that a date has. */
const LONGEST_DATE = 12;
/** The most words that a place has. */
const LONGEST_PLACE = 8;

/** A date of a message: where it stands in its line, in words. */
interface Found {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * What a message says of an event, for the form of `add`: title, date and place, as far as they can be read, and the
 * whole text as its description. Nothing is guessed; somebody looks at the form before anything is saved.
 */
export function eventInMessage({ text: message, writtenAt }: Message, present: Omit<ReadContext, 'given'>): Given {
  // A message of the future is one on another clock than ours.
  const isEarlier = writtenAt !== null && Temporal.Instant.compare(writtenAt, present.now) < 0;
  const context = { ...present, now: isEarlier ? writtenAt : present.now };
  const text = cleanText(message.slice(0, READ));
  const lines = text
    .split('\n')
    .map((line) => cleanLine(line.replace(/[*_~`>]+/gu, ' ')))
    .filter((line) => line !== '');
  const date = firstDate(lines, context);
  const place = placeIn(lines, date, context);
  const title = titleOf(lines, date, context);
  return {
    ...(title !== null && { title }),
    ...(date && { when: lasting(date.text, place, context, present) }),
    ...(place !== null && { place }),
    ...(lines.length > 1 && { about: text.slice(0, LIMITS.description) }),
  };
}

/** A date as it was written; in full where it means another day by now, as “tomorrow” does. */
function lasting(
  text: string,
  place: string | null,
  context: Omit<ReadContext, 'given'>,
  present: Omit<ReadContext, 'given'>,
): string {
  const { language, zone, schedule } = context;
  const venue = (place === null ? null : zoneOfPlace(place, language)) ?? schedule.group.zone;
  const readAt = ({ now }: Omit<ReadContext, 'given'>) =>
    readWhen(text, { language, zone, now, direction: 'future', place: venue });
  const meant = readAt(context);
  if (!meant || !('when' in meant) || isDeepStrictEqual(meant, readAt(present))) return text;
  return whenInWords(meant.when, present).text;
}

/** The first date of the message, and of those that begin at the same word the longest. */
function firstDate(lines: readonly string[], context: Omit<ReadContext, 'given'>): Found | null {
  let looks = 0;
  for (const [line, content] of lines.entries()) {
    const words = content.split(' ');
    for (let start = 0; start < words.length && looks < LOOKED_AT; start += 1) {
      if (context.language.dates.noise.includes(words[start]?.toLowerCase() ?? '')) continue;
      if (!mayBeginDate(foldDate(words.slice(start, start + LONGEST_DATE).join(' ')), context.language)) continue;
      looks += 1;
      // A bare number or a bare name of a month begins many sentences that are about no date.
      for (let end = Math.min(words.length, start + LONGEST_DATE); end > start; end -= 1) {
        const text = words
          .slice(start, end)
          .join(' ')
          .replace(/[.,;:!?]+$/u, '');
        if (!/\p{N}/u.test(text) && end - start < 2 && !isRelative(text, context)) continue;
        if (isDate(text, context)) return { line, start, end, text };
      }
    }
  }
  return null;
}

function isRelative(text: string, { language }: Omit<ReadContext, 'given'>): boolean {
  const word = text.toLowerCase();
  return language.dates.today.includes(word) || language.dates.tomorrow.includes(word);
}

function isDate(text: string, { language, zone, now, schedule }: Omit<ReadContext, 'given'>): boolean {
  if (/^\d{1,4}$/u.test(text)) return false;
  const reading = readWhen(text, { language, zone, now, direction: 'future', place: schedule.group.zone });
  return reading !== null && !('problem' in reading);
}

/** “Venue: …”, or what stands behind “in” or “at” and has a zone that is known. */
function placeIn(
  lines: readonly string[],
  date: Found | null,
  { language }: Omit<ReadContext, 'given'>,
): string | null {
  const labels = language.words.placeLabels;
  for (const line of lines) {
    const [label = '', ...rest] = line.split(':');
    const value = rest.join(':').trim();
    if (value !== '' && labels.includes(label.trim().toLowerCase())) return value.slice(0, LIMITS.name);
  }
  for (const [at, line] of lines.entries()) {
    const words = line.split(' ');
    for (let start = 0; start < words.length - 1; start += 1) {
      if (!language.words.filters.place.includes(words[start]?.toLowerCase() ?? '')) continue;
      for (let end = Math.min(words.length, start + 1 + LONGEST_PLACE); end > start + 1; end -= 1) {
        const isInDate = date?.line === at && start < date.end && end > date.start;
        const place = words
          .slice(start + 1, end)
          .join(' ')
          .replace(/[.,;:!?]+$/u, '');
        if (!isInDate && /^\p{Lu}/u.test(place) && zoneOfPlace(place, language) !== null) return place;
      }
    }
  }
  return null;
}

/** The first line, as far as the date: that is where people say what it is. */
function titleOf(
  lines: readonly string[],
  date: Found | null,
  { language }: Omit<ReadContext, 'given'>,
): string | null {
  for (const [at, line] of lines.entries()) {
    const words = line.split(' ');
    const own = date?.line === at ? words.slice(0, date.start) : words;
    const title = withoutEnding(own.join(' '), language.words.titleEndings);
    if (title !== '') return title.slice(0, LIMITS.title);
  }
  return null;
}

function withoutEnding(text: string, endings: readonly string[]): string {
  const plain = text.replace(/[\s,;:–—(-]+$/u, '');
  const ending = endings.find((each) => plain.toLowerCase().endsWith(` ${each}`));
  return ending === undefined ? plain : withoutEnding(plain.slice(0, -ending.length), endings);
}

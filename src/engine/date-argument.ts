import { atSecondShowing } from '../dates/doubled.ts';
import type { readWhen, WhenReading } from '../dates/read-when.ts';
import { dateProblemInWords, whenInWords } from '../dates/words.ts';
import { cleanLine } from '../clean.ts';
import type { When } from '../schedule/when.ts';
import { misunderstood, understood, type Argument, type ReadContext, type ReadResult } from './argument.ts';
import { zoneOfPlace } from './place.ts';

/** A date as written, and the place that was written with it. */
export interface PlacedWhen {
  readonly when: When;
  /** `New York` of “8 Nov 15:00 in New York”; `null`: none was written. */
  readonly place: string | null;
}

/** The longest date that is read, in UTF-16 units. */
const LONGEST = 160;
/** A date and a place have fewer words than this; each pair of them may have to be tried. */
const MOST_WORDS = 32;

/**
 * When an event is held, as people write it, with or without a place behind it. The time is in the zone that is written,
 * else in that of the place, of the event that is spoken of, of the group. What reads two ways is asked.
 */
export function when(): Argument<PlacedWhen> {
  return {
    place: 'rest',
    control: { type: 'text', multiline: false, maxLength: LONGEST },
    isRequired: true,
    takes: () => true,
    read: (text, context) => readPlacedWhen(cleanLine(text ?? ''), context),
  };
}

/** What a date is read with: also the zone of its place. */
interface DateReading extends ReadContext {
  readonly readWhen: typeof readWhen;
  readonly place: string;
}

interface Split {
  readonly date: string;
  readonly place: string | null;
  /** The text with another date in it. */
  readonly withDate: (date: string) => string;
}

const ADDRESS = /\b[a-z]+:\/\/\S+/iu;

async function readPlacedWhen(text: string, context: ReadContext): Promise<ReadResult<PlacedWhen>> {
  const [address] = ADDRESS.exec(text) ?? [];
  if (address !== undefined) return misunderstood('when.address', { address });
  // Most answers read no date and look for no event; loading what does so takes longer than they do.
  const { readWhen } = await import('../dates/read-when.ts');
  const standing = await zoneOf(context);
  const isFirstMeant = text.includes(firstOfTwo(context));
  const plain = text
    .replace(firstOfTwo(context), '')
    .replace(/\s+,/gu, ',')
    .replace(/(?:[\s!?…\p{Extended_Pictographic}\ufe0f]|(?<=\d|\p{Ll})\.)+$/gu, '')
    .trim();
  for (const split of splits(plain, context)) {
    const zone =
      (split.place === null ? null : zoneOfPlace(inParts(split.place, context), context.language)) ?? standing;
    const reading = readWhen(split.date, { ...dateContext(context), place: zone });
    const ways = { ...context, readWhen, place: zone };
    if (reading && !isTime(split, ways)) return resultOf(reading, split, ways, isFirstMeant);
  }
  return misunderstood('when.not-understood', { given: text });
}

/** “New York at UN Headquarters” with commas: each part may say the zone. */
function inParts(place: string, { language }: ReadContext): string {
  const parts = place.split(/\s+/u);
  return parts.map((word) => (language.words.filters.place.includes(word.toLowerCase()) ? ',' : word)).join(' ');
}

function dateContext({ language, zone, now }: ReadContext) {
  return { language, zone, now, direction: 'future' as const };
}

/** “(the first of the two, as the clocks go back)”: what a date in words says of a time that the clocks show twice. */
function firstOfTwo({ language }: ReadContext): string {
  return language.t('when.first-of-two', { time: '' }).trim();
}

async function zoneOf({ given, schedule, language }: ReadContext): Promise<string> {
  const place = given.place === undefined ? null : zoneOfPlace(given.place, language);
  if (place !== null) return place;
  const { findEvent } = await import('../schedule/search.ts');
  const found = given.event === undefined ? null : findEvent(schedule, given.event, language);
  const event = found?.type === 'one' ? found.event : undefined;
  const venue = event?.venue?.city == null ? null : zoneOfPlace(event.venue.city, language);
  return event?.when?.zone ?? venue ?? schedule.group.zone;
}

/**
 * The ways to cut a text into a date and a place: whole first, then at each “in” or “at”, the last one first. The date
 * may go on behind the place.
 */
function* splits(text: string, { language }: ReadContext): Generator<Split> {
  const isLead = (word: string) => language.words.filters.place.includes(word.toLowerCase());
  yield { date: text, place: null, withDate: (date) => date };
  const words = [...text.matchAll(/\S+/gu)];
  if (words.length > MOST_WORDS) return;
  for (let at = words.length - 2; at >= 0; at -= 1) {
    const word = words[at];
    if (!word || !isLead(word[0])) continue;
    const before = text.slice(0, word.index).replace(/[\s,;]+$/u, '');
    const after = text.slice(word.index + word[0].length).trim();
    // “in Geneva on 6 November”, “8 Nov in Geneva at noon”: the place ends where the date goes on.
    const rest = words.slice(at + 1);
    for (const end of rest.slice(1)) {
      const place = text.slice(rest[0]?.index, end.index).replace(/[\s,;]+$/u, '');
      if (!isLead(end[0]) && zoneOfPlace(place, language) === null) continue;
      const date = `${before} ${text.slice(end.index)}`.trim();
      yield { date, place, withDate: (clear) => `${clear} ${word[0]} ${place}` };
    }
    if (before !== '') yield { date: before, place: after, withDate: (date) => `${date} ${word[0]} ${after}` };
  }
}

/**
 * “noon for delegates” behind “8 Nov at”: what begins with a time of that day is no place, nor are “10” and “the
 * afternoon”. A bare number that goes on, “10 Downing Street”, may be one.
 */
function isTime({ date, place }: Split, context: DateReading): boolean {
  if (place === null) return false;
  const { dayParts, noise } = context.language.dates;
  const [part = ''] = place
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => !noise.includes(word));
  const [beginning = ''] = inParts(place, context).split(',');
  if (!/[^\d:.\s]/u.test(beginning) || dayParts.includes(part)) return true;
  const [first = ''] = place.split(/[\s,;]/u);
  if (/^\d*$/u.test(first) || zoneOfPlace(first, context.language) !== null) return false;
  return context.readWhen(`${date} ${first}`, { ...dateContext(context), place: context.place }) !== null;
}

function resultOf(
  reading: Exclude<WhenReading, null>,
  split: Split,
  context: DateReading,
  isFirstMeant: boolean,
): ReadResult<PlacedWhen> {
  const { language } = context;
  const inWords = (of: When) => whenInWords(of, { language, zone: context.zone, now: context.now }).text;
  if ('ambiguous' in reading) {
    const choices = reading.ambiguous.map(({ when: of, rewritten }) => ({
      label: inWords(of),
      text: split.withDate(rewritten),
    }));
    return misunderstood('date.ambiguous', { given: split.date }, choices);
  }
  if ('problem' in reading) return skippedOr(reading.problem, split, context);
  if (reading.isDoubled && !isFirstMeant) {
    const both = [reading.when, atSecondShowing(reading.when)];
    const choices = both.map((of) => ({ label: inWords(of), text: split.withDate(inWords(of)) }));
    return misunderstood('when.doubled', { given: split.date }, choices);
  }
  return understood({ when: reading.when, place: split.place });
}

/** What is wrong with a date; where the clocks skip a time, the same with either neighbour as a choice. */
function skippedOr(
  problem: Extract<WhenReading, { problem: unknown }>['problem'],
  split: Split,
  context: DateReading,
): ReadResult<PlacedWhen> {
  const values = { problem: dateProblemInWords(problem, context.language) };
  if (problem.code !== 'skipped-time') return misunderstood('date.problem', values);
  const [hour = '', minute = ''] = problem.text.slice(11).split(':');
  const clock = new RegExp(`(?<!\\d)0?${Number(hour).toString()}[:.h]${minute}(?!\\d)`, 'u');
  const choices = [problem.earlier, problem.later].flatMap((neighbour) => {
    const date = split.date.replace(clock, neighbour.slice(11));
    const reading = context.readWhen(date, { ...dateContext(context), place: context.place });
    if (!reading || !('when' in reading)) return [];
    const label = whenInWords(reading.when, { language: context.language, zone: context.zone, now: context.now }).text;
    return [{ label, text: split.withDate(date) }];
  });
  return misunderstood('date.problem', values, choices);
}

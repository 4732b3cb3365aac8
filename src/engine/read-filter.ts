import type { EventKind, EventStatus } from '../schedule/event.ts';
import { readPeriod } from '../dates/read-period.ts';
import { everything, fold, type Filter, type Period } from '../schedule/filter.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { dateProblemInWords, periodInWords } from '../dates/words.ts';
import { misunderstood, understood, type ReadContext, type ReadProblem, type ReadResult } from './argument.ts';
import { closest } from './suggest.ts';
import { quote, tokenize } from './tokenize.ts';

/** How many words a date, a name or a phrase may have. */
const LONGEST_PHRASE = 8;

type FilterContext = ReadContext & { readonly direction: 'future' | 'past' };

interface Draft {
  readonly kinds: Set<EventKind>;
  readonly statuses: Set<EventStatus>;
  readonly places: Map<string, string>;
  readonly organisers: Map<string, string>;
  period: Period | null;
}

/** A part of the text was understood as far as `next`, or it is known what is wrong with it. */
type Step = { readonly next: number } | { readonly problem: ReadProblem } | null;

/**
 * Understands which events somebody means: kinds, places, organisers, regions, statuses and dates in any order, with
 * or without the small words between them.
 */
export function readFilter(text: string, context: FilterContext): ReadResult<Filter> {
  const words = tokenize(text).flatMap((token) => expandKey(token.text, token.isQuoted, context));
  const draft: Draft = {
    kinds: new Set(),
    statuses: new Set(),
    places: new Map(),
    organisers: new Map(),
    period: null,
  };
  const names = namesOf(context.schedule);
  for (let at = 0; at < words.length;) {
    const step: Step = readPart(words, at, draft, names, context);
    if (step === null) return unknownWord(words, at, names, context);
    if ('problem' in step) return { ok: false, problem: step.problem };
    at = step.next;
  }
  return understood(finish(draft, text, context));
}

/** The names that a schedule's events know, folded, each with how it is written. */
interface Names {
  readonly places: ReadonlyMap<string, string>;
  readonly organisers: ReadonlyMap<string, string>;
}

const known = new WeakMap<Schedule, Names>();

function namesOf(schedule: Schedule): Names {
  let names = known.get(schedule);
  if (!names) {
    const places = new Map<string, string>();
    const organisers = new Map<string, string>();
    for (const event of schedule.events) {
      const { venue, region, organiser } = event;
      for (const name of [venue?.name, venue?.city, venue?.country, region]) if (name) places.set(fold(name), name);
      if (organiser) organisers.set(fold(organiser), organiser);
    }
    known.set(schedule, (names = { places, organisers }));
  }
  return names;
}

/** `kind:briefing` means the same as `briefing`, `by:UNECE` the same as `by UNECE`. */
function expandKey(word: string, isQuoted: boolean, { language }: FilterContext): readonly string[] {
  const parts = isQuoted ? null : /^(?<key>[\p{L}-]+):(?<value>.+)$/u.exec(word)?.groups;
  if (!parts) return [word];
  const { keys, leadingKeys } = language.words.filters;
  const key = fold(parts.key ?? '');
  const value = parts.value ?? '';
  if (keys.includes(key)) return [value];
  return leadingKeys.includes(key) ? [key, value] : [word];
}

function readPart(words: readonly string[], at: number, draft: Draft, names: Names, context: FilterContext): Step {
  const { filters, kinds, statuses, noise } = context.language.words;
  const lead = (phrases: readonly string[]) => {
    const next = phraseAt(words, at, phrases);
    return next === null ? null : skip(words, next, noise);
  };
  const organiserLead = lead(filters.organiser);
  const byOrganiser = organiserLead && nameAt(words, organiserLead, names.organisers, draft.organisers);
  if (byOrganiser) return byOrganiser;
  const placeLead = lead(filters.place);
  if (placeLead) {
    return (
      nameAt(words, placeLead, names.places, draft.places) ??
      dateAt(words, at, context, draft) ??
      dateAt(words, placeLead, context, draft) ??
      unknownPlace(words, placeLead, names)
    );
  }
  return (
    phraseOf(words, at, kinds, draft.kinds) ??
    phraseOf(words, at, statuses, draft.statuses) ??
    nameAt(words, at, names.organisers, draft.organisers) ??
    nameAt(words, at, names.places, draft.places) ??
    dateAt(words, at, context, draft) ??
    asStep(phraseAt(words, at, noise))
  );
}

function skip(words: readonly string[], from: number, noise: readonly string[]): number {
  let at = from;
  while (at < words.length - 1 && noise.includes(fold(words[at] ?? ''))) at += 1;
  return at;
}

function asStep(next: number | null): Step {
  return next === null ? null : { next };
}

/** Where the longest of the phrases that stands at `at` ends, or `null`. */
function phraseAt(words: readonly string[], at: number, phrases: readonly string[]): number | null {
  for (let length = Math.min(LONGEST_PHRASE, words.length - at); length > 0; length -= 1) {
    if (phrases.includes(fold(words.slice(at, at + length).join(' ')))) return at + length;
  }
  return null;
}

function phraseOf<Value extends string>(
  words: readonly string[],
  at: number,
  phrases: Readonly<Record<Value, readonly string[]>>,
  into: Set<Value>,
): Step {
  let best: { value: Value; next: number } | null = null;
  for (const value of Object.keys(phrases) as Value[]) {
    const next = phraseAt(words, at, [value, ...phrases[value]]);
    if (next !== null && (best === null || next > best.next)) best = { value, next };
  }
  if (best) into.add(best.value);
  return best && { next: best.next };
}

function nameAt(
  words: readonly string[],
  at: number,
  names: ReadonlyMap<string, string>,
  into: Map<string, string>,
): Step {
  for (let length = Math.min(LONGEST_PHRASE, words.length - at); length > 0; length -= 1) {
    const folded = fold(words.slice(at, at + length).join(' '));
    const written = names.get(folded);
    if (written !== undefined) {
      into.set(folded, written);
      return { next: at + length };
    }
  }
  return null;
}

/** Reads the longest run of words that is a date, and narrows the draft by it. */
function dateAt(words: readonly string[], at: number, context: FilterContext, draft: Draft): Step {
  for (let length = Math.min(LONGEST_PHRASE, words.length - at); length > 0; length -= 1) {
    const text = words.slice(at, at + length).join(' ');
    const reading = readPeriod(text, context);
    if (reading === null) continue;
    if ('period' in reading) {
      draft.period = intersect(draft.period, reading.period);
      return { next: at + length };
    }
    if ('ambiguous' in reading) {
      const choices = reading.ambiguous.map(({ period, rewritten: clear }) => ({
        label: period.text,
        text: rewritten(words, at, at + length, clear),
      }));
      return { problem: { key: 'date.ambiguous', values: { given: text }, choices } };
    }
    const values = { problem: dateProblemInWords(reading.problem, context.language) };
    return { problem: { key: 'date.problem', values, choices: [] } };
  }
  return null;
}

function intersect(a: Period | null, b: Period): Period {
  if (a === null) return b;
  const later = a.from !== null && b.from !== null ? (a.from > b.from ? a.from : b.from) : (a.from ?? b.from);
  const earlier = a.to !== null && b.to !== null ? (a.to < b.to ? a.to : b.to) : (a.to ?? b.to);
  return { from: later, to: earlier };
}

/** The text with the words from `at` up to `next` exchanged. */
function rewritten(words: readonly string[], at: number, next: number, replacement: string): string {
  return [...words.slice(0, at).map(quote), replacement, ...words.slice(next).map(quote)].join(' ');
}

function unknownPlace(words: readonly string[], at: number, names: Names): Step {
  const word = words[at] ?? '';
  const near = closest(fold(word), [...names.places.keys()]);
  const choices = near.map((name) => {
    const written = names.places.get(name) ?? name;
    return { label: written, text: rewritten(words, at, at + 1, quote(written)) };
  });
  return { problem: { key: 'filter.unknown-place', values: { given: word }, choices } };
}

function unknownWord(
  words: readonly string[],
  at: number,
  names: Names,
  { language }: FilterContext,
): ReadResult<Filter> {
  const word = words[at] ?? '';
  const vocabulary = [
    ...Object.values(language.words.kinds),
    ...Object.values(language.words.statuses),
    ...[...names.places.keys(), ...names.organisers.keys()].map((name) => [name]),
  ];
  // Of the words for the same, “briefing” and “briefings”, the closest one is enough.
  const near = vocabulary.flatMap((synonyms) => closest(fold(word), synonyms, 1));
  const choices = closest(fold(word), near).map((name) => ({
    label: names.places.get(name) ?? names.organisers.get(name) ?? name,
    text: rewritten(words, at, at + 1, name),
  }));
  return misunderstood('filter.unknown', { given: word }, choices);
}

function finish(draft: Draft, typed: string, { language }: FilterContext): Filter {
  const words = [
    ...[...draft.statuses].map((status) => language.words.statuses[status][0] ?? status),
    ...[...draft.kinds].map((kind) => language.words.kinds[kind][0] ?? kind),
    ...draft.places.values(),
    ...draft.organisers.values(),
    ...(draft.period ? [periodInWords(draft.period, language)] : []),
  ];
  return {
    ...everything,
    kinds: [...draft.kinds],
    statuses: [...draft.statuses],
    places: [...draft.places.keys()],
    organisers: [...draft.organisers.keys()],
    period: draft.period,
    words: words.join(' · '),
    typed,
  };
}

import { cleanLine } from '../clean.ts';
import { placeInWords } from '../cards/present.ts';
import { whenInWords } from '../dates/words.ts';
import type { Language } from '../language/language.ts';
import type { EventPatch } from '../schedule/change.ts';
import { EVENT_KINDS, type EventKind, type ScheduledEvent } from '../schedule/event.ts';
import { fold } from '../schedule/filter.ts';
import { HANDLE, LIMITS } from '../schedule/limits.ts';
import { address, integer, misunderstood, named, oneOf, understood, words, type Argument } from './argument.ts';
import type { Context } from './command.ts';
import type { PlacedWhen } from './date-argument.ts';
import { venueOf } from './place.ts';

/** What sort of consultation an event is, by its name or whatever people call it. */
function kind(): Argument<EventKind> {
  return {
    ...oneOf(EVENT_KINDS),
    place: 'option',
    read(text, { language }) {
      const typed = fold(cleanLine(text ?? ''));
      const meant = EVENT_KINDS.find((each) =>
        [each, ...language.words.kinds[each]].some((word) => fold(word) === typed),
      );
      if (meant) return understood(meant);
      const choices = EVENT_KINDS.map((each) => ({ label: language.words.kinds[each][0] ?? each, text: each }));
      return misunderstood('argument.choice', { given: text ?? '' }, choices);
    },
  };
}

/** Whether an event is certain. The other statuses are reached by commands of their own, which ask for the reason. */
function status(): Argument<'confirmed' | 'tentative'> {
  const certain = oneOf(['confirmed', 'tentative']);
  return {
    ...certain,
    place: 'option',
    read(text, context) {
      const typed = fold(text ?? '');
      const isOther = (['cancelled', 'postponed'] as const).some(
        (each) => each === typed || context.language.words.statuses[each].some((word) => fold(word) === typed),
      );
      return isOther ? misunderstood('argument.status-command', { given: text ?? '' }) : certain.read(text, context);
    },
  };
}

/** A short name for an event or a group. */
export function handle(): Argument<string> {
  const text = words({ maxLength: LIMITS.handle });
  return {
    ...text,
    place: 'option',
    async read(typed, context) {
      const read = await text.read(typed?.toLowerCase(), context);
      if (!read.ok || HANDLE.test(read.value)) return read;
      return misunderstood('argument.handle', { given: read.value });
    },
  };
}

const line = (maxLength: number) => named(words({ maxLength }));

/** What can be said of an event besides its title, date and place: the same for a new one and for an edit. */
export const eventFacts = {
  kind: kind(),
  status: status(),
  online: named(address({ maxLength: LIMITS.url })),
  organiser: line(LIMITS.name),
  region: line(LIMITS.region),
  people: integer({ min: 1, max: LIMITS.delegation, place: 'option' }),
  level: line(LIMITS.headLevel),
  rules: line(LIMITS.participationNotes),
  about: named(words({ maxLength: LIMITS.description, multiline: true })),
  handle: handle(),
} as const;

/** What was said of an event: `undefined` says nothing, `null` that it is not known. */
export interface SaidOfEvent {
  readonly title?: string | null | undefined;
  readonly when?: PlacedWhen | null | undefined;
  readonly place?: string | null | undefined;
  readonly kind?: EventKind | null | undefined;
  readonly status?: 'confirmed' | 'tentative' | null | undefined;
  readonly online?: string | null | undefined;
  readonly organiser?: string | null | undefined;
  readonly region?: string | null | undefined;
  readonly people?: number | null | undefined;
  readonly level?: string | null | undefined;
  readonly rules?: string | null | undefined;
  readonly about?: string | null | undefined;
  readonly handle?: string | null | undefined;
}

/**
 * What was said, as a change of an event; of a new one when there is no event yet. What every event has (title, kind,
 * status, handle) cannot be cleared, and stays.
 */
export function patchOf(said: SaidOfEvent, event: ScheduledEvent | null, language: Language): EventPatch {
  const place = said.place === undefined ? (said.when?.place ?? undefined) : said.place;
  const isSamePlace = place != null && event !== null && placeInWords(event) === place;
  return {
    ...(said.title != null && { title: said.title }),
    ...(said.kind != null && { kind: said.kind }),
    ...(said.status != null && { status: said.status }),
    ...(said.handle != null && { handle: said.handle }),
    ...(said.when !== undefined && { when: said.when?.when ?? null }),
    ...(place !== undefined && !isSamePlace && { venue: place === null ? null : venueOf(place, language) }),
    ...(said.online !== undefined && { onlineUrl: said.online }),
    ...(said.organiser !== undefined && { organiser: said.organiser }),
    ...(said.region !== undefined && { region: said.region }),
    ...(said.about !== undefined && { description: said.about }),
    ...participationPatch(said, event),
  };
}

function participationPatch(
  { people, level, rules }: SaidOfEvent,
  event: ScheduledEvent | null,
): Pick<EventPatch, 'participation'> {
  if (people === undefined && level === undefined && rules === undefined) return {};
  const before = event?.participation;
  const participation = {
    maxPerDelegation: people === undefined ? (before?.maxPerDelegation ?? null) : people,
    headLevel: level === undefined ? (before?.headLevel ?? null) : level,
    notes: rules === undefined ? (before?.notes ?? null) : rules,
  };
  const isNothing = Object.values(participation).every((value) => value === null);
  return { participation: isNothing ? null : participation };
}

/** An event as the form of an edit shows it: every field as it would be typed. */
export function saidOf(event: ScheduledEvent, { language, reader, now }: Context): Record<string, string> {
  const said: Readonly<Record<keyof SaidOfEvent, string | null | undefined>> = {
    title: event.title,
    when: event.when && whenInWords(event.when, { language, zone: reader.zone, now }).text,
    place: placeInWords(event),
    kind: event.kind,
    status: event.status === 'confirmed' || event.status === 'tentative' ? event.status : null,
    online: event.onlineUrl,
    organiser: event.organiser,
    region: event.region,
    people: event.participation?.maxPerDelegation?.toString(),
    level: event.participation?.headLevel,
    rules: event.participation?.notes,
    about: event.description,
    handle: event.handle,
  };
  return Object.fromEntries(Object.entries(said).filter((entry): entry is [string, string] => entry[1] != null));
}

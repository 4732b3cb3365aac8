import MiniSearch from 'minisearch';
import type { Language } from '../language/language.ts';
import type { ScheduledEvent } from './event.ts';
import { closest } from '../engine/suggest.ts';
import { fold } from './filter.ts';
import type { Schedule } from './schedule.ts';

/** What a name stands for. */
export type Found =
  | { readonly type: 'one'; readonly event: ScheduledEvent }
  | { readonly type: 'several'; readonly events: readonly ScheduledEvent[] }
  | { readonly type: 'none' };

/** How many events are offered when a name fits several. */
const CHOICES = 5;
/** A first hit this much better than the second one is the one that was meant. */
const CLEARLY_BETTER = 1.6;

interface Indexed {
  readonly id: number;
  readonly handle: string;
  readonly title: string;
  readonly place: string;
  readonly organiser: string;
  readonly kind: string;
  readonly body: string;
}

const indexes = new WeakMap<Schedule, Map<string, MiniSearch<Indexed>>>();

/**
 * The events that a text speaks of, best first: every word must occur, in full, as the beginning of a word, or with a
 * typing mistake.
 *
 * @param language its words for the kinds of events are found too
 */
export function searchEvents(schedule: Schedule, text: string, language: Language): readonly ScheduledEvent[] {
  return ranked(schedule, text, language).map((hit) => hit.event);
}

/**
 * The event that somebody means by a handle, a UID, a title or something close to one of them.
 *
 * @param language its words for the kinds of events are found too
 */
export function findEvent(schedule: Schedule, text: string, language: Language): Found {
  const typed = text.trim();
  const folded = withoutNoise(fold(typed), language);
  if (folded === '') return { type: 'none' };
  const exact = schedule.byHandle(folded.replaceAll(' ', '-')) ?? schedule.byUid(typed);
  if (exact) return { type: 'one', event: exact };

  const sameTitle = titlesOf(schedule).get(folded);
  if (sameTitle) return oneOrSeveral(sameTitle);

  const hits = ranked(schedule, folded, language);
  const [first, second] = hits;
  const [slip, ...otherSlips] = closest(
    folded.replaceAll(' ', '-'),
    hits.map((hit) => hit.event.handle),
  );
  const misspelt = slip !== undefined && otherSlips.length === 0 ? schedule.byHandle(slip) : undefined;
  if (misspelt) return { type: 'one', event: misspelt };
  if (!first) return { type: 'none' };
  if (!second || first.score >= CLEARLY_BETTER * second.score) return { type: 'one', event: first.event };
  return { type: 'several', events: hits.slice(0, CHOICES).map((hit) => hit.event) };
}

/** “the stocktaking, please” is “stocktaking”, as long as something is left. */
function withoutNoise(folded: string, language: Language): string {
  const words = folded.split(' ');
  const said = words.filter((word) => !language.words.noise.includes(word));
  return (said.length > 0 ? said : words).join(' ');
}

function oneOrSeveral(events: readonly ScheduledEvent[]): Found {
  const [only, ...others] = events;
  if (only && others.length === 0) return { type: 'one', event: only };
  return { type: 'several', events: events.slice(0, CHOICES) };
}

const titles = new WeakMap<Schedule, ReadonlyMap<string, readonly ScheduledEvent[]>>();

/** The events by their folded titles. */
function titlesOf(schedule: Schedule): ReadonlyMap<string, readonly ScheduledEvent[]> {
  let known = titles.get(schedule);
  if (!known) titles.set(schedule, (known = Map.groupBy(schedule.events, (event) => fold(event.title))));
  return known;
}

interface Hit {
  readonly event: ScheduledEvent;
  readonly score: number;
}

function ranked(schedule: Schedule, text: string, language: Language): readonly Hit[] {
  return indexOf(schedule, language)
    .search(text)
    .flatMap(({ id, score }) => {
      const event = schedule.events[id as number];
      return event ? [{ event, score }] : [];
    });
}

function indexOf(schedule: Schedule, language: Language): MiniSearch<Indexed> {
  let perLanguage = indexes.get(schedule);
  if (!perLanguage) indexes.set(schedule, (perLanguage = new Map<string, MiniSearch<Indexed>>()));
  let index = perLanguage.get(language.tag);
  if (!index) perLanguage.set(language.tag, (index = build(schedule, language)));
  return index;
}

function build(schedule: Schedule, language: Language): MiniSearch<Indexed> {
  const index = new MiniSearch<Indexed>({
    fields: ['handle', 'title', 'place', 'organiser', 'kind', 'body'],
    processTerm: (term) => fold(term) || null,
    searchOptions: {
      boost: { handle: 8, title: 4, place: 2, organiser: 2, kind: 2 },
      combineWith: 'AND',
      prefix: (term) => term.length > 2,
      fuzzy: (term) => (term.length > 3 ? 0.25 : false),
      maxFuzzy: 2,
    },
  });
  index.addAll(
    schedule.events.map((event, id) => ({
      id,
      handle: event.handle,
      title: event.title,
      place: [event.venue?.name, event.venue?.city, event.venue?.country, event.region].filter(Boolean).join(' '),
      organiser: event.organiser ?? '',
      kind: language.words.kinds[event.kind].join(' '),
      body: [
        event.description ?? '',
        event.participation?.notes ?? '',
        ...event.documents.map((document) => document.title),
        ...event.outcomes,
      ].join(' '),
    })),
  );
  return index;
}

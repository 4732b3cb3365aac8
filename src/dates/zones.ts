import { closest } from '../engine/suggest.ts';
import type { Language } from '../language/language.ts';
import { ABBREVIATIONS, CITIES, RENAMED, SPELLINGS } from './cities.ts';

/** What a text means as a zone: one, or the names of places it may have meant, or nothing. */
export type ZoneReading = { readonly zone: string } | { readonly choices: readonly string[] } | null;

/** The longest text that is looked at: no zone and no city of the table comes near. */
const LONGEST = 64;

/**
 * The current IANA name of a zone, whatever its case and its age: `asia/katmandu` is `Asia/Kathmandu`, `GMT` is `UTC`.
 * `null` for anything else, a fixed offset such as `+02:00` included: it would not follow the clock changes.
 */
export function canonicalZone(text: string): string | null {
  const known = zonesByName().get(text.toLowerCase());
  if (known !== undefined) return known;
  if (text.length > LONGEST || !/^[A-Za-z]/u.test(text)) return null;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions();
    const zone = RENAMED[timeZone] ?? timeZone;
    zonesByName().set(text.toLowerCase(), zone);
    return zone;
  } catch {
    return null;
  }
}

/** Whether the text is the name of an IANA zone. */
export function isZone(text: string): boolean {
  return canonicalZone(text) !== null;
}

/**
 * The zone that a person means: an IANA name, a city (`Geneva`, `sao paulo`, `Puerto Vallarta, Mexico`), `UTC`, `GMT`
 * or `Z`. What is nearly one comes back as choices, each a name that reads as a zone.
 */
export function findZone(text: string, language?: Language): ZoneReading {
  const given = text.trim();
  if (given === '' || given.length > LONGEST) return null;
  const ownNames = Object.entries(language?.dates.cities ?? {});
  const own = ownNames.find(([, city]) => fold(city) === fold(given))?.[0];
  const short = Object.hasOwn(ABBREVIATIONS, fold(given)) ? ABBREVIATIONS[fold(given)] : undefined;
  const zone = own ?? short ?? placeZone(given) ?? canonicalZone(given) ?? placeZone(given.split(',')[0] ?? '');
  if (zone !== null) return { zone };
  return nearMisses(fold(given.slice(given.lastIndexOf('/') + 1)));
}

function nearMisses(folded: string): ZoneReading {
  // Three letters are one slip away from too many places.
  if (folded.length < 4) return null;
  const near = closest(folded, [...places().keys()], 9).flatMap((name) => places().get(name) ?? []);
  // Other spellings of the same city are no choice.
  const choices = near.filter((place, at) => near.findIndex(({ zone }) => zone === place.zone) === at).slice(0, 3);
  return choices.length > 0 ? { choices: choices.map(({ name }) => name) } : null;
}

/** What sentences call a zone: `New York time`, `UTC`. */
export function zoneName(zone: string, language: Language): string {
  if (!zone.includes('/') || zone.startsWith('Etc/')) return zone;
  return language.t('when.zone', { city: zoneCity(zone, language) });
}

/** The city that a zone is called after, in the language: `São Paulo`. */
function zoneCity(zone: string, language: Language): string {
  return language.dates.cities[zone] ?? cityOf(zone);
}

interface Place {
  readonly name: string;
  readonly zone: string;
}

// Both indexes take a few milliseconds to build, and most answers name a zone that is already known.
let byName: Map<string, string> | undefined;
let byPlace: Map<string, Place> | undefined;

function zonesByName(): Map<string, string> {
  if (!byName) {
    byName = new Map([
      ['utc', 'UTC'],
      ['gmt', 'UTC'],
      ['z', 'UTC'],
    ]);
    for (const listed of Intl.supportedValuesOf('timeZone')) {
      const zone = RENAMED[listed] ?? listed;
      byName.set(listed.toLowerCase(), zone).set(zone.toLowerCase(), zone);
    }
  }
  return byName;
}

function places(): Map<string, Place> {
  if (!byPlace) {
    byPlace = new Map();
    for (const zone of new Set(zonesByName().values())) {
      if (zone.includes('/')) byPlace.set(fold(cityOf(zone)), { name: cityOf(zone), zone });
    }
    for (const [zone, names] of Object.entries(CITIES)) {
      for (const name of names) byPlace.set(fold(name), { name, zone });
    }
  }
  return byPlace;
}

function placeZone(text: string): string | null {
  return places().get(fold(text))?.zone ?? null;
}

function cityOf(zone: string): string {
  return SPELLINGS[zone] ?? zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
}

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

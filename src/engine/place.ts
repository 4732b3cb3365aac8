import { findZone } from '../dates/zones.ts';
import type { Language } from '../language/language.ts';
import type { Venue } from '../schedule/event.ts';

/** The IANA zone of a place as people write it, by the last part of it that is a city; `null` when none is known. */
export function zoneOfPlace(place: string, language: Language): string | null {
  for (const part of partsOf(place).reverse()) {
    const found = findZone(part, language);
    if (found && 'zone' in found) return found.zone;
  }
  return null;
}

/** A place as people write it: `New York`, `Puerto Vallarta, Mexico`, `Palais des Nations, Geneva, Switzerland`. */
export function venueOf(place: string, language: Language): Venue {
  const parts = partsOf(place);
  const isCity = (part: string | undefined) => part !== undefined && zoneOfPlace(part, language) !== null;
  const at = parts.findIndex(isCity);
  const [first = null, second = null] = parts;
  if (at >= 0) {
    return {
      name: parts.slice(0, at).join(', ') || null,
      city: parts[at] ?? null,
      country: parts.slice(at + 1).join(', ') || null,
    };
  }
  if (parts.length < 2) return { name: first, city: null, country: null };
  if (parts.length === 2) return { name: null, city: first, country: second };
  return { name: parts.slice(0, -2).join(', '), city: parts.at(-2) ?? null, country: parts.at(-1) ?? null };
}

function partsOf(place: string): string[] {
  return place
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

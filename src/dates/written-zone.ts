import type { Language } from '../language/language.ts';
import type { WhenProblem } from '../schedule/when.ts';
import { findZone } from './zones.ts';

/** A text without the zone that was written behind it; `zone` is its IANA name, `null` when none was written. */
export type ZoneSplit = { readonly rest: string; readonly zone: string | null } | { readonly problem: WhenProblem };

/** The most words that a city has. */
const LONGEST_CITY = 4;

/**
 * Takes a zone off the end of a text: `New York time`, `(Bangkok time)`, `Africa/Nairobi`, `UTC`. A name that is nearly
 * one is a problem only where the words around it say that a zone was meant.
 */
export function splitZone(text: string, language: Language): ZoneSplit {
  const plain = text.replace(/[()]/gu, ' ').replace(/[\s,;]+$/u, '');
  let near: WhenProblem | null = null;
  for (const pattern of language.dates.zonePatterns) {
    const [before = '', after = ''] = pattern.split('{city}');
    if (!endsWith(plain, after)) continue;
    const body = plain.slice(0, plain.length - after.length).trimEnd();
    const words = [...body.matchAll(/[^\s,;]+/gu)];
    for (let count = Math.min(LONGEST_CITY, words.length); count > 0; count -= 1) {
      const at = words[words.length - count]?.index ?? 0;
      const rest = body.slice(0, at);
      if (!endsWith(rest, before)) continue;
      const city = body.slice(at);
      const found = findZone(city, language);
      if (found && 'zone' in found)
        return { rest: rest.slice(0, rest.length - before.length).trimEnd(), zone: found.zone };
      const isMeant = before.trim() !== '' || after.trim() !== '';
      if (found && isMeant) near ??= { code: 'unknown-zone', zone: city, choices: found.choices };
    }
  }
  return near ? { problem: near } : { rest: plain, zone: null };
}

function endsWith(text: string, ending: string): boolean {
  return text.toLowerCase().endsWith(ending.toLowerCase());
}

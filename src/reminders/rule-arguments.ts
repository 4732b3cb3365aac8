import { weekdayNames } from '../dates/names.ts';
import { misunderstood, named, oneOf, optional, understood, words, type Argument } from '../engine/argument.ts';
import type { Language } from '../language/language.ts';
import { fold } from '../schedule/filter.ts';
import type { DigestRule, Rules } from './subscription.ts';

const CLOCK = /^(?<hour>[01]?\d|2[0-3])[:.](?<minute>[0-5]\d)$/u;

function clockIn(text: string): string | null {
  const { hour = '', minute = '' } = CLOCK.exec(text.trim())?.groups ?? {};
  return hour === '' ? null : `${hour.padStart(2, '0')}:${minute}`;
}

/** A time by the clock on the wall: `09:00`. */
export function clockTime(): Argument<string | null> {
  const argument: Argument<string> = {
    ...words({ maxLength: 5 }),
    read(text = '') {
      const time = clockIn(text);
      return time === null ? misunderstood('remind.clock', { given: text }) : understood(time);
    },
  };
  return named(optional(argument));
}

/** The hours in which nothing is sent: `19:00-08:00`; `no`: there are none. `undefined`: nothing was said. */
export function quietHours(): Argument<Rules['quiet']['hours'] | undefined> {
  return named({
    ...words({ maxLength: 20 }),
    isRequired: false,
    read(text = '') {
      const typed = text.trim();
      if (typed === '') return understood(undefined);
      if (typed === 'no') return understood(null);
      const [from = null, to = null, ...more] = typed.split(/\s*[-–—]\s*/u).map(clockIn);
      if (from === null || to === null || from === to || more.length > 0) {
        return misunderstood('remind.quiet', { given: typed });
      }
      return understood({ from, to });
    },
  });
}

/** `yes` or `no`; `null`: nothing was said. */
export function yesOrNo(): Argument<boolean | null> {
  const choice = oneOf(['yes', 'no']);
  const argument: Argument<boolean> = {
    ...choice,
    async read(text, context) {
      const chosen = await choice.read(text, context);
      return chosen.ok ? understood(chosen.value === 'yes') : chosen;
    },
  };
  return named(optional(argument));
}

/** Where the posts of a channel go. */
export type Into = 'thread' | 'channel';

/** The thread in which it is said, or the channel around it; `null`: nothing was said. */
export function into(): Argument<Into | null> {
  return named(optional(oneOf(['thread', 'channel'])));
}

/** A text without the words at its end that say where posts go: “1d briefings in this thread”. */
export function takeInto(text: string, language: Language): { readonly text: string; readonly into: Into | null } {
  const said = fold(text).split(' ');
  for (const place of ['thread', 'channel'] as const) {
    for (const phrase of language.words.into[place]) {
      const words = phrase.split(' ');
      if (said.slice(-words.length).join(' ') !== phrase) continue;
      const kept = text.trimEnd().split(/\s+/u).slice(0, -words.length);
      return { text: kept.join(' '), into: place };
    }
  }
  return { text, into: null };
}

/** The word `me`: what is said in a channel is meant for oneself. */
export function forMe(): Argument<'me' | null> {
  return { ...optional(oneOf(['me'])), takes: (word) => word.toLowerCase() === 'me' };
}

/** When a digest comes where nothing is said of it. */
const STANDARD = { at: '09:00', weekday: 1, day: 1 } as const;

/** `daily 09:00`, `weekly Monday 09:00`, `monthly 15 09:00`, `off`. */
export function digestRule(): Argument<DigestRule | 'off'> {
  return {
    ...words({ maxLength: 80 }),
    read(text = '', { language }) {
      const [every = '', ...rest] = text.toLowerCase().split(/\s+/u).filter(Boolean);
      const wrong = misunderstood('digest.rule', { given: text }, DIGESTS);
      if (every === 'off') return rest.length === 0 ? understood('off') : wrong;
      const time = clockIn(rest.at(-1) ?? '');
      const [day, ...more] = time === null ? rest : rest.slice(0, -1);
      const at = time ?? STANDARD.at;
      if (more.length > 0) return wrong;
      switch (every) {
        case 'daily':
          return day === undefined ? understood({ every: 'day', at }) : wrong;
        case 'weekly': {
          const weekday = day === undefined ? STANDARD.weekday : weekdayOf(day, language.locale);
          return weekday === 0 ? wrong : understood({ every: 'week', weekday, at });
        }
        case 'monthly': {
          const number = day === undefined ? STANDARD.day : Number(day);
          const isDay = Number.isInteger(number) && number >= 1 && number <= 31;
          return isDay ? understood({ every: 'month', day: number, at }) : wrong;
        }
        default:
          return wrong;
      }
    },
  };
}

const DIGESTS = ['weekly Monday 09:00', 'daily 09:00', 'monthly 1 09:00', 'off'].map((text) => ({ label: text, text }));

/** 1 for Monday to 7 for Sunday; 0: it is no weekday. */
function weekdayOf(word: string, locale: string): number {
  const typed = fold(word);
  const named = (name: string) => fold(name) === typed;
  return Math.max(weekdayNames(locale).findIndex(named), weekdayNames(locale, 'short').findIndex(named)) + 1;
}

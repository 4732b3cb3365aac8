import { IntlMessageFormat } from 'intl-messageformat';
import type { EventKind, EventStatus } from '../schedule/event.ts';
import type { DateWords } from './date-words.ts';
import type { en } from './en/index.ts';

/** The name of a sentence in the catalogue. English is the list of all there are. */
export type MessageKey = keyof typeof en.messages;

/** What fills the blanks of a sentence. */
export type MessageValues = Readonly<Record<string, string | number>>;

/**
 * The words that people use for parts of the schedule and to ask about it. Compared folded: without case, accents and
 * punctuation. An entry may have several words.
 */
export interface Words {
  /** Names of each kind of event, singular and plural; the first is what a label says. */
  readonly kinds: Readonly<Record<EventKind, readonly string[]>>;
  readonly statuses: Readonly<Record<EventStatus, readonly string[]>>;
  /** Words that carry nothing: articles, “please”, “any”, and the word for an event as such. */
  readonly noise: readonly string[];
  /** What people say before a command out of politeness: “could you” remind me. */
  readonly courtesies: readonly string[];
  /** What people call the parts of an event that a change names otherwise, by the name of the argument. */
  readonly fieldNames: Readonly<Record<string, readonly string[]>>;
  /** What stands before the parts of a filter. */
  readonly filters: {
    readonly place: readonly string[];
    readonly organiser: readonly string[];
    /** Keys whose value says it all: `kind:briefing` is `briefing`. */
    readonly keys: readonly string[];
    /** Keys that are words of a date or a name too: `before:December` is `before December`. */
    readonly leadingKeys: readonly string[];
  };
  /** What stands before a place in a message, in front of a colon. */
  readonly placeLabels: readonly string[];
  /** What may stand between the title of an event and its date. */
  readonly titleEndings: readonly string[];
  /** What goes on with a title behind its date: a briefing on 8 November “for delegates”. */
  readonly titleLinks: readonly string[];
  /** What stands before the last parts of a command: “to” in “move the briefing to Friday”. */
  readonly leads: Readonly<Record<LeadName, readonly string[]>>;
  /** What stands before a number of weeks or months, or before the day on which something repeats. */
  readonly every: readonly string[];
  /** Which of the weekdays of a month, counted from its beginning; `last`: from its end. */
  readonly nths: Readonly<Record<'1' | '2' | '3' | '4' | 'last', readonly string[]>>;
  /** How often something repeats. The first phrase of each is offered. */
  readonly intervals: readonly {
    readonly phrases: readonly [string, ...string[]];
    readonly unit: 'week' | 'month';
    readonly every: number;
    readonly by: 'date' | 'weekday' | 'last';
  }[];
  /** How people say how long before an event: “2 days and an hour before …”. */
  readonly leadTimes: {
    readonly units: Readonly<Record<'w' | 'd' | 'h' | 'm', readonly string[]>>;
    readonly one: readonly string[];
    readonly and: readonly string[];
    readonly before: readonly string[];
  };
  /** Where posts of a channel go, as people say it behind everything else: “… in this thread”. */
  readonly into: Readonly<Record<'thread' | 'channel', readonly string[]>>;
  /** What people call themselves: “invite me”. */
  readonly myself: readonly string[];
  /** What a question about one event may end with and says nothing more: when is it “held”. */
  readonly questionEndings: readonly string[];
  /** How questions begin or what they speak of, longest first within a rule; the first rule that fits decides. */
  readonly questions: readonly QuestionRule[];
}

/** What can stand behind words of its own in a command. The words of `rule` are part of it: “weekly”, “every”. */
export type LeadName = 'to' | 'because' | 'in' | 'preceded-by' | 'rule' | 'until';

/** Turns a sentence into a command: what is left after the phrase and the noise becomes its argument. */
export interface QuestionRule {
  /** Any of these must occur. */
  readonly phrases: readonly string[];
  readonly command: string;
  /**
   * What the rest must be: `filter` for a filter (or nothing), `event` for one event, `nothing`, or `text`. A rule
   * whose rest does not fit is passed over.
   */
  readonly rest: 'filter' | 'event' | 'nothing' | 'text';
}

/** Every sentence the bot says and every word it listens for, in one language. */
export interface Catalogue {
  /** BCP 47 tag by which people choose it. */
  readonly tag: string;
  /** The locale whose conventions `Intl` follows for dates, numbers and lists. */
  readonly locale: string;
  /** What the language calls itself. */
  readonly name: string;
  /** The words with which dates are written. */
  readonly dates: DateWords;
  /** ICU MessageFormat. */
  readonly messages: Readonly<Record<MessageKey, string>>;
  readonly words: Words;
}

/** A catalogue ready to speak. */
export interface Language extends Catalogue {
  /** What a line to the bot begins with where the answer is read: “/gcm ”. Empty: with the command itself. */
  readonly lead: string;
  /** The sentence of that name with its blanks filled. Values are data: braces and tags in them stay as they are. */
  t(key: MessageKey, values?: MessageValues): string;
}

/** Words as they begin a line: with a capital letter, where the language has them. */
export function capitalised(words: string, { locale }: Pick<Catalogue, 'locale'>): string {
  return words.charAt(0).toLocaleUpperCase(locale) + words.slice(1);
}

/** Prepares a catalogue. Each sentence is compiled when it is first said. */
export function createLanguage(catalogue: Catalogue): Language {
  const compiled = new Map<MessageKey, IntlMessageFormat>();
  return {
    ...catalogue,
    lead: '',
    t(key, values) {
      let message = compiled.get(key);
      if (!message) {
        message = new IntlMessageFormat(catalogue.messages[key], catalogue.locale, undefined, { ignoreTag: true });
        compiled.set(key, message);
      }
      return String(message.format({ lead: '', ...values }));
    },
  };
}

/** The same language for a place where lines to the bot begin with something: every sentence says them as typed there. */
export function ledBy(language: Language, lead: string): Language {
  return { ...language, lead, t: (key, values) => language.t(key, { lead, ...values }) };
}

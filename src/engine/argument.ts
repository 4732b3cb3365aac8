import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Control } from '../cards/card.ts';
import { cleanLine, cleanText } from '../clean.ts';
import type { Language, LeadName, MessageKey, MessageValues } from '../language/language.ts';
import type { Filter } from '../schedule/filter.ts';
import type { ScheduledEvent } from '../schedule/event.ts';
import { isWebAddress } from '../schedule/limits.ts';
import type { Schedule } from '../schedule/schedule.ts';

/** What is needed to understand what somebody typed. */
export interface ReadContext {
  readonly now: Temporal.Instant;
  readonly zone: string;
  readonly language: Language;
  readonly schedule: Schedule;
  /** Everything that was given, as text: what one argument means may depend on another. */
  readonly given: Readonly<Record<string, string>>;
}

/** Why a text could not be understood, and what it could have meant. */
export interface ReadProblem {
  readonly key: MessageKey;
  readonly values: MessageValues;
  /** Texts that would be understood, each with how to show it. */
  readonly choices: readonly { readonly label: string; readonly text: string }[];
}

export type ReadResult<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: ReadProblem };

/** One argument of a command: where it stands in a line, how a form asks for it, how its text is understood. */
export interface Argument<Value> {
  /**
   * `word`: the next word, if `takes` accepts it. `rest`: everything that is left. `option`: `--name value` or
   * `name:value`. `flag`: `--name`. `tail`: what follows its {@link Argument.lead}, or `--name value`. `carried`: only
   * forms and the bot's own buttons give it, as `--name value`.
   */
  readonly place: 'word' | 'rest' | 'option' | 'flag' | 'tail' | 'carried';
  /** The words behind which a `tail` stands: “to”, “because”. */
  readonly lead?: LeadName;
  readonly control: Control;
  readonly isRequired: boolean;
  /** It understands mentions as a platform writes them, which say whom they mean; elsewhere a mention is a name. */
  readonly takesMentions?: true;
  /** Whether a word may be meant for this argument at all. */
  readonly takes: (word: string) => boolean;
  /** Understands a text; `undefined`: nothing was given, and nothing is required. */
  readonly read: (text: string | undefined, context: ReadContext) => ReadResult<Value> | Promise<ReadResult<Value>>;
}

export function understood<Value>(value: Value): ReadResult<Value> {
  return { ok: true, value };
}

export function misunderstood(
  key: MessageKey,
  values: MessageValues = {},
  choices: ReadProblem['choices'] = [],
): { readonly ok: false; readonly problem: ReadProblem } {
  return { ok: false, problem: { key, values, choices } };
}

/** Makes an argument optional: `null` when nothing is given. */
export function optional<Value>(argument: Argument<Value>): Argument<Value | null> {
  return {
    ...argument,
    isRequired: false,
    read: (text, context) =>
      text === undefined || text.trim() === '' ? understood(null) : argument.read(text, context),
  };
}

/** Makes an argument stand behind its name: `kind:briefing`, `--kind briefing`. */
export function named<Value>(argument: Argument<Value>): Argument<Value> {
  return { ...argument, place: 'option' };
}

/** Makes an argument one word, or several in quotes. */
export function asWord<Value>(argument: Argument<Value>): Argument<Value> {
  return { ...argument, place: 'word' };
}

/** Makes an argument stand behind certain words: `to 7 November`. */
export function after<Value>(lead: LeadName, argument: Argument<Value>): Argument<Value> {
  return { ...argument, place: 'tail', lead };
}

/** Makes an argument one that nobody types: a form brings it back, a button carries it. */
export function carried<Value>(argument: Argument<Value>): Argument<Value> {
  return { ...argument, place: 'carried', isRequired: false };
}

/** What is typed to say that something is not known any more. */
export const CLEARED = '-';

/** Makes an argument of an edit: `undefined` leaves what is there, `null` clears it (an emptied field, or a dash). */
export function editable<Value>(argument: Argument<Value>): Argument<Value | null | undefined> {
  return {
    ...argument,
    place: 'option',
    isRequired: false,
    read(text, context) {
      if (text === undefined) return understood(undefined);
      return text.trim() === '' || text.trim() === CLEARED ? understood(null) : argument.read(text, context);
    },
  };
}

/** A whole number. As a word it takes digits within its bounds only, so that `next 2018` is a year. */
export function integer(bounds: {
  readonly min: number;
  readonly max: number;
  readonly place?: 'word' | 'option';
}): Argument<number> {
  const schema = z
    .string()
    .trim()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().min(bounds.min).max(bounds.max));
  return {
    place: bounds.place ?? 'word',
    control: { type: 'integer', min: bounds.min, max: bounds.max },
    isRequired: true,
    takes: (word) => schema.safeParse(word).success,
    read(text) {
      const parsed = schema.safeParse(text);
      return parsed.success
        ? understood(parsed.data)
        : misunderstood('argument.integer', { given: text ?? '', min: bounds.min, max: bounds.max });
    },
  };
}

/** Free text, to the end of the line; with `multiline`, a form has room for several lines. */
export function words(limits: { readonly maxLength: number; readonly multiline?: boolean }): Argument<string> {
  const { maxLength, multiline = false } = limits;
  const schema = z
    .string()
    .transform(multiline ? cleanText : cleanLine)
    .pipe(z.string().min(1).max(maxLength));
  return {
    place: 'rest',
    control: { type: 'text', multiline, maxLength },
    isRequired: true,
    takes: () => true,
    read(text) {
      const parsed = schema.safeParse(text);
      return parsed.success ? understood(parsed.data) : misunderstood('argument.too-long', { max: maxLength });
    },
  };
}

/** An http or https address. */
export function address(limits: { readonly maxLength: number }): Argument<string> {
  const schema = z
    .string()
    .trim()
    .max(limits.maxLength)
    .refine((text) => isWebAddress(text));
  return {
    ...words(limits),
    place: 'word',
    takes: (word) => /^\w+:\/\//u.test(word),
    read(text) {
      const parsed = schema.safeParse(text);
      return parsed.success ? understood(parsed.data) : misunderstood('argument.url', { given: text ?? '' });
    },
  };
}

/** One of a few fixed words. */
export function oneOf<const Option extends string>(options: readonly Option[]): Argument<Option> {
  const schema = z.string().trim().toLowerCase().pipe(z.enum(options));
  return {
    place: 'word',
    control: { type: 'choice', options: options.map((value) => ({ value, label: value })) },
    isRequired: true,
    takes: () => true,
    read(text) {
      const parsed = schema.safeParse(text);
      if (parsed.success) return understood(parsed.data);
      const choices = options.map((option) => ({ label: option, text: option }));
      return misunderstood('argument.choice', { given: text ?? '' }, choices);
    },
  };
}

/** A switch that is off unless it is written. */
export function flag(): Argument<boolean> {
  return {
    place: 'flag',
    control: { type: 'flag' },
    isRequired: false,
    takes: () => false,
    read: (text) => understood(text !== undefined && text !== '' && text !== 'false'),
  };
}

/** The name of a file that came along. */
export function file(): Argument<string> {
  return { ...words({ maxLength: 1000 }), control: { type: 'file' } };
}

/** An event, by handle, title or something close to it. */
export function event(): Argument<ScheduledEvent> {
  return {
    place: 'rest',
    control: { type: 'event' },
    isRequired: true,
    takes: () => true,
    async read(text, context) {
      const { schedule, language } = context;
      const exact = schedule.byHandle(text ?? '');
      if (exact) return understood(exact);
      const [{ findEvent }, { isPeriod }] = await Promise.all([
        import('../schedule/search.ts'),
        import('./is-period.ts'),
      ]);
      if (isPeriod(text ?? '', context)) return misunderstood('argument.no-such-event', { given: text ?? '' });
      const found = findEvent(schedule, text ?? '', language);
      if (found.type === 'one') return understood(found.event);
      if (found.type === 'none') return misunderstood('argument.no-such-event', { given: text ?? '' });
      const choices = found.events.map(({ title, handle }) => ({ label: title, text: handle }));
      return misunderstood('argument.which-event', { given: text ?? '' }, choices);
    },
  };
}

/** Which events: kind, place, organiser, region, status, dates, as people write them. */
export function filter(direction: 'future' | 'past'): Argument<Filter> {
  return {
    place: 'rest',
    control: { type: 'filter' },
    isRequired: false,
    takes: () => true,
    async read(text, context) {
      const { everything } = await import('../schedule/filter.ts');
      if (text === undefined || text.trim() === '') return understood(everything);
      const { readFilter } = await import('./read-filter.ts');
      return readFilter(text, { ...context, direction });
    },
  };
}

/** A month, `YYYY-MM`. */
export function month(): Argument<string> {
  return {
    place: 'rest',
    control: { type: 'month' },
    isRequired: true,
    takes: () => true,
    async read(text, context) {
      const { readPeriod } = await import('../dates/read-period.ts');
      const reading = readPeriod(text ?? '', { ...context, direction: 'future' });
      if (reading && 'period' in reading && reading.period.from) return understood(reading.period.from.slice(0, 7));
      return misunderstood('argument.month', { given: text ?? '' });
    },
  };
}

/** An IANA zone or a city; {@link AUTOMATIC} for whatever the platform says. */
export function zone(): Argument<string> {
  return {
    place: 'rest',
    control: { type: 'zone' },
    isRequired: true,
    takes: () => true,
    async read(text, { language }) {
      const typed = text?.trim() ?? '';
      if (typed.toLowerCase() === AUTOMATIC) return understood(AUTOMATIC);
      const { findZone } = await import('../dates/zones.ts');
      const found = findZone(typed, language);
      if (found && 'zone' in found) return understood(found.zone);
      const choices = (found?.choices ?? []).map((id) => ({ label: id, text: id }));
      return misunderstood('argument.zone', { given: typed }, choices);
    },
  };
}

/** What is typed instead of a zone to go back to the one that the platform says. */
export const AUTOMATIC = 'auto';

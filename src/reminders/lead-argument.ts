import {
  misunderstood,
  understood,
  words,
  type Argument,
  type ReadContext,
  type ReadResult,
} from '../engine/argument.ts';
import { readFilter } from '../engine/read-filter.ts';
import { tokenize } from '../engine/tokenize.ts';
import type { ScheduledEvent } from '../schedule/event.ts';
import { everything, fold, type Filter } from '../schedule/filter.ts';
import { findEvent } from '../schedule/search.ts';
import { leadTimeText, LONGEST_LEAD_DAYS, readLeadTime, type LeadTime } from './lead-time.ts';
import { takeInto, type Into } from './rule-arguments.ts';
import { SUBSCRIPTION_LIMITS } from './subscription.ts';

/** Of what somebody wants to be reminded, and how long before. */
export interface Wish {
  /** They say that it is for themselves, wherever they say it. */
  readonly isForMe: boolean;
  readonly leadTimes: readonly LeadTime[];
  /** `null`: of all events that pass the filter. */
  readonly event: ScheduledEvent | null;
  readonly filter: Filter;
  /** Where the posts go; `null`: nothing was said of it. */
  readonly into: Into | null;
}

/** What is offered where nobody said how long before. */
export const OFFERED_LEAD_TIMES = ['7d', '1d', '1h'] as const;

/** `7d, 1d, 1h`, `1d regional`, `me 2h before stocktaking`, `a week before December`. */
export function wish(): Argument<Wish> {
  return {
    ...words({ maxLength: SUBSCRIPTION_LIMITS.filter }),
    read(given, context) {
      const { text, into } = takeInto(given ?? '', context.language);
      const wished = readWish(text, context);
      return wished.ok ? understood({ ...wished.value, into }) : wished;
    },
  };
}

function readWish(text: string, context: ReadContext): ReadResult<Omit<Wish, 'into'>> {
  const { language } = context;
  const tokens = tokenize(text);
  const isForMe = language.words.myself.includes(fold(tokens[0]?.text ?? ''));
  const from = isForMe || language.words.noise.includes(fold(tokens[0]?.text ?? '-')) ? 1 : 0;
  const typed = tokens.map((token) => token.text);
  const { leadTimes, next, problem } = readLeadTimes(typed, isCount(typed[0], context) ? 0 : from, context);
  if (problem !== null) return wrongLeadTime(problem);
  if (leadTimes.length > SUBSCRIPTION_LIMITS.leadTimes) {
    return misunderstood('remind.too-many', { max: SUBSCRIPTION_LIMITS.leadTimes });
  }
  const rest = tokens[next] ? text.slice(tokens[next].start) : '';
  const isBefore = language.words.leadTimes.before.includes(fold(typed[next] ?? ''));
  const behind = isBefore && tokens[next + 1] ? text.slice(tokens[next + 1]?.start) : '';
  if (leadTimes.length === 0) return withoutLeadTime(isBefore ? behind : rest, context);
  const leads = leadTimes.map(leadTimeText).join(', ');
  const about = isBefore ? readBefore(rest, behind, leads, context) : readEvents(rest, context);
  return about.ok ? understood({ isForMe, leadTimes, ...about.value }) : about;
}

/** “a week”: there the first word belongs to the lead time, whatever else it may be. */
function isCount(word: string | undefined, { language }: ReadContext): boolean {
  return language.words.leadTimes.one.includes(fold(word ?? ''));
}

/** The lead times that a line begins with, and the word behind them. */
export function readLeadTimes(
  typed: readonly string[],
  from: number,
  { language }: ReadContext,
): { readonly leadTimes: readonly LeadTime[]; readonly next: number; readonly problem: string | null } {
  const { units, one, and } = language.words.leadTimes;
  const unitOf = (word: string | undefined) =>
    (['w', 'd', 'h', 'm'] as const).find((unit) => units[unit].includes(fold(word ?? '')));
  const leadTimes: LeadTime[] = [];
  let at = from;
  while (at < typed.length) {
    const word = typed[at] ?? '';
    const unit = unitOf(typed[at + 1]);
    const count = one.includes(fold(word)) ? '1' : /^\d{1,6}$/u.test(word) ? word : null;
    const isSeparator = leadTimes.length > 0 && (/^[,;]+$/u.test(word) || and.includes(fold(word)));
    if (isSeparator) {
      at += 1;
    } else if (count !== null && unit !== undefined) {
      const lead = readLeadTime(count + unit);
      if (!lead) return { leadTimes, next: at, problem: `${word} ${typed[at + 1] ?? ''}` };
      leadTimes.push(lead);
      at += 2;
    } else if (/^\d/u.test(word) && (leadTimes.length === 0 || /^\d+\p{L}{1,2}[,;]?$/u.test(word))) {
      for (const part of word.split(/[,;]/u).filter(Boolean)) {
        const lead = readLeadTime(part);
        if (!lead) return { leadTimes, next: at, problem: part };
        leadTimes.push(lead);
      }
      at += 1;
    } else break;
  }
  return { leadTimes, next: at, problem: null };
}

function wrongLeadTime(given: string): ReadResult<Wish> {
  const choices = OFFERED_LEAD_TIMES.map((text) => ({ label: text, text }));
  return misunderstood('remind.lead-time', { given, max: LONGEST_LEAD_DAYS }, choices);
}

/** An event is there, but not how long before: that is asked. */
function withoutLeadTime(text: string, context: ReadContext): ReadResult<Wish> {
  const found = text === '' ? null : findEvent(context.schedule, text, context.language);
  if (found?.type !== 'one') return wrongLeadTime(text);
  const { title, handle } = found.event;
  const choices = OFFERED_LEAD_TIMES.map((lead) => ({ label: lead, text: `me ${lead} before ${handle}` }));
  return misunderstood('remind.how-long', { title }, choices);
}

type About = Pick<Wish, 'event' | 'filter'>;

function readEvents(text: string, context: ReadContext): ReadResult<About> {
  if (text === '') return understood({ event: null, filter: everything });
  const filter = readFilter(text, { ...context, direction: 'future' });
  return filter.ok ? understood({ event: null, filter: filter.value }) : filter;
}

/** Behind “before” stands an event, a kind of events, or a date: “before stocktaking”, “before December”. */
function readBefore(rest: string, behind: string, leads: string, context: ReadContext): ReadResult<About> {
  const { schedule, language } = context;
  if (behind === '') return readEvents('', context);
  const isNamed = ({ handle, title }: ScheduledEvent) => fold(handle) === fold(behind) || fold(title) === fold(behind);
  const named = schedule.events.find(isNamed);
  if (named) return understood({ event: named, filter: everything });
  const dated = readEvents(rest, context);
  if (dated.ok && dated.value.filter.period !== null) return dated;
  const found = findEvent(schedule, behind, language);
  if (found.type === 'one') return understood({ event: found.event, filter: everything });
  const kinds = readEvents(behind, context);
  if (kinds.ok) return kinds;
  if (found.type === 'none') return misunderstood('argument.no-such-event', { given: behind });
  const choices = found.events.map(({ title, handle }) => ({ label: title, text: `me ${leads} before ${handle}` }));
  return misunderstood('argument.which-event', { given: behind }, choices);
}

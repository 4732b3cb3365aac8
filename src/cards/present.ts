import { quote } from '../engine/tokenize.ts';
import type { Context, Reader } from '../engine/command.ts';
import { isDatable, isOff } from '../schedule/dated.ts';
import type { EventDocument, ScheduledEvent } from '../schedule/event.ts';
import { spanOf } from '../schedule/when.ts';
import { whenInWords, type ShortWhen } from '../dates/words.ts';
import { action, code, type Action, type EventElement, type Field, type Inline } from './card.ts';

/** What the words for an event depend on: all of it is in a command's context. */
export interface Presenting extends Pick<Context, 'language' | 'now' | 'schedule'> {
  readonly reader: Pick<Reader, 'zone'>;
}

/** How deep parts of parts are shown. */
const DEEPEST = 4;

/** An event for a reader, with everything that is known of it. */
export function eventInFull(event: ScheduledEvent, context: Presenting, actions: readonly Action[] = []): EventElement {
  return {
    ...eventLine(event, context),
    detail: 'full',
    facts: factsOf(event, context),
    actions: [...actions, ...additionOf(event, context), ...reminderOf(event, context)],
  };
}

/** The button by which an event comes into one’s own calendar; none while it has no day there, or is not there yet. */
function additionOf(event: ScheduledEvent, { language, schedule }: Presenting): readonly Action[] {
  if (!isDatable(event) || isOff(event.status) || !schedule.byUid(event.uid)) return [];
  return [action(language.t('action.add-to-calendar'), `invite ${quote(event.handle)}`)];
}

const HOUR_MS = 3_600_000;

/** The button by which somebody is reminded of an event: the day before, or the hour, as long as that is ahead. */
function reminderOf(event: ScheduledEvent, { language, schedule, now }: Presenting): readonly Action[] {
  if (event.when === null || isOff(event.status) || !schedule.published.byUid(event.uid)) return [];
  const left = spanOf(event.when).start - now.epochMilliseconds;
  const lead = left > 24 * HOUR_MS ? '1d' : left > HOUR_MS && event.when.precision === 'time' ? '1h' : null;
  if (lead === null) return [];
  return [action(language.t('action.remind-me'), `remind me ${lead} before ${quote(event.handle)}`)];
}

/** An event for a reader as one line of a list, its parts as lines inside it. */
export function eventLine(event: ScheduledEvent, context: Presenting, depth = 0): EventElement {
  const { language, reader, now, schedule } = context;
  const words = whenInWords(event.when, { language, zone: reader.zone, now });
  const parts = depth < DEEPEST ? schedule.partsOf(event.uid) : [];
  return {
    type: 'event',
    detail: 'line',
    handle: event.handle,
    title: event.title,
    status: statusOf(event, context),
    when: { type: 'date', text: words.text, instant: words.instant },
    shortWhen: shortWhen(words.short),
    relative: words.relative,
    local: words.local,
    place: placeInWords(event),
    facts: [],
    comprises: parts.map((part) => eventLine(part, context, depth + 1)),
    actions: [detailsOf(event, context)],
  };
}

/** “Puerto Vallarta, Mexico”; `null` while no place is known. */
export function placeInWords(event: ScheduledEvent): string | null {
  const known = [event.venue?.name, event.venue?.city, event.venue?.country].filter((part) => part != null);
  return known.length > 0 ? known.join(', ') : null;
}

/** What may be read, and what is still pending. */
export function documentInWords(document: EventDocument, { language }: Presenting): readonly Inline[] {
  const tag = document.language === null ? '' : ` [${document.language}]`;
  const note = document.note === null ? '' : ` (${document.note})`;
  if (document.url !== null) return [{ type: 'link', text: document.title + tag, url: document.url }, note];
  return [`${document.title}${tag}: ${language.t('document.pending')}${note}`];
}

/** The button that leads to an event. */
export function detailsOf(event: ScheduledEvent, { language }: Presenting): Action {
  return action(language.t('action.details'), `show ${quote(event.handle)}`);
}

function statusOf(event: ScheduledEvent, { language }: Presenting): EventElement['status'] {
  if (event.visibility === 'draft') {
    const draft = language.t('status.draft');
    // That it is not held counts more than that few may see it.
    return isOff(event.status)
      ? { code: event.status, text: [draft, language.t(`status.${event.status}`)].join(', ') }
      : { code: 'draft', text: draft };
  }
  if (event.status === 'confirmed') return null;
  return { code: event.status, text: language.t(`status.${event.status}`) };
}

function factsOf(event: ScheduledEvent, context: Presenting): readonly Field[] {
  const { language, schedule } = context;
  const facts: Field[] = [];
  const add = (label: Parameters<typeof language.t>[0], ...value: readonly Inline[]) => {
    facts.push({ label: language.t(label), value });
  };
  if (event.onlineUrl) add('fact.online', { type: 'link', text: event.onlineUrl, url: event.onlineUrl });
  if (event.reason !== undefined) add('fact.reason', event.reason);
  if (event.organiser) add('fact.organiser', event.organiser);
  if (event.region) add('fact.region', event.region);
  const rules = rulesInWords(event, context);
  if (rules.length > 0) add('fact.delegations', rules.join(' '));
  if (event.description) add('fact.about', event.description);
  const whole = event.parent === null ? undefined : schedule.byUid(event.parent);
  if (whole) add('fact.part-of', ...namedWithHandle(whole));
  for (const uid of event.precededBy) {
    const before = schedule.byUid(uid);
    if (before) add('fact.preceded-by', ...namedWithHandle(before), datedSuffix(before, context));
  }
  for (const after of schedule.followersOf(event.uid)) add('fact.precedes', ...namedWithHandle(after));
  for (const document of event.documents) add('fact.document', ...documentInWords(document, context));
  for (const outcome of event.outcomes) add('fact.outcome', outcome);
  return facts;
}

function namedWithHandle(event: ScheduledEvent): readonly Inline[] {
  return [`${event.title} (`, code(event.handle), ')'];
}

function datedSuffix(event: ScheduledEvent, { language, reader, now }: Presenting): string {
  if (event.when === null) return '';
  return `, ${shortWhen(whenInWords(event.when, { language, zone: reader.zone, now }).short)}`;
}

function shortWhen({ date, time, zone }: ShortWhen): string {
  return [date, ...(time === null ? [] : [[time, zone].filter(Boolean).join(' ')])].join(', ');
}

/** The rules on the size and level of delegations, a sentence each. */
export function rulesInWords({ participation }: ScheduledEvent, { language }: Presenting): readonly string[] {
  if (!participation) return [];
  const { maxPerDelegation, headLevel, notes } = participation;
  return [
    ...(maxPerDelegation === null ? [] : [language.t('rules.size', { count: maxPerDelegation })]),
    ...(headLevel === null ? [] : [language.t('rules.level', { level: headLevel })]),
    ...(notes === null ? [] : [notes]),
  ];
}

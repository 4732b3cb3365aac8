import { quote } from '../engine/tokenize.ts';
import type { Context } from '../engine/command.ts';
import type { EventDocument, ScheduledEvent } from '../schedule/event.ts';
import { whenInWords, type ShortWhen } from '../dates/words.ts';
import { action, code, type Action, type EventElement, type Field, type Inline } from './card.ts';

/** How deep parts of parts are shown. */
const DEEPEST = 4;

/** An event for a reader, with everything that is known of it. */
export function eventInFull(event: ScheduledEvent, context: Context, actions: readonly Action[] = []): EventElement {
  return {
    ...eventLine(event, context),
    detail: 'full',
    facts: factsOf(event, context),
    actions,
  };
}

/** An event for a reader as one line of a list, its parts as lines inside it. */
export function eventLine(event: ScheduledEvent, context: Context, depth = 0): EventElement {
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
    actions: [],
  };
}

/** “Puerto Vallarta, Mexico”; `null` while no place is known. */
export function placeInWords(event: ScheduledEvent): string | null {
  const known = [event.venue?.name, event.venue?.city, event.venue?.country].filter((part) => part != null);
  return known.length > 0 ? known.join(', ') : null;
}

/** What may be read, and what is still pending. */
export function documentInWords(document: EventDocument, { language }: Context): readonly Inline[] {
  const tag = document.language === null ? '' : ` [${document.language}]`;
  const note = document.note === null ? '' : ` (${document.note})`;
  if (document.url !== null) return [{ type: 'link', text: document.title + tag, url: document.url }, note];
  return [`${document.title}${tag}: ${language.t('document.pending')}${note}`];
}

/** The button that leads to an event. */
export function detailsOf(event: ScheduledEvent, { language }: Context): Action {
  return action(language.t('action.details'), `show ${quote(event.handle)}`);
}

function statusOf(event: ScheduledEvent, { language }: Context): EventElement['status'] {
  if (event.visibility === 'draft') return { code: 'draft', text: language.t('status.draft') };
  if (event.status === 'confirmed') return null;
  return { code: event.status, text: language.t(`status.${event.status}`) };
}

function factsOf(event: ScheduledEvent, context: Context): readonly Field[] {
  const { language, schedule } = context;
  const facts: Field[] = [];
  const add = (label: Parameters<typeof language.t>[0], ...value: readonly Inline[]) => {
    facts.push({ label: language.t(label), value });
  };
  if (event.onlineUrl) add('fact.online', { type: 'link', text: event.onlineUrl, url: event.onlineUrl });
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

function datedSuffix(event: ScheduledEvent, { language, reader, now }: Context): string {
  if (event.when === null) return '';
  return `, ${shortWhen(whenInWords(event.when, { language, zone: reader.zone, now }).short)}`;
}

function shortWhen({ date, time, zone }: ShortWhen): string {
  return [date, ...(time === null ? [] : [[time, zone].filter(Boolean).join(' ')])].join(', ');
}

function rulesInWords({ participation }: ScheduledEvent, { language }: Context): readonly string[] {
  if (!participation) return [];
  const { maxPerDelegation, headLevel, notes } = participation;
  return [
    ...(maxPerDelegation === null ? [] : [language.t('rules.size', { count: maxPerDelegation })]),
    ...(headLevel === null ? [] : [language.t('rules.level', { level: headLevel })]),
    ...(notes === null ? [] : [notes]),
  ];
}

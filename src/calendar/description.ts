import type { Language, MessageKey } from '../language/language.ts';
import type { ScheduledEvent } from '../schedule/event.ts';
import type { Schedule } from '../schedule/schedule.ts';

/** What a calendar entry says of an event beyond its name, time and place, as plain text; empty when that is nothing. */
export type Describe = (event: ScheduledEvent) => string;

/**
 * Prepares the describing of many events: what is not certain of them, the agenda, the rules for delegations, who
 * organises, how to join, what belongs together, the documents and the debrief, a line each.
 *
 * @param schedule where the names of related events come from; what is not in it is not named
 */
export function describer(schedule: Schedule, language: Language): Describe {
  const line = phrases(language, 'ics.line');
  const list = (label: MessageKey, entries: readonly string[]): readonly string[] =>
    entries.length === 0
      ? []
      : [
          language.t('ics.list', { label: language.t(label) }),
          ...entries.map((text) => language.t('ics.item', { text })),
        ];
  const titleOf = (uid: string): string | null => schedule.byUid(uid)?.title ?? null;

  return (event) => {
    const rules = rulesOf(event, language);
    const before = event.precededBy.map(titleOf).filter((title) => title !== null);
    const whole = event.parent === null ? null : titleOf(event.parent);
    const facts = [
      ...(event.status === 'confirmed' ? [] : [language.t(`status.${event.status}`)]),
      ...(rules === '' ? [] : [line('fact.delegations', rules)]),
      ...(event.organiser === null ? [] : [line('fact.organiser', event.organiser)]),
      ...(event.onlineUrl === null ? [] : [line('fact.online', event.onlineUrl)]),
      ...(whole === null ? [] : [line('fact.part-of', whole)]),
      ...before.map((title) => line('fact.preceded-by', title)),
    ].join('\n');
    const documents = list(
      'fact.document',
      event.documents.map((document) => documentLine(document, language)),
    ).join('\n');
    const outcomes = list('fact.outcome', event.outcomes).join('\n');
    return [event.description ?? '', facts, documents, outcomes].filter((part) => part !== '').join('\n\n');
  };
}

function rulesOf({ participation }: ScheduledEvent, language: Language): string {
  if (participation === null) return '';
  const { maxPerDelegation, headLevel, notes } = participation;
  return [
    maxPerDelegation === null ? '' : language.t('rules.size', { count: maxPerDelegation }),
    headLevel === null ? '' : language.t('rules.level', { level: headLevel }),
    notes ?? '',
  ]
    .filter((rule) => rule !== '')
    .join(' ');
}

function documentLine(document: ScheduledEvent['documents'][number], language: Language): string {
  const tag = document.language === null ? '' : ` [${document.language}]`;
  const note = document.note === null ? '' : ` (${document.note})`;
  const title = `${document.title}${tag}${note}`;
  return document.url === null
    ? language.t('ics.document.pending', { title })
    : language.t('ics.document.ready', { title, url: document.url });
}

// A feed says the same few labels thousands of times, and formatting a message costs more than joining texts.
function phrases(language: Language, key: 'ics.line'): (label: MessageKey, value: string) => string {
  const blank = '\u{fffc}';
  const halves = new Map<MessageKey, readonly [string, string]>();
  return (label, value) => {
    let around = halves.get(label);
    if (!around) {
      const [head = '', tail = ''] = language.t(key, { label: language.t(label), value: blank }).split(blank);
      around = [head, tail];
      halves.set(label, around);
    }
    return around[0] + value + around[1];
  };
}

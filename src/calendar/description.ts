import type { Language, MessageKey } from '../language/language.ts';
import type { EventDocument, ScheduledEvent } from '../schedule/event.ts';
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
  const line = sentence(language, 'ics.line', ['label', 'value']);
  const item = sentence(language, 'ics.item', ['text']);
  const ready = sentence(language, 'ics.document.ready', ['title', 'url']);
  const pending = sentence(language, 'ics.document.pending', ['title']);
  const label = remembered((key: MessageKey) => language.t(key));
  const heading = remembered((key: MessageKey) => language.t('ics.list', { label: language.t(key) }));
  const size = remembered((count: number) => language.t('rules.size', { count }));
  const level = remembered((headLevel: string) => language.t('rules.level', { level: headLevel }));

  const fact = (key: MessageKey, value: string | null | undefined): string =>
    value == null || value === '' ? '' : line({ label: label(key), value });
  const list = (key: MessageKey, entries: readonly string[]): string =>
    entries.length === 0 ? '' : [heading(key), ...entries.map((text) => item({ text }))].join('\n');
  const titleOf = (uid: string): string | undefined => schedule.byUid(uid)?.title;

  const rulesOf = ({ participation }: ScheduledEvent): string => {
    if (participation === null) return '';
    const { maxPerDelegation, headLevel, notes } = participation;
    return joined(' ', [
      maxPerDelegation === null ? '' : size(maxPerDelegation),
      headLevel === null ? '' : level(headLevel),
      notes ?? '',
    ]);
  };
  const documentLine = (document: EventDocument): string => {
    const tag = document.language === null ? '' : ` [${document.language}]`;
    const note = document.note === null ? '' : ` (${document.note})`;
    const title = `${document.title}${tag}${note}`;
    return document.url === null ? pending({ title }) : ready({ title, url: document.url });
  };

  return (event) =>
    joined('\n\n', [
      event.description ?? '',
      joined('\n', [
        event.status === 'confirmed' ? '' : label(`status.${event.status}`),
        fact('fact.delegations', rulesOf(event)),
        fact('fact.organiser', event.organiser),
        fact('fact.online', event.onlineUrl),
        fact('fact.part-of', event.parent === null ? null : titleOf(event.parent)),
        ...event.precededBy.map((uid) => fact('fact.preceded-by', titleOf(uid))),
      ]),
      list('fact.document', event.documents.map(documentLine)),
      list('fact.outcome', event.outcomes),
    ]);
}

function joined(separator: string, parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(separator);
}

// A feed says the same few sentences thousands of times, and formatting a message costs more than joining texts.
function sentence<Blank extends string>(
  language: Language,
  key: MessageKey,
  blanks: readonly Blank[],
): (values: Readonly<Record<Blank, string>>) => string {
  const mark = '\u{fffc}';
  const marked = Object.fromEntries(blanks.map((blank) => [blank, mark + blank + mark]));
  const pieces = language.t(key, marked).split(mark);
  // Every other piece names a blank.
  return (values) => pieces.map((piece, at) => (at % 2 === 0 ? piece : values[piece as Blank])).join('');
}

/** A function that remembers what it gave. */
function remembered<Key>(give: (key: Key) => string): (key: Key) => string {
  const given = new Map<Key, string>();
  return (key) => {
    let known = given.get(key);
    if (known === undefined) {
      known = give(key);
      given.set(key, known);
    }
    return known;
  };
}

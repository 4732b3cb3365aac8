import type { Context } from '../engine/command.ts';
import type { Language, MessageKey } from '../language/language.ts';
import type { AuditEntry, Write } from '../ports.ts';
import { changedFields, type ContentField } from '../schedule/change.ts';
import type { EventDocument, Note, ScheduledEvent, WorkingGroup } from '../schedule/event.ts';
import { instantInWords, whenInWords } from '../dates/words.ts';
import { zoneName } from '../dates/zones.ts';
import { code, strong, text, type Element, type Field, type Inline } from './card.ts';
import { eventInFull, placeInWords, rulesInWords } from './present.ts';

/** What one write does, for somebody who reads: something new as it is, something changed as old → new. */
export function writeInWords(write: Write, context: Context): readonly Element[] {
  const { language } = context;
  switch (write.type) {
    case 'event': {
      if (write.before === null) return [{ ...eventInFull(write.after, context), comprises: [], actions: [] }];
      const fields = changesInWords(write.before, write.after, context);
      return [text(strong(write.after.title), ' (', code(write.after.handle), ')'), { type: 'fields', fields }];
    }
    case 'note': {
      if (write.before === null || write.after === null) {
        const key = write.before === null ? 'change.note.added' : 'change.note.removed';
        return [text(language.t(key, { text: noteInWords(write.after ?? write.before) }))];
      }
      return [text(noteInWords(write.before), ' → ', noteInWords(write.after))];
    }
    case 'group':
      return [{ type: 'fields', fields: groupChanges(write.before, write.after, context) }];
    case 'role': {
      const { before, after } = write;
      const name = (after ?? before)?.name ?? (after ?? before)?.id ?? '';
      return [
        text(language.t('change.role', { name, before: roleName(before, context), after: roleName(after, context) })),
      ];
    }
  }
}

/** What was done, by the name of its command; an undo says of what. */
export function actionInWords({ action, undoes }: AuditEntry, language: Language): string {
  return undoes === null ? action : language.t('audit.undo-of', { change: undoes });
}

/** One entry of the audit as a paragraph: when, who and what they did, and what became different. */
export function entryInWords(entry: AuditEntry, context: Context): readonly Element[] {
  const { at, actor, revision, write } = entry;
  const { language, reader } = context;
  const action = actionInWords(entry, language);
  const who = actor.name ?? actor.user;
  const when = instantInWords(at, reader.zone, language);
  const title = text(strong(language.t('history.entry', { when, who, action, change: revision })));
  if (write.before === null) return [title, text(language.t('history.added'))];
  if (write.type !== 'event') return [title, ...writeInWords(write, context)];
  const fields = changesInWords(write.before, write.after, context);
  return fields.length === 0 ? [title] : [title, { type: 'fields', fields }];
}

/** What differs between two states of an event, each as old → new, in the order of the model. */
export function changesInWords(before: ScheduledEvent, after: ScheduledEvent, context: Context): readonly Field[] {
  return changedFields(before, after)
    .filter((field) => field !== 'series')
    .map((field) => {
      const label = context.language.t(`change.field.${field}`);
      if (field === 'documents') return { label, value: documentChanges(before.documents, after.documents, context) };
      if (field === 'outcomes') return { label, value: listChanges(before.outcomes, after.outcomes) };
      const [old, now] = [valueInWords(field, before, context), valueInWords(field, after, context)];
      return { label, value: arrow(old, now, context) };
    });
}

function arrow(old: string | null, now: string | null, { language }: Context): readonly Inline[] {
  const nothing = language.t('change.nothing');
  return [old ?? nothing, ' → ', strong(now ?? nothing)];
}

/** One fact of an event in words; `null`: not known. */
function valueInWords(
  field: Exclude<ContentField, 'documents' | 'outcomes' | 'series'>,
  event: ScheduledEvent,
  context: Context,
): string | null {
  const { language, reader, now, schedule } = context;
  const titled = (uid: string) => schedule.byUid(uid)?.title ?? uid;
  switch (field) {
    case 'handle':
    case 'title':
    case 'onlineUrl':
    case 'organiser':
    case 'region':
    case 'description':
      return event[field];
    case 'reason':
      return event.reason ?? null;
    case 'kind':
      return language.words.kinds[event.kind][0] ?? event.kind;
    case 'status':
      return language.t(`status.${event.status}`);
    case 'visibility':
      return language.t(`visibility.${event.visibility}`);
    case 'when':
      return whenInWords(event.when, { language, zone: reader.zone, now }).text;
    case 'venue':
      return placeInWords(event);
    case 'participation':
      return rulesInWords(event, context).join(' ') || null;
    case 'parent':
      return event.parent === null ? null : titled(event.parent);
    case 'precededBy':
      return event.precededBy.map(titled).join(', ') || null;
  }
}

function documentChanges(
  before: readonly EventDocument[],
  after: readonly EventDocument[],
  context: Context,
): readonly Inline[] {
  const written = ({ title, url }: EventDocument) => `${title} (${url ?? context.language.t('document.pending')})`;
  return listChanges(before.map(written), after.map(written));
}

function listChanges(before: readonly string[], after: readonly string[]): readonly Inline[] {
  const gone = before.filter((item) => !after.includes(item)).map((item) => `− ${item}`);
  const added = after.filter((item) => !before.includes(item)).map((item) => `+ ${item}`);
  return [[...gone, ...added].join('\n')];
}

function noteInWords(note: Note | null): string {
  if (note === null) return '';
  return [note.topic, note.text].filter((part) => part !== null).join(': ');
}

const SETTINGS = ['slug', 'name', 'zone', 'language', 'organizerName', 'organizerEmail'] as const;

function groupChanges(before: WorkingGroup | null, after: WorkingGroup, context: Context): readonly Field[] {
  const { language } = context;
  const worded = (group: WorkingGroup | null, key: (typeof SETTINGS)[number]) => {
    const value = group?.[key] ?? null;
    return key === 'zone' && value !== null ? `${zoneName(value, language)} (${value})` : value;
  };
  return SETTINGS.filter((key) => before?.[key] !== after[key] && (before !== null || after[key] !== null)).map(
    (key) => ({
      label: language.t(`change.group.${key}` satisfies MessageKey),
      value: before === null ? [worded(after, key) ?? ''] : arrow(worded(before, key), worded(after, key), context),
    }),
  );
}

function roleName(grant: { readonly role: 'viewer' | 'editor' | 'admin' } | null, { language }: Context): string {
  return language.t(`role.${grant?.role ?? 'viewer'}`);
}

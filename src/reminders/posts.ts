import type { Temporal } from 'temporal-polyfill';
import { card, heading, list, muted, text, type Card, type Element, type Inline } from '../cards/card.ts';
import { detailsOf, documentInWords, eventInFull, eventLine, placeInWords, type Presenting } from '../cards/present.ts';
import { instantInWords, periodInWords, whenInWords } from '../dates/words.ts';
import { assertNever } from '../errors.ts';
import type { Language } from '../language/language.ts';
import type { ScheduledEvent } from '../schedule/event.ts';
import type { Schedule } from '../schedule/schedule.ts';
import type { Change, ChangeKind } from './changes.ts';
import type { Digest } from './digest.ts';

/** For whom a post is written, and when. */
export interface PostContext {
  readonly now: Temporal.Instant;
  readonly schedule: Schedule;
  readonly language: Language;
  readonly zone: string;
}

/** What is later than this is said to be late, in milliseconds. */
const LATE_MS = 10 * 60_000;

/** The post that reminds of an event, which says so when it is late. */
export function reminderPost(event: ScheduledEvent, plannedFor: number, context: PostContext): Card {
  const { language, now, zone } = context;
  const presenting = presentingOf(context);
  const isLate = now.epochMilliseconds - plannedFor > LATE_MS;
  const when = instantInWords(new Date(plannedFor).toISOString(), zone, language);
  return card(
    language.t('reminder.title', { title: event.title }),
    ...(isLate ? [muted(language.t('reminder.late', { when }))] : []),
    eventInFull(event, presenting, [detailsOf(event, presenting)]),
  );
}

/** What stands in the place of a reminder whose event has changed since, so that no wrong date stays on the wall. */
export function amendedPost(change: Change, context: PostContext): Card {
  const { language } = context;
  const presenting = presentingOf(context);
  const what = kindsInWords(change)
    .map((kind) => inWords(kind, change, context))
    .join('; ');
  return card(
    language.t('reminder.title', { title: change.after.title }),
    text(language.t('reminder.amended', { what })),
    eventInFull(change.after, presenting, [detailsOf(change.after, presenting)]),
  );
}

/** The post that says what has changed, old → new. */
export function changesPost(changes: readonly Change[], context: PostContext): Card {
  const { language } = context;
  const [only, ...others] = changes;
  const title = language.t('notice.title', { count: changes.length });
  if (only && others.length === 0) {
    const presenting = presentingOf(context);
    return card(
      title,
      list(changeLines(only, context)),
      eventInFull(only.after, presenting, [detailsOf(only.after, presenting)]),
    );
  }
  return card(title, ...changes.flatMap((change) => changeElements(change, context)));
}

/** The digest as a post. */
export function digestPost(digest: Digest, context: PostContext): Card {
  const { language } = context;
  const presenting = presentingOf(context);
  const lines = (events: readonly ScheduledEvent[]) => events.map((event) => eventLine(event, presenting));
  const part = (title: string, elements: readonly Element[]): readonly Element[] =>
    elements.length === 0 ? [] : [heading(title), ...elements];
  const elements = [
    ...part(language.t('digest.coming'), lines(digest.coming)),
    ...part(language.t('digest.possible'), lines(digest.possible)),
    ...part(
      language.t('digest.changed'),
      digest.changed.flatMap((change) => changeElements(change, context)),
    ),
    ...part(language.t('digest.added'), lines(digest.added)),
    ...part(
      language.t('digest.documents'),
      digest.documents.map(({ event, documents }) =>
        list(documents.map((document) => [`${event.title}: `, ...documentInWords(document, presenting)])),
      ),
    ),
  ];
  const title = language.t('digest.title', { period: periodInWords(digest, language) });
  return card(title, ...(elements.length > 0 ? elements : [text(language.t('digest.nothing'))]));
}

function presentingOf({ now, schedule, language, zone }: PostContext): Presenting {
  return { now, schedule, language, reader: { zone } };
}

function changeElements(change: Change, context: PostContext): readonly Element[] {
  return [eventLine(change.after, presentingOf(context)), list(changeLines(change, context))];
}

function changeLines(change: Change, context: PostContext): readonly (readonly Inline[])[] {
  return kindsInWords(change).map((kind) => [inWords(kind, change, context)]);
}

/** That an event has no date any more is part of its being postponed. */
function kindsInWords({ kinds, after }: Change): readonly ChangeKind[] {
  const isPutOff = kinds.includes('postponed') && after.when === null;
  return isPutOff ? kinds.filter((kind) => kind !== 'moved') : kinds;
}

function inWords(kind: ChangeKind, { before, after }: Change, { language, now, zone }: PostContext): string {
  const unknown = language.t('notice.none');
  const when = (event: ScheduledEvent | null) => whenInWords(event?.when ?? null, { language, now, zone }).text;
  const reason = after.reason ?? '';
  switch (kind) {
    case 'moved': {
      return language.t('notice.moved', { before: when(before), after: when(after) });
    }
    case 'place': {
      const place = (event: ScheduledEvent | null) => (event && placeInWords(event)) ?? unknown;
      return language.t('notice.place', { before: place(before), after: place(after) });
    }
    case 'link':
      return language.t('notice.link', { before: before?.onlineUrl ?? unknown, after: after.onlineUrl ?? unknown });
    case 'postponed': {
      const date = before?.when && after.when === null ? when(before) : 'none';
      return language.t('notice.postponed', { date, why: why(reason), reason });
    }
    case 'cancelled':
      return language.t('notice.cancelled', { why: why(reason), reason });
    case 'new':
    case 'confirmed':
    case 'tentative':
    case 'restored':
      return language.t(`notice.${kind}`);
    default:
      return assertNever(kind);
  }
}

/** Whether a sentence can say why. */
function why(reason: string): 'known' | 'unknown' {
  return reason === '' ? 'unknown' : 'known';
}

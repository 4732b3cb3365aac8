import type { IdentitySource } from '../identity.ts';
import type { ScheduledEvent } from './event.ts';

/** What a person may change of an event: all but its identity and what the bot counts itself. */
export type EventContent = Omit<ScheduledEvent, 'uid' | 'sequence' | 'version' | 'createdAt' | 'updatedAt'>;

/** Some of an event's content; what is absent stays. `sequence` is a floor: it is never lowered. */
export type EventPatch = Partial<EventContent> & { readonly sequence?: number };

/** What a new event needs at least. A `uid` that is given is kept, as is a `sequence` to begin with. */
export type EventDraft = Pick<EventContent, 'handle' | 'title'> &
  Omit<EventPatch, 'handle' | 'title'> & { readonly uid?: string };

/** The content of an event, in the order in which it is told, exported and compared. */
export const CONTENT_FIELDS = [
  'handle',
  'title',
  'kind',
  'status',
  'visibility',
  'when',
  'venue',
  'onlineUrl',
  'organiser',
  'region',
  'participation',
  'description',
  'parent',
  'precededBy',
  'documents',
  'outcomes',
  'reason',
  'series',
] as const satisfies readonly (keyof EventContent)[];
export type ContentField = (typeof CONTENT_FIELDS)[number];

// RFC 5546 §2.1.4: what makes an attendee look at the entry again.
const RESCHEDULING: readonly ContentField[] = ['status', 'when', 'venue', 'onlineUrl'];

const EMPTY: Omit<EventContent, 'handle' | 'title'> = {
  kind: 'meeting',
  status: 'confirmed',
  visibility: 'published',
  when: null,
  venue: null,
  onlineUrl: null,
  organiser: null,
  region: null,
  participation: null,
  description: null,
  parent: null,
  precededBy: [],
  documents: [],
  outcomes: [],
};

/** A new event. What the draft doesn't say is unknown: a confirmed, published meeting without date, place or rules. */
export function createEvent(
  draft: EventDraft,
  { now, identity }: { readonly now: string; readonly identity: IdentitySource },
): ScheduledEvent {
  const { uid, sequence, ...content } = draft;
  return {
    ...EMPTY,
    ...content,
    uid: uid ?? identity.uid(),
    sequence: sequence ?? 0,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
}

/**
 * The event after a change: its version is one higher, and so is its sequence when date, place, link or status change
 * (RFC 5546 §2.1.4). A patch that changes nothing gives back `before` itself.
 *
 * @param now the instant of the change, ISO 8601 in UTC
 */
export function revise(before: ScheduledEvent, patch: EventPatch, now: string): ScheduledEvent {
  const { sequence: floor = 0, ...content } = patch;
  const candidate: ScheduledEvent = { ...before, ...content };
  const fields = changedFields(before, candidate);
  const risen = fields.some((field) => RESCHEDULING.includes(field)) ? before.sequence + 1 : before.sequence;
  const sequence = Math.max(risen, floor);
  if (fields.length === 0 && sequence === before.sequence) return before;
  return { ...candidate, sequence, version: before.version + 1, updatedAt: now };
}

/** The content in which two states of an event differ, in the order of `CONTENT_FIELDS`. */
export function changedFields(before: ScheduledEvent, after: ScheduledEvent): readonly ContentField[] {
  return CONTENT_FIELDS.filter((field) =>
    field === 'precededBy'
      ? !sameMembers(before.precededBy, after.precededBy)
      : !sameValue(before[field], after[field]),
  );
}

/** Whether two values of the model say the same: the same texts and numbers in the same lists and keys. */
export function sameValue(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const keys = Object.keys(one);
  return (
    Array.isArray(one) === Array.isArray(other) &&
    keys.length === Object.keys(other).length &&
    keys.every(
      (key) => Object.hasOwn(other, key) && sameValue(one[key as keyof typeof one], other[key as keyof typeof other]),
    )
  );
}

// Which of the preceding events is named first means nothing, and a store need not keep it.
function sameMembers(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((member) => others.includes(member));
}

const HANDLE_WORDS = 4;
const HANDLE_LENGTH = 32;
const SMALL_WORDS = new Set(
  'a an and as at by for from in into of on or the to with within de des du et la le les'.split(' '),
);

/**
 * A short handle for a new event: the first words of its title that mean something, in ASCII, at most 32 characters.
 *
 * `Briefing on the stocktaking meeting` becomes `briefing-stocktaking-meeting`, or with `-2` when that is taken.
 *
 * @param taken the handles of the group
 */
export function handleFrom(title: string, taken: ReadonlySet<string>): string {
  return handleSource(taken)(title);
}

/** As `handleFrom`, for many titles: each handle given out is unique among `taken` and those given out before. */
export function handleSource(taken: ReadonlySet<string>): (title: string) => string {
  const given = new Set<string>();
  const next = new Map<string, number>();
  return (title) => {
    const base = handleBase(title);
    let number = next.get(base) ?? 1;
    let handle = number === 1 ? base : `${base}-${number}`;
    while (taken.has(handle) || given.has(handle)) {
      number += 1;
      handle = `${base}-${number}`;
    }
    next.set(base, number + 1);
    given.add(handle);
    return handle;
  };
}

function handleBase(title: string): string {
  const folded = title
    .slice(0, 400)
    .replace(/[’']s\b/g, 's')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/æ/g, 'ae')
    .replace(/œ/g, 'oe')
    .replace(/ø/g, 'o')
    .replace(/ł/g, 'l');
  const words = folded.match(/[a-z0-9]+/g) ?? [];
  const meaningful = words.filter((word) => !SMALL_WORDS.has(word));
  let handle = '';
  for (const word of (meaningful.length > 0 ? meaningful : words).slice(0, HANDLE_WORDS)) {
    const longer = handle === '' ? word.slice(0, HANDLE_LENGTH) : `${handle}-${word}`;
    if (longer.length > HANDLE_LENGTH) break;
    handle = longer;
  }
  return handle === '' ? 'event' : handle;
}

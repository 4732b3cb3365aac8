import type { Temporal } from 'temporal-polyfill';
import { cleanLine, cleanText } from '../clean.ts';
import { placeInWords } from '../cards/present.ts';
import { whenInWords } from '../dates/words.ts';
import type { Language, MessageKey } from '../language/language.ts';
import { isDatable, isOff } from '../schedule/dated.ts';
import type { ScheduledEvent } from '../schedule/event.ts';
import type { Schedule } from '../schedule/schedule.ts';
import type { When } from '../schedule/when.ts';
import { describer } from './description.ts';
import { isEmailAddress } from './email-address.ts';
import { organizerOf, renderCalendar } from './ics.ts';
import type { Attendee, Organizer } from './ics.ts';

/** What was last sent to somebody about an event. */
export interface Sent {
  readonly sequence: number;
  /** When the event was then; a cancellation of what has no day any more says it. */
  readonly when: When;
}

/** What an invitation by mail is made of. */
export interface InvitationRequest {
  readonly event: ScheduledEvent;
  /** Its drafts are not named. */
  readonly schedule: Schedule;
  /** Those whom this message names: one of them when nobody is to read who else is invited. */
  readonly attendees: readonly Attendee[];
  /** `null`: they have not been invited before. */
  readonly previous: Sent | null;
  /** Whether they are to be taken off the list of what is held all the same. */
  readonly isUninvited?: boolean;
  /** In whose name earlier messages about the event went out, when the group’s has changed since. */
  readonly organizer?: Organizer | null;
  readonly language: Language;
  /** IANA zone of the reader. */
  readonly zone: string;
  readonly now: Temporal.Instant;
  /** Minutes before the start at which calendars remind. */
  readonly alarms?: readonly number[];
}

/** A message ready to be sent (RFC 6047 §2.4: the calendar part is an alternative to the text). */
export interface Invitation {
  readonly method: 'REQUEST' | 'CANCEL';
  /** SEQUENCE of the calendar part: never lower than what was sent before. */
  readonly sequence: number;
  readonly icalendar: string;
  /** MIME type of the calendar part, with its method (RFC 6047 §2.4). */
  readonly contentType: string;
  /** One line. */
  readonly subject: string;
  readonly text: string;
  /** The organizer named in it; what later messages must name too. */
  readonly organizer: Organizer;
}

/** Why there is nothing to send. */
export type InvitationRefusal =
  /** The group has no e-mail address, so nobody could answer. */
  | 'no-organizer'
  | 'draft'
  /** The day is not known. */
  | 'undated'
  /** It is not held, and they were never told that it would be. */
  | 'nothing-to-cancel'
  /** Nobody is named, or somebody under what is no e-mail address. */
  | 'address';

/**
 * Writes an invitation, its update or its end (iTIP over iMIP: RFC 5546, RFC 6047).
 *
 * Everything that takes an event off its day is a CANCEL to those who have it: cancelled, postponed, its day open
 * again. Once it has a day again a REQUEST with the same UID and a higher SEQUENCE brings it back.
 */
export async function createInvitation(
  request: InvitationRequest,
): Promise<{ readonly invitation: Invitation } | { readonly refusal: InvitationRefusal }> {
  const { event, attendees, previous, language, now, alarms } = request;
  const schedule = request.schedule.published;
  const organizer = request.organizer ?? organizerOf(schedule.group);
  if (organizer === null) return { refusal: 'no-organizer' };
  if (attendees.length === 0 || !attendees.every(({ email }) => isEmailAddress(email))) return { refusal: 'address' };
  const occasion = occasionOf(request);
  if (occasion === 'draft' || occasion === 'undated' || occasion === 'nothing-to-cancel') return { refusal: occasion };

  const method = occasion === 'request' || occasion === 'update' ? 'REQUEST' : 'CANCEL';
  const sequence = Math.max(event.sequence, previous?.sequence ?? 0);
  const told: ScheduledEvent = {
    ...event,
    sequence,
    // A calendar entry needs a time even to be taken away, and its readers know it by the one they have.
    when: isDatable(event) ? event.when : (previous?.when ?? null),
    ...(occasion === 'undecided' && { status: 'postponed' }),
  };
  const { text: icalendar } = await renderCalendar([told], {
    method,
    schedule,
    language,
    stamp: now,
    organizer,
    attendees,
    ...(alarms && { alarms }),
  });
  const invitation: Invitation = {
    method,
    sequence,
    icalendar,
    contentType: `text/calendar; charset=utf-8; method=${method}`,
    ...words(occasion, told, organizer, request),
    organizer,
  };
  return { invitation };
}

type Occasion = 'request' | 'update' | 'cancel' | 'postpone' | 'undecided' | 'uninvite';

function occasionOf({
  event,
  previous,
  isUninvited = false,
}: InvitationRequest): Occasion | 'draft' | 'undated' | 'nothing-to-cancel' {
  if (isUninvited) return previous === null ? 'nothing-to-cancel' : isOff(event.status) ? 'cancel' : 'uninvite';
  if (event.visibility === 'draft') return 'draft';
  if (isOff(event.status)) {
    if (previous === null) return 'nothing-to-cancel';
    return event.status === 'postponed' ? 'postpone' : 'cancel';
  }
  if (!isDatable(event)) return previous === null ? 'undated' : 'undecided';
  return previous === null ? 'request' : 'update';
}

function words(
  occasion: Occasion,
  event: ScheduledEvent,
  organizer: Organizer,
  { schedule, language, zone, now }: InvitationRequest,
): Pick<Invitation, 'subject' | 'text'> {
  const when = whenInWords(event.when, { language, zone, now });
  const place = placeInWords(event);
  const line = (label: MessageKey, value: string | null) =>
    value === null ? [] : [language.t('ics.line', { label: language.t(label), value })];
  const isHeld = occasion === 'request' || occasion === 'update';
  const text = [
    language.t(`ics.mail.${occasion}`, { group: schedule.group.name }),
    [
      event.title,
      ...line('fact.when', when.text),
      ...line('fact.local', when.local),
      ...line('fact.place', place),
    ].join('\n'),
    ...(isHeld
      ? [describer(schedule.published, language)(event), language.t('ics.mail.answer', { name: organizer.name })]
      : []),
  ];
  return {
    subject: cleanLine(language.t(`ics.mail.subject.${occasion}`, { title: event.title, when: when.text })),
    text: `${cleanText(text.filter((part) => part !== '').join('\n\n'))}\n`,
  };
}

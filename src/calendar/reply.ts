import { cleanLine, cleanText } from '../clean.ts';
import { LIMITS } from '../schedule/limits.ts';
import { isEmailAddress } from './email-address.ts';

/** What somebody answers to an invitation (RFC 5545 §3.2.12). */
export const PARTICIPATION_STATUSES = ['accepted', 'declined', 'tentative', 'delegated', 'needs-action'] as const;
export type ParticipationStatus = (typeof PARTICIPATION_STATUSES)[number];

/** An answer to an invitation. It says who answers, not that it is really them: whose mail it was is for the reader. */
export interface Reply {
  readonly uid: string;
  /** E-mail address in lower case. */
  readonly attendee: string;
  readonly partstat: ParticipationStatus;
  /** Of the invitation that is answered. */
  readonly sequence: number;
  /** When it was given, ISO 8601 in UTC: of two to the same sequence the later one counts (RFC 5546 §2.1.5). */
  readonly at: string | null;
  readonly comment: string | null;
}

/** Why a file is no answer. */
export type ReplyProblem =
  | 'too-large'
  /** It is not iCalendar. */
  | 'unreadable'
  /** It is iCalendar for something else: another METHOD. */
  | 'not-a-reply'
  /** It does not have exactly one event with a UID. */
  | 'event'
  /** It does not have exactly one attendee with an e-mail address. */
  | 'attendee'
  /** It answers with something that is no answer. */
  | 'answer';

/** The longest reply that is read, in UTF-16 units: calendars that quote the whole invitation stay far below. */
export const REPLY_LENGTH = 256 * 1024;

const COMMENT_LENGTH = 1000;

/** Reads the calendar part of an answer (METHOD:REPLY, RFC 5546 §3.2.3). What it holds otherwise is not looked at. */
export async function readReply(text: string): Promise<{ readonly reply: Reply } | { readonly problem: ReplyProblem }> {
  if (text.length > REPLY_LENGTH) return { problem: 'too-large' };
  const { default: ICAL } = await import('ical.js');
  let calendar: InstanceType<typeof ICAL.Component>;
  try {
    const parsed: unknown = ICAL.parse(text.replace(/^\ufeff/, ''));
    if (!Array.isArray(parsed) || parsed[0] !== 'vcalendar') return { problem: 'unreadable' };
    calendar = new ICAL.Component(parsed);
  } catch {
    return { problem: 'unreadable' };
  }
  const textOf = (component: InstanceType<typeof ICAL.Component>, name: string): string | null => {
    const value = valueOf(component.getFirstProperty(name));
    return typeof value === 'string' || typeof value === 'number' ? cleanText(String(value)) : null;
  };
  if (textOf(calendar, 'method')?.toUpperCase() !== 'REPLY') return { problem: 'not-a-reply' };

  const [event, ...otherEvents] = calendar.getAllSubcomponents('vevent');
  const uid = event ? textOf(event, 'uid') : null;
  if (!event || otherEvents.length > 0 || uid === null || uid === '' || uid.length > LIMITS.uid) {
    return { problem: 'event' };
  }
  const [answer, ...otherAnswers] = event.getAllProperties('attendee');
  const address = valueOf(answer);
  const attendee = typeof address === 'string' ? addressIn(address) : null;
  if (!answer || otherAnswers.length > 0 || attendee === null) return { problem: 'attendee' };
  const given: unknown = answer.getFirstParameter('partstat');
  const partstat = PARTICIPATION_STATUSES.find((status) => status === String(given).toLowerCase());
  if (partstat === undefined) return { problem: 'answer' };

  const sequence = Number(textOf(event, 'sequence') ?? 0);
  // RFC 5545 §3.8.7.2: it is in UTC, or it means nothing.
  const at = Date.parse(/Z$/.exec(textOf(event, 'dtstamp') ?? '')?.input ?? '');
  const comment = textOf(event, 'comment');
  return {
    reply: {
      uid,
      attendee,
      partstat,
      sequence: Number.isSafeInteger(sequence) && sequence >= 0 && sequence <= LIMITS.sequence ? sequence : 0,
      at: Number.isNaN(at) ? null : new Date(at).toISOString(),
      comment: comment === null || comment === '' ? null : comment.slice(0, COMMENT_LENGTH).toWellFormed(),
    },
  };
}

// RFC 7265 §3.4: name, parameters, type, value.
function valueOf(property: { toJSON(): unknown } | null | undefined): unknown {
  return (property?.toJSON() as readonly unknown[] | undefined)?.[3];
}

function addressIn(uri: string): string | null {
  const path = /^mailto:([^?]*)/i.exec(uri.trim())?.[1];
  if (path === undefined) return null;
  try {
    const address = cleanLine(decodeURIComponent(path)).toLowerCase();
    return isEmailAddress(address) ? address : null;
  } catch {
    return null;
  }
}

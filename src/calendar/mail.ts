import type { Attendee, Organizer } from './ics.ts';
import type { Invitation } from './invitation.ts';

/** A mail with a calendar object, as it is to be sent. */
export interface Mail extends Pick<Invitation, 'method' | 'icalendar' | 'subject' | 'text'> {
  readonly to: Attendee;
  /** The name that stands beside the bot’s own address, and where answers go. */
  readonly organizer: Organizer;
  /** Without angle brackets; the same however often the same delivery is tried. */
  readonly messageId: string;
}

/**
 * What came of a mail.
 *
 * - `sent`: the server has taken it on.
 * - `again`: it has not, and may be asked again.
 * - `never`: it never will: there is no such mailbox, for example.
 * - `unknown`: the connection broke, or nothing was heard, when the server had the whole of it.
 */
export type MailSending =
  { readonly outcome: 'sent' } | { readonly outcome: 'again' | 'never' | 'unknown'; readonly reason: string };

/** How mails leave. Nothing of it throws for what a server may do. */
export interface Mailer {
  send(mail: Mail): Promise<MailSending>;
}

import { createTransport } from 'nodemailer';
import type { Mail, Mailer, MailSending } from '../../src/calendar/mail.ts';
import type { Timer } from '../../src/timer.ts';

/** How mails leave by SMTP. */
export interface SmtpParts {
  /** `smtps://user:password@host:465`, `smtp://host:587`; nodemailer’s options may stand behind it. */
  readonly url: string;
  /** The bot’s own address: the envelope’s sender, to which bounces come. */
  readonly from: string;
  /** How long a silent server is waited for, in milliseconds. */
  readonly patience?: number;
  readonly timer: Timer;
}

const PATIENCE = 30_000;

/** How long one mail may take in all, in milliseconds, whatever its server says meanwhile: nothing comes of one byte now and then. */
export const LONGEST_ATTEMPT_MS = 120_000;

/** Sends each mail over a connection of its own: nothing is left of one that hangs, and none waits behind another. */
export function createSmtpMailer({ url, from, patience = PATIENCE, timer }: SmtpParts): Mailer {
  return {
    async send(mail) {
      // Once the whole of it has gone out, the server may have it, whatever becomes of the connection. The error does not
      // say how far it came; the connection's log does.
      let isHandedOver = false;
      const note = (entry: unknown) => {
        isHandedOver ||= (entry as { readonly tnx?: unknown }).tnx === 'message';
      };
      const nothing = () => undefined;
      const silent = { level: nothing, trace: nothing, debug: nothing, warn: nothing, error: nothing, fatal: nothing };
      const transport = createTransport({
        url,
        connectionTimeout: patience,
        greetingTimeout: patience,
        socketTimeout: patience,
        dnsTimeout: patience,
        // What is over is cut: a server that never closes its side would otherwise keep the connection.
        socketCloseTimeout: 0,
        logger: { ...silent, info: note },
      });
      const ending = new AbortController();
      const callOff = timer.after(LONGEST_ATTEMPT_MS, () => {
        ending.abort(new Error(`the mail server did not come to an end in ${LONGEST_ATTEMPT_MS / 1000} seconds`));
      });
      try {
        await transport.sendMail({ ...messageOf(mail, from), signal: ending.signal });
        return { outcome: 'sent' };
      } catch (error) {
        return failureOf(ending.signal.aborted ? ending.signal.reason : error, isHandedOver);
      } finally {
        callOff();
        transport.close();
      }
    },
  };
}

/** RFC 6047 §2.4: the calendar part beside the text; and as a file for programs that know no other way. */
function messageOf({ to, organizer, messageId, subject, text, icalendar, method }: Mail, from: string) {
  return {
    from: { name: organizer.name, address: from },
    ...(organizer.email === from ? {} : { replyTo: { name: organizer.name, address: organizer.email } }),
    to: { name: to.name ?? '', address: to.email },
    envelope: { from, to: [to.email] },
    messageId: `<${messageId}>`,
    subject,
    text,
    icalEvent: { method, filename: 'invite.ics', content: icalendar },
    // RFC 3834 §5: no holiday note is to answer it.
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

interface SmtpError {
  readonly code?: string;
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
  readonly message: string;
}

/** RFC 5321 §4.2.1: 4xx may go better later, 5xx will not. Where the server answers nothing, it matters what it had. */
function failureOf(error: unknown, isHandedOver: boolean): MailSending {
  const { code, command = '', response, responseCode, message } = error as SmtpError;
  const reason = response ?? message;
  const isOfTheMail = /^(?:MAIL FROM|RCPT TO|DATA)$/u.test(command);
  if (responseCode !== undefined) return { outcome: responseCode >= 500 && isOfTheMail ? 'never' : 'again', reason };
  if (code === 'EENVELOPE' || code === 'EMESSAGE') return { outcome: 'never', reason };
  return { outcome: isHandedOver ? 'unknown' : 'again', reason };
}

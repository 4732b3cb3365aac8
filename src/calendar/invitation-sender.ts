import type { Clock } from '../clock.ts';
import type { Schedules } from '../engine/schedules.ts';
import type { Language } from '../language/language.ts';
import type { Store } from '../ports.ts';
import { backoff } from '../reminders/backoff.ts';
import type { Claimed, Outcome } from '../reminders/ledger.ts';
import { isDatable } from '../schedule/dated.ts';
import type { ScheduledEvent } from '../schedule/event.ts';
import { invitationDelivery, invitationKeyOf, messageIdOf } from './invitation-deliveries.ts';
import { createInvitation, type Invitation, type InvitationRefusal } from './invitation.ts';
import type { Mailer, MailSending } from './mail.ts';
import type { SentInvitation, StoredInvitation } from './stored-invitation.ts';

/** What sending invitations takes. */
export interface InvitationSenderParts {
  readonly store: Pick<Store, 'invitations' | 'revision' | 'ledger'>;
  readonly schedules: Schedules;
  readonly mailer: Mailer;
  /** The bot’s own address. */
  readonly from: string;
  readonly clock: Clock;
  readonly languages: readonly [Language, ...Language[]];
  /** A number from 0 to below 1. */
  readonly chance: () => number;
  /** What happens when a mail may have been taken on, which no mail server can be asked: see the reminders’ setting. */
  readonly whenUnknown: 'park' | 'send';
}

/** Tried this often, some days, it is given up: servers are away for a weekend. */
const MOST_ATTEMPTS = 400;

/**
 * Turns a delivery of the ledger into a mail: an invitation, an update or its end, as the event is at the moment. Nobody
 * gets two mails for one sequence: what was sent is noted with the invitation before it is noted in the ledger.
 */
export function createInvitationSender(parts: InvitationSenderParts): (delivery: Claimed) => Promise<Outcome> {
  const { store, schedules, mailer, from, clock, languages, whenUnknown } = parts;
  return async (delivery) => {
    const key = invitationKeyOf(delivery);
    const { groupId, eventUid } = key;
    const invitation = await store.invitations.find(key);
    const schedule = await schedules.current({ id: groupId, revision: await store.revision(groupId) });
    const event = schedule.byUid(eventUid);
    if (!invitation || !event) return { state: 'skipped', reason: 'unsubscribed' };
    const isUninvited = invitation.removedAt !== null;
    // Somebody who was taken off the list and put on it again is invited as if for the first time.
    const known = isUninvited || !isEarlier(invitation) ? invitation.sent : null;
    const previous = known ?? (await perhapsSent(invitation, event, store.ledger));
    const now = clock.now();
    const { address, name, organizer, zone, alarms } = invitation;
    const written = await createInvitation({
      event,
      schedule,
      attendees: [{ email: address, name }],
      previous: previous?.method === 'CANCEL' && isUninvited ? null : previous,
      isUninvited,
      organizer,
      language: languages.find(({ tag }) => tag === invitation.language) ?? languages[0],
      zone,
      now,
      alarms,
    });
    if ('refusal' in written) return REFUSED[written.refusal];
    const { invitation: mail } = written;
    if (isTold(invitation, mail)) {
      // Either by another delivery, or by this one before the process stopped.
      return delivery.isUncertain ? SENT : { state: 'skipped', reason: 'told' };
    }
    if (delivery.isUncertain && whenUnknown === 'park') {
      return {
        state: 'parked',
        reason: 'nobody-knows',
        detail: 'the mail server had the mail when the connection broke',
      };
    }
    const messageId = messageIdOf(delivery.key, from);
    const sending = await mailer.send({ ...mail, to: { email: address, name }, messageId });
    if (sending.outcome !== 'sent') return failed(sending, delivery, parts);
    const when = isDatable(event) ? event.when : previous?.when;
    if (when)
      await store.invitations.sent(key, { method: mail.method, sequence: mail.sequence, when, at: now.toString() });
    return SENT;
  };
}

/** What nobody knows to have arrived may be in their calendar, and has to be taken out of it again. */
async function perhapsSent(
  invitation: StoredInvitation,
  event: ScheduledEvent,
  ledger: Store['ledger'],
): Promise<Pick<SentInvitation, 'method' | 'sequence' | 'when'> | null> {
  if (event.when === null) return null;
  const sequences = Array.from({ length: event.sequence + 1 }, (_, sequence) => sequence);
  const keys = sequences.map((sequence) => invitationDelivery({ ...invitation, removedAt: null }, { sequence }, 0).key);
  const doubtful = (await ledger.withKeys(keys)).some(({ reason }) => reason === 'nobody-knows');
  return doubtful ? { method: 'REQUEST', sequence: event.sequence, when: event.when } : null;
}

/** Why there is nothing to send, in the words of the ledger. */
const REFUSED: Readonly<Record<InvitationRefusal, Outcome>> = {
  draft: { state: 'skipped', reason: 'withdrawn' },
  undated: { state: 'skipped', reason: 'moved' },
  'nothing-to-cancel': { state: 'skipped', reason: 'cancelled' },
  'no-organizer': { state: 'parked', reason: 'never', detail: 'the group has no address' },
  address: { state: 'parked', reason: 'never', detail: 'this is no e-mail address' },
};

const SENT: Outcome = { state: 'sent', message: null, told: null };

/** Whether what was last sent is from before they were invited anew. */
function isEarlier({ sent, createdAt }: StoredInvitation): boolean {
  return sent !== null && Date.parse(sent.at) < Date.parse(createdAt);
}

function isTold(invitation: StoredInvitation, { method, sequence }: Invitation): boolean {
  const { sent } = invitation;
  const isSame = (last: SentInvitation) => last.method === method && last.sequence >= sequence;
  return sent !== null && isSame(sent) && !isEarlier(invitation);
}

function failed(
  { outcome, reason: detail }: Exclude<MailSending, { outcome: 'sent' }>,
  { attempts, isUncertain }: Claimed,
  { clock, chance }: InvitationSenderParts,
): Outcome {
  if (outcome === 'never') return { state: 'parked', reason: 'never', detail };
  if (attempts >= MOST_ATTEMPTS) return { state: 'parked', reason: 'gave-up', detail };
  const at = clock.now().epochMilliseconds + backoff(attempts, chance());
  // What nobody knew of an earlier attempt is not known by now either.
  return { state: 'again', at, detail, isUnsent: outcome === 'again' && !isUncertain };
}

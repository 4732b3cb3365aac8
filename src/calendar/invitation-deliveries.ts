import { createHash } from 'node:crypto';
import type { NewDelivery } from '../reminders/ledger.ts';
import type { ScheduledEvent } from '../schedule/event.ts';
import type { InvitationKey, StoredInvitation } from './stored-invitation.ts';

/** What the ledger calls invitations by mail, their updates and their ends. */
export const INVITATION = 'invitation';
/** The platform under which addresses stand in the ledger. */
export const MAIL = 'mail';

/**
 * The delivery that brings somebody up to date with an event as it is at the moment. Its key holds the sequence: however
 * often it is written down, for one sequence there is one mail.
 *
 * @param at epoch milliseconds
 */
export function invitationDelivery(
  { groupId, eventUid, address, createdAt, removedAt }: StoredInvitation,
  event: Pick<ScheduledEvent, 'sequence'>,
  at: number,
): NewDelivery {
  const act = removedAt === null ? 'invite' : 'uninvite';
  return {
    key: [INVITATION, groupId, eventUid, address, Date.parse(createdAt), event.sequence, act].join(' '),
    kind: INVITATION,
    groupId,
    subscriptionId: null,
    eventUid,
    target: { kind: 'person', platform: MAIL, tenant: '', id: address },
    payload: {},
    plannedFor: at,
    sendAt: at,
    uselessFrom: null,
    skipped: null,
  };
}

/** Whose invitation a delivery is. */
export function invitationKeyOf({
  groupId,
  eventUid,
  target,
}: Pick<NewDelivery, 'groupId' | 'eventUid' | 'target'>): InvitationKey {
  return { groupId, eventUid: eventUid ?? '', address: target.id };
}

/** The Message-ID of a delivery (RFC 5322 §3.6.4), without its brackets: the same at every attempt. */
export function messageIdOf(key: string, from: string): string {
  const domain = from.split('@').at(-1) ?? 'localhost';
  return `${createHash('sha256').update(key).digest('hex').slice(0, 40)}@${domain}`;
}

import type { SweepParts } from '../reminders/sweep.ts';
import { invitationDeliveries } from './invitation-plan.ts';
import { createInvitationSender, type InvitationSenderParts } from './invitation-sender.ts';
import { MAIL } from './invitation-deliveries.ts';

/** What invitations by mail take; without a mailer they stay in the ledger with the reason. */
export interface MailingParts extends Omit<InvitationSenderParts, 'mailer' | 'from' | 'store'> {
  readonly store: SweepParts['store'];
  readonly mail: Pick<InvitationSenderParts, 'mailer' | 'from'> | null;
}

/** How the sweep writes down and sends invitations by mail. */
export function createMailing({ mail, ...parts }: MailingParts): Required<Pick<SweepParts, 'senders' | 'further'>> {
  const send =
    mail === null
      ? () => Promise.resolve({ state: 'parked', reason: 'no-messenger', detail: MAIL } as const)
      : createInvitationSender({ ...parts, ...mail });
  return {
    senders: new Map([[MAIL, send]]),
    further: (schedule, changed, now) => invitationDeliveries(parts.store, schedule, changed, now),
  };
}

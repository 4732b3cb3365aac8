import type { Store } from '../ports.ts';
import type { NewDelivery } from '../reminders/ledger.ts';
import type { ScheduledEvent } from '../schedule/event.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { invitationDelivery } from './invitation-deliveries.ts';

/** Up to when an invitation is written down again whose delivery got lost between two steps, in milliseconds. */
const MENDED_FOR_MS = 24 * 3_600_000;

/**
 * The mails that follow from what has changed: to everybody who is invited to an event whose sequence has risen. Beside
 * them, those whom a stop in the wrong moment left without one.
 *
 * @param now epoch milliseconds
 */
export async function invitationDeliveries(
  { invitations }: Pick<Store, 'invitations'>,
  schedule: Schedule,
  changed: readonly ScheduledEvent[],
  now: number,
): Promise<readonly NewDelivery[]> {
  const groupId = schedule.group.id;
  const uids = [...new Set(changed.map(({ uid }) => uid))];
  const [invited, unsent] = await Promise.all([
    uids.length === 0 ? [] : invitations.of(groupId, uids),
    invitations.unsent(groupId, new Date(now - MENDED_FOR_MS).toISOString()),
  ]);
  return [...invited.filter(({ removedAt }) => removedAt === null), ...unsent].flatMap((invitation) => {
    const event = schedule.byUid(invitation.eventUid);
    return event ? [invitationDelivery(invitation, event, now)] : [];
  });
}

import type { InvitationKey, StoredInvitation, StoredInvitations } from '../src/calendar/stored-invitation.ts';
import type { ParticipationStatus } from '../src/calendar/reply.ts';
import { alarmsSchema } from '../src/calendar/alarm-triggers.ts';
import { whenSchema } from '../src/schedule/when.ts';
import type { Prisma } from './generated/sqlite/client.ts';
import type { StoreParts } from './ledger.ts';
import { instantOf } from './rows.ts';

/** What nobody has answered yet. */
const UNANSWERED = {
  removedAt: null,
  partstat: 'needs-action',
  repliedTo: null,
  repliedAt: null,
  comment: null,
};

/** The invitations in an open database. */
export function invitationsOn({ client, run }: Pick<StoreParts, 'client' | 'run'>): StoredInvitations {
  return {
    async find(key) {
      const row = await run(() => client.invitation.findUnique({ where: whereOf(key) }));
      return row && invitationOf(row);
    },

    async of(groupId, eventUids) {
      const rows = await run(() =>
        client.invitation.findMany({
          where: { groupId, eventUid: { in: [...eventUids] } },
          orderBy: [{ eventUid: 'asc' }, { address: 'asc' }],
        }),
      );
      return rows.map(invitationOf);
    },

    async unsent(groupId, since) {
      const where = { groupId, sentSequence: null, removedAt: null, createdAt: { gte: new Date(since) } };
      const rows = await run(() => client.invitation.findMany({ where, orderBy: { createdAt: 'asc' } }));
      return rows.map(invitationOf);
    },

    async add(invitations) {
      await run(() =>
        client.$transaction(async (tx) => {
          for (const invitation of invitations) {
            const where = whereOf(invitation);
            const row = rowOf(invitation);
            const known = await tx.invitation.findUnique({ where, select: { removedAt: true } });
            if (known === null) await tx.invitation.create({ data: row, select: { address: true } });
            // What was sent before stays: the sequence must not fall behind it.
            else if (known.removedAt !== null)
              await tx.invitation.update({ where, data: row, select: { address: true } });
          }
        }),
      );
    },

    async remove({ groupId, eventUid, address }, at) {
      const { count } = await run(() =>
        client.invitation.updateMany({
          where: { groupId, eventUid, address, removedAt: null },
          data: { removedAt: new Date(at) },
        }),
      );
      return count === 1;
    },

    async sent({ groupId, eventUid, address }, { method, sequence, when, at }) {
      const isNews = { OR: [{ sentSequence: null }, { sentSequence: { lte: sequence } }] };
      await run(() =>
        client.invitation.updateMany({
          where: { groupId, eventUid, address, ...isNews },
          data: { sentMethod: method, sentSequence: sequence, sentWhen: { ...when }, sentAt: new Date(at) },
        }),
      );
    },

    async answered({ groupId, eventUid, address }, { partstat, sequence, at, comment }) {
      const isOfSame = {
        repliedTo: sequence,
        OR: [{ repliedAt: null }, ...(at === null ? [] : [{ repliedAt: { lt: new Date(at) } }])],
      };
      const isNews = { OR: [{ repliedTo: null }, { repliedTo: { lt: sequence } }, isOfSame] };
      const { count } = await run(() =>
        client.invitation.updateMany({
          where: { groupId, eventUid, address, ...isNews },
          data: { partstat, repliedTo: sequence, repliedAt: at === null ? null : new Date(at), comment },
        }),
      );
      return count === 1;
    },
  };
}

function whereOf({ groupId, eventUid, address }: InvitationKey) {
  return { groupId_eventUid_address: { groupId, eventUid, address } };
}

function rowOf({ organizer, createdAt, ...invitation }: StoredInvitation) {
  const { groupId, eventUid, address, name, language, zone, alarms } = invitation;
  return {
    ...UNANSWERED,
    groupId,
    eventUid,
    address,
    name,
    organizerName: organizer.name,
    organizerEmail: organizer.email,
    language,
    zone,
    alarms: [...alarms],
    createdAt: new Date(createdAt),
  };
}

function invitationOf(row: Prisma.InvitationModel): StoredInvitation {
  const { groupId, eventUid, address, name, language, zone, sentAt, sentSequence, sentMethod } = row;
  const isSent = sentAt !== null && sentSequence !== null && sentMethod !== null;
  return {
    groupId,
    eventUid,
    address,
    name,
    organizer: { name: row.organizerName, email: row.organizerEmail },
    language,
    zone,
    alarms: alarmsSchema.parse(row.alarms ?? []),
    createdAt: instantOf(row.createdAt),
    removedAt: row.removedAt && instantOf(row.removedAt),
    sent: isSent
      ? {
          method: sentMethod === 'CANCEL' ? 'CANCEL' : 'REQUEST',
          sequence: sentSequence,
          when: whenSchema.parse(row.sentWhen),
          at: instantOf(sentAt),
        }
      : null,
    answer:
      row.repliedTo === null
        ? null
        : {
            partstat: row.partstat as ParticipationStatus,
            sequence: row.repliedTo,
            at: row.repliedAt && instantOf(row.repliedAt),
            comment: row.comment,
          },
  };
}

import { action, card, choice, list, muted, offer, text, type Card, type Inline } from '../cards/card.ts';
import { mayAct } from '../engine/access.ts';
import { refused, type Answer } from '../engine/answer.ts';
import type { Context } from '../engine/command.ts';
import { quote } from '../engine/tokenize.ts';
import type { ScheduledEvent } from '../schedule/event.ts';
import { organizerOf, type Attendee } from './ics.ts';
import { invitationDelivery } from './invitation-deliveries.ts';
import { isEmailAddress } from './email-address.ts';
import type { Invitees } from './invite-arguments.ts';
import type { StoredInvitation } from './stored-invitation.ts';

/** How many people are invited to one event at most. */
const MAX_INVITED = 1000;
/** How many of them an answer names. */
const NAMED = 10;

/** Invites people by mail: others if the reader is an editor, the reader themselves in any case. */
export async function inviteByMail(
  event: ScheduledEvent,
  { who, alarms }: { readonly who: Invitees; readonly alarms: readonly number[] },
  context: Context,
): Promise<Card | Answer> {
  const { language, reader, calendars } = context;
  if (calendars.mailFrom === null) return refused(language.t('invite.no-mail'), ...asFile(event, context));
  if (event.visibility === 'draft') return refused(language.t('invite.not-published'));
  if (who.type === 'me') {
    const member = await context.store.member(reader.actor);
    const email = member?.email?.toLowerCase() ?? '';
    if (!isEmailAddress(email)) return unknownAddress(event, context);
    const me = { mailboxes: [{ email, name: reader.actor.name }], language: language.tag, zone: reader.zone, alarms };
    return enter(event, me, context);
  }
  if (!mayAct(reader.role, 'editor')) return refused(language.t('invite.staff'), ...asFile(event, context));
  const { group } = context;
  return enter(event, { mailboxes: who.mailboxes, language: group.language, zone: group.zone, alarms }, context);
}

/** Puts people on the list and their mails into the ledger. A stop in between is mended by the next tick. */
async function enter(
  event: ScheduledEvent,
  whom: { readonly mailboxes: readonly Attendee[] } & Pick<StoredInvitation, 'language' | 'zone' | 'alarms'>,
  context: Context,
): Promise<Card | Answer> {
  const { language, store, group, present, calendars } = context;
  const onList = (await store.invitations.of(group.id, [event.uid])).filter(({ removedAt }) => removedAt === null);
  const known = new Set(onList.map(({ address }) => address));
  const already = whom.mailboxes.filter(({ email }) => known.has(email));
  const fresh = whom.mailboxes.filter(({ email }) => !known.has(email));
  if (known.size + fresh.length > MAX_INVITED) {
    return refused(language.t('invite.full', { title: event.title, max: MAX_INVITED }));
  }
  const organizer = organizerOf(group) ?? { name: group.organizerName ?? group.name, email: calendars.mailFrom ?? '' };
  const invitations = fresh.map(({ email, name }): StoredInvitation => ({
    groupId: group.id,
    eventUid: event.uid,
    address: email,
    name: name ?? null,
    organizer,
    language: whom.language,
    zone: whom.zone,
    alarms: whom.alarms,
    createdAt: present.toString({ fractionalSecondDigits: 3 }),
    removedAt: null,
    sent: null,
    answer: null,
  }));
  await store.invitations.add(invitations);
  const at = present.epochMilliseconds;
  const deliveries = invitations.map((invitation) => invitationDelivery(invitation, event, at));
  await store.ledger.add(deliveries, at);
  const part = (key: 'invite.going' | 'invite.already', mailboxes: readonly Attendee[]) =>
    mailboxes.length === 0
      ? []
      : [
          text(language.t(key, { count: mailboxes.length, title: event.title })),
          list(mailboxes.slice(0, NAMED).map((mailbox): readonly Inline[] => [mailboxInWords(mailbox)])),
          ...(mailboxes.length > NAMED ? [muted(language.t('list.more', { count: mailboxes.length - NAMED }))] : []),
        ];
  const isStaff = mayAct(context.reader.role, 'editor');
  const who = isStaff ? offer(action(language.t('invited.offer'), `invited ${quote(event.handle)}`)) : [];
  return {
    ...card(
      null,
      ...part('invite.going', fresh),
      ...part('invite.already', already),
      ...(fresh.length > 0 ? [muted(language.t('invite.follows'))] : []),
      ...who,
    ),
    tone: 'success',
  };
}

/** `Doe, Jane <jane@example.org>`. */
export function mailboxInWords({ email, name }: Attendee): string {
  return name == null || name === '' ? email : `${name} <${email}>`;
}

/** Nobody’s word is taken for an address that is not known to be theirs, except an editor’s, who may invite anybody. */
function unknownAddress(event: ScheduledEvent, context: Context): Answer {
  const { language, reader } = context;
  const isStaff = mayAct(reader.role, 'editor');
  const key = isStaff ? 'invite.no-address-staff' : 'invite.no-address';
  return refused(language.t(key, { handle: event.handle }), ...asFile(event, context));
}

function asFile(event: ScheduledEvent, { language }: Context) {
  return [choice(action(language.t('invite.as-file'), `invite ${quote(event.handle)}`))];
}

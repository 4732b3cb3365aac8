import { card, text, type Card } from '../cards/card.ts';
import { mayAct } from '../engine/access.ts';
import { refused, type Answer } from '../engine/answer.ts';
import type { Context } from '../engine/command.ts';
import { mailboxInWords } from './invite-by-mail.ts';
import { readReply, REPLY_LENGTH } from './reply.ts';

/** Whether a file is an answer to an invitation rather than events: METHOD:REPLY (RFC 5546 §3.2.3). */
export function isReply(bytes: Uint8Array): boolean {
  if (bytes.length > REPLY_LENGTH) return false;
  return /^METHOD:REPLY\s*$/imu.test(Buffer.from(bytes).toString('utf8'));
}

/** Notes an answer to an invitation, and says what it was. */
export async function importReply(bytes: Uint8Array, context: Context): Promise<Card | Answer> {
  const { language, store, group, schedule } = context;
  const read = await readReply(Buffer.from(bytes).toString('utf8'));
  if ('problem' in read) return refused(language.t(`reply.problem.${read.problem}`));
  const { uid, attendee: address, ...answer } = read.reply;
  const event = schedule.byUid(uid);
  const key = { groupId: group.id, eventUid: uid, address };
  const invitation = await store.invitations.find(key);
  if (!event || !invitation) return refused(await notInvited(uid, address, context));
  const who = mailboxInWords({ email: address, name: invitation.name });
  const partstat = language.t(`invited.${answer.partstat}`);
  if (!(await store.invitations.answered(key, answer))) return refused(language.t('reply.outdated', { who }));
  return { ...card(null, text(language.t('reply.noted', { who, title: event.title, partstat }))), tone: 'success' };
}

/** Why an answer is not noted: in the group that invited, where whoever asks may note it there, and what to type. */
async function notInvited(
  uid: string,
  address: string,
  { language, store, groups, group, roleIn }: Context,
): Promise<string> {
  for (const other of groups) {
    if (other.id === group.id || !mayAct(await roleIn(other), 'editor')) continue;
    if (!(await store.invitations.find({ groupId: other.id, eventUid: uid, address }))) continue;
    return language.t('reply.other-group', { address, group: other.name, slug: other.slug });
  }
  return language.t('reply.not-invited', { address });
}

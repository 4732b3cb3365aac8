import { invitationDelivery } from '../src/calendar/invitation-deliveries.ts';
import { invitees } from '../src/calendar/invite-arguments.ts';
import { card, text } from '../src/cards/card.ts';
import { refused } from '../src/engine/answer.ts';
import { event } from '../src/engine/argument.ts';
import { defineCommand } from '../src/engine/command.ts';

export const uninvite = defineCommand({
  name: 'uninvite',
  aliases: [],
  summary: 'uninvite.summary',
  access: 'editor',
  args: { event: event(), to: invitees() },
  examples: ['uninvite stocktaking to mission@example.int'],
  isPersonal: true,
  async run(context, { event, to }) {
    const { language, store, group, present } = context;
    if (to?.type !== 'others') return refused(language.t('uninvite.whom', { handle: event.handle }));
    const at = present.toString({ fractionalSecondDigits: 3 });
    const removed: string[] = [];
    for (const { email: address } of to.mailboxes) {
      const key = { groupId: group.id, eventUid: event.uid, address };
      if (!(await store.invitations.remove(key, at))) continue;
      removed.push(address);
      const invitation = await store.invitations.find(key);
      if (invitation) {
        const now = present.epochMilliseconds;
        await store.ledger.add([invitationDelivery(invitation, event, now)], now);
      }
    }
    if (removed.length === 0) return card(null, text(language.t('uninvite.nobody')));
    const done = language.t('uninvite.done', { count: removed.length, addresses: removed.join(', ') });
    return { ...card(null, text(done)), tone: 'success' };
  },
});

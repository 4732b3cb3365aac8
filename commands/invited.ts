import { invitedCard } from '../src/calendar/invited-card.ts';
import { INVITATION } from '../src/calendar/invitation-deliveries.ts';
import { event } from '../src/engine/argument.ts';
import { defineCommand } from '../src/engine/command.ts';

/** How many deliveries of an event are looked at for what became of them. */
const DELIVERIES = 2000;

export const invited = defineCommand({
  name: 'invited',
  aliases: ['invitations'],
  summary: 'invited.summary',
  access: 'editor',
  args: { event: event() },
  examples: ['invited stocktaking'],
  isPersonal: true,
  async run(context, { event }) {
    const { store, group } = context;
    const [invitations, deliveries] = await Promise.all([
      store.invitations.of(group.id, [event.uid]),
      store.ledger.list({ groupId: group.id, kind: INVITATION, eventUids: [event.uid], limit: DELIVERIES }),
    ]);
    return invitedCard(event, invitations, deliveries, context);
  },
});

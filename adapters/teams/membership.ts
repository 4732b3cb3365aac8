import { action, card, code, offer, text, type Card } from '../../src/cards/card.ts';
import type { ConversationKey } from '../../src/ports.ts';
import { addressOf, placeOf, type Desk } from './desk.ts';
import { insist } from './follow-up.ts';
import { originOf, type Activity, type Origin } from './incoming.ts';

type Loss = 'teams.reason.conversation-gone' | 'teams.reason.not-in-conversation';

/** What happens to a team or a channel, and means for its conversation (Microsoft, “Conversation events in your bot”). */
const EVENTS: Readonly<Record<string, Loss | 'back' | 'renamed' | undefined>> = {
  channelDeleted: 'teams.reason.conversation-gone',
  channelRestored: 'back',
  channelRenamed: 'renamed',
  teamArchived: 'teams.reason.not-in-conversation',
  teamUnarchived: 'back',
  teamRestored: 'back',
  teamDeleted: 'teams.reason.conversation-gone',
  teamHardDeleted: 'teams.reason.conversation-gone',
};

/** The bot was installed, or taken out. Teams says so more than once, and in two ways. */
export async function onInstallation(desk: Desk, activity: Activity): Promise<void> {
  const isRemoved = activity.action?.startsWith('remove') ?? false;
  await (isRemoved ? leave(desk, activity) : arrive(desk, activity));
}

/** Somebody came or went, or something happened to the team or the channel. */
export async function onConversationUpdate(desk: Desk, activity: Activity): Promise<void> {
  const bot = activity.recipient?.id;
  const isBot = ({ id }: { readonly id: string }) => id === bot;
  if (activity.membersAdded?.some(isBot)) await arrive(desk, activity);
  else if (activity.membersRemoved?.some(isBot)) await leave(desk, activity);
  else await onEvent(desk, activity, EVENTS[activity.channelData?.eventType ?? '']);
}

async function onEvent(desk: Desk, activity: Activity, meaning: (typeof EVENTS)[string]): Promise<void> {
  if (meaning === undefined) return;
  const origin = originOf(activity);
  // Such an event comes from the team's first channel, whichever channel it speaks of.
  const channel = activity.channelData?.channel ?? activity.channelData?.team;
  const key: ConversationKey = { platform: 'teams', tenant: origin.tenant, id: channel?.id ?? origin.conversation };
  if (meaning !== 'back' && meaning !== 'renamed') {
    await desk.places.lost(key, desk.language.t(meaning));
    return;
  }
  const known = await desk.store.conversation(key);
  if (!known) return;
  const place = { ...key, kind: known.kind, serviceUrl: origin.serviceUrl, name: channel?.name ?? null };
  if (meaning === 'back' || known.disconnected === null) await desk.places.keep(place);
}

async function leave(desk: Desk, activity: Activity): Promise<void> {
  const { tenant, conversation } = originOf(activity);
  const key = { platform: 'teams', tenant, id: conversation };
  await desk.places.lost(key, desk.language.t('teams.reason.not-in-conversation'));
}

/** The conversation is kept, and welcomed when it is new. */
async function arrive(desk: Desk, activity: Activity): Promise<void> {
  const origin = originOf(activity);
  const known = await desk.store.conversation({ platform: 'teams', tenant: origin.tenant, id: origin.conversation });
  await desk.places.keep(placeOf(origin, activity));
  if (origin.kind === 'direct') await sendAgain(desk, origin);
  if (known !== null) return;
  await desk.once(`welcome ${origin.tenant} ${origin.conversation}`, async () => {
    const welcome = await welcomeTo(desk, origin);
    const about = { language: desk.language, deliveryId: null };
    const to = { ...addressOf(origin), thread: null };
    desk.background.run('welcoming', async () => {
      const sending = await insist(desk, () => desk.messenger.post(to, welcome, about));
      if (sending.outcome !== 'sent') desk.log.warn({ ...sending, conversation: to.id }, 'the welcome was not sent');
    });
  });
}

/** Somebody lets the bot write to them again, and gets what could not be sent and is still of use. */
async function sendAgain({ store, clock }: Desk, { tenant, user }: Origin): Promise<void> {
  const target = { platform: 'teams', tenant, id: user };
  await store.ledger.retry({ target, reason: 'never' }, clock.now().epochMilliseconds);
}

async function welcomeTo({ store, bot, language: { t } }: Desk, { kind }: Origin): Promise<Card> {
  const [group] = await store.groups();
  const link = bot.registry.find('link');
  const isDirect = kind === 'direct';
  const lead = isDirect ? '' : '@GCM ';
  return card(
    t('teams.welcome.title'),
    text(t(isDirect ? 'teams.welcome.direct' : 'teams.welcome.channel', { group: group?.name ?? '' })),
    { type: 'list', items: ['next', 'list', 'help'].map((typed) => [code(lead + typed)]) },
    ...(link && !isDirect ? [text(t('teams.welcome.link', { command: `${lead}${link.name}` }))] : []),
    ...offer(action(t('help.try-next'), 'next', 'primary'), action(t('help.title'), 'help')),
  );
}

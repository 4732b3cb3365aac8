import { card, text, type Card } from '../../src/cards/card.ts';
import { within } from '../../src/deadline.ts';
import { afterwards, say, type Asker, type Desk } from './desk.ts';
import { originOf } from './incoming.ts';
import { renderHome } from './render/home.ts';

/** When the tab says that it takes longer; milliseconds. */
const WAITING_AFTER = 2000;

/** What the tab shows: the answer to each line, under a title of its own. */
const PARTS = [
  ['next 3', 'slack.home.title'],
  ['zone', 'slack.home.times'],
  ['reminders', 'slack.home.reminders'],
] as const;

/** Somebody opened the bot's page, as `app_home_opened` brings it. */
export interface HomeOpened {
  readonly user: string;
  readonly tab?: string;
}

/** Fills the Home tab: what is on, what is next, and how the person reads times. */
export async function onHomeOpened(desk: Desk, event: HomeOpened, body: object): Promise<void> {
  if (event.tab !== undefined && event.tab !== 'home') return;
  const origin = originOf(body);
  desk.accounts.belongs(origin);
  const asker: Asker = { origin, user: event.user, channel: null };
  const work = homeOf(desk, asker);
  const inTime = await within(work, WAITING_AFTER, desk.timer);
  if (!inTime.isReady) await publish(desk, asker, [card(null, text(desk.language.t('slack.waiting')))]);
  await publish(desk, asker, await work);
  afterwards(desk, asker);
}

async function homeOf(desk: Desk, asker: Asker): Promise<readonly Card[]> {
  const parts = PARTS.filter(([line]) => desk.bot.registry.find(line.split(' ')[0] ?? ''));
  const replies = await Promise.all(parts.map(([line]) => say(desk, asker, line)));
  const [ahead] = replies;
  // When the schedule cannot be read, one sentence says so.
  if (ahead && ahead.outcome !== 'answered') return [ahead.card];
  return replies.map(({ card: content, language }, at) => {
    const title = parts[at]?.[1];
    return title === undefined ? content : { ...content, title: language.t(title) };
  });
}

async function publish(desk: Desk, { origin, user }: Asker, cards: readonly Card[]): Promise<void> {
  try {
    const client = await desk.accounts.clientOf(origin.tenant);
    await client?.views.publish({ user_id: user, view: renderHome(cards, desk) });
  } catch (error) {
    desk.log.warn({ err: error }, 'a Home tab could not be published');
  }
}

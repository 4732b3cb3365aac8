import { card, text, type Card } from '../../src/cards/card.ts';
import { within } from '../../src/deadline.ts';
import type { Reply } from '../../src/engine/dispatch.ts';
import type { MessageKey } from '../../src/language/language.ts';
import { afterwards, say, type Asker, type Desk } from './desk.ts';
import { originOf } from './incoming.ts';
import { renderHome } from './render/home.ts';

/** When the tab says that it takes longer; milliseconds. */
const WAITING_AFTER = 2000;

/** What the tab shows: the answer to each line, under a title of its own. */
const PARTS: readonly Part[] = [
  { line: 'pending', title: 'slack.home.pending', isForStaff: true },
  { line: 'status --trouble', title: 'slack.home.trouble', isForStaff: true },
  { line: 'next 3', title: 'slack.home.title' },
  { line: 'zone', title: 'slack.home.times' },
  { line: 'reminders', title: 'slack.home.reminders' },
];

interface Part {
  readonly line: string;
  readonly title: MessageKey;
  /** It is shown to those who may ask it, and only when there is something to look at. */
  readonly isForStaff?: true;
}

/** Somebody opened the bot's page, as `app_home_opened` brings it. */
export interface HomeOpened {
  readonly user: string;
  readonly tab?: string;
}

/** Fills the Home tab: what awaits staff, what is on, what is next, how the person reads times, and what they are told. */
export async function onHomeOpened(desk: Desk, event: HomeOpened, body: object): Promise<void> {
  if (event.tab !== undefined && event.tab !== 'home') return;
  const origin = originOf(body);
  desk.accounts.belongs(origin);
  await showHome(desk, { origin, user: event.user });
  afterwards(desk, { origin, user: event.user, channel: null });
}

/** Fills somebody's Home tab anew. */
export async function showHome(desk: Desk, { origin, user }: Pick<Asker, 'origin' | 'user'>): Promise<void> {
  const asker: Asker = { origin, user, channel: null };
  const work = homeOf(desk, asker);
  const inTime = await within(work, WAITING_AFTER, desk.timer);
  if (!inTime.isReady) await publish(desk, asker, [card(null, text(desk.language.t('slack.waiting')))]);
  await publish(desk, asker, await work);
}

async function homeOf(desk: Desk, asker: Asker): Promise<readonly Card[]> {
  const parts = PARTS.filter(({ line }) => desk.bot.registry.find(line.split(' ')[0] ?? ''));
  const answers = await Promise.all(parts.map(async (part) => ({ ...part, reply: await say(desk, asker, part.line) })));
  const failed = answers.find(({ reply }) => reply.outcome === 'failed');
  // When the schedule cannot be read, one sentence says so.
  if (failed) return [failed.reply.card];
  return answers
    .filter(({ isForStaff, reply }) => !isForStaff || isSomething(reply))
    .map(({ title, reply: { card: content, language } }) => ({ ...content, title: language.t(title) }));
}

/** A refusal is nothing to look at, and neither is a sentence that says that there is nothing. */
function isSomething({ outcome, card: { elements } }: Reply): boolean {
  return outcome === 'answered' && elements.some(({ type }) => type !== 'text');
}

async function publish(desk: Desk, { origin, user }: Asker, cards: readonly Card[]): Promise<void> {
  try {
    const client = await desk.accounts.clientOf(origin.tenant);
    await client?.views.publish({ user_id: user, view: renderHome(cards, desk) });
  } catch (error) {
    desk.log.warn({ err: error }, 'a Home tab could not be published');
  }
}

import type { Clock } from '../../src/clock.ts';
import { failed } from '../../src/engine/answer.ts';
import type { AnyCommand } from '../../src/engine/command.ts';
import type { Bot, Reply, Request } from '../../src/engine/dispatch.ts';
import { BotError } from '../../src/errors.ts';
import type { IdentitySource } from '../../src/identity.ts';
import type { Language } from '../../src/language/language.ts';
import type { Log } from '../../src/log.ts';
import type { Messenger, Store } from '../../src/ports.ts';
import type { Timer } from '../../src/timer.ts';
import type { Accounts } from './accounts.ts';
import type { Background } from '../../src/background.ts';
import type { Files } from './files.ts';
import type { Origin } from './incoming.ts';
import type { Once } from './once.ts';
import { isOverview, withButtons } from './overview.ts';
import type { Profiles } from './profiles.ts';
import type { UserGroups } from './user-groups.ts';

/** What everything that listens to Slack shares. */
export interface Desk {
  readonly bot: Bot;
  readonly store: Store;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly identity: IdentitySource;
  readonly log: Log;
  /** Spoken where nobody in particular is spoken to. */
  readonly language: Language;
  readonly accounts: Accounts;
  readonly messenger: Messenger;
  readonly once: Once;
  readonly profiles: Profiles;
  readonly userGroups: UserGroups;
  readonly files: Files;
  readonly background: Background;
}

/** Who says something, and where. */
export interface Asker {
  readonly origin: Origin;
  readonly user: string;
  /** `null`: in no conversation, as on the Home tab. */
  readonly channel: string | null;
  /** The message in whose thread it is said; `null`, or not set: in none. */
  readonly thread?: string | null;
}

/** A person as the bot is asked by them. Nothing of it is asked of Slack. */
export function personOf(desk: Desk, { origin, user, channel, thread = null }: Asker): Omit<Request, 'input'> {
  const { tenant } = origin;
  const identity = { platform: 'slack', tenant, user };
  return {
    actor: { ...identity, name: desk.profiles.nameOf(identity) },
    ...(channel === null ? {} : { conversation: { platform: 'slack', tenant, id: channel, thread } }),
    surroundings: { openFile: (name) => desk.files.open(identity, name) },
  };
}

/** Says a line to the bot. */
export async function say(desk: Desk, asker: Asker, line: string, own: Partial<Request> = {}): Promise<Reply> {
  try {
    const named = await desk.userGroups.named(asker.origin.tenant, line);
    const reply = await desk.bot.handle({ ...personOf(desk, asker), ...own, input: { type: 'line', line: named } });
    const { registry } = desk.bot;
    return reply.outcome === 'answered' && isOverview(registry, line) ? withButtons(reply, registry) : reply;
  } catch (error) {
    return failureReply(desk, error);
  }
}

/** What is said when the bot was not even asked, because the store does not tell whether it was asked before. */
export function failureReply({ log, language, identity }: Desk, error: unknown): Reply {
  const reference = identity.reference();
  log.error({ err: error, reference }, 'a request failed');
  const isKnown = error instanceof BotError;
  const sentence = isKnown ? language.t(`error.${error.code}`, error.context) : language.t('error.ours', { reference });
  return { ...failed(sentence), language };
}

const OWN_NAME = /^[/@]?gcm(?:\s+|$)/iu;

/** Whether what somebody says concerns staff or themselves, so that nobody else in the conversation reads the answer. */
export function isForOneself(desk: Desk, line: string): boolean {
  const command = commandIn(desk, line);
  return command !== undefined && (command.access !== 'viewer' || command.isPersonal === true);
}

/** What everybody in a conversation reads is answered as everybody may see it. */
export function asSeenByAll(desk: Desk, line: string): Partial<Request> {
  return commandIn(desk, line)?.isForConversation ? { isReadByAll: true } : { role: 'viewer' };
}

/** Whether a line does nothing that would not be as good twice. A sentence that is no command can only ask. */
export function isOnlyAsking(desk: Desk, line: string): boolean {
  const command = commandIn(desk, line);
  return command === undefined || command.isQuestion === true;
}

function commandIn({ bot }: Desk, line: string): AnyCommand | undefined {
  const name = line.replace(OWN_NAME, '').split(/\s+/u)[0] ?? '';
  return bot.registry.find(name.replace(/[?!.:,]+$/u, ''));
}

/** What is done once somebody has their answer: their profile is looked at, and files are sent on. */
export function afterwards(desk: Desk, asker: Asker): void {
  desk.profiles.refresh({ platform: 'slack', tenant: asker.origin.tenant, user: asker.user });
}

import type { Clock } from '../../src/clock.ts';
import type { Bot, Reply, Request } from '../../src/engine/dispatch.ts';
import { failureReply } from '../../src/engine/failure-reply.ts';
import type { IdentitySource } from '../../src/identity.ts';
import type { Language } from '../../src/language/language.ts';
import type { Log } from '../../src/log.ts';
import type { Messenger, Store } from '../../src/ports.ts';
import type { SharedFiles } from '../../src/shared-files.ts';
import type { Timer } from '../../src/timer.ts';
import type { Accounts } from './accounts.ts';
import type { Background } from '../../src/background.ts';
import type { SharedFile } from './files.ts';
import type { Origin } from './incoming.ts';
import type { Once } from './once.ts';
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
  readonly files: SharedFiles<SharedFile>;
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
    // Slack takes no command in a thread.
    lead: thread === null ? '/gcm ' : '@GCM ',
    surroundings: { openFile: (name) => desk.files.open(identity, name) },
  };
}

/** Says a line to the bot. */
export async function say(desk: Desk, asker: Asker, line: string, own: Partial<Request> = {}): Promise<Reply> {
  try {
    const named = await desk.userGroups.named(asker.origin.tenant, line);
    return await desk.bot.handle({ ...personOf(desk, asker), ...own, input: { type: 'line', line: named } });
  } catch (error) {
    return failureReply(desk, error);
  }
}

/** What is done once somebody has their answer: their profile is looked at, and files are sent on. */
export function afterwards(desk: Desk, asker: Asker): void {
  desk.profiles.refresh({ platform: 'slack', tenant: asker.origin.tenant, user: asker.user });
}

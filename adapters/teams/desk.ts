import type { Clock } from '../../src/clock.ts';
import type { Bot, Reply, Request } from '../../src/engine/dispatch.ts';
import { asSeenByAll } from '../../src/engine/line-command.ts';
import type { IdentitySource } from '../../src/identity.ts';
import type { Language } from '../../src/language/language.ts';
import type { Log } from '../../src/log.ts';
import type { Address, Identity, Store } from '../../src/ports.ts';
import type { SharedFiles } from '../../src/shared-files.ts';
import type { Timer } from '../../src/timer.ts';
import type { Background } from '../../src/background.ts';
import type { FileLinks } from './file-links.ts';
import type { SharedFile } from './files.ts';
import type { Activity, Origin } from './incoming.ts';
import type { TeamsMessenger } from './messenger.ts';
import type { Once } from './once.ts';
import type { Places } from './places.ts';
import { zoneIn, type Profiles } from './profiles.ts';

/** What everything that listens to Teams shares. */
export interface Desk {
  readonly bot: Bot;
  readonly store: Store;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly identity: IdentitySource;
  /** A number from 0 to below 1: what keeps those who wait from coming back all at once. */
  readonly chance: () => number;
  readonly log: Log;
  /** Spoken where nobody in particular is spoken to. */
  readonly language: Language;
  readonly messenger: TeamsMessenger;
  readonly once: Once;
  readonly places: Places;
  readonly profiles: Profiles;
  readonly files: SharedFiles<SharedFile>;
  readonly links: FileLinks;
  readonly background: Background;
}

/** The person behind an activity. */
export function identityOf({ tenant, user }: Origin): Identity {
  return { platform: 'teams', tenant, user };
}

/** Where an answer goes: into the thread in a channel, into the conversation elsewhere. */
export function addressOf({ tenant, conversation, thread }: Origin): Address {
  return { platform: 'teams', tenant, id: conversation, thread };
}

/** A person as the bot is asked by them. */
export function personOf(desk: Desk, origin: Origin): Omit<Request, 'input'> {
  const { tenant, conversation, kind, thread, name, zone, language } = origin;
  const identity = identityOf(origin);
  return {
    actor: { ...identity, name },
    conversation: { platform: 'teams', tenant, id: conversation, thread },
    zone: zoneIn(zone),
    language,
    lead: kind === 'direct' ? '' : '@GCM ',
    surroundings: { openFile: (file) => desk.files.open(identity, file) },
  };
}

/** Says a line to the bot. */
export function say(desk: Desk, origin: Origin, line: string, own: Partial<Request> = {}): Promise<Reply> {
  return desk.bot.handle({ ...personOf(desk, origin), ...own, input: { type: 'line', line } });
}

/** Takes note of who asked, and of where the conversation is. */
export function greet(desk: Desk, origin: Origin, activity: Activity): void {
  desk.places.seen(placeOf(origin, activity), origin.user);
  desk.profiles.seen(origin);
}

/** A conversation as an activity shows it. */
export function placeOf(
  { tenant, conversation, kind, serviceUrl }: Origin,
  { channelData, conversation: { name } }: Activity,
) {
  const own = kind === 'channel' ? (channelData?.channel?.name ?? channelData?.team?.name) : name;
  return { platform: 'teams', tenant, id: conversation, kind, serviceUrl, name: own ?? null } as const;
}

/** What everybody in a conversation reads is answered as everybody may see it. */
export function asSeenBy(desk: Desk, { kind }: Origin, line: string): Partial<Request> {
  return kind === 'direct' ? {} : asSeenByAll(desk, line);
}

import type { StoredFeeds } from './calendar/stored-feed.ts';
import type { StoredInvitations } from './calendar/stored-invitation.ts';
import type { Card, Element, FileElement } from './cards/card.ts';
import type { Language } from './language/language.ts';
import type { Ledger } from './reminders/ledger.ts';
import type { Subscriptions } from './reminders/subscription.ts';
import type { Note, ScheduledEvent, WorkingGroup } from './schedule/event.ts';

/** A person as one platform knows them. */
export interface Identity {
  /** `console`, `slack`, `teams`. */
  readonly platform: string;
  /** Slack team, Teams tenant; empty where there is none. */
  readonly tenant: string;
  readonly user: string;
}

/** A person the bot remembers: what they chose for themselves, and what their platform last said of them. */
export interface Member extends Identity {
  readonly name: string | null;
  /** IANA zone they set; `null`: whatever their platform says. */
  readonly zone: string | null;
  /** BCP 47 tag they set; `null`: whatever their platform says. */
  readonly language: string | null;
  /** IANA zone from their profile on the platform. */
  readonly platformZone: string | null;
  /** BCP 47 tag from their profile on the platform. */
  readonly platformLanguage: string | null;
  /** E-mail address from their profile on the platform, where it gives one. */
  readonly email?: string;
}

/** Where a conversation is. */
export interface ConversationKey {
  readonly platform: string;
  /** Slack team, Teams tenant. */
  readonly tenant: string;
  /** Slack channel id, Teams conversation id. */
  readonly id: string;
}

/** A conversation that the bot is, or was, part of. */
export interface Conversation extends ConversationKey {
  readonly kind: 'channel' | 'group' | 'direct';
  readonly name: string | null;
  /** Where Teams takes posts for this conversation; `null` on platforms that have one address for all. */
  readonly serviceUrl: string | null;
  /** The working group it is linked to. */
  readonly groupId: string | null;
  /** Why nothing can be posted there any more, as a person can read it; `null` while it works. */
  readonly disconnected: string | null;
}

/** What a platform gave the bot when somebody installed it. */
export interface Installation {
  readonly platform: string;
  /** Slack team, or the organisation that installed it for all of its teams. */
  readonly tenant: string;
  /** Encrypted by the adapter: the store holds no token. */
  readonly sealed: string;
}

/** Everything a schedule is made of, as one revision of it stood. */
export interface ScheduleData {
  readonly group: WorkingGroup;
  readonly events: readonly ScheduledEvent[];
  readonly notes: readonly Note[];
}

/** What somebody, or everybody of a team, may do in a group beyond reading. */
export interface RoleGrant {
  /** `team`: a Slack user group or a Teams team, whose members its platform knows. */
  readonly kind: 'person' | 'team';
  readonly platform: string;
  readonly tenant: string;
  /** The platform's id of the person or the team. */
  readonly id: string;
  readonly name: string | null;
  readonly role: 'viewer' | 'editor' | 'admin';
}

/** What one change does to one thing. `before` is what its author saw; `null`: it is new. */
export type Write =
  | { readonly type: 'group'; readonly before: WorkingGroup | null; readonly after: WorkingGroup }
  | { readonly type: 'event'; readonly before: ScheduledEvent | null; readonly after: ScheduledEvent }
  | { readonly type: 'note'; readonly before: Note | null; readonly after: Note | null }
  | { readonly type: 'role'; readonly before: RoleGrant | null; readonly after: RoleGrant | null };

/** One change to a group's schedule: all of it happens, or none. */
export interface ScheduleChange {
  readonly groupId: string;
  readonly actor: Actor;
  /** What was done, as the audit names it: the command's name. */
  readonly action: string;
  /** The instant of the change, ISO 8601 in UTC. */
  readonly at: string;
  readonly writes: readonly Write[];
  /** Whether those who follow the group are told; otherwise it is a silent change. */
  readonly tell?: boolean;
  /** The revision on which all of it was checked, when another one in between must stop it. */
  readonly basedOn?: number;
  /** The pending action that is carried out by it, and how its author answered: in the same transaction, once. */
  readonly pending?: { readonly token: string; readonly answer: string };
  /** The revision that it takes back. */
  readonly undoes?: number | null;
}

/** How a change is presented to its author. */
export interface Preview {
  /** What it is, as the title of the preview: “Move UNESCAP regional consultation”. */
  readonly title: string;
  /** Shown above what changes: what else its author should know. */
  readonly remarks?: readonly Element[];
  /** Shown instead of old → new, where the change is too large for that. */
  readonly shown?: readonly Element[];
  /** Whether to tell nobody is its first choice: a whole file comes in, and nobody wants a notice for each line. */
  readonly isQuiet?: boolean;
}

/** A change that its author has been shown and may still publish or drop. */
export interface PendingAction {
  /** Cannot be guessed: buttons carry it. */
  readonly token: string;
  readonly groupId: string;
  /** Only they may answer. */
  readonly actor: Actor;
  readonly command: string;
  /** What was given for the command's arguments, as text. */
  readonly given: Readonly<Record<string, string>>;
  /** How it was presented, so that it can be shown again. */
  readonly preview: Preview;
  /** Exactly what was shown; empty once it is answered. */
  readonly writes: readonly Write[];
  readonly undoes: number | null;
  /** Instants, ISO 8601 in UTC. */
  readonly madeAt: string;
  readonly expiresAt: string;
  /** What its author decided; `null` while they have not. */
  readonly answer: string | null;
  readonly answeredAt: string | null;
}

/** That those who follow a group are to be told of a change to an event. */
export interface Notice {
  /** Rises with time within a store. */
  readonly id: number;
  readonly groupId: string;
  /** The revision of the change, under which the audit has more of it. */
  readonly revision: number;
  readonly eventUid: string;
  readonly at: string;
  /** The event before the change; `null`: it is new, or was a draft. */
  readonly before: ScheduledEvent | null;
  readonly after: ScheduledEvent;
}

/** Who did something, as the audit keeps it: readable even when the person is long gone. */
export interface Actor extends Identity {
  readonly name: string | null;
}

/** One line of the append-only audit. */
export interface AuditEntry {
  /** Rises with time within a store. */
  readonly id: number;
  readonly groupId: string;
  /** The revision that the change made; the entries of one change share it. */
  readonly revision: number;
  readonly at: string;
  readonly actor: Actor;
  readonly action: string;
  readonly write: Write;
  /** The revision that the change took back. */
  readonly undoes: number | null;
}

/** Where the bot keeps everything. Implementations live in `prisma/` and pass one contract suite. */
export interface Store {
  /** All working groups, the oldest first: it is meant when nothing says which. An empty store has one, `gcm`. */
  groups(): Promise<readonly WorkingGroup[]>;

  /** The group's current revision: the cheap question that decides whether a loaded schedule is still good. */
  revision(groupId: string): Promise<number>;

  /** The group's schedule, read as one consistent revision. The caller owns what it gets. */
  load(groupId: string): Promise<ScheduleData>;

  /**
   * Makes one change in one transaction: rows, audit entries, revision. An event whose stored version is no longer
   * that of its `before` stops everything.
   *
   * Notices are written for the published events of a change that is to be told. A group that is new comes into being
   * with its `group` write.
   *
   * @returns the new revision
   * @throws BotError `conflict` with the handle of the first event that somebody else changed or whose handle is
   * taken, `moved-on` when the schedule is no longer the one that the change is based on, `already-answered` when its
   * pending action was answered or has expired, `last-admin` when nobody would be left to administer the group; then
   * nothing was written
   */
  commit(change: ScheduleChange): Promise<number>;

  /** Audit entries of a group, newest first; with `subject`, those of one event or note; with `revision`, of one change. */
  audit(
    groupId: string,
    page: {
      readonly limit: number;
      readonly before?: number;
      readonly subject?: string;
      readonly revision?: number;
    },
  ): Promise<readonly AuditEntry[]>;

  /** Who has which role in a group, by name. */
  roles(groupId: string): Promise<readonly RoleGrant[]>;

  /** What a group's followers are to be told, oldest first, after the notice `after`, from the instant `since` on. */
  notices(
    groupId: string,
    page: { readonly limit: number; readonly after?: number; readonly since?: string },
  ): Promise<readonly Notice[]>;

  /** Keeps a pending action, and forgets those that expired long ago. */
  keepPending(action: PendingAction): Promise<void>;
  pending(token: string): Promise<PendingAction | null>;
  /** What somebody has been shown in a group and may still decide on at the instant `at`, newest first. */
  openPending(
    groupId: string,
    author: Identity,
    at: string,
  ): Promise<readonly Pick<PendingAction, 'token' | 'preview' | 'expiresAt'>[]>;
  /**
   * Notes what its author decided, when that changes nothing in the schedule.
   *
   * @returns whether it was still open; of several answers one is the first
   */
  answerPending(token: string, answer: { readonly answer: string; readonly at: string }): Promise<boolean>;

  member(identity: Identity): Promise<Member | null>;
  saveMember(member: Member): Promise<void>;
  /** Keeps what a platform says of a person, and leaves alone what they chose for themselves. */
  saveProfile(profile: Omit<Member, 'zone' | 'language'>): Promise<void>;

  conversation(key: ConversationKey): Promise<Conversation | null>;
  saveConversation(conversation: Conversation): Promise<void>;
  /** The conversations of a platform's tenant. */
  conversations(platform: string, tenant: string): Promise<readonly Conversation[]>;
  /** The conversations that are linked to a group. */
  conversationsOf(groupId: string): Promise<readonly Conversation[]>;
  /** The people of a platform's tenant whom the bot remembers. */
  members(platform: string, tenant: string): Promise<readonly Member[]>;

  installation(platform: string, tenant: string): Promise<Installation | null>;
  saveInstallation(installation: Installation): Promise<void>;
  removeInstallation(platform: string, tenant: string): Promise<void>;

  /**
   * Whether this is the first time that anybody names `key`, in any process on this store: how an event that a platform
   * sends twice acts once. Keys are forgotten some time after `until`.
   *
   * @param time the present moment, and the one up to which the key has to be remembered; ISO 8601 in UTC
   */
  isFirst(key: string, time: { readonly now: string; readonly until: string }): Promise<boolean>;

  /** Everything that is sent without having been asked for. */
  readonly ledger: Ledger;
  /** Who is told what. */
  readonly subscriptions: Subscriptions;
  /** The secret calendar addresses. */
  readonly feeds: StoredFeeds;
  /** Who is invited to what by mail. */
  readonly invitations: StoredInvitations;

  /** Resolves when the store answers; rejects with a `store-…` error when it does not. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Where a message goes. */
export interface Address extends ConversationKey {
  /** The message whose thread it belongs to; `null`: the conversation itself. */
  readonly thread: string | null;
}

/** A message that is on a platform. */
export interface SentMessage extends Address {
  /** Slack's `ts`, Teams' activity id. */
  readonly messageId: string;
}

/** A message that was asked for, and what was kept with it. */
export interface FoundMessage extends SentMessage {
  /** The last notice that it tells of; `null`: it tells of none. */
  readonly told: number | null;
}

/**
 * What came of sending something.
 *
 * - `sent`: it is there.
 * - `again`: it is not there, and may be tried again, after `afterMs` if the platform said so.
 * - `never`: it is not there and never will be: the channel is archived, the bot is not in it, the person is gone, the
 *   token is revoked.
 * - `unknown`: the connection broke after the request was sent; only the platform knows.
 */
export type Sending =
  | { readonly outcome: 'sent'; readonly message: SentMessage }
  | { readonly outcome: 'again'; readonly afterMs: number | null; readonly reason: string }
  | { readonly outcome: 'never'; readonly reason: string }
  | { readonly outcome: 'unknown'; readonly reason: string };

/** How the bot speaks on a platform without having been asked. Nothing of it throws for what a platform may answer. */
export interface Messenger {
  readonly platform: string;
  /** Whether the platform can be asked at all what has arrived there: what {@link Messenger.find} is for. */
  readonly canBeAsked: boolean;
  /**
   * @param about.deliveryId kept with the message where the platform can, so that {@link Messenger.find} finds it
   * @param about.told the last notice that it tells of, kept beside the id
   * @param about.isWanted asked at the last moment, once it is the message's turn: when it is not, nothing is sent, and
   * `again` is answered. Does not reject.
   */
  post(
    to: Address,
    card: Card,
    about: {
      readonly language: Language;
      readonly deliveryId: string | null;
      readonly told?: number | null;
      readonly isWanted?: () => Promise<boolean>;
    },
  ): Promise<Sending>;
  /** Puts a card in the place of a message. */
  update(message: SentMessage, card: Card, about: { readonly language: Language }): Promise<Sending>;
  upload(to: Address, file: FileElement): Promise<Sending>;
  /** The address of a conversation with one person, opened if need be. */
  openDirect(
    person: Identity,
  ): Promise<{ readonly outcome: 'open'; readonly address: Address } | Exclude<Sending, { outcome: 'sent' }>>;
  /**
   * The message that carries a delivery's id; `null`: there is none; `cannot-tell`: the platform cannot say. Otherwise
   * it did not answer the question this time.
   */
  find(
    to: Address,
    deliveryId: string,
  ): Promise<FoundMessage | null | 'cannot-tell' | Extract<Sending, { outcome: 'again' }>>;
}

import type { Note, ScheduledEvent, WorkingGroup } from './schedule/event.ts';

/** A person as one platform knows them. */
export interface Identity {
  /** `console`, `slack`, `teams`. */
  readonly platform: string;
  /** Slack team, Teams tenant; empty where there is none. */
  readonly tenant: string;
  readonly user: string;
}

/** A person the bot remembers, and what they chose for themselves. */
export interface Member extends Identity {
  readonly name: string | null;
  /** IANA zone they set; `null`: whatever their platform says. */
  readonly zone: string | null;
  /** BCP 47 tag they set; `null`: whatever their platform says. */
  readonly language: string | null;
}

/** Everything a schedule is made of, as one revision of it stood. */
export interface ScheduleData {
  readonly group: WorkingGroup;
  readonly events: readonly ScheduledEvent[];
  readonly notes: readonly Note[];
}

/** What one change does to one thing. `before` is what its author saw. */
export type Write =
  | { readonly type: 'group'; readonly before: WorkingGroup; readonly after: WorkingGroup }
  | { readonly type: 'event'; readonly before: ScheduledEvent | null; readonly after: ScheduledEvent }
  | { readonly type: 'note'; readonly before: Note | null; readonly after: Note | null };

/** One change to a group's schedule: all of it happens, or none. */
export interface ScheduleChange {
  readonly groupId: string;
  readonly actor: Actor;
  /** What was done, as the audit names it: the command's name. */
  readonly action: string;
  /** The instant of the change, ISO 8601 in UTC. */
  readonly at: string;
  readonly writes: readonly Write[];
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
}

/** Where the bot keeps everything. Implementations live in `prisma/` and pass one contract suite. */
export interface Store {
  /** All working groups, by slug. An empty store has one, `gcm`. */
  groups(): Promise<readonly WorkingGroup[]>;

  /** The group's current revision: the cheap question that decides whether a loaded schedule is still good. */
  revision(groupId: string): Promise<number>;

  /** The group's schedule, read as one consistent revision. The caller owns what it gets. */
  load(groupId: string): Promise<ScheduleData>;

  /**
   * Makes one change in one transaction: rows, audit entries, revision. An event whose stored version is no longer
   * that of its `before` stops everything.
   *
   * @returns the new revision
   * @throws BotError `conflict` with the handle of the first event that somebody else changed or whose handle is
   * taken; then nothing was written
   */
  commit(change: ScheduleChange): Promise<number>;

  /** Audit entries of a group, newest first. */
  audit(groupId: string, page: { readonly limit: number; readonly before?: number }): Promise<readonly AuditEntry[]>;

  member(identity: Identity): Promise<Member | null>;
  saveMember(member: Member): Promise<void>;

  /** Resolves when the store answers; rejects with a `store-…` error when it does not. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

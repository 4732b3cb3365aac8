import type { When } from '../schedule/when.ts';
import type { Organizer } from './ics.ts';
import type { Reply } from './reply.ts';

/** Somebody who is invited to an event by mail, and what of it they have. */
export interface StoredInvitation {
  readonly groupId: string;
  readonly eventUid: string;
  /** In lower case. */
  readonly address: string;
  readonly name: string | null;
  /** In whose name it went out first: every later mail names the same, or calendars take it for a stranger’s. */
  readonly organizer: Organizer;
  /** BCP 47 tag and IANA zone of what is written to them. */
  readonly language: string;
  readonly zone: string;
  /** Minutes before the start at which their calendar is to remind, the longest first. */
  readonly alarms: readonly number[];
  /** When they were invited; another invitation after they were taken off the list is a new one. ISO 8601 in UTC. */
  readonly createdAt: string;
  /** When they were taken off the list. */
  readonly removedAt: string | null;
  /** The mail that was last sent; `null`: none was yet. */
  readonly sent: SentInvitation | null;
  /** Their answer; `null`: none has come. */
  readonly answer: InvitationAnswer | null;
}

/** What was sent to somebody. */
export interface SentInvitation {
  readonly method: 'REQUEST' | 'CANCEL';
  readonly sequence: number;
  /** When the event was in it. */
  readonly when: When;
  /** ISO 8601 in UTC. */
  readonly at: string;
}

/** What somebody answered, and to which sequence. */
export type InvitationAnswer = Pick<Reply, 'partstat' | 'sequence' | 'at' | 'comment'>;

/** What names one invitation. */
export type InvitationKey = Pick<StoredInvitation, 'groupId' | 'eventUid' | 'address'>;

/** Where invitations are kept. */
export interface StoredInvitations {
  find(key: InvitationKey): Promise<StoredInvitation | null>;
  /** Everybody who was ever invited to these events, by event and address. */
  of(groupId: string, eventUids: readonly string[]): Promise<readonly StoredInvitation[]>;
  /** Those who were invited since then, and to whom nothing was sent. */
  unsent(groupId: string, since: string): Promise<readonly StoredInvitation[]>;
  /** Adds invitations. Those to whom one is open already are left as they are; those taken off the list begin anew. */
  add(invitations: readonly StoredInvitation[]): Promise<void>;
  /** @returns whether they were on the list */
  remove(key: InvitationKey, at: string): Promise<boolean>;
  /** Notes what was sent. What was sent of a higher sequence before stays. */
  sent(key: InvitationKey, sent: SentInvitation): Promise<void>;
  /**
   * Notes an answer, unless one to a later sequence, or a later one to the same, is there (RFC 5546 §2.1.5).
   *
   * @returns whether it counts
   */
  answered(key: InvitationKey, answer: InvitationAnswer): Promise<boolean>;
}

import type { Target } from './subscription.ts';

/**
 * Where a delivery stands.
 *
 * - `due`: to be sent, at `readyAt` at the earliest.
 * - `claimed`: somebody is at it, and shows by ever new values of `readyAt` that they live.
 * - `sent`, `skipped` (with a reason, it need not be sent), `parked` (with a reason, it could not be sent): settled.
 */
export const DELIVERY_STATES = ['due', 'claimed', 'sent', 'skipped', 'parked'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Whom a delivery is for: whoever can be sent something, or a user group or team whose members are told one by one. */
export type Recipient =
  Target | { readonly kind: 'team'; readonly platform: string; readonly tenant: string; readonly id: string };

/** Something to be sent, before anybody has tried. All instants are epoch milliseconds. */
export interface NewDelivery {
  /** What makes it one delivery however often it is added. Messages carry it where the platform can. */
  readonly key: string;
  /** What it is, and who turns it into a message: `reminder`, `digest`, `change`, … */
  readonly kind: string;
  readonly groupId: string;
  readonly subscriptionId: string | null;
  readonly eventUid: string | null;
  readonly target: Recipient;
  /** What it is about, as its kind needs it: JSON. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** When it was to be sent. */
  readonly plannedFor: number;
  /** When it may be sent at the earliest. */
  readonly sendAt: number;
  /** After this it is of no use; `null`: it always is. */
  readonly uselessFrom: number | null;
  /** Why it is not to be sent at all; `null`: it is. */
  readonly skipped: string | null;
}

/** A delivery as somebody has claimed it. */
export interface Claimed extends Omit<NewDelivery, 'sendAt' | 'skipped'> {
  readonly id: number;
  /** How often it was claimed, this time included. With `id`, what a settlement names. */
  readonly attempts: number;
  /** Whether an attempt before this one may have reached the platform without anybody knowing. */
  readonly isUncertain: boolean;
}

/** The message that a delivery became. */
export interface DeliveredMessage {
  readonly conversationId: string;
  readonly thread: string | null;
  readonly messageId: string;
}

/**
 * What the holder of a claim sets ever anew for as long as they live. Nobody compares it with a clock, because the clocks
 * of several machines differ and jump; whoever sees it unchanged for a while takes over.
 */
export interface Lease {
  readonly owner: string;
  /** Epoch milliseconds, later than anything is due: `readyAt` of the deliveries. */
  readonly until: number;
}

/** What came of a claim. */
export type Outcome =
  | { readonly state: 'sent'; readonly message: DeliveredMessage | null; readonly told: number | null }
  | { readonly state: 'skipped'; readonly reason: string }
  | { readonly state: 'parked'; readonly reason: string; readonly detail: string }
  /** To be tried again at `at`. `isUnsent`: it is certainly not on the platform. */
  | { readonly state: 'again'; readonly at: number; readonly detail: string; readonly isUnsent: boolean }
  /** Nothing was tried: it is to be as if it had not been claimed. */
  | { readonly state: 'back'; readonly at: number };

/** A claim and what came of it. */
export interface Settlement extends Pick<Claimed, 'id' | 'attempts'> {
  readonly outcome: Outcome;
}

/** A line of the ledger as people are told of it. */
export interface DeliveryRecord extends Omit<NewDelivery, 'sendAt' | 'skipped'> {
  readonly id: number;
  readonly state: DeliveryState;
  /** When it may be claimed; `null` when it is settled. */
  readonly readyAt: number | null;
  readonly attempts: number;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly message: DeliveredMessage | null;
  /** The last notice that a change notice told of. */
  readonly told: number | null;
  readonly settledAt: number | null;
}

/** How many deliveries stand where, and why. */
export interface DeliveryCount {
  readonly state: DeliveryState;
  readonly reason: string | null;
  readonly count: number;
}

/** Which deliveries somebody asks for. Every part narrows. */
export interface DeliveryQuery {
  readonly id?: number;
  readonly groupId?: string;
  readonly state?: DeliveryState;
  readonly kind?: string;
  readonly eventUids?: readonly string[];
  readonly subscriptionId?: string;
  readonly target?: Pick<Target, 'platform' | 'tenant' | 'id'>;
  /** To the people of a tenant. */
  readonly peopleOf?: Pick<Target, 'platform' | 'tenant'>;
  readonly reason?: string;
  readonly detail?: string;
  readonly limit: number;
}

/** How far a group's deliveries are planned. */
export interface PlanningPosition {
  /** Everything up to here is in the ledger. */
  readonly to: number;
  /** Every notice up to this one is in the ledger. */
  readonly noticeId: number;
}

/** Everything that is sent without having been asked for, written down before it is sent. */
export interface Ledger {
  /**
   * Adds deliveries; those whose key is there already are left as they are.
   *
   * @returns how many were new
   */
  add(deliveries: readonly NewDelivery[], now: number): Promise<number>;

  /**
   * Claims what is due, the longest first. Of several that ask at the same time, also from other processes, no two get
   * the same.
   *
   * @param claim.except tenants that get none, each as {@link tenantOf} names it
   * @param claim.announced platforms whose deliveries are never sent without {@link Ledger.begin}: when a claim of
   * theirs breaks off before it, nothing has arrived
   */
  claim(claim: {
    readonly owner: string;
    readonly now: number;
    readonly until: number;
    readonly limit: number;
    readonly except: readonly string[];
    readonly announced: readonly string[];
  }): Promise<readonly Claimed[]>;

  /**
   * Notes that claims are about to be sent, and makes their leases last until `until`.
   *
   * @returns the ids of those that were still the owner's; the others must not be sent
   */
  begin(owner: string, claims: readonly Pick<Claimed, 'id' | 'attempts'>[], until: number): Promise<readonly number[]>;

  /**
   * Notes what came of claims.
   *
   * @returns the ids of those that were still the owner's; the others are somebody else's by now, and are left alone
   */
  settle(owner: string, settlements: readonly Settlement[], now: number): Promise<readonly number[]>;

  /**
   * Makes the leases of claims last until `until`.
   *
   * @returns the ids of those that were still the owner's
   */
  extend(owner: string, claims: readonly Pick<Claimed, 'id' | 'attempts'>[], until: number): Promise<readonly number[]>;

  /** The leases of all that is claimed. */
  leases(): Promise<readonly Lease[]>;

  /**
   * Makes due again what is still claimed under exactly these leases.
   *
   * @returns how many deliveries
   */
  takeOver(leases: readonly Lease[], now: number): Promise<number>;

  /** When the next delivery that nobody has claimed is due, tenants of `except` apart; `null`: there is none. */
  nextReadyAt(except: readonly string[]): Promise<number | null>;

  /** How many deliveries of a group stand where, of those that are settled only the ones from `since` on. */
  counts(groupId: string, since: number): Promise<readonly DeliveryCount[]>;

  /** Those of the keys that there are. */
  withKeys(keys: readonly string[]): Promise<readonly DeliveryRecord[]>;

  /** The deliveries that somebody asks for, the latest first. Looks through all of them, so it is not for every minute. */
  list(query: DeliveryQuery): Promise<readonly DeliveryRecord[]>;

  /**
   * Makes parked deliveries due again that are still of use.
   *
   * @returns how many
   */
  retry(query: Omit<DeliveryQuery, 'state' | 'limit'>, now: number): Promise<number>;

  /** The groups that have something parked. It is for every minute. */
  groupsWithParked(): Promise<readonly string[]>;

  /** What is parked of a group, the oldest first, of what was parked after `since`. It is for every minute. */
  parkedSince(groupId: string, since: number): Promise<readonly DeliveryRecord[]>;

  /**
   * Makes due again what was parked because its conversation was lost, where that is back since; of it, what is of no
   * use any more is skipped.
   *
   * @returns how many deliveries are parked no more
   */
  resume(groupId: string, now: number): Promise<number>;

  /** Forgets what was settled before `before`. */
  forget(before: number): Promise<void>;

  planning(groupId: string): Promise<(PlanningPosition & { readonly troublesTo: number | null }) | null>;
  /** Notes how far a group is planned. It never goes back. */
  planned(groupId: string, position: PlanningPosition): Promise<void>;
  /** Notes up to when it is in the ledger that staff are told of what was parked and lost. It never goes back. */
  troublesPlanned(groupId: string, to: number): Promise<void>;
}

/** How claims name a platform's tenant. */
export function tenantOf({ platform, tenant }: Pick<Target, 'platform' | 'tenant'>): string {
  return `${platform}/${tenant}`;
}

/** What those have in common who read the same: one conversation, whatever the thread, or one person. */
export function placeKey(target: Pick<Recipient, 'kind' | 'platform' | 'tenant' | 'id'>): string {
  return `${target.kind} ${tenantOf(target)} ${target.id}`;
}

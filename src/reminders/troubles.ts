import { z } from 'zod';
import type { Store } from '../ports.ts';
import { burstsOf } from './changes.ts';
import {
  tenantOf,
  type Claimed,
  type DeliveryRecord,
  type Ledger,
  type NewDelivery,
  type Recipient,
} from './ledger.ts';
import type { SkipReason } from './plan.ts';
import { staffOf, type StaffSources } from './staff.ts';
import type { LostConversation, Subscriptions } from './subscription.ts';

/** What the ledger calls a message to staff about what could not be sent. */
export const TROUBLE = 'trouble';
/** How many deliveries one message names; the others are counted. */
const NAMED = 100;
/** What was parked longer ago than this, without any trouble since, has been seen by every process. Milliseconds. */
const SETTLED_MS = 20 * 60_000;
/** For how long a platform is asked who belongs to a team, and how long it is left alone meanwhile, in milliseconds. */
const ASKED_MS = 86_400_000;
const ASK_AGAIN_MS = 60_000;
/** How many members of a team are told at most, and in how many entries of the audit they are looked for. */
const MOST_TOLD = 30;
const ENTRIES_LOOKED_AT = 500;

/** What a message to staff is about. */
export const troublePayload = z.object({
  /** When the first of it happened, epoch milliseconds. Deliveries of an earlier version lack it. */
  at: z.number().optional(),
  /** Keys of deliveries that were parked, and how many there are beside them. */
  parked: z.array(z.string()),
  more: z.number(),
  lost: z.array(z.object({ platform: z.string(), tenant: z.string(), id: z.string() })),
});
type TroublePayload = z.infer<typeof troublePayload>;

/** Whoever is told: a person, or a team whose members are to be told. */
type StaffRecipient = Extract<Recipient, { kind: 'person' | 'team' }>;

/** What telling staff takes. */
export interface TroubleParts extends StaffSources {
  readonly store: StaffSources['store'] & {
    readonly ledger: Ledger;
    readonly subscriptions: Pick<Subscriptions, 'lost'>;
  };
  /** By platform: people elsewhere cannot be told. */
  readonly messengers?: ReadonlyMap<string, unknown>;
}

interface Trouble {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly what: DeliveryRecord | LostConversation;
}

/**
 * Writes down that a group's staff are told what was parked and which conversations were lost: each once, those of a few
 * minutes in one message. What waits in a lost conversation is no news of its own, and what was to tell staff is none
 * either. What was parked in a conversation that is back is sent.
 *
 * @param moments `since`: up to when it is written down already; `null`: that begins now. `hasParked`: whether
 * anything of the group is parked, as the ledger says it of all groups at once
 * @returns how many messages are new
 */
export async function writeDownTroubles(
  groupId: string,
  { since, now, hasParked }: { readonly since: number | null; readonly now: number; readonly hasParked: boolean },
  parts: TroubleParts,
): Promise<number> {
  const { ledger, subscriptions } = parts.store;
  if (hasParked) await ledger.resume(groupId, now);
  if (since === null) {
    await ledger.troublesPlanned(groupId, now);
    return 0;
  }
  const [parked, lost] = await Promise.all([
    hasParked ? ledger.parkedSince(groupId, since) : [],
    subscriptions.lost(groupId),
  ]);
  const troubles = [
    ...parked.filter(({ kind }) => kind !== TROUBLE).map((what): Trouble => ({ at: what.settledAt ?? 0, what })),
    ...lost.flatMap((what): Trouble[] => (what.since !== null && what.since > since ? [{ at: what.since, what }] : [])),
  ].sort((a, b) => a.at - b.at);
  const bursts = burstsOf(
    troubles.map(({ at }, id) => ({ id, at: new Date(at).toISOString() })),
    now,
  );
  const news = bursts
    .map(({ first, last }) => troubles.slice(first, last + 1))
    .filter((burst) => burst.some(({ what }) => 'since' in what || what.reason !== 'disconnected'));
  const recipients = news.length === 0 ? [] : await recipientsOf(groupId, parts);
  const added = await ledger.add(
    news.flatMap((burst) => recipients.map((recipient) => troubleDelivery(groupId, recipient, burst, now))),
    now,
  );
  // Where there is no trouble it moves on now and then: at every tick it would be one more write for every group.
  const settled = now - SETTLED_MS;
  const quiet = troubles.length === 0 && settled - since >= SETTLED_MS ? settled : since;
  const told = troubles[bursts.at(-1)?.last ?? -1]?.at ?? quiet;
  if (told > since) await ledger.troublesPlanned(groupId, told);
  return added;
}

async function recipientsOf(groupId: string, parts: TroubleParts): Promise<readonly StaffRecipient[]> {
  const { people, teams } = await staffOf(groupId, parts);
  const recipients = [
    ...people.map(({ platform, tenant, user: id }): StaffRecipient => ({ kind: 'person', platform, tenant, id })),
    ...teams.map(({ platform, tenant, id }): StaffRecipient => ({ kind: 'team', platform, tenant, id })),
  ];
  return recipients.filter(({ platform }) => parts.messengers?.has(platform));
}

function troubleDelivery(
  groupId: string,
  recipient: StaffRecipient,
  burst: readonly Trouble[],
  now: number,
): NewDelivery {
  const parked = burst.flatMap(({ what }) => ('key' in what ? [what.key] : []));
  const lost = burst.flatMap(({ what }) => ('key' in what ? [] : [what]));
  const payload: TroublePayload = {
    at: burst[0]?.at ?? now,
    parked: parked.slice(0, NAMED),
    more: Math.max(0, parked.length - NAMED),
    lost: lost.map(({ platform, tenant, id }) => ({ platform, tenant, id })),
  };
  return deliveryTo(recipient, groupId, payload, now);
}

/** One message of one burst to one recipient; whoever is told of it in two ways is told once. */
function deliveryTo(target: StaffRecipient, groupId: string, payload: TroublePayload, now: number): NewDelivery {
  const who = target.kind === 'team' ? `team ${target.id}` : target.id;
  return {
    key: `${groupId} ${TROUBLE} ${payload.at ?? now} ${tenantOf(target)}/${who}`,
    kind: TROUBLE,
    groupId,
    subscriptionId: null,
    eventUid: null,
    target,
    payload,
    plannedFor: now,
    sendAt: now,
    uselessFrom: null,
    skipped: null,
  };
}

/** What becomes of a delivery to a user group or team. */
export type PassingOn =
  | { readonly verdict: 'pass-on'; readonly to: readonly NewDelivery[] }
  | { readonly verdict: 'wait'; readonly until: number }
  | SkipReason;

/**
 * The members of a team are told one by one: of a large one those who changed the schedule last. While its platform does
 * not say who they are, it is asked again, for a day.
 */
export async function passOn(
  { groupId, target, payload, plannedFor }: Claimed,
  now: number,
  parts: StaffSources & { readonly store: Pick<Store, 'audit'> },
): Promise<PassingOn> {
  const { platform, tenant } = target;
  const team = (await staffOf(groupId, parts)).teams.find(
    (each) => each.id === target.id && tenantOf(each) === tenantOf(target),
  );
  if (!team) return 'unwanted';
  const members = (await parts.membersOf?.(team)) ?? null;
  if (members === null) return now - plannedFor < ASKED_MS ? { verdict: 'wait', until: now + ASK_AGAIN_MS } : 'late';
  const told = members.length > MOST_TOLD ? await busiest(members, groupId, target, parts.store) : members;
  const of = troublePayload.parse(payload);
  const to = told.map((id) => deliveryTo({ kind: 'person', platform, tenant, id }, groupId, of, now));
  return { verdict: 'pass-on', to };
}

async function busiest(
  members: readonly string[],
  groupId: string,
  place: Pick<Recipient, 'platform' | 'tenant'>,
  store: Pick<Store, 'audit'>,
): Promise<readonly string[]> {
  const entries = await store.audit(groupId, { limit: ENTRIES_LOOKED_AT });
  const changers = entries.flatMap(({ actor }) => (tenantOf(actor) === tenantOf(place) ? [actor.user] : []));
  const known = new Set(members);
  return [...new Set([...changers.filter((user) => known.has(user)), ...members])].slice(0, MOST_TOLD);
}

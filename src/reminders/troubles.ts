import { z } from 'zod';
import type { Identity } from '../ports.ts';
import { burstsOf } from './changes.ts';
import { tenantOf, type DeliveryRecord, type Ledger, type NewDelivery } from './ledger.ts';
import { staffOf, type StaffSources } from './staff.ts';
import type { LostConversation, Subscriptions } from './subscription.ts';

/** What the ledger calls a message to staff about what could not be sent. */
export const TROUBLE = 'trouble';
/** How many deliveries one message names; the others are counted. */
const NAMED = 100;
/** What was parked longer ago than this, without any trouble since, has been seen by every process. Milliseconds. */
const SETTLED_MS = 20 * 60_000;

/** What a message to staff is about. */
export const troublePayload = z.object({
  /** Keys of deliveries that were parked, and how many there are beside them. */
  parked: z.array(z.string()),
  more: z.number(),
  lost: z.array(z.object({ platform: z.string(), tenant: z.string(), id: z.string() })),
});

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
  const staff = news.length === 0 ? [] : await staffOf(groupId, parts);
  const reached = staff.filter(({ platform }) => parts.messengers?.has(platform));
  const added = await ledger.add(
    news.flatMap((burst) => reached.map((person) => troubleDelivery(groupId, person, burst, now))),
    now,
  );
  // Where there is no trouble it moves on now and then: at every tick it would be one more write for every group.
  const settled = now - SETTLED_MS;
  const quiet = troubles.length === 0 && settled - since >= SETTLED_MS ? settled : since;
  const told = troubles[bursts.at(-1)?.last ?? -1]?.at ?? quiet;
  if (told > since) await ledger.troublesPlanned(groupId, told);
  return added;
}

function troubleDelivery(
  groupId: string,
  { platform, tenant, user }: Identity,
  burst: readonly Trouble[],
  now: number,
): NewDelivery {
  const parked = burst.flatMap(({ what }) => ('key' in what ? [what.key] : []));
  const lost = burst.flatMap(({ what }) => ('key' in what ? [] : [what]));
  return {
    key: `${groupId} ${TROUBLE} ${burst[0]?.at ?? now} ${tenantOf({ platform, tenant })}/${user}`,
    kind: TROUBLE,
    groupId,
    subscriptionId: null,
    eventUid: null,
    target: { kind: 'person', platform, tenant, id: user },
    payload: {
      parked: parked.slice(0, NAMED),
      more: Math.max(0, parked.length - NAMED),
      lost: lost.map(({ platform, tenant, id }) => ({ platform, tenant, id })),
    },
    plannedFor: now,
    sendAt: now,
    uselessFrom: null,
    skipped: null,
  };
}

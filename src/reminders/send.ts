import type { Clock } from '../clock.ts';
import type { Address, Messenger, Sending, SentMessage, Store } from '../ports.ts';
import type { Timer } from '../timer.ts';
import { backoff } from './backoff.ts';
import type { Judgement } from './judge.ts';
import type { Claimed, Outcome } from './ledger.ts';

/** Why a delivery is parked; the sentences are in the catalogue, under `reminder.parked.CODE`. */
export type ParkReason =
  /** The platform refused it for good. */
  | 'never'
  /** The conversation is known to be out of reach. */
  | 'disconnected'
  /** It may have arrived, the platform cannot be asked, and the setting says not to send again. */
  | 'nobody-knows'
  /** It failed too often. */
  | 'gave-up'
  /** There is nobody here who speaks on this platform. */
  | 'no-messenger';

/** What sending takes. */
export interface SendParts {
  readonly store: Pick<Store, 'conversation'>;
  /** By platform. */
  readonly messengers: ReadonlyMap<string, Messenger>;
  readonly clock: Clock;
  readonly timer: Timer;
  /** A number from 0 to below 1. */
  readonly chance: () => number;
  /**
   * What happens when a message may have arrived and its platform cannot be asked: `park` errs towards a message too
   * few, `send` towards one too many.
   */
  readonly whenUnknown: 'park' | 'send';
}

/** What came of one delivery, and for how long its platform asked not to be spoken to. */
export interface Sent {
  readonly outcome: Outcome;
  readonly pauseMs: number | null;
}

/** Tried this often, some hours, it is given up. */
const MOST_ATTEMPTS = 30;
/** Whoever does not answer within this time is taken to have broken off, in milliseconds. */
const PATIENCE_MS = 30_000;
/** A message whose sending broke off may take this long to appear on the platform, in milliseconds. */
export const SETTLING_MS = 5000;

type Send = Extract<Judgement, { verdict: 'send' }>;

/**
 * Sends one delivery that was judged to be true. Does not throw for anything that a platform does.
 *
 * @param isOurs asked at the last moment before something is sent that must not be sent twice; does not reject
 */
export async function sendDelivery(
  delivery: Claimed,
  what: Send,
  parts: SendParts,
  isOurs: () => Promise<boolean>,
): Promise<Sent> {
  const messenger = parts.messengers.get(delivery.target.platform);
  if (!messenger) return settled(parked('no-messenger', delivery.target.platform));
  const place = await placeOf(delivery, messenger, parts.timer);
  if (place.outcome !== 'open') {
    // Nothing was sent yet, whatever became of the question where to.
    return place.outcome === 'unknown'
      ? trying({ ...place, outcome: 'again', afterMs: null }, delivery, parts)
      : trying(place, delivery, parts);
  }
  if (delivery.isUncertain && what.replaces === null) {
    const found = await withPatience(messenger.find(place.address, delivery.key), parts.timer);
    if (found === 'cannot-tell' && parts.whenUnknown === 'park') {
      return settled(parked('nobody-knows', 'the connection broke after it was sent'));
    }
    if (found !== null && typeof found === 'object') {
      return 'outcome' in found ? trying(found, delivery, parts) : settled(sent(found, found.told));
    }
  }
  const { card, language, replaces, told } = what;
  const sending = replaces
    ? messenger.update(replaces, card, { language })
    : messenger.post(place.address, card, { language, deliveryId: delivery.key, told, isWanted: isOurs });
  const result = await withPatience(sending, parts.timer);
  if (result.outcome === 'sent') return settled(sent(result.message, told));
  if (replaces !== null && result.outcome === 'never') return settled(await unchanged(delivery, result.reason, parts));
  // To put the same card into the same message twice does no harm.
  const isHarmless = replaces !== null && result.outcome === 'unknown';
  return trying(isHarmless ? { ...result, outcome: 'again', afterMs: null } : result, delivery, parts);
}

/** What becomes of a delivery that is untrue by now, but may have arrived: when it has, it is sent, and to be put right. */
export async function skipDelivery(delivery: Claimed, reason: string, parts: SendParts): Promise<Sent> {
  const skipped = settled({ state: 'skipped', reason });
  const messenger = parts.messengers.get(delivery.target.platform);
  if (!messenger?.canBeAsked) return skipped;
  const place = await placeOf(delivery, messenger, parts.timer);
  if (place.outcome === 'never') return skipped;
  const found =
    place.outcome === 'open' ? await withPatience(messenger.find(place.address, delivery.key), parts.timer) : place;
  if (found === null || found === 'cannot-tell') return skipped;
  if (!('outcome' in found)) return settled(sent(found, found.told));
  if (delivery.attempts >= MOST_ATTEMPTS) return skipped;
  const at = parts.clock.now().epochMilliseconds + backoff(delivery.attempts, parts.chance());
  return settled({ state: 'again', at, detail: found.reason, isUnsent: false });
}

type Place = Awaited<ReturnType<Messenger['openDirect']>>;

async function placeOf({ target }: Claimed, messenger: Messenger, timer: Timer): Promise<Place> {
  const { kind, platform, tenant, id } = target;
  if (kind === 'person') return withPatience(messenger.openDirect({ platform, tenant, user: id }), timer);
  const address: Address = { platform, tenant, id, thread: kind === 'conversation' ? target.thread : null };
  return { outcome: 'open', address };
}

function trying(result: Exclude<Sending, { outcome: 'sent' }>, delivery: Claimed, { clock, chance }: SendParts): Sent {
  const { reason: detail } = result;
  if (result.outcome === 'never') return settled(parked('never', detail));
  if (result.outcome === 'again' && result.afterMs === null) return failed(delivery, detail, { clock, chance });
  if (delivery.attempts >= MOST_ATTEMPTS) return settled(parked('gave-up', detail));
  const now = clock.now().epochMilliseconds;
  const wait = backoff(delivery.attempts, chance());
  if (result.outcome === 'unknown') {
    return settled({ state: 'again', at: now + Math.max(SETTLING_MS, wait), detail, isUnsent: false });
  }
  const afterMs = result.afterMs ?? wait;
  // Those who are told the same time come back one after the other.
  const at = now + Math.max(afterMs, wait) + Math.round(chance() * 1000);
  return { outcome: { state: 'again', at, detail, isUnsent: !delivery.isUncertain }, pauseMs: afterMs };
}

/** What becomes of a delivery that certainly did not get through this time. */
export function failed(
  { attempts, isUncertain, uselessFrom }: Claimed,
  detail: string,
  { clock, chance }: Pick<SendParts, 'clock' | 'chance'>,
): Sent {
  if (attempts >= MOST_ATTEMPTS) return settled(parked('gave-up', detail));
  const next = clock.now().epochMilliseconds + backoff(attempts, chance());
  // When it is of no use any more, that is to be seen at once.
  const at = Math.min(next, uselessFrom ?? Infinity);
  // What nobody knew of an earlier attempt is not known by now either.
  return settled({ state: 'again', at, detail, isUnsent: !isUncertain });
}

/** A message that cannot be changed is gone, unless its whole conversation is: that may come back. */
async function unchanged({ target }: Claimed, detail: string, { store }: SendParts): Promise<Outcome> {
  const { platform, tenant, id } = target;
  const known = target.kind === 'conversation' ? await store.conversation({ platform, tenant, id }) : null;
  return known !== null && known.disconnected !== null ? parked('never', detail) : { state: 'skipped', reason: 'gone' };
}

function settled(outcome: Outcome): Sent {
  return { outcome, pauseMs: null };
}

function sent({ id, thread, messageId }: SentMessage, told: number | null): Outcome {
  return { state: 'sent', message: { conversationId: id, thread, messageId }, told };
}

/** A delivery that a person has to look at. */
export function parked(reason: ParkReason, detail: string): Outcome {
  return { state: 'parked', reason, detail };
}

/** What breaks, or does not answer in time, leaves everybody in the dark. */
async function withPatience<Result>(
  answer: Promise<Result>,
  timer: Timer,
): Promise<Result | { readonly outcome: 'unknown'; readonly reason: string }> {
  let giveUp: (() => void) | undefined;
  const tooLong = new Promise<{ readonly outcome: 'unknown'; readonly reason: string }>((resolve) => {
    giveUp = timer.after(PATIENCE_MS, () => {
      resolve({ outcome: 'unknown', reason: `no answer within ${PATIENCE_MS / 1000} seconds` });
    });
  });
  try {
    return await Promise.race([answer, tooLong]);
  } catch (error) {
    return { outcome: 'unknown', reason: error instanceof Error ? error.message : String(error) };
  } finally {
    giveUp?.();
  }
}

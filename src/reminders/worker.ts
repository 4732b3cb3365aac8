import type { Log } from '../log.ts';
import { pause } from '../timer.ts';
import { amendment } from './change-deliveries.ts';
import { createHold, leaseAt, type Held } from './hold.ts';
import type { Judgement, Look, View } from './judge.ts';
import { tenantOf, type Claimed, type Ledger, type Outcome } from './ledger.ts';
import { failed, parked, sendDelivery, SETTLING_MS, skipDelivery, type SendParts, type Sent } from './send.ts';

/** What a worker takes. */
export interface WorkerParts extends SendParts {
  readonly ledger: Ledger;
  readonly look: Look;
  readonly log: Log;
  /** By platform, who sends what is no post in a conversation, and judges for themselves whether it is still true. */
  readonly senders?: ReadonlyMap<string, (delivery: Claimed) => Promise<Outcome>>;
  /** Names this worker among all that share the ledger. */
  readonly owner: string;
}

/** Takes deliveries out of the ledger, sends them, and writes down what came of it. */
export interface Worker {
  /** Works until nothing is ready any more. Whoever asks while it works waits for the same. */
  drain(): Promise<void>;
  /** Lets what is in flight finish, for ten seconds at most, and hands back the rest. It does not work again. */
  stop(): Promise<void>;
}

/** How many deliveries are claimed at once, held at once, and held of one tenant before it has to wait. */
const BATCH = 500;
const CAPACITY = 5000;
const TENANT_CAPACITY = 300;
/** How many are in flight at once in one tenant, in one conversation one after the other. */
const TENANT_CONCURRENCY = 8;
/** What was looked up longer ago than this is looked up again before something is sent, in milliseconds. */
const STALE_MS = 2000;
const STOP_MS = 10_000;
const SETTLE_AGAIN_MS = 1000;

/** What is in flight when patience ends may be on the platform or not, or be there in a moment. */
function stopped(now: number): Outcome {
  return { state: 'again', at: now + SETTLING_MS, detail: 'the bot was stopped while it was sent', isUnsent: false };
}

/** A delivery on its way through the worker. */
interface Passenger {
  readonly claimed: Claimed;
  readonly held: Held;
  view: View;
  /** When it was looked, in milliseconds of the timer. */
  viewedAt: number;
  /** Whether it may be on the platform already. */
  isSending: boolean;
}

/** The deliveries of one tenant that are held. */
interface Lane {
  waiting: Passenger[];
  readonly flying: Map<string, Passenger>;
  /** In milliseconds of the timer. */
  pausedUntil: number;
  /** All that is held, also what is just being looked at. */
  held: number;
  /** More was claimed of it than it had room for: it gets no more than it has room for, once half of it is done. */
  isCrowded: boolean;
}

/**
 * A worker on a ledger that others may share. Each tenant has a lane of its own with so many deliveries in flight, one
 * to a conversation: a conversation that hangs holds up itself, a tenant that is rate-limited holds up itself.
 */
export function createWorker(parts: WorkerParts): Worker {
  const { ledger, look, clock, timer, log, owner } = parts;
  const lanes = new Map<string, Lane>();
  const hold = createHold(parts);
  const settlements: { readonly held: Held; readonly outcome: Outcome }[] = [];
  const senders = parts.senders ?? new Map<string, never>();
  const forgetful = [...parts.messengers.values()].filter(({ canBeAsked }) => !canBeAsked);
  /** Nobody can say afterwards whether what was sent there has arrived, so it is noted before. */
  const announced = [...forgetful.map(({ platform }) => platform), ...senders.keys()];
  let count = 0;
  let isStopping = false;
  let draining: Promise<void> | null = null;
  let settling: Promise<void> | null = null;
  let news = Promise.withResolvers<undefined>();

  const now = () => clock.now().epochMilliseconds;

  const laneOf = (claimed: Claimed): Lane => {
    const tenant = tenantOf(claimed.target);
    let lane = lanes.get(tenant);
    if (!lane)
      lanes.set(tenant, (lane = { waiting: [], flying: new Map(), pausedUntil: -Infinity, held: 0, isCrowded: false }));
    return lane;
  };

  const pauseOf = ({ pausedUntil }: Lane) => Math.max(0, pausedUntil - timer.elapsed());

  const isFull = ({ held, isCrowded }: Lane) => held >= (isCrowded ? TENANT_CAPACITY / 2 : TENANT_CAPACITY);

  const busyTenants = (): readonly string[] => {
    const full = (lane: Lane) => pauseOf(lane) > 0 || isFull(lane);
    return [...lanes].flatMap(([tenant, lane]) => (full(lane) ? [tenant] : []));
  };

  /** What may be claimed at once, so that no lane that takes part gets more than it can keep. */
  const roomsInCrowds = (): readonly number[] =>
    [...lanes.values()].flatMap((lane) => (lane.isCrowded && !isFull(lane) ? [TENANT_CAPACITY - lane.held] : []));

  const tellNews = () => {
    news.resolve(undefined);
    news = Promise.withResolvers();
  };

  const settle = (held: Held, outcome: Outcome) => {
    count -= 1;
    const lane = laneOf(held.claimed);
    lane.held -= 1;
    if (lane.held === 0) lane.isCrowded = false;
    held.isOver = true;
    // When somebody else has it by now, the ledger would refuse what is said of it here.
    if (held.isLost) {
      hold.release(held);
      tellNews();
      return;
    }
    settlements.push({ held, outcome });
    settling ??= writeSettlements();
  };

  /** One statement for all that have gathered while the last one ran. */
  async function writeSettlements(): Promise<void> {
    await Promise.resolve();
    while (settlements.length > 0) {
      const batch = settlements.splice(0);
      try {
        const rows = batch.map(({ held: { claimed }, outcome }) => {
          return { id: claimed.id, attempts: claimed.attempts, outcome };
        });
        await ledger.settle(owner, rows, now());
        for (const { held } of batch) hold.release(held);
      } catch (error) {
        log.error({ err: error }, 'what came of deliveries could not be written down');
        settlements.unshift(...batch);
        // When the process ends before it can be, the leases run out, and the platforms are asked.
        if (isStopping) break;
        await pause(timer, SETTLE_AGAIN_MS);
      }
      tellNews();
    }
    settling = null;
  }

  const judged = async (claim: Passenger): Promise<Judgement> => {
    if (timer.elapsed() - claim.viewedAt > STALE_MS) {
      claim.viewedAt = timer.elapsed();
      claim.view = await look([claim.claimed], now());
    }
    return claim.view.judge(claim.claimed, now());
  };

  const attempt = async (claim: Passenger): Promise<Sent> => {
    const { held } = claim;
    const { platform } = claim.claimed.target;
    const isOurs = () => (announced.includes(platform) ? hold.begin(held) : hold.isOurs(held));
    const send = senders.get(platform);
    if (send) {
      if (!(await isOurs())) return { outcome: { state: 'back', at: now() }, pauseMs: null };
      claim.isSending = true;
      return { outcome: await send(claim.claimed), pauseMs: null };
    }
    const judgement = await judged(claim);
    switch (judgement.verdict) {
      case 'skip': {
        const { reason, untrueSince: first } = judgement;
        if (first === undefined) return { outcome: { state: 'skipped', reason }, pauseMs: null };
        const result = await skipDelivery(claim.claimed, reason, parts);
        const { outcome } = result;
        if (outcome.state === 'sent' && outcome.message !== null) {
          const burst = { first, last: first };
          await ledger.add([amendment(claim.claimed, outcome.message, burst, now())], now());
        }
        return result;
      }
      case 'wait':
        return { outcome: { state: 'back', at: judgement.until }, pauseMs: null };
      case 'unreachable':
        return { outcome: parked('disconnected', ''), pauseMs: null };
      case 'pass-on':
        await ledger.add(judgement.to, now());
        return { outcome: { state: 'skipped', reason: 'passed-on' }, pauseMs: null };
      case 'send':
        claim.isSending = true;
        return sendDelivery(claim.claimed, judgement, parts, isOurs);
    }
  };

  const fly = async (claim: Passenger, lane: Lane, place: string): Promise<void> => {
    const { outcome, pauseMs } = await attempt(claim).catch((error: unknown): Sent => {
      log.error({ err: error, delivery: claim.claimed.key }, 'a delivery failed on our side');
      return failed(claim.claimed, String(error), parts);
    });
    // A stop that lost patience has settled it already.
    if (!lane.flying.delete(place)) return;
    settle(claim.held, outcome);
    if (pauseMs !== null) pauseLane(lane, pauseMs);
    launch(lane);
  };

  const pauseLane = (lane: Lane, ms: number) => {
    lane.pausedUntil = Math.max(lane.pausedUntil, timer.elapsed() + ms);
    for (const { held } of lane.waiting.splice(0)) settle(held, { state: 'back', at: now() + pauseOf(lane) });
  };

  const launch = (lane: Lane) => {
    const passedOver: Passenger[] = [];
    let at = 0;
    for (; at < lane.waiting.length && lane.flying.size < TENANT_CONCURRENCY; at += 1) {
      const claim = lane.waiting[at];
      if (!claim) break;
      const place = `${claim.claimed.target.kind} ${claim.claimed.target.id}`;
      if (claim.held.isLost) settle(claim.held, { state: 'back', at: now() });
      else if (!lane.flying.has(place)) {
        lane.flying.set(place, claim);
        void fly(claim, lane, place);
      } else passedOver.push(claim);
    }
    if (at > 0) lane.waiting = [...passedOver, ...lane.waiting.slice(at)];
  };

  const claimMore = async (): Promise<number> => {
    const limit = Math.min(BATCH, CAPACITY - count, ...roomsInCrowds());
    if (limit <= 0) return 0;
    const at = now();
    const askedAt = timer.elapsed();
    const until = leaseAt(at);
    const claims = await ledger.claim({ owner, now: at, until, limit, except: busyTenants(), announced });
    if (claims.length === 0) return 0;
    count += claims.length;
    for (const claimed of claims) laneOf(claimed).held += 1;
    const taken = claims.map((claimed) => hold.take(claimed, askedAt));
    takeIn(taken).catch((error: unknown) => {
      log.error({ err: error }, 'deliveries could not be looked at');
      for (const held of taken) settle(held, { state: 'back', at: now() + SETTLE_AGAIN_MS });
    });
    return claims.length;
  };

  /** While it is looked at these, the next ones are being claimed. */
  const takeIn = async (taken: readonly Held[]): Promise<void> => {
    const viewedAt = timer.elapsed();
    const view = await look(
      taken.map(({ claimed }) => claimed),
      now(),
    );
    const touched = new Set<Lane>();
    for (const held of taken) {
      const { claimed } = held;
      const lane = laneOf(claimed);
      if (isStopping) settle(held, { state: 'back', at: now() });
      else if (pauseOf(lane) > 0) settle(held, { state: 'back', at: now() + pauseOf(lane) });
      // More than its share came in one go: others would find no room.
      else if (lane.waiting.length >= TENANT_CAPACITY) {
        lane.isCrowded = true;
        settle(held, { state: 'back', at: now() });
      } else lane.waiting.push({ claimed, held, view, viewedAt, isSending: false });
      touched.add(lane);
    }
    for (const lane of touched) launch(lane);
  };

  async function work(): Promise<void> {
    while (!isStopping) {
      const somethingNew = news.promise;
      const claimed = await claimMore();
      if (claimed > 0) continue;
      if (count === 0 && settlements.length === 0) break;
      await somethingNew;
    }
    await settling;
  }

  return {
    drain() {
      // There may be something ready by now that was not when it was last looked.
      tellNews();
      draining ??= work().finally(() => {
        draining = null;
      });
      return draining;
    },

    async stop() {
      isStopping = true;
      for (const lane of lanes.values()) {
        for (const { held } of lane.waiting.splice(0)) settle(held, { state: 'back', at: now() });
      }
      const finished = async () => {
        await draining?.catch(() => undefined);
        while (count > 0) await news.promise;
        await settling;
      };
      let callOff: (() => void) | undefined;
      const patience = new Promise<void>((resolve) => {
        callOff = timer.after(STOP_MS, resolve);
      });
      await Promise.race([finished(), patience]);
      callOff?.();
      for (const lane of lanes.values()) {
        for (const [place, claim] of lane.flying) {
          lane.flying.delete(place);
          settle(claim.held, claim.isSending ? stopped(now()) : { state: 'back', at: now() });
        }
      }
      hold.stop();
      await settling;
    },
  };
}

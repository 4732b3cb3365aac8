import type { Express } from 'express';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Clock } from '../../src/clock.ts';
import type { Bot } from '../../src/engine/dispatch.ts';
import type { Log } from '../../src/log.ts';
import type { Store } from '../../src/ports.ts';

/** What is settled stays in the counts for so long, in milliseconds. */
const COUNTED = 24 * 3_600_000;
/** Seconds. A platform shows its own “please wait” from about three on. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3, 10];

/** What whoever runs the bot can watch, in the text format of Prometheus. It says nothing of who asked what. */
export interface Metrics {
  /** The same bot, counted. */
  counting(bot: Bot): Bot;
  /** `GET /metrics` */
  mount(express: Express): void;
}

/** Counts from now on; what the store knows is asked of it at every look. */
export function createMetrics(parts: {
  readonly store: Pick<Store, 'groups' | 'ledger'>;
  readonly clock: Clock;
  readonly log: Log;
}): Metrics {
  const { store, clock, log } = parts;
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  const requests = new Counter({
    name: 'gcm_requests_total',
    help: 'Requests by platform and by what they came to: answered, asked, refused, failed.',
    labelNames: ['platform', 'outcome'] as const,
    registers,
  });
  const seconds = new Histogram({
    name: 'gcm_request_seconds',
    help: 'How long the bot took for its answer, without the way to the platform and back.',
    labelNames: ['platform'] as const,
    buckets: BUCKETS,
    registers,
  });
  const deliveries = new Gauge({
    name: 'gcm_deliveries',
    help: 'Reminders, digests, notices and invitations by group and state; of those that are settled, the last 24 hours’.',
    labelNames: ['group', 'state'] as const,
    registers,
  });
  const overdue = new Gauge({
    name: 'gcm_deliveries_overdue_seconds',
    help: 'For how long the oldest delivery that nobody has taken has been due.',
    registers,
  });
  const up = new Gauge({ name: 'gcm_store_up', help: '1 while the store answers.', registers });

  const look = async () => {
    const now = clock.now().epochMilliseconds;
    const [groups, nextAt] = await Promise.all([store.groups(), store.ledger.nextReadyAt([])]);
    const counts = await Promise.all(
      groups.map(async (group) => ({ group, counts: await store.ledger.counts(group.id, now - COUNTED) })),
    );
    deliveries.reset();
    for (const { group, counts: states } of counts) {
      for (const { state, count } of states) deliveries.inc({ group: group.slug, state }, count);
    }
    overdue.set(nextAt === null ? 0 : Math.max(0, now - nextAt) / 1000);
  };

  return {
    counting: (bot) => ({
      ...bot,
      async handle(request) {
        const { platform } = request.actor;
        const stop = seconds.startTimer({ platform });
        const reply = await bot.handle(request);
        stop();
        requests.inc({ platform, outcome: reply.outcome });
        return reply;
      },
    }),
    mount(express) {
      express.get('/metrics', async (_request, response) => {
        try {
          await look();
          up.set(1);
        } catch (error) {
          log.warn({ err: error }, 'the store was not there to be measured');
          up.set(0);
        }
        response.type(register.contentType).send(await register.metrics());
      });
    },
  };
}

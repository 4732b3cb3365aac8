import { expect, test } from 'vitest';
import { card } from '../../src/cards/card.ts';
import { english } from '../../src/language/index.ts';
import { createWorker } from '../../src/reminders/worker.ts';
import { delivery, T } from '../contracts/ledger/samples.ts';
import { keptLog } from '../support/kept-log.ts';
import { office } from './office.ts';

const DELIVERIES = 3000;
const CHANNELS = 10;

test('what one workspace has too much of is claimed about once, and not claimed and handed back over and over', async () => {
  const { store, clock, timer, platform } = await office(new Date(T).toISOString());
  let claimed = 0;
  const ledger = {
    ...store.ledger,
    async claim(...asked: Parameters<typeof store.ledger.claim>) {
      const claims = await store.ledger.claim(...asked);
      claimed += claims.length;
      return claims;
    },
  };
  await ledger.add(
    Array.from({ length: DELIVERIES }, (_, at) =>
      delivery(`d${at}`, {
        target: { kind: 'conversation', platform: 'slack', tenant: 'T1', id: `C${at % CHANNELS}`, thread: null },
      }),
    ),
    T,
  );
  const send = { verdict: 'send', card: card('News'), language: english, replaces: null, told: null } as const;
  const worker = createWorker({
    ledger,
    store,
    look: (_deliveries, at) => Promise.resolve({ at, judge: () => Promise.resolve(send) }),
    messengers: new Map([['slack', platform.messenger]]),
    clock,
    timer,
    chance: () => 0.5,
    whenUnknown: 'park',
    log: keptLog().log,
    owner: 'a',
  });
  await worker.drain();
  expect(platform.posted).toHaveLength(DELIVERIES);
  expect(claimed).toBeLessThan(1.2 * DELIVERIES);
});

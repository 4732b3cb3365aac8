import type { AddressInfo } from 'node:net';
import express from 'express';
import { expect, onTestFinished, test } from 'vitest';
import { createMetrics } from '../../../adapters/web/metrics.ts';
import type { Log } from '../../../src/log.ts';
import { house } from '../../support/house.ts';

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A house that is measured, and what is read there: the lines that begin with one of the names. */
async function measured() {
  const parts = await house({ sample: true });
  const metrics = createMetrics({ ...parts, log: silent });
  const app = express();
  metrics.mount(app);
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`;
  const lines = async (...names: readonly string[]) => {
    const response = await fetch(url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    return (await response.text()).split('\n').filter((line) => names.some((name) => line.startsWith(name)));
  };
  return { ...parts, bot: metrics.counting(parts.bot), lines };
}

const asking = (line: string) => ({
  actor: { platform: 'slack', tenant: 'T01', user: 'U01', name: 'Ada' },
  input: { type: 'line', line } as const,
});

test('requests are counted by what they came to, and timed', async () => {
  const { bot, lines } = await measured();
  await bot.handle(asking('next'));
  await bot.handle(asking('list'));
  await bot.handle(asking('show nothing-of-the-kind'));
  expect(await lines('gcm_requests_total{', 'gcm_request_seconds_count{')).toEqual([
    'gcm_requests_total{platform="slack",outcome="answered"} 2',
    'gcm_requests_total{platform="slack",outcome="refused"} 1',
    'gcm_request_seconds_count{platform="slack"} 3',
  ]);
});

test('deliveries are counted by where they stand, and by how long the oldest has been due', async () => {
  const { store, clock, lines } = await measured();
  const group = (await store.groups())[0]?.id ?? '';
  const now = clock.now().epochMilliseconds;
  const target = { platform: 'slack', tenant: 'T01', kind: 'person', id: 'U01' } as const;
  const about = { kind: 'reminder', groupId: group, subscriptionId: null, eventUid: null, target, payload: {} };
  const delivery = (key: string, at: number) => {
    return { ...about, key, plannedFor: at, sendAt: at, uselessFrom: null, skipped: null };
  };
  await store.ledger.add([delivery('a', now - 90_000), delivery('b', now + 90_000)], now);
  expect(await lines('gcm_deliveries', 'gcm_store_up')).toEqual([
    'gcm_deliveries{group="gcm",state="due"} 2',
    'gcm_deliveries_overdue_seconds 90',
    'gcm_store_up 1',
  ]);
});

test('a store that does not answer is said, and the rest is there', async () => {
  const { store, lines } = await measured();
  await store.close();
  expect(await lines('gcm_store_up', 'process_cpu_seconds_total')).toEqual([
    expect.stringMatching(/^process_cpu_seconds_total \d/u),
    'gcm_store_up 0',
  ]);
});

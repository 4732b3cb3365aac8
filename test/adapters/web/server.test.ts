import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createWeb } from '../../../adapters/web/server.ts';

async function serving(ping: () => Promise<void>): Promise<string> {
  const server = createWeb({ store: { ping } }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const statusOf = async (url: string) => {
  const response = await fetch(url);
  return [response.status, await response.text()];
};

describe('the service over HTTP', () => {
  test('is alive and ready while its store answers', async () => {
    const url = await serving(() => Promise.resolve());
    expect(await statusOf(`${url}/healthz`)).toEqual([200, 'ok\n']);
    expect(await statusOf(`${url}/readyz`)).toEqual([200, 'ready\n']);
  });

  test('is alive but not ready while its store does not', async () => {
    const url = await serving(() => Promise.reject(new Error('postgresql://gcm:secret@db/gcm is down')));
    expect(await statusOf(`${url}/healthz`)).toEqual([200, 'ok\n']);
    expect(await statusOf(`${url}/readyz`)).toEqual([503, 'the store does not answer\n']);
  });

  test('does not say what it is made of', async () => {
    const response = await fetch(`${await serving(() => Promise.resolve())}/nothing`);
    expect(response.status).toBe(404);
    expect(response.headers.get('x-powered-by')).toBeNull();
  });
});

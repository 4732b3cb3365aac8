import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createSharedFiles, download } from '../src/shared-files.ts';

const MEGABYTE = 1024 * 1024;
const ANNA = { platform: 'slack', tenant: 'T01', user: 'U01' };
const BEA = { ...ANNA, user: 'U02' };

async function served(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

function held() {
  return createSharedFiles<{ readonly name: string; readonly text: string }>({
    fetch: (_person, { text }) => Promise.resolve(new TextEncoder().encode(text)),
  });
}

describe('a file that somebody shared', () => {
  test('is the last one of its name, and nobody else’s', async () => {
    const files = held();
    files.remember(ANNA, [{ name: 'events.csv', text: 'old' }]);
    files.remember(ANNA, [{ name: 'events.csv', text: 'new' }]);
    expect(new TextDecoder().decode((await files.open(ANNA, 'events.csv')).bytes)).toBe('new');
    await expect(files.open(BEA, 'events.csv')).rejects.toMatchObject({
      code: 'not-found',
      context: { name: 'events.csv' },
    });
  });

  test('is forgotten after two hundred others', async () => {
    const files = held();
    files.remember(ANNA, [{ name: 'first', text: '' }]);
    files.remember(ANNA, [{ name: 'second', text: '' }]);
    files.remember(
      BEA,
      Array.from({ length: 199 }, (_, at) => ({ name: `${at}`, text: '' })),
    );
    await expect(files.open(ANNA, 'first')).rejects.toMatchObject({ code: 'not-found' });
    expect(await files.open(ANNA, 'second')).toMatchObject({ name: 'second' });
  });

  test('that cannot be fetched is not found, and the cause is kept', async () => {
    const cause = new Error('the file was answered with 404');
    const files = createSharedFiles({ fetch: () => Promise.reject(cause) });
    files.remember(ANNA, [{ name: 'events.csv' }]);
    await expect(files.open(ANNA, 'events.csv')).rejects.toMatchObject({ code: 'not-found', cause });
  });
});

describe('a download', () => {
  test('takes ten megabytes', async () => {
    const url = await served((_, response) => response.end(Buffer.alloc(10 * MEGABYTE)));
    expect((await download({ name: 'events.csv', url })).byteLength).toBe(10 * MEGABYTE);
  });

  test('of more is given up, whatever size the server says it has', async () => {
    const url = await served((_, response) => {
      response.write(Buffer.alloc(10 * MEGABYTE));
      response.write('x');
    });
    await expect(download({ name: 'events.csv', url })).rejects.toMatchObject({
      code: 'file-too-large',
      context: { name: 'events.csv', megabytes: 10 },
    });
  });

  test('does not go where the server sends it on to', async () => {
    const url = await served(({ url: path }, response) => {
      if (path === '/elsewhere') response.end('secret');
      else response.writeHead(302, { location: '/elsewhere' }).end();
    });
    await expect(download({ name: 'events.csv', url })).rejects.toThrow('fetch failed');
  });

  test('of what the server refuses fails', async () => {
    const url = await served((_, response) => response.writeHead(403).end('no'));
    await expect(download({ name: 'events.csv', url })).rejects.toThrow('the file was answered with 403');
  });

  test('shows the headers that it is given', async () => {
    const url = await served(({ headers }, response) => response.end(headers.authorization));
    const bytes = await download({ name: 'events.csv', url }, { authorization: 'Bearer xoxb' });
    expect(new TextDecoder().decode(bytes)).toBe('Bearer xoxb');
  });
});

import { createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { openPostgresql } from '../../prisma/postgresql.ts';

/** A message of PostgreSQL's protocol (postgresql.org/docs/current/protocol-message-formats.html). */
function message(type: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
}

const AUTHENTICATED = message('R', Buffer.alloc(4));
const READY = message('Z', Buffer.from('I'));
const SHUTTING_DOWN = message(
  'E',
  Buffer.from('SFATAL\0C57P01\0Mterminating connection due to administrator command\0\0'),
);

test('a server that shuts down in the moment in which it lets somebody in ends no process', async () => {
  const left = Promise.withResolvers<undefined>();
  const server = createServer((socket: Socket) => {
    socket.on('error', () => undefined);
    socket.on('close', () => {
      left.resolve(undefined);
    });
    socket.once('data', () => socket.end(Buffer.concat([AUTHENTICATED, READY, SHUTTING_DOWN])));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const database = await openPostgresql(`postgresql://gcm@127.0.0.1:${port}/gcm`);
  await left.promise;
  // An error that nobody listened to would have failed the run by now.
  await expect(database.adapter.queryRaw({ sql: 'SELECT 1', args: [], argTypes: [] })).rejects.toThrow();
  await database.adapter.dispose();
});

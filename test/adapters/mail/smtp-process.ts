/**
 * A mail server in a process of its own: `node smtp-process.ts`. It says its port on the first line, takes its behaviour
 * from the address that a mail goes to, and prints every mail that it takes as one line of JSON.
 */
import type { Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

const sockets = new Map<string, Socket>();

interface Reply extends Error {
  responseCode?: number;
}

function refusal(code: number, words: string): Reply {
  return Object.assign(new Error(words), { responseCode: code });
}

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  onRcptTo({ address }, _session, done) {
    if (address.startsWith('nobody')) done(refusal(550, 'no such mailbox here'));
    else if (address.startsWith('full')) done(refusal(452, 'mailbox full, try later'));
    else if (address.startsWith('silent')) return;
    else done();
  },
  onData(stream, session, done) {
    const parts: Buffer[] = [];
    stream.on('data', (part: Buffer) => parts.push(part));
    stream.on('end', () => {
      const to = session.envelope.rcptTo.map(({ address }) => address);
      const print = () =>
        process.stdout.write(`${JSON.stringify({ to, raw: Buffer.concat(parts).toString('base64') })}\n`);
      if (to[0]?.startsWith('spam')) {
        done(refusal(554, 'this looks like spam'));
        return;
      }
      print();
      // Taken on, but nobody hears of it.
      if (to[0]?.startsWith('dropped')) sockets.get(session.id)?.destroy();
      else if (!to[0]?.startsWith('mute')) done();
    });
  },
});
server.on('error', () => undefined);
server.server.on('connection', (socket: Socket) => {
  const { remotePort } = socket;
  socket.on('error', () => undefined);
  sockets.set(String(remotePort), socket);
});
server.onConnect = (session, done) => {
  const socket = sockets.get(String(session.remotePort));
  if (socket) sockets.set(session.id, socket);
  done();
};
server.listen(0, '127.0.0.1', () => {
  const address = server.server.address();
  process.stdout.write(`${JSON.stringify({ port: typeof address === 'object' ? address?.port : 0 })}\n`);
});

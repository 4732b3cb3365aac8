import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chanceOf, oneOf } from './chance.ts';
import { SPEED } from './time.ts';

/**
 * What becomes of a request on its way.
 *
 * - `busy`: 429 with Retry-After. `broken`: 500, and nothing was done. `closed`: the connection breaks before.
 * - `silent`: it never arrives, and there is no answer. `swallowed`: it arrives, and there is no answer.
 * - `dropped`: it arrives, and the connection breaks before the answer. `torn`: it arrives, and 500 is the answer.
 * - `slow`: it arrives late, and is answered.
 */
export type Fate = 'well' | 'busy' | 'broken' | 'closed' | 'silent' | 'swallowed' | 'dropped' | 'torn' | 'slow';

/** The fates after which the sender does not know whether the request arrived. */
const LEAVE_IN_THE_DARK: ReadonlySet<Fate> = new Set(['broken', 'closed', 'silent', 'swallowed', 'dropped', 'torn']);

const FATES: readonly (readonly [Fate, number])[] = [
  ['well', 76],
  ['busy', 5],
  ['broken', 3],
  ['closed', 3],
  ['silent', 2],
  ['swallowed', 2],
  ['dropped', 4],
  ['torn', 2],
  ['slow', 3],
];

/** What the events of a run have in their titles, each another one. */
const TITLE = /E\d+E/u;

/** How long a silent connection is kept, in milliseconds: longer than anybody's patience. */
const SILENCE_MS = 60_000 / SPEED;
const SLOW_MS = 3000 / SPEED;

/** A bad network in front of a platform. */
export interface Network {
  readonly url: string;
  /** How often each fate befell a request. */
  readonly fates: Map<Fate, number>;
  /** Requests whose sender was left in the dark, because something broke or the sender died: path and body. */
  readonly unanswered: string[];
  /** Lets everything through from now on. */
  calm(): void;
  stop(): Promise<void>;
}

/** @param target the platform's own address; the path behind it is passed on */
export async function badNetwork(target: string, name: string, seed: number): Promise<Network> {
  const fates = new Map<Fate, number>();
  const unanswered: string[] = [];
  const turns = new Map<string, number>();
  let isCalm = false;

  const fateOf = (path: string, body: string): Fate => {
    if (isCalm) return 'well';
    // The same request meets the same fates in every run with this seed, whatever happens beside it.
    const place = /channel=\w+/u.exec(body)?.[0] ?? '';
    const about = [name, path, place, TITLE.exec(body)?.[0] ?? ''].join(' ');
    const turn = (turns.get(about) ?? 0) + 1;
    turns.set(about, turn);
    return oneOf(chanceOf(seed, `${about} ${turn}`), FATES);
  };

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await bytesOf(request);
    const path = request.url ?? '';
    const text = body.toString();
    const fate = fateOf(path, text);
    fates.set(fate, (fates.get(fate) ?? 0) + 1);
    let isAnswered = false;
    response.on('finish', () => (isAnswered = true));
    response.on('close', () => {
      // Whoever asked may have died before it was answered.
      if (!isAnswered || LEAVE_IN_THE_DARK.has(fate)) unanswered.push(`${path} ${text}`);
    });
    const pass = () => passOn(target, request, path, body);
    const answer = (result: Answer) => response.writeHead(result.status, result.headers).end(result.body);
    switch (fate) {
      case 'well':
        answer(await pass());
        return;
      case 'slow':
        await later(SLOW_MS);
        answer(await pass());
        return;
      case 'busy':
        response.writeHead(429, { 'retry-after': '2' }).end();
        return;
      case 'broken':
        response.writeHead(500).end('broken');
        return;
      case 'closed':
        request.socket.destroy();
        return;
      case 'silent':
        await later(SILENCE_MS);
        request.socket.destroy();
        return;
      case 'swallowed':
        await pass();
        await later(SILENCE_MS);
        request.socket.destroy();
        return;
      case 'dropped':
        await pass();
        request.socket.destroy();
        return;
      case 'torn':
        await pass();
        response.writeHead(500).end('torn');
        return;
    }
  };
  const server = createServer((request, response) => {
    void serve(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${new URL(target).pathname}`,
    fates,
    unanswered,
    calm: () => (isCalm = true),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

async function passOn(target: string, given: IncomingMessage, path: string, body: Buffer): Promise<Answer> {
  const { method, headers } = given;
  const request = send(new URL(path, target), { ...(method && { method }), headers });
  request.end(body);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request.on('response', resolve).on('error', reject);
  });
  const { statusCode: status = 500, headers: received } = response;
  return { status, headers: received, body: await bytesOf(response) };
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

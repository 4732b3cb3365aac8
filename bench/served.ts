import { spawn } from 'node:child_process';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { openStore } from '../prisma/store.ts';
import type { Clock } from '../src/clock.ts';
import { randomIdentity as identity } from '../src/identity.ts';
import type { Log } from '../src/log.ts';
import type { Store } from '../src/ports.ts';
import { sqliteDatabase } from '../test/support/store-databases.ts';
import { syntheticEvents } from './synthetic.ts';

/** A server in a process of its own. */
export interface Served {
  readonly port: number;
  /** How much processor time it has used so far, in milliseconds. */
  cpu(): Promise<number>;
  stop(): void;
}

/** What such a process says to the one that started it. */
type Said = { readonly port: number } | { readonly cpu: number };

/** Starts a script of this folder as a server; `serve` is its other half. */
export async function serverOf(script: string, given: readonly string[], input = ''): Promise<Served> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, [path, ...given], { stdio: ['pipe', 'inherit', 'inherit', 'ipc'] });
  child.stdin?.end(input);
  const said = () =>
    new Promise<Said>((resolve, reject) => {
      const ended = () => {
        reject(new Error(`${[script, ...given].join(' ')} ended`));
      };
      child.once('exit', ended);
      child.once('message', (message) => {
        child.off('exit', ended);
        resolve(message as Said);
      });
    });
  const first = await said();
  if (!('port' in first)) throw new Error(`${script} did not say its port`);
  return {
    port: first.port,
    async cpu() {
      const answer = said();
      child.send('cpu');
      const used = await answer;
      return 'cpu' in used ? used.cpu : NaN;
    },
    stop() {
      child.kill();
    },
  };
}

/** Says the port to the process that started this one, and how much processor time was used whenever that asks. */
export function serve(port: number): void {
  process.send?.({ port } satisfies Said);
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpu: (user + system) / 1000 } satisfies Said);
  });
}

/** How many requests are under way when as many as possible are let through. */
export const AT_ONCE = 32;
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE * 2 });

/** Sends one request and gives back what it is answered with. */
export function post(
  port: number,
  { path, headers, body }: { path: string; headers: Readonly<Record<string, string>>; body: string },
): Promise<string> {
  const length = { 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const where = { port, host: '127.0.0.1', path, method: 'POST', agent, headers: { ...headers, ...length } };
    const call = request(where, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.once('end', () => {
        const answer = Buffer.concat(parts).toString();
        if (response.statusCode === 200 && answer !== '') resolve(answer);
        else reject(new Error(`answered with ${response.statusCode ?? 0} and ${answer.length} bytes`));
      });
    });
    call.once('error', reject);
    call.end(body);
  });
}

/** Says nothing. */
export const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

const WRITES_AT_ONCE = 1000;

/** A store in a SQLite file of its own, with so many events; it goes when the process ends. */
export async function storeOfEvents(count: number, clock: Clock): Promise<Store> {
  const database = await sqliteDatabase();
  process.once('exit', () => void database.drop());
  const store = await openStore({ url: database.url, clock, identity });
  const [group] = await store.groups();
  const events = syntheticEvents(count);
  const actor = { platform: 'console', tenant: '', user: 'ada', name: 'Ada' };
  for (let at = 0; at < events.length; at += WRITES_AT_ONCE) {
    const writes = events
      .slice(at, at + WRITES_AT_ONCE)
      .map((after) => ({ type: 'event', before: null, after }) as const);
    await store.commit({ groupId: group?.id ?? '', actor, action: 'import', at: clock.now().toString(), writes });
  }
  return store;
}

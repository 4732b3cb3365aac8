import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { milliseconds, times, timingOf, type Timing } from './measure.ts';
import type { Section } from './section.ts';

const EVENTS = 10_000;
/** Requests a second, and for how many seconds. */
const RATE = 100;
const SECONDS = 10;
/** How many are under way when as many as possible are let through, and how many there are. */
const AT_ONCE = 32;
const MOST = 6000;
const ROUNDS = 3;
/** How many people ask. */
const PEOPLE = 200;
const SECRET = 'the signing secret of the benchmark';

interface Server {
  readonly port: number;
  stop(): void;
}

interface Measured {
  readonly atRate: Timing;
  readonly throughput: number;
}

/** Signed `/gcm next` over HTTP, answered in the acknowledgement, beside a bare Bolt app with the same answer as a constant. */
export async function slackSection(): Promise<Section> {
  const own = await serverOf(['bot', EVENTS.toString()]);
  const { body: answer } = await ask(own.port);
  const bare = await serverOf(['bare'], answer);
  try {
    // Once for nothing, and then in turns, so that neither has the quieter machine.
    await mostOf(own.port);
    await mostOf(bare.port);
    const rounds: { readonly own: Measured; readonly bare: Measured }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.push({ bare: await measure(bare.port), own: await measure(own.port) });
    }
    const mine = middle(rounds.map((round) => round.own));
    const theirs = middle(rounds.map((round) => round.bare));
    const row = (name: string, { atRate, throughput }: Measured) => [
      name,
      `${milliseconds(atRate.median)} ms`,
      `${milliseconds(atRate.p99)} ms`,
      `${throughput.toFixed(0)}/s`,
      times(throughput, theirs.throughput),
      times(atRate.p99, theirs.atRate.p99),
    ];
    return {
      title: 'Slack: /gcm next over HTTP, the acknowledgement carries the answer',
      columns: ['', 'p50', 'p99', 'most', 'of the bare app’s most', 'of its p99'],
      rows: [row(`the bot, ${EVENTS} events`, mine), row('bare Bolt app, a constant', theirs)],
      note:
        `Latencies at ${RATE} requests a second of ${PEOPLE} people; most: ${AT_ONCE} at once. Each server is a process of ` +
        `its own, the constant is the bot’s own answer (${answer.length} bytes); medians of ${ROUNDS} rounds in turns.`,
    };
  } finally {
    own.stop();
    bare.stop();
  }
}

/** The median of each figure. */
function middle(measured: readonly Measured[]): Measured {
  const of = (figure: (one: Measured) => number) => measured.map(figure).sort((a, b) => a - b)[ROUNDS >> 1] ?? NaN;
  return {
    throughput: of(({ throughput }) => throughput),
    atRate: {
      min: of(({ atRate }) => atRate.min),
      median: of(({ atRate }) => atRate.median),
      p99: of(({ atRate }) => atRate.p99),
      runs: RATE * SECONDS,
    },
  };
}

async function measure(port: number): Promise<Measured> {
  return { atRate: await latenciesAt(port), throughput: await mostOf(port) };
}

async function serverOf(given: readonly string[], input = ''): Promise<Server> {
  const script = fileURLToPath(new URL('slack-server.ts', import.meta.url));
  const child = spawn(process.execPath, [script, ...given], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(input);
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.once('data', (line: Buffer) => {
      resolve(Number(line.toString()));
    });
    child.once('exit', () => {
      reject(new Error(`${given.join(' ')} ended`));
    });
  });
  return {
    port,
    stop() {
      child.kill();
    },
  };
}

const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
let asked = 0;

/** Sends one signed command. */
function ask(port: number): Promise<{ readonly body: string; readonly ms: number }> {
  asked += 1;
  const form = new URLSearchParams({
    command: '/gcm',
    text: 'next',
    team_id: 'T01',
    user_id: `U${asked % PEOPLE}`,
    channel_id: `C${asked % 20}`,
    trigger_id: asked.toString(),
    response_url: 'http://127.0.0.1:9/',
  }).toString();
  const timestamp = Math.floor(Date.now() / 1000).toString();
  const signature = createHmac('sha256', SECRET).update(`v0:${timestamp}:${form}`).digest('hex');
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(form),
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${signature}`,
  };
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const where = { port, host: '127.0.0.1', path: '/slack/events', method: 'POST', agent, headers };
    const call = request(where, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.once('end', () => {
        const body = Buffer.concat(parts).toString();
        if (response.statusCode === 200 && body !== '') resolve({ body, ms: performance.now() - begun });
        else reject(new Error(`answered with ${response.statusCode ?? 0} and ${body.length} bytes`));
      });
    });
    call.once('error', reject);
    call.end(form);
  });
}

async function latenciesAt(port: number): Promise<Timing> {
  const under: Promise<{ readonly ms: number }>[] = [];
  const begun = performance.now();
  for (let at = 0; at < RATE * SECONDS; at += 1) {
    const wait = begun + (at * 1000) / RATE - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    under.push(ask(port));
  }
  return timingOf((await Promise.all(under)).map(({ ms }) => ms));
}

async function mostOf(port: number): Promise<number> {
  let left = MOST;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (left > 0) {
        left -= 1;
        await ask(port);
      }
    }),
  );
  return (MOST * 1000) / (performance.now() - begun);
}

import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Version of the local Slack, pinned: https://www.npmjs.com/package/local-slack-linux-x64 */
const PACKAGE = 'local-slack-linux-x64@0.1.8';

const SIGNING_SECRET = 'test-signing-secret';

export const TEAM = 'T01TEST';
export const DELEGATE = 'U01DELEG';
export const STAFF = 'U02STAFF';
export const CHANNEL = 'C01GEN';

/** How Slack and the bot reach each other. */
export type Transport = 'http' | 'socket';

/** A Slack on this machine with the running bot in it. */
export interface LocalSlack {
  /** The page that people see. */
  readonly page: string;
  /** Does what somebody, or Slack itself, would do. */
  control(path: string, body: object): Promise<unknown>;
  /** Sends the bot what this Slack has nothing for, signed as Slack would. Over HTTP only. */
  interact(payload: object): Promise<number>;
  /** What was written in a channel. */
  messages(
    channel: string,
  ): Promise<readonly { readonly text: string; readonly ts: string; readonly thread_ts?: string }[]>;
  /** Runs the bot's program once, on the database of the running bot. */
  gcm(...words: readonly string[]): Promise<string>;
  stop(): Promise<void>;
}

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Starts the local Slack and the bot, as `npm start` does. */
export async function localSlack(transport: Transport): Promise<LocalSlack> {
  const folder = await mkdtemp(join(tmpdir(), 'gcm-e2e-'));
  const [slackPort, botPort] = await Promise.all([freePort(), freePort()]);
  const config = join(folder, 'workspace.json');
  await writeFile(config, JSON.stringify(workspaceOf(transport, botPort)));
  const arguments_ = ['--config', config, '--port', slackPort.toString(), '--base-host', '127.0.0.1'];
  const slack = spawn(await binary(), arguments_, { stdio: 'ignore' });
  const page = `http://127.0.0.1:${slackPort}`;
  await until(() => answers(`${page}/_control/log`), 'the local Slack to answer');

  const environment = {
    PATH: process.env.PATH,
    DATABASE_URL: `file:${join(folder, 'gcm.db')}`,
    PORT: botPort.toString(),
    GCM_NOW: '2017-11-01T09:00+01:00',
    GCM_ADMINS: `slack:${TEAM}:${STAFF}`,
    SLACK_BOT_TOKEN: 'xoxb-test-token',
    SLACK_API_URL: `${page}/api/`,
    ...(transport === 'http' ? { SLACK_SIGNING_SECRET: SIGNING_SECRET } : { SLACK_APP_TOKEN: 'xapp-test-token' }),
  };
  const program = join(ROOT, 'src/main.ts');
  const gcm = async (...words: readonly string[]) =>
    (await run(process.execPath, [program, 'gcm', ...words], { env: environment, cwd: folder })).stdout;
  await gcm('--yes', 'import', join(ROOT, 'prisma/sample/gcm-2017-11-01.json'));
  const bot = spawn(process.execPath, [program, 'start'], { env: environment, cwd: folder, stdio: 'pipe' });
  let said = '';
  bot.stdout.on('data', (part: Buffer) => (said += part.toString()));
  bot.stderr.on('data', (part: Buffer) => (said += part.toString()));
  const sign = transport === 'http' ? 'listening' : 'connected to Slack in Socket Mode';
  await until(
    () => said.includes(sign),
    `the bot to be there; it said: ${said}`,
    () => said,
  );

  return {
    page,
    gcm,
    async control(path, body) {
      const response = await fetch(`${page}/_control/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return response.json();
    },
    async interact(payload) {
      const body = new URLSearchParams({ payload: JSON.stringify({ team: { id: TEAM }, ...payload }) }).toString();
      const timestamp = Math.floor(Date.now() / 1000).toString();
      const signature = createHmac('sha256', SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest('hex');
      const response = await fetch(`http://127.0.0.1:${botPort}/slack/events`, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'x-slack-request-timestamp': timestamp,
          'x-slack-signature': `v0=${signature}`,
        },
        body,
      });
      return response.status;
    },
    async messages(channel) {
      const response = await fetch(`${page}/_control/messages/${channel}`);
      return ((await response.json()) as { messages: [] }).messages;
    },
    async stop() {
      await Promise.all([ended(bot), ended(slack)]);
      await rm(folder, { recursive: true });
    },
  };
}

/** Waits for a condition that others bring about; half a minute at most. */
export async function until<Value>(
  look: () => Value | Promise<Value>,
  what: string,
  context: () => string = () => '',
): Promise<NonNullable<Value>> {
  const deadline = performance.now() + 30_000;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}\n${context()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function workspaceOf(transport: Transport, port: number): object {
  return {
    workspace: { name: 'Test Workspace', domain: 'test-workspace', teamId: TEAM },
    app: {
      appId: 'A01APP',
      botUserId: 'U0BOT',
      botName: 'gcm',
      botToken: 'xoxb-test-token',
      appToken: 'xapp-test-token',
      signingSecret: SIGNING_SECRET,
      mode: transport === 'http' ? 'events' : 'socket',
      requestUrl: `http://127.0.0.1:${port}/slack/events`,
    },
    users: [
      { id: DELEGATE, name: 'delegate1', real_name: 'Delegate One', email: 'delegate1@example.org' },
      { id: STAFF, name: 'ada', real_name: 'Ada Staff', email: 'ada@example.org' },
    ],
    channels: [{ id: CHANNEL, name: 'general', members: [DELEGATE, STAFF, 'U0BOT'] }],
  };
}

/** The package has no command of its own: the binary lies beside npm's folder of commands. */
async function binary(): Promise<string> {
  const { stdout } = await run('npm', ['exec', '--yes', `--package=${PACKAGE}`, '-c', 'echo "$PATH"']);
  return join(dirname(stdout.split(':')[0] ?? ''), 'local-slack-linux-x64/bin/local-slack');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await exit;
}

import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium, type Browser, type Page } from 'playwright-core';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const PICTURES = join(ROOT, 'test/e2e/screenshots');
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The tenant and the person of Microsoft's local client. */
export const TENANT = '00000000-0000-0000-0000-000000000001';
export const PERSON = '00000000-0000-0000-0000-000000000020';

/** Microsoft 365 Agents Playground on this machine, with the running bot in it. */
export interface Playground {
  /** The page that people see. */
  readonly page: string;
  /** What Teams takes posts at. */
  readonly serviceUrl: string;
  /** Runs the bot's program once, on the database of the running bot. */
  gcm(...words: readonly string[]): Promise<string>;
  /** What the bot and the client wrote, for whoever looks for a mistake. */
  said(): string;
  stop(): Promise<void>;
}

/** Starts the client and the bot, as `npm start` does. */
export async function playground(): Promise<Playground> {
  const folder = await mkdtemp(join(tmpdir(), 'gcm-teams-'));
  const [clientPort, botPort] = await Promise.all([freePort(), freePort()]);
  await writeFile(join(folder, '.m365agentsplayground.yml'), JSON.stringify(people(), null, 2));
  const page = `http://127.0.0.1:${clientPort}`;
  const serviceUrl = `http://127.0.0.1:${clientPort}/_connector`;
  let said = '';
  const hear = (child: ChildProcess) => {
    child.stdout?.on('data', (part: Buffer) => (said += part.toString()));
    child.stderr?.on('data', (part: Buffer) => (said += part.toString()));
    return child;
  };

  const environment = {
    PATH: process.env.PATH,
    HOME: folder,
    DATABASE_URL: `file:${join(folder, 'gcm.db')}`,
    PORT: botPort.toString(),
    PUBLIC_URL: 'https://gcm.example.org',
    GCM_NOW: '2017-11-01T09:00+01:00',
    GCM_ADMINS: `teams:${TENANT}:${PERSON}`,
    TEAMS_CLIENT_ID: '11111111-2222-3333-4444-555555555555',
    TEAMS_ALLOW_UNAUTHENTICATED: '1',
    TEAMS_SERVICE_URL: serviceUrl,
  };
  const program = join(ROOT, 'src/main.ts');
  const options = { env: environment, cwd: folder };
  const gcm = async (...words: readonly string[]) =>
    (await run(process.execPath, [program, 'gcm', ...words], options)).stdout;
  await gcm('--yes', 'import', join(ROOT, 'prisma/sample/gcm-2017-11-01.json'));
  const bot = hear(spawn(process.execPath, [program, 'start'], { ...options, stdio: 'pipe' }));
  await until(
    () => said.includes('listening'),
    'the bot to be there',
    () => said,
  );

  const cli = join(ROOT, 'node_modules/@microsoft/m365agentsplayground/cli.js');
  const endpoint = `http://127.0.0.1:${botPort}/api/messages`;
  const given = ['start', '-e', endpoint, '-c', 'msteams', '-p', clientPort.toString(), '--su', serviceUrl, '--dt'];
  const client = hear(
    spawn(process.execPath, [cli, ...given], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder, TEAMSAPPTESTER_BROWSER: 'none' },
      stdio: 'pipe',
    }),
  );
  await until(
    () => answers(page),
    'the client to answer',
    () => said,
  );

  return {
    page,
    serviceUrl,
    gcm,
    said: () => said,
    async stop() {
      await Promise.all([ended(client), ended(bot)]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The machine's own Chromium. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
}

/** Keeps a picture of what somebody sees, for a person to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  await mkdir(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `teams-${name}.png`) });
}

/** Waits until something holds; says what it waited for when it never does. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  what: string,
  more: () => string = () => '',
): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}\n${more()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await over;
}

/** The client wants at least five people beside the one who sits in front of it. */
function people(): object {
  const person = (number: number, name: string) => ({
    id: `user-id-${number}`,
    name,
    userPrincipleName: `user${number}@example.org`,
    aadObjectId: `00000000-0000-0000-0000-00000000002${number}`,
    givenName: name.split(' ')[0],
    surname: name.split(' ')[1],
    email: `user${number}@example.org`,
  });
  const [currentUser, ...users] = ['Delegate One', 'Ada Two', 'Bea Three', 'Carl Four', 'Dora Five', 'Emil Six'].map(
    (name, number) => person(number, name),
  );
  return {
    version: '0.1.1',
    tenantId: TENANT,
    bot: { id: '00000000-0000-0000-0000-000000000011', name: 'GCM' },
    currentUser,
    users,
    personalChat: { id: 'personal-chat-id' },
    groupChat: { id: 'group-chat-id', name: 'Delegates' },
    team: {
      id: 'team-id',
      name: 'Secretariat',
      aadGroupId: '00000000-0000-0000-0000-000000000031',
      channels: [{ id: 'channel-id', name: 'Consultations' }],
    },
  };
}

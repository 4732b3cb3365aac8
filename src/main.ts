/**
 * The composition root: puts the parts together for each way the bot is run. Only this file and those of `main/` know all
 * of them.
 */
import { enableCompileCache } from 'node:module';
import type { ExitCode, Terminal } from '../adapters/console/terminal.ts';
import type { Bot } from './engine/dispatch.ts';
import type { House } from './main/house.ts';

// Before anything else is loaded, and each part only where it is needed: an answer on the command line is mostly
// start-up.
enableCompileCache();

const SAMPLE = new URL('../prisma/sample/gcm-2017-11-01.json', import.meta.url);
const DEMO_DATABASE = 'file:./data/demo.db';
const DEMO_START = '2017-11-01T09:00:00+01:00';

/** A chat in the terminal over the sample schedule, on the day of the update that it is taken from. */
async function demo(): Promise<ExitCode> {
  const { Temporal } = await import('temporal-polyfill');
  const { build } = await import('./main/house.ts');
  const house = await build({ databaseUrl: DEMO_DATABASE, startOfClock: Temporal.Instant.from(DEMO_START) });
  const { store, bot, clock, language } = house;
  const terminal = await terminalOf(house);
  const [group] = await store.groups();
  if (group?.revision === 0) await loadSample(bot, terminal);
  if (process.stdin.isTTY) {
    const { instantInWords } = await import('./dates/words.ts');
    const time = instantInWords(clock.now(), group?.zone ?? 'UTC', language);
    process.stdout.write(`${language.t('console.welcome-demo', { time })} ${language.t('console.welcome')}\n\n`);
  }
  return talk(house, terminal);
}

/** One command, or a chat when there is none. */
async function gcm(words: readonly string[]): Promise<ExitCode> {
  const { readCommandLine, USAGE } = await import('../adapters/console/arguments.ts');
  const line = readCommandLine(words);
  if ('problem' in line) return usageProblem(line.problem, USAGE);
  const { momentOf } = await import('./config.ts');
  const startOfClock = line.now === null ? null : momentOf(line.now);
  if (line.now !== null && !startOfClock)
    return usageProblem(`--now is a moment such as 2017-11-01T09:00+01:00.`, USAGE);
  const { isZone } = await import('./dates/zones.ts');
  if (line.zone !== null && !isZone(line.zone)) return usageProblem(`--tz is a zone such as Africa/Nairobi.`, USAGE);

  const { build } = await import('./main/house.ts');
  const house = await build({ ...(startOfClock ? { startOfClock } : {}) });
  const terminal = await terminalOf(house, line);
  if (line.line === '') return talk(house, terminal);
  const { runOnce } = await import('../adapters/console/terminal.ts');
  const code = await runOnce(terminal, line.line, line);
  await house.store.close();
  return code;
}

async function talk({ store, bot }: House, terminal: Terminal): Promise<ExitCode> {
  const { chat } = await import('../adapters/console/terminal.ts');
  const code = await chat(terminal, async (line) => {
    const [completed, word] = await bot.complete(line, terminal.person);
    return [[...completed], word];
  });
  await store.close();
  return code;
}

async function loadSample(bot: Bot, { person }: Terminal): Promise<void> {
  const { readFile } = await import('node:fs/promises');
  const name = SAMPLE.pathname.split('/').at(-1) ?? '';
  const reply = await bot.handle({
    ...person,
    input: { type: 'line', line: `import ${name}`, isConfirmed: true },
    surroundings: { openFile: async () => ({ name, bytes: await readFile(SAMPLE) }) },
  });
  if (reply.outcome !== 'answered') throw new Error('the sample schedule cannot be imported', { cause: reply.card });
}

async function terminalOf(
  { bot, language }: House,
  options: {
    readonly role?: 'viewer' | 'editor' | 'admin';
    readonly zone?: string | null;
    readonly language?: string | null;
  } = {},
): Promise<Terminal> {
  const { userInfo } = await import('node:os');
  const { styleFor } = await import('../adapters/console/style.ts');
  const { username } = userInfo();
  return {
    bot,
    language,
    style: styleFor(process.stdout, process.env),
    input: process.stdin,
    output: process.stdout,
    errors: process.stderr,
    person: {
      actor: { platform: 'console', tenant: '', user: username, name: username },
      role: options.role ?? 'admin',
      zone: options.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
      isZoneForced: options.zone != null,
      language: options.language ?? null,
    },
  };
}

function usageProblem(problem: string, usage: string): ExitCode {
  process.stderr.write(`${problem}\n${usage}\n`);
  return 2;
}

/** Turns what stops the program into one line that says what to do. */
async function reportingProblems(task: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await task();
  } catch (error) {
    const { BotError } = await import('./errors.ts');
    if (!(error instanceof BotError)) throw error;
    const { english } = await import('./language/index.ts');
    process.stderr.write(`${english.t(`error.${error.code}`, error.context)}\n`);
    return 1;
  }
}

// Somebody who reads only the first lines (`gcm list | head`) has what they wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const [mode = '', ...given] = process.argv.slice(2);
process.exitCode = await reportingProblems(() => {
  if (mode === 'start') return import('./main/service.ts').then(({ start }) => start());
  if (mode === 'demo') return demo();
  if (mode === 'gcm') return gcm(given);
  throw new TypeError(`“${mode}” is none of start, demo, gcm`);
});

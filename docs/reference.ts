/**
 * The parts of the documentation that are derived from the code. `npm run docs` writes them; a test compares them.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { commands } from '../commands/index.ts';
import { environment } from '../src/config.ts';
import { usageOf } from '../src/engine/help.ts';
import type { Language } from '../src/language/language.ts';

/** The README's table of commands, in the order of help. */
export function commandTable(language: Language): string {
  const rows = commands
    .filter(({ isHidden }) => !isHidden)
    .map((command) => {
      const usage = `\`${usageOf(command, language)}\``;
      return `| ${usage} | ${language.t(command.summary)} | ${language.t(`role.${command.access}`)} |`;
    });
  return ['| command | what it is for | who may |', '| --- | --- | --- |', ...rows].join('\n');
}

/** The README's table of settings. */
export function settingsTable(): string {
  const rows = settings().map(
    ({ name, description, standard }) => `| \`${name}\` | ${description} | ${standard ? `\`${standard}\`` : '–'} |`,
  );
  return ['| variable | what it is for | when not set |', '| --- | --- | --- |', ...rows].join('\n');
}

/** The whole of `.env.example`: every setting, commented out, with what holds when it is not set. */
export function exampleOfEnvironment(): string {
  const parts = settings().map(({ name, description, standard }) => `# ${description}\n# ${name}=${standard}\n`);
  return `# Copy to .env and uncomment what you need.\n\n${parts.join('\n')}`;
}

interface Setting {
  readonly name: string;
  readonly description: string;
  readonly standard: string;
}

function settings(): readonly Setting[] {
  return Object.entries(environment.shape).map(([name, schema]) => {
    const standard = schema.safeParse(undefined).data;
    return {
      name,
      description: schema.description ?? '',
      standard: typeof standard === 'string' || typeof standard === 'number' ? standard.toString() : '',
    };
  });
}

/** What somebody in Geneva sees who starts the demo and types these lines. */
export async function transcript(lines: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gcm-transcript-'));
  try {
    const demo = spawn(process.execPath, [fileURLToPath(new URL('../src/main.ts', import.meta.url)), 'demo'], {
      cwd: folder,
      env: { ...process.env, TZ: 'Europe/Zurich' },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    demo.stdin.end(lines.join('\n'));
    return `\`\`\`text\n${(await text(demo.stdout)).trim()}\n\`\`\``;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The lines of the README's transcript. */
export const TRANSCRIPT = ['next', 'stocktaking', 'past regional'];

/** A text whose part between the two marks of that name is replaced. */
export function withPart(document: string, name: string, part: string): string {
  const begin = `<!-- ${name}: begin, written by npm run docs -->`;
  const end = `<!-- ${name}: end -->`;
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from < 0 || to < from) throw new Error(`README.md has no marks for “${name}”`);
  return `${document.slice(0, from + begin.length)}\n\n${part}\n\n${document.slice(to)}`;
}

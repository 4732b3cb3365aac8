import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const main = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
const sample = fileURLToPath(new URL('../../../prisma/sample/gcm-2017-11-01.json', import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gcm-program-'));
  const imported = await run(['gcm', '--now', '2017-11-01T08:00Z', '--yes', 'import', sample]);
  expect(imported).toMatchObject({ code: 0, errors: '' });
  expect(imported.output).toContain('21');
});
afterAll(() => rm(folder, { recursive: true }));

interface Outcome {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

async function run(given: readonly string[], input = '', variables: Record<string, string> = {}): Promise<Outcome> {
  const program = spawn(process.execPath, [main, ...given], {
    cwd: folder,
    env: { ...process.env, NODE_ENV: '', TZ: 'Europe/Zurich', ...variables },
  });
  program.stdin.end(input);
  const [output, errors, code] = await Promise.all([
    text(program.stdout),
    text(program.stderr),
    new Promise<number | null>((resolve) => program.once('close', resolve)),
  ]);
  return { code, output, errors };
}

const gcm = (...command: readonly string[]) => run(['gcm', '--now', '2017-11-01T08:00Z', ...command]);

describe('one command', () => {
  test('is answered on standard output, with exit code 0', async () => {
    const { code, output, errors } = await gcm('next', 'regional');
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(output).toContain('Monday 6 to Wednesday 8 November 2017, Bangkok time (in 5 days)');
  });

  test('that is refused is answered on standard error, with exit code 2', async () => {
    expect(await gcm('lisst')).toEqual({
      code: 2,
      output: '',
      errors: 'I don’t know “lisst”. Did you mean one of these?\n\n  1. list\n',
    });
  });

  test('that needs a confirmation is not carried out without one', async () => {
    const file = join(folder, 'one.json');
    await writeFile(file, '{"events":[{"handle":"round-1","title":"First round","when":{"start":"2018-02-20"}}]}');
    const asked = await gcm('import', file);
    expect(asked.code).toBe(2);
    expect(asked.errors).toContain('Events: 1 new');
    expect((await gcm('show', 'round-1')).code).toBe(2);
  });

  test('answers as JSON when asked to', async () => {
    const { code, output } = await gcm('--json', 'show', 'unece');
    expect(code).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ tone: 'normal', elements: [{ type: 'event', handle: 'unece' }] });
  });

  test('has the rights of the role that is given', async () => {
    expect(await gcm('--as', 'viewer', 'audit')).toMatchObject({
      code: 2,
      errors: '“audit” is for editors of this group.\n',
    });
  });

  test('reads times in the zone that is given, whatever was chosen before', async () => {
    expect((await gcm('zone', 'Nairobi')).code).toBe(0);
    expect((await gcm('zone')).output).toContain('Nairobi time');
    expect((await gcm('--tz', 'Asia/Kathmandu', 'zone')).output).toContain('Kathmandu time');
    expect((await gcm('zone', 'auto')).code).toBe(0);
  });

  test('export writes nothing but the file, which imports again as it is', async () => {
    const { code, output } = await gcm('export', 'json');
    expect(code).toBe(0);
    const file = join(folder, 'again.json');
    await writeFile(file, output);
    expect((await gcm('import', file)).output).toContain('holds nothing new');
  });

  test('is told what is wrong with the program’s own options', async () => {
    expect((await run(['gcm', '--now', 'soon', 'next'])).errors).toContain('--now is a moment such as');
    expect((await run(['gcm', '--tz', 'Nowhere', 'next'])).errors).toContain('--tz is a zone such as');
  });

  test('says which file is not there', async () => {
    expect(await gcm('import', 'nowhere.json')).toMatchObject({ code: 2, errors: 'There is no “nowhere.json”.\n' });
  });
});

describe('what stops the program is one line, with exit code 1', () => {
  test('settings that are wrong', async () => {
    expect(await run(['gcm', 'next'], '', { PORT: 'many' })).toEqual({
      code: 1,
      output: '',
      errors: 'The settings are not right: PORT is a port number\n',
    });
  });

  test('a file that is no database', async () => {
    await writeFile(join(folder, 'broken.db'), 'this is no database, and long enough to look at'.repeat(100));
    const { code, output, errors } = await run(['gcm', 'next'], '', { DATABASE_URL: 'file:./broken.db' });
    expect({ code, output, lines: errors.trim().split('\n').length }).toEqual({ code: 1, output: '', lines: 1 });
    expect(errors).toContain('is damaged');
    expect(await readFile(join(folder, 'broken.db'), 'utf8')).toContain('this is no database');
  });

  test('a database server that is not there', async () => {
    const { code, errors } = await run(['gcm', 'next'], '', {
      DATABASE_URL: 'postgresql://gcm:secret@127.0.0.1:1/gcm',
    });
    expect({ code, lines: errors.trim().split('\n').length }).toEqual({ code: 1, lines: 1 });
    expect(errors).toContain('cannot be reached');
    expect(errors).not.toContain('secret');
  });
});

describe('the demo', () => {
  test('answers a line at a time when its input is no terminal, and leaves at its end', async () => {
    const { code, output, errors } = await run(['demo'], 'stocktaking\n\nlist on 04/12\n1\nquit\nnever reached\n');
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(output).toContain('gcm> stocktaking\n');
    expect(output).toContain('Puerto Vallarta, Mexico');
    expect(output).toContain('gcm> 1\nComing up\n\nOnly: Monday 4 December 2017');
    expect(output).not.toContain('never reached');
  });

  test('keeps what it was told for the next time', async () => {
    await run(['demo'], 'zone Nairobi\n');
    expect((await run(['demo'], 'zone\n')).output).toContain('Nairobi time (Africa/Nairobi), which you chose');
  });
});

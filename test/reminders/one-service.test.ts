import { spawn, type ChildProcess } from 'node:child_process';
import { readdir, symlink } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { postgresDatabase, postgresNote, postgresUrl, sqliteDatabase } from '../support/store-databases.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

interface Running {
  readonly process: ChildProcess;
  /** Resolves when it listens. */
  readonly up: Promise<void>;
  /** What came of it in the end. */
  readonly ended: Promise<{ readonly code: number | null; readonly errors: string }>;
}

function run(given: readonly string[], cwd: string, url: string, input = ''): Running {
  const program = spawn(process.execPath, [main, ...given], {
    cwd,
    env: { PATH: process.env.PATH, TZ: 'UTC', DATABASE_URL: url, PORT: '0', GCM_NOW: '2017-11-01T09:00:30Z' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  program.stdin.end(input);
  onTestFinished(() => void program.kill('SIGKILL'));
  const closed = new Promise<number | null>((resolve) => program.once('close', resolve));
  const errors = text(program.stderr);
  return {
    process: program,
    up: new Promise((resolve) => {
      program.stdout.on('data', (chunk: Buffer) => {
        if (chunk.toString().includes('listening')) resolve();
      });
    }),
    ended: closed.then(async (code) => ({ code, errors: await errors })),
  };
}

describe('on one SQLite file', () => {
  test('a second service is refused in one line, whatever link it takes to the file', async () => {
    const { folder, path, url, drop } = await sqliteDatabase();
    onTestFinished(drop);
    const first = run(['start'], folder, url);
    await first.up;
    await symlink(path, `${path}-link`);
    for (const address of [url, `${url}-link`]) {
      const { code, errors } = await run(['start'], folder, address).ended;
      expect([code, errors]).toEqual([
        1,
        `Another process serves ${address.slice('file:'.length)} already, and SQLite is for one. Stop it first; ` +
          'for several instances, set DATABASE_URL to postgresql://….\n',
      ]);
    }
    // The first one goes on, and commands and the demo work beside it.
    expect(await run(['gcm', 'zone', 'Nairobi'], folder, url).ended).toEqual({ code: 0, errors: '' });
    expect(await run(['demo'], folder, url, 'next\n').ended).toEqual({ code: 0, errors: '' });
    first.process.kill('SIGTERM');
    expect(await first.ended).toEqual({ code: 0, errors: '' });
  }, 60_000);

  test('the place is free again when the first one stops, and when it is killed', async () => {
    const { folder, url, drop } = await sqliteDatabase();
    onTestFinished(drop);
    for (const signal of ['SIGTERM', 'SIGKILL', 'SIGTERM'] as const) {
      const service = run(['start'], folder, url);
      await service.up;
      service.process.kill(signal);
      expect((await service.ended).errors).toBe('');
    }
    expect((await readdir(folder)).sort()).toEqual(['gcm.db', 'gcm.db-service']);
  }, 60_000);
});

describe.skipIf(postgresUrl === undefined)(`on one PostgreSQL database${postgresNote}`, () => {
  test('several serve at once', async () => {
    const { url, drop } = await postgresDatabase();
    const { folder, drop: remove } = await sqliteDatabase();
    onTestFinished(drop);
    onTestFinished(remove);
    const services = [run(['start'], folder, url), run(['start'], folder, url)];
    await Promise.all(services.map(({ up }) => up));
    for (const { process: service } of services) service.kill('SIGTERM');
    for (const { ended } of services) expect(await ended).toEqual({ code: 0, errors: '' });
  }, 60_000);
});

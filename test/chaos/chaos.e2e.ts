import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const main = fileURLToPath(new URL('main.ts', import.meta.url));

/** As `npm run chaos` does it, but shorter. */
async function chaos(...given: readonly string[]): Promise<readonly [code: unknown, output: string]> {
  const child = spawn(process.execPath, [main, '--minutes', '0.4', ...given], { stdio: ['ignore', 'pipe', 'pipe'] });
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const code = await new Promise((resolve) => child.once('exit', resolve));
  return [code, (await output).join('')];
}

test('whatever breaks around three processes on PostgreSQL, every reminder is there once or has a reason', async () => {
  const [code, output] = await chaos('--only', 'postgresql', '--seed', '1');
  expect(code, output).toBe(0);
  expect(output).toContain('Three processes on PostgreSQL');
}, 240_000);

test('whatever breaks around one process on SQLite, every reminder is there once or has a reason', async () => {
  const [code, output] = await chaos('--only', 'sqlite', '--seed', '1');
  expect(code, output).toBe(0);
}, 240_000);

test('where a platform cannot be asked and the setting says so, what may have arrived is sent again', async () => {
  const [code, output] = await chaos('--only', 'sqlite', '--seed', '2', '--when-unknown', 'send');
  expect(code, output).toBe(0);
}, 240_000);

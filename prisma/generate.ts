/**
 * Derives PostgreSQL's schema and generates both clients, offline: `node prisma/generate.ts`. Runs after every install,
 * so it asks for nothing but what the install has put in place.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { schemaFor } from './derive.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = fileURLToPath(new URL('schema.prisma', import.meta.url));
const derived = fileURLToPath(new URL('generated/postgresql.prisma', import.meta.url));
const tool = fileURLToPath(new URL('../node_modules/prisma/build/index.js', import.meta.url));

if (!existsSync(tool)) {
  console.error('The database client cannot be generated: the package `prisma` is not installed. Run `npm ci`.');
  process.exit(1);
}

await mkdir(dirname(derived), { recursive: true });
await writeFile(derived, schemaFor('postgresql', await readFile(source, 'utf8')));

const generated = await Promise.allSettled([source, derived].map(generate));
for (const result of generated) {
  if (result.status === 'rejected') {
    console.error((result.reason as { stderr?: string }).stderr ?? result.reason);
    process.exitCode = 1;
  }
}

async function generate(schema: string): Promise<void> {
  await promisify(execFile)(process.execPath, [tool, 'generate', '--no-hints', '--schema', schema], {
    cwd: root,
    // The tool would ask its maker's server for news of itself.
    env: { ...process.env, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' },
  });
}

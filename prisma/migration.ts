/**
 * Writes the migration that leads from the last one to `schema.prisma`, for both providers:
 * `node prisma/migration.ts NAME`. The earlier ones are replayed in scratch databases, PostgreSQL's on the server of
 * TEST_POSTGRES_URL. Read what it wrote before committing it.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../src/clock.ts';
import { PROVIDERS } from './derive.ts';
import { difference, EMPTY_MIGRATION, migrationList, schemaFiles, withSchemaEngine } from './schema-engine.ts';

const name = process.argv[2];
if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error('Usage: node prisma/migration.ts NAME, in lower-case letters, digits and underscores');
  process.exit(2);
}

const urls = {
  sqlite: 'file::memory:',
  postgresql: process.env.TEST_POSTGRES_URL ?? 'postgresql://postgres@127.0.0.1:5432/postgres',
};
const stamp = systemClock.now().toString({ smallestUnit: 'second' }).replace(/\D/g, '');

// Both are computed before either is written, so that a failure leaves no half.
const scripts = await Promise.all(
  PROVIDERS.map(async (provider) => {
    const migrations = await migrationList(provider);
    const sql = await withSchemaEngine(provider, urls[provider], async (engine) =>
      difference(
        engine,
        { tag: 'migrations', ...migrations },
        { tag: 'schemaDatamodel', files: await schemaFiles(provider) },
      ),
    );
    return { provider, migrations, sql };
  }),
);

for (const { provider, migrations, sql } of scripts) {
  if (sql.trim() === EMPTY_MIGRATION) {
    console.log(`${provider}: nothing to do`);
    continue;
  }
  const folder = join(migrations.baseDir, `${stamp}_${name}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'migration.sql'), sql);
  await writeFile(join(migrations.baseDir, migrations.lockfile.path), migrations.lockfile.content ?? '');
  console.log(`${provider}: wrote ${folder}`);
}

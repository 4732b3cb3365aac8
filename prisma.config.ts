import { defineConfig } from 'prisma/config';

// Without a schema engine of its own the tool downloads one at every call. Generating, validating and formatting never
// use it, so any file that exists will do; whoever runs `prisma migrate` names a real one.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations/sqlite' },
  datasource: { url: process.env.DATABASE_URL ?? 'file:./data/gcm.db' },
});

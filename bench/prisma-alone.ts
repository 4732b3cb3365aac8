/**
 * The least that a program with Prisma does, to compare ours with: `import` only loads the generated client, `query`
 * opens the database of `DATABASE_URL` and asks it one thing. With the same compile cache as ours.
 */
import { enableCompileCache } from 'node:module';

enableCompileCache();

const [{ PrismaBetterSqlite3 }, { PrismaClient }] = await Promise.all([
  import('@prisma/adapter-better-sqlite3'),
  import('../prisma/generated/sqlite/client.ts'),
]);
const client = new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: process.env.DATABASE_URL ?? '' }) });
if (process.argv[2] === 'query') {
  await client.$queryRaw`SELECT 1`;
  await client.$disconnect();
}

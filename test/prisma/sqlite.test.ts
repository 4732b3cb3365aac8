import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from '../../prisma/migrate.ts';
import { openSqlite } from '../../prisma/sqlite.ts';
import { openStore, storeOn } from '../../prisma/store.ts';
import type { Store } from '../../src/ports.ts';
import { sqliteDatabase } from '../support/store-databases.ts';
import { inProcess, ordinaryUser } from '../support/store-processes.ts';
import { adding, change, countingIdentity, editing, event, stoppedClock } from '../support/store-samples.ts';

let database: Awaited<ReturnType<typeof sqliteDatabase>>;
const opened: Pick<Store, 'close'>[] = [];

beforeEach(async () => {
  database = await sqliteDatabase();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()));
  await database.drop();
});

const at = { clock: stoppedClock, identity: countingIdentity() };
const open = async (url = database.url) => {
  const store = await openStore({ url, ...at });
  opened.push(store);
  return store;
};
const failure = (code: string, path = database.path) => ({ code, context: { path } });

describe('a SQLite file', () => {
  it('is made with the folders it is in', async () => {
    const store = await open(`file:${join(database.folder, 'a', 'b', 'new.db')}`);
    expect(await store.groups()).toHaveLength(1);
  });

  it('may be named by a URL with slashes', async () => {
    await open(`file://${database.path}`);
    expect((await readFile(database.path)).subarray(0, 15).toString()).toBe('SQLite format 3');
  });

  it('is written through a log, and synced at every commit, with foreign keys checked', async () => {
    const files = await openSqlite(database.url);
    await migrate(files, at);
    const client = await files.client();
    opened.push(storeOn(files, client, at));
    const settings = ['journal_mode', 'foreign_keys', 'synchronous', 'busy_timeout'];
    const values = [];
    for (const name of settings) values.push(...(await client.$queryRawUnsafe<object[]>(`PRAGMA ${name}`)));
    expect(values.map((row) => String(Object.values(row)[0]))).toEqual(['wal', '1', '2', '5000']);
  });

  it('tells what somebody else has just changed in it, however often it was asked before', async () => {
    const [store, other] = [await open(), await open()];
    const identity = { platform: 'slack', tenant: 'T01', user: 'U01' };
    const unknown = { name: null, language: null, platformZone: null, platformLanguage: null };
    expect(await store.member(identity)).toBeNull();
    for (const zone of ['Africa/Nairobi', 'Asia/Kathmandu']) {
      await other.saveMember({ ...identity, ...unknown, zone });
      expect((await store.member(identity))?.zone).toBe(zone);
      expect((await store.member(identity))?.zone).toBe(zone);
    }
    await store.saveMember({ ...identity, ...unknown, zone: 'America/New_York' });
    expect((await store.member(identity))?.zone).toBe('America/New_York');
  });

  it('that is not a database is called damaged and left as it is', async () => {
    const text = 'Dear delegates, '.repeat(1000);
    await writeFile(database.path, text);
    await expect(open()).rejects.toMatchObject(failure('store-damaged'));
    expect(await readFile(database.path, 'utf8')).toBe(text);
  });

  it('whose first page was overwritten is called damaged', async () => {
    await (await open()).close();
    const bytes = await readFile(database.path);
    await writeFile(database.path, bytes.fill(0xff, 100, 4096));
    await expect(open()).rejects.toMatchObject(failure('store-damaged'));
  });

  it('that turns out damaged while it is read is called so', async () => {
    const store = await open();
    const groupId = (await store.groups())[0]?.id ?? '';
    await store.commit(
      change(
        groupId,
        Array.from({ length: 500 }, (_, n) => adding(event(`e${n}`))),
      ),
    );
    await store.close();
    const bytes = await readFile(database.path);
    const root = Number((await database.sql(`SELECT rootpage FROM sqlite_schema WHERE name = 'Event'`))[0]?.[0]);
    await writeFile(database.path, bytes.fill(0xff, (root - 1) * 4096, root * 4096));
    const again = await open();
    await expect(again.load(groupId)).rejects.toMatchObject(failure('store-damaged'));
  });

  it('of another program is called foreign and left as it is', async () => {
    await database.sql('CREATE TABLE "Recipes" ("name" TEXT)');
    const bytes = await readFile(database.path);
    await expect(open()).rejects.toMatchObject(failure('store-foreign'));
    expect(await readFile(database.path)).toEqual(bytes);
  });

  it('that is empty becomes a store', async () => {
    await writeFile(database.path, '');
    expect(await (await open()).groups()).toHaveLength(1);
  });

  it('that may not be written is called read-only', async () => {
    await (await open()).close();
    await chmod(database.folder, 0o777);
    await chmod(database.path, 0o444);
    expect(await inProcess(database.url, 0, ordinaryUser)).toEqual(failure('store-read-only'));
  });

  it('in a folder that may not be written is called read-only', async () => {
    await chmod(database.folder, 0o555);
    const url = `file:${join(database.folder, 'new', 'gcm.db')}`;
    const context = { path: join(database.folder, 'new', 'gcm.db') };
    expect(await inProcess(url, 0, ordinaryUser)).toEqual({ code: 'store-read-only', context });
    expect(await inProcess(database.url, 0, ordinaryUser)).toEqual(failure('store-read-only'));
  });

  it('that cannot be there is called read-only', async () => {
    const below = join(database.path, 'gcm.db');
    await writeFile(database.path, '');
    await expect(open(`file:${below}`)).rejects.toMatchObject(failure('store-read-only', below));
    await mkdir(join(database.folder, 'folder.db'));
    const folder = join(database.folder, 'folder.db');
    await expect(open(`file:${folder}`)).rejects.toMatchObject(failure('store-read-only', folder));
  });
});

describe('a full disk', () => {
  // SQLite answers the same at its own limit of pages as at the end of the disk: SQLITE_FULL.
  const limit = (pages: string) => `PRAGMA max_page_count = ${pages}`;

  it('met while the database is made leaves it empty', async () => {
    const files = await openSqlite(database.url);
    await files.adapter.executeScript(limit('8'));
    await expect(migrate(files, at)).rejects.toMatchObject(failure('store-full'));
    expect(await files.tables(files.adapter)).toEqual([]);
    await files.adapter.dispose();
    expect(await (await open()).groups()).toHaveLength(1);
  });

  it('met during a change loses nothing, and the store goes on when there is room', async () => {
    await (await open()).close();
    const files = await openSqlite(database.url);
    const client = await files.client();
    const store = storeOn(files, client, at);
    opened.push(store);
    const groupId = (await store.groups())[0]?.id ?? '';
    await store.commit(change(groupId, [adding(event('a'))]));
    const everything = async () => [await store.load(groupId), await store.audit(groupId, { limit: 10 })];
    const before = await everything();

    const [used] = await client.$queryRawUnsafe<{ page_count: number }[]>('PRAGMA page_count');
    await client.$queryRawUnsafe(limit(String(Number(used?.page_count) + 4)));
    const large = [editing(event('a'), { title: 'x' }), adding(event('b', { description: 'é'.repeat(100_000) }))];
    await expect(store.commit(change(groupId, large))).rejects.toMatchObject(failure('store-full'));
    expect(await everything()).toEqual(before);

    await client.$queryRawUnsafe(limit('1000000'));
    expect(await store.commit(change(groupId, large))).toBe(2);
    expect((await store.load(groupId)).events.map(({ title }) => title)).toEqual(['x', 'About b']);
  });
});

describe('several processes', () => {
  it('may open an empty database at once, and agree on its group', async () => {
    const results = await Promise.all(Array.from({ length: 4 }, () => inProcess(database.url)));
    const groupId = (await (await open()).groups())[0]?.id;
    expect(results).toEqual(results.map(() => ({ groupId, revision: 0 })));
    expect(
      await database.sql('SELECT "migration_name" FROM "_prisma_migrations" GROUP BY 1 HAVING count(*) > 1'),
    ).toEqual([]);
  });

  it('may change a schedule at once, and no change is lost', async () => {
    const store = await open();
    const results = await Promise.all(Array.from({ length: 3 }, () => inProcess(database.url, 20)));
    expect(results.map(({ crash, code }) => crash ?? code)).toEqual([undefined, undefined, undefined]);
    const { group, events } = await store.load((await store.groups())[0]?.id ?? '');
    expect([group.revision, events.length]).toEqual([60, 60]);
  });
});

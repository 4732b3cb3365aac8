import { createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../prisma/store.ts';
import { en } from '../../src/language/en/index.ts';
import { createLanguage } from '../../src/language/language.ts';
import { BotError } from '../../src/errors.ts';
import { randomIdentity } from '../../src/identity.ts';
import { postgresDatabase, postgresNote, postgresUrl, type TestDatabase } from '../support/store-databases.ts';
import { adding, change, countingIdentity, event, stoppedClock } from '../support/store-samples.ts';

const open = (url: string) => openStore({ url, clock: stoppedClock, identity: countingIdentity() });

/** The error of a store that does not open, with all that a log could make of it. */
async function refusal(url: string): Promise<BotError> {
  const error: unknown = await open(url).then(
    () => 'opened',
    (reason: unknown) => reason,
  );
  if (!(error instanceof BotError)) throw new Error(`not an error of the store: ${String(error)}`);
  expect(JSON.stringify([error, error.stack, error.cause, error.message])).not.toContain('s3cret');
  return error;
}

/** The address of a server that treats every connection with `answer`. */
async function serverThat(answer: (socket: Socket) => void): Promise<{ host: string; stop: () => void }> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => server.close() };
}

describe('a PostgreSQL server', () => {
  it('that is not there is called unreachable', async () => {
    const { host, stop } = await serverThat((socket) => socket.end());
    stop();
    const error = await refusal(`postgresql://bot:s3cret@${host}/gcm`);
    expect(error).toMatchObject({
      code: 'store-unreachable',
      context: { host: `${host}/gcm`, reason: 'ECONNREFUSED' },
    });
  });

  it('that refuses the password is called unreachable, with its own words', async () => {
    const said = 'password authentication failed for user "bot"';
    const fields = `SFATAL\0VFATAL\0C28P01\0M${said}\0\0`;
    const { host, stop } = await serverThat((socket) => {
      const message = Buffer.from(`E0000${fields}`);
      message.writeInt32BE(message.length - 1, 1);
      socket.once('data', () => socket.end(message));
    });
    const error = await refusal(`postgresql://bot:s3cret@${host}/gcm`);
    expect(error).toMatchObject({ code: 'store-unreachable', context: { host: `${host}/gcm`, reason: said } });
    expect(createLanguage(en).t(`error.${error.code as 'store-unreachable'}`, error.context)).toContain(said);
    stop();
  });

  it('that hangs up is called unreachable', async () => {
    const { host, stop } = await serverThat((socket) => socket.destroy());
    expect(await refusal(`postgresql://bot:s3cret@${host}/gcm`)).toMatchObject({ code: 'store-unreachable' });
    stop();
  });

  it('with an address that cannot be read is called unreachable, and the address is not repeated', async () => {
    const error = await refusal('postgresql://bot:s3cret@[::1/gcm');
    expect(error).toMatchObject({ code: 'store-unreachable', context: { host: '?' } });
  });
});

it('a DATABASE_URL of neither kind is refused', async () => {
  expect(await refusal('mysql://bot:s3cret@127.0.0.1/gcm')).toMatchObject({ code: 'config-invalid' });
});

describe.skipIf(postgresUrl === undefined)(`a PostgreSQL database${postgresNote}`, () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await postgresDatabase();
  });
  afterEach(() => database.drop());

  it('that does not exist is called unreachable', async () => {
    const url = new URL(database.url);
    url.pathname = '/no_such_database';
    expect(await refusal(url.href)).toMatchObject({
      code: 'store-unreachable',
      context: { host: `${url.host}/no_such_database`, reason: 'database "no_such_database" does not exist' },
    });
  });

  it('of a user that does not exist is called unreachable', async () => {
    const url = new URL(database.url);
    url.username = 'no_such_user';
    url.password = 's3cret';
    expect(await refusal(url.href)).toMatchObject({ code: 'store-unreachable' });
  });

  it('of another program is called foreign and left as it is', async () => {
    await database.sql('CREATE TABLE "Recipes" ("name" TEXT)');
    const { host, pathname } = new URL(database.url);
    expect(await refusal(database.url)).toMatchObject({
      code: 'store-foreign',
      context: { path: `${host}${pathname}` },
    });
    expect(await database.sql(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)).toEqual([['Recipes']]);
  });

  it('may be opened by several at once, who agree on its group', async () => {
    // Each process draws identifiers of its own.
    const own = { url: database.url, clock: stoppedClock, identity: randomIdentity };
    const stores = await Promise.all(Array.from({ length: 5 }, () => openStore(own)));
    const groups = await Promise.all(stores.map((store) => store.groups()));
    expect(new Set(groups.map(([group]) => group?.id)).size).toBe(1);
    expect(
      await database.sql('SELECT "migration_name" FROM "_prisma_migrations" GROUP BY 1 HAVING count(*) > 1'),
    ).toEqual([]);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('that became read-only is called so, and nothing is written', async () => {
    const store = await open(database.url);
    const groupId = (await store.groups())[0]?.id ?? '';
    const { host, pathname } = new URL(database.url);
    await database.sql(`ALTER DATABASE "${pathname.slice(1)}" SET default_transaction_read_only = on`);
    await store.close();
    const again = await open(database.url);
    const writing = again.commit(change(groupId, [adding(event('a'))]));
    await expect(writing).rejects.toMatchObject({ code: 'store-read-only', context: { path: `${host}${pathname}` } });
    expect(await again.revision(groupId)).toBe(0);
    await again.close();
  });

  it('may cut the connections, and is found again at the next question', async () => {
    const store = await open(database.url);
    await store.ping();
    await database.sql(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    // Whoever asks while the news of the cut is still on its way may be told that the server is gone.
    await store.ping().catch((error: unknown) => {
      expect(error).toMatchObject({ code: 'store-unreachable' });
    });
    await store.ping();
    await store.close();
  });
});

import { execFile } from 'node:child_process';
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PrismaPg } from '@prisma/adapter-pg';
import { postgresDatabase, postgresUrl } from '../support/store-databases.ts';

const run = promisify(execFile);

/** A PostgreSQL that a run may be rough with. */
export interface RoughPostgres {
  readonly url: string;
  /** Ends the connections of everybody else. */
  cutConnections(): Promise<void>;
  /**
   * Stops the server the hard way, as a machine that loses power would, and starts it again; `null`: it is not ours to
   * stop.
   */
  readonly restart: ((whileDown: () => Promise<unknown>) => Promise<void>) | null;
  drop(): Promise<void>;
}

/**
 * A server of its own where the machine has PostgreSQL's programs; otherwise a database on the server of
 * TEST_POSTGRES_URL, whose connections can be cut but which is not stopped; `null`: there is neither.
 */
export async function roughPostgres(): Promise<RoughPostgres | null> {
  const programs = await programsFolder();
  const owner = await serverUser();
  if (programs !== null && owner !== null) return ownServer(programs, owner);
  if (postgresUrl === undefined) return null;
  const database = await postgresDatabase();
  return {
    url: database.url,
    cutConnections: () => cutConnections(database.url),
    restart: null,
    drop: () => database.drop(),
  };
}

interface Owner {
  readonly uid?: number;
  readonly gid?: number;
}

async function ownServer(programs: string, owner: Owner): Promise<RoughPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'gcm-chaos-'));
  if (owner.uid !== undefined && owner.gid !== undefined) await chown(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const port = await freePort();
  const program = (name: string, ...given: readonly string[]) =>
    run(join(programs, name), [...given], { ...owner, cwd: folder });
  await program('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C');
  // What the processes of a run committed outlives the server all the same: it is the machine that would have to fail.
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c fsync=off -c max_connections=300`;
  const start = () => program('pg_ctl', '-D', data, '-w', '-o', options, '-l', join(folder, 'log'), 'start');
  const stop = () => program('pg_ctl', '-D', data, '-w', '-m', 'immediate', 'stop');
  await start();
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
  return {
    url,
    cutConnections: () => cutConnections(url),
    async restart(whileDown) {
      await stop();
      await whileDown();
      await start();
    },
    async drop() {
      await stop();
      await rm(folder, { recursive: true });
    },
  };
}

async function cutConnections(url: string): Promise<void> {
  const adapter = await new PrismaPg({ connectionString: url }).connect();
  const sql = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()`;
  try {
    await adapter.queryRaw({ sql, args: [], argTypes: [] });
  } finally {
    await adapter.dispose();
  }
}

/** Where initdb and pg_ctl are; `null`: they are not installed. */
async function programsFolder(): Promise<string | null> {
  // Debian's place: one folder a version.
  const versions = await readdir('/usr/lib/postgresql').catch(() => []);
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  if (newest !== undefined) return `/usr/lib/postgresql/${newest}/bin`;
  return run('pg_config', ['--bindir']).then(
    ({ stdout }) => stdout.trim(),
    () => null,
  );
}

/** Who runs the server, which refuses to run as root; `null`: there is nobody. */
async function serverUser(): Promise<Owner | null> {
  if (process.getuid?.() !== 0) return {};
  const id = async (option: string) => Number((await run('id', [option, 'postgres'])).stdout);
  return Promise.all([id('-u'), id('-g')]).then(
    ([uid, gid]) => ({ uid, gid }),
    () => null,
  );
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import type { Section } from './section.ts';

const EVENTS = 5000;
const CONNECTIONS = 64;
const SECONDS = 4;
const NGINX = '/usr/sbin/nginx';

/** How often a second a feed is served over HTTP, beside nginx with the same bytes from a file. */
export async function feedHttpSection(): Promise<Section> {
  const folder = await mkdtemp(join(tmpdir(), 'gcm-feed-'));
  const server = spawn(
    process.execPath,
    [fileURLToPath(new URL('feed-server.ts', import.meta.url)), folder, EVENTS.toString(), CONNECTIONS.toString()],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    const lines = createInterface({ input: server.stdout });
    const said = await new Promise<string>((resolve) => lines.once('line', resolve));
    const { port, paths, etag } = JSON.parse(said) as { port: number; paths: string[]; etag: string };
    const body = await readFile(join(folder, 'feed.ics'));
    await writeFile(join(folder, 'feed.ics.gz'), gzipSync(body));
    const nginx = existsSync(NGINX) ? await startNginx(folder) : null;
    try {
      const rows: string[][] = [];
      const measure = async (
        name: string,
        asked: readonly string[],
        status: number,
        headers: string,
        theirs = headers,
      ) => {
        const own = await rate(port, asked, headers, status);
        const other = nginx && (await rate(nginx.port, ['/feed.ics'], theirs, status));
        const compared = other === null ? '–' : `${other.toFixed(0)} (${(own / other).toFixed(2)})`;
        rows.push([name, own.toFixed(0), compared]);
      };
      const one = paths.slice(0, 1);
      await measure('whole', one, 200, '');
      await measure('compressed', one, 200, 'accept-encoding: gzip\r\n');
      const unless = (tag: string | undefined) => `if-none-match: ${tag ?? ''}\r\n`;
      await measure('conditional (304), one feed', one, 304, unless(etag), unless(nginx?.etag));
      await measure(`conditional (304), ${paths.length} feeds`, paths, 304, unless(etag), unless(nginx?.etag));
      const note =
        `${EVENTS} events, ${(body.length / 1024).toFixed(0)} KiB, ${CONNECTIONS} connections kept alive, ${SECONDS} s each; ` +
        'whether a feed may still be read is looked up in SQLite for every request, for those of one turn of the event ' +
        'loop together. nginx serves the same bytes from files, the compressed ones as they are.';
      return {
        title: 'Calendar feed over HTTP: requests a second',
        columns: ['request', 'here', 'nginx (ratio)'],
        rows,
        note,
      };
    } finally {
      nginx?.stop();
    }
  } finally {
    server.kill();
    await rm(folder, { recursive: true });
  }
}

async function startNginx(folder: string): Promise<{ readonly port: number; readonly etag: string; stop(): void }> {
  const port = await freePort();
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${folder}/${kind};`,
  );
  const config = `daemon off; worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
    events { worker_connections 256; }
    http { ${temporary.join(' ')} access_log off; sendfile on; tcp_nopush on; gzip_static on; keepalive_requests 1000000000;
      types { text/calendar ics; } server { listen 127.0.0.1:${port}; root ${folder}; } }`;
  await writeFile(join(folder, 'nginx.conf'), config.replace(/^user.*$/gmu, ''));
  const child = spawn(NGINX, ['-c', join(folder, 'nginx.conf'), '-p', folder, '-g', 'user root;'], {
    stdio: 'inherit',
  });
  const stop = () => void child.kill('SIGTERM');
  for (let tries = 0; tries < 100; tries += 1) {
    const etag = await fetch(`http://127.0.0.1:${port}/feed.ics`, { headers: { 'accept-encoding': 'identity' } }).then(
      (response) => response.headers.get('etag'),
      () => null,
    );
    if (etag !== null) return { port, etag, stop };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  stop();
  throw new Error('nginx does not answer');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Requests a second over connections that are kept alive, each asking for one of the paths as soon as it is answered. */
async function rate(port: number, paths: readonly string[], headers: string, status: number): Promise<number> {
  const begin = performance.now();
  const end = begin + SECONDS * 1000;
  let answers = 0;
  const talk = (_: unknown, index: number) =>
    new Promise<void>((resolve, reject) => {
      const path = paths[index % paths.length] ?? '';
      const request = `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${headers}\r\n`;
      const socket = connect(port, '127.0.0.1', () => socket.write(request));
      let head = '';
      let left = -1;
      socket.on('error', reject);
      socket.on('close', () => {
        // Once there is a result, this changes nothing.
        reject(new Error('a connection was closed while it was in use'));
      });
      socket.on('data', (chunk: Buffer) => {
        if (left < 0) {
          head += chunk.toString('latin1');
          const split = head.indexOf('\r\n\r\n');
          if (split < 0) return;
          if (!head.startsWith(`HTTP/1.1 ${status}`)) reject(new Error(head.slice(0, 200)));
          const length = Number(/content-length: (?<length>\d+)/iu.exec(head)?.groups?.length ?? 0);
          left = length - (head.length - split - 4);
        } else left -= chunk.length;
        if (left > 0) return;
        answers += 1;
        head = '';
        left = -1;
        if (performance.now() < end) socket.write(request);
        else {
          socket.destroy();
          resolve();
        }
      });
    });
  await Promise.all(Array.from({ length: CONNECTIONS }, talk));
  return answers / ((performance.now() - begin) / 1000);
}

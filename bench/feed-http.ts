import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { gzipSync } from 'node:zlib';
import { readFile } from 'node:fs/promises';
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
    [fileURLToPath(new URL('feed-server.ts', import.meta.url)), folder, String(EVENTS)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  try {
    const lines = createInterface({ input: server.stdout });
    const said = await new Promise<string>((resolve) => lines.once('line', resolve));
    const { port, path, etag } = JSON.parse(said) as { port: number; path: string; etag: string };
    const body = await readFile(join(folder, 'feed.ics'));
    await writeFile(join(folder, 'feed.ics.gz'), gzipSync(body));
    const nginx = existsSync(NGINX) ? await startNginx(folder) : null;
    try {
      const rows: string[][] = [];
      const measure = async (name: string, headers: string, status: number) => {
        const own = await rate(port, path, headers, status);
        const theirs = nginx && (await rate(nginx.port, '/feed.ics', headers, status === 304 ? null : status));
        const compared = theirs === null ? '–' : `${theirs.toFixed(0)} (${(own / theirs).toFixed(2)})`;
        rows.push([name, own.toFixed(0), compared]);
      };
      await measure('whole', '', 200);
      await measure('compressed', 'accept-encoding: gzip\r\n', 200);
      await measure('conditional (304)', `if-none-match: ${etag}\r\n`, 304);
      const note =
        `${EVENTS} events, ${(body.length / 1024).toFixed(0)} KiB, ${CONNECTIONS} connections kept alive, ${SECONDS} s each; ` +
        'every request is looked up in SQLite. The conditional row of nginx is its answer to the same request, a whole file.';
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

async function startNginx(folder: string): Promise<{ readonly port: number; stop(): void }> {
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
  for (let tries = 0; tries < 100; tries += 1) {
    const isUp = await fetch(`http://127.0.0.1:${port}/feed.ics`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { port, stop: () => void child.kill('SIGTERM') };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Requests a second over connections that are kept alive, each asking again as soon as it is answered. */
async function rate(port: number, path: string, headers: string, status: number | null): Promise<number> {
  const request = `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${headers}\r\n`;
  const begin = performance.now();
  const end = begin + SECONDS * 1000;
  let answers = 0;
  const talk = () =>
    new Promise<void>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(request));
      let head = '';
      let left = -1;
      socket.on('error', reject);
      socket.on('data', (chunk: Buffer) => {
        if (left < 0) {
          head += chunk.toString('latin1');
          const split = head.indexOf('\r\n\r\n');
          if (split < 0) return;
          if (status !== null && !head.startsWith(`HTTP/1.1 ${status}`)) reject(new Error(head.slice(0, 200)));
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

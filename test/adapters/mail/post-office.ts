import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { simpleParser, type ParsedMail } from 'mailparser';
import { onTestFinished } from 'vitest';

/** A mail that the server took, opened. */
export interface Received {
  readonly to: readonly string[];
  readonly raw: string;
  readonly mail: ParsedMail;
}

/** A mail server in a process of its own; see `smtp-process.ts` for how addresses make it behave. */
export async function postOffice(): Promise<{
  readonly url: string;
  received(count: number): Promise<readonly Received[]>;
}> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('smtp-process.ts', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill());
  const lines = createInterface({ input: child.stdout });
  const taken: { to: readonly string[]; raw: string }[] = [];
  let port: number | null = null;
  let news = Promise.withResolvers<undefined>();
  lines.on('line', (line) => {
    const said = JSON.parse(line) as { port?: number; to?: readonly string[]; raw?: string };
    if (said.port !== undefined) port = said.port;
    else if (said.to && said.raw !== undefined) taken.push({ to: said.to, raw: said.raw });
    news.resolve(undefined);
    news = Promise.withResolvers();
  });
  while (port === null) await news.promise;
  return {
    url: `smtp://127.0.0.1:${String(port)}`,
    async received(count) {
      while (taken.length < count) await news.promise;
      return Promise.all(
        taken.map(async ({ to, raw }) => {
          const bytes = Buffer.from(raw, 'base64');
          return { to, raw: bytes.toString('utf8'), mail: await simpleParser(bytes) };
        }),
      );
    },
  };
}

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** What a `store-process.ts` printed. */
export interface ProcessResult {
  readonly groupId?: string;
  readonly revision?: number;
  readonly code?: string;
  readonly context?: Readonly<Record<string, string>>;
  readonly crash?: string;
}

/** Opens the store at `url` in another process, and adds `events` events there one by one. */
export async function inProcess(
  url: string,
  events = 0,
  user: { uid?: number; gid?: number } = {},
): Promise<ProcessResult> {
  const script = fileURLToPath(new URL('store-process.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, url, String(events)], user);
  return JSON.parse(stdout) as ProcessResult;
}

/** Somebody to whom file permissions apply: nobody, when the tests run as root. */
export const ordinaryUser = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

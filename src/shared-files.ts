import type { IncomingFile } from './engine/command.ts';
import { BotError } from './errors.ts';
import type { Identity } from './ports.ts';

/** The largest file that is fetched from a platform, in bytes. */
const LARGEST_FILE = 10 * 1024 * 1024;
/** How long a download may take, in milliseconds. */
const PATIENCE = 30_000;
/** How many files a process keeps in mind. */
const HELD = 200;

/** The files that people share with the bot. */
export interface SharedFiles<File> {
  /** Keeps in mind what somebody shared, so that a button under the answer still finds it. */
  remember(person: Identity, files: readonly File[]): void;
  /**
   * Fetches a file by its name: the last one of that name that the person shared.
   *
   * @throws BotError `not-found`, `file-too-large`
   */
  open(person: Identity, name: string): Promise<IncomingFile>;
}

/** How a platform finds and fetches its files. Whatever it throws but a {@link BotError} is answered as “not found”. */
export interface FileSource<File> {
  /** Looks for a file that this process does not have in mind. */
  readonly find?: (person: Identity, name: string) => Promise<File | undefined>;
  readonly fetch: (person: Identity, file: File) => Promise<Uint8Array>;
}

/** Keeps files in mind for the people who shared them. */
export function createSharedFiles<File extends { readonly name: string }>(source: FileSource<File>): SharedFiles<File> {
  const held = new Map<string, File>();
  const keyOf = ({ tenant, user }: Identity, name: string) => `${tenant} ${user} ${name}`;
  return {
    remember(person, files) {
      for (const file of files) {
        const key = keyOf(person, file.name);
        held.delete(key);
        held.set(key, file);
      }
      for (const key of held.keys()) if (held.size > HELD) held.delete(key);
    },

    async open(person, name) {
      try {
        const file = held.get(keyOf(person, name)) ?? (await source.find?.(person, name));
        if (!file) throw new BotError('not-found', { name });
        return { name, bytes: await source.fetch(person, file) };
      } catch (error) {
        if (error instanceof BotError) throw error;
        throw new BotError('not-found', { name }, { cause: error });
      }
    },
  };
}

/**
 * Downloads a file, of which no more is read than may be. It does not go where a server sends it on to: whoever calls
 * has looked at the address only.
 *
 * @throws BotError `file-too-large`
 */
export async function download(
  { name, url }: { readonly name: string; readonly url: string },
  headers: Readonly<Record<string, string>> = {},
): Promise<Uint8Array> {
  const response = await fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(PATIENCE) });
  if (!response.ok || !response.body) throw new Error(`the file was answered with ${response.status}`);
  const stream: ReadableStream<Uint8Array> = response.body;
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of stream) {
    size += part.byteLength;
    if (size > LARGEST_FILE) throw new BotError('file-too-large', { name, megabytes: LARGEST_FILE / 1024 / 1024 });
    parts.push(part);
  }
  return Buffer.concat(parts);
}

import type { IncomingFile } from '../../src/engine/command.ts';
import { BotError } from '../../src/errors.ts';
import type { Identity } from '../../src/ports.ts';
import type { Activity } from './incoming.ts';

/** The largest file that is fetched, in bytes. */
const LARGEST_FILE = 10 * 1024 * 1024;
/** How long a download may take, in milliseconds. */
const PATIENCE = 30_000;
/** How many files a process keeps in mind. */
const HELD = 200;
/** How Teams describes a file that comes with a message (Microsoft, “Send and receive files from a bot”). */
const DOWNLOAD_INFO = 'application/vnd.microsoft.teams.file.download.info';
/** Where the files of Teams are: OneDrive and SharePoint, in each cloud. */
const FILE_SERVERS = /(?:^|\.)(?:sharepoint(?:-mil)?\.(?:com|us|cn)|1drv\.com|onedrive\.com)$/u;

/** A file that somebody shared with the bot. Its address is good for some minutes, without a token. */
export interface SharedFile {
  readonly name: string;
  readonly url: string;
}

/** The files that people share with the bot. */
export interface Files {
  /** Keeps in mind what somebody shared, so that a button under the answer still finds it. */
  remember(person: Identity, files: readonly SharedFile[]): void;
  /**
   * Fetches a file by its name: the last one of that name that the person shared.
   *
   * @throws BotError `not-found`, `file-too-large`
   */
  open(person: Identity, name: string): Promise<IncomingFile>;
}

/** @param isLocal files may come from this machine: a local client shares them */
export function createFiles({ isLocal }: { readonly isLocal: boolean }): Files {
  const held = new Map<string, SharedFile>();
  const keyOf = ({ tenant, user }: Identity, name: string) => `${tenant} ${user} ${name}`;
  return {
    remember(person, files) {
      for (const file of files) {
        held.delete(keyOf(person, file.name));
        held.set(keyOf(person, file.name), file);
      }
      for (const key of held.keys()) if (held.size > HELD) held.delete(key);
    },

    async open(person, name) {
      const file = held.get(keyOf(person, name));
      if (!file || !(isLocal || isOnFileServer(file.url))) throw new BotError('not-found', { name });
      try {
        const response = await fetch(file.url, { redirect: 'error', signal: AbortSignal.timeout(PATIENCE) });
        if (!response.ok || !response.body) throw new Error(`the file was answered with ${response.status}`);
        return { name, bytes: await bounded(response.body, name) };
      } catch (error) {
        if (error instanceof BotError) throw error;
        throw new BotError('not-found', { name }, { cause: error });
      }
    },
  };
}

/** The files of a message. */
export function sharedFiles({ attachments }: Activity): readonly SharedFile[] {
  return (attachments ?? []).flatMap((attachment) => {
    const { contentType, name, content } = attachment as typeof attachment & { readonly content?: unknown };
    const url = (content as { readonly downloadUrl?: unknown } | null | undefined)?.downloadUrl;
    return contentType === DOWNLOAD_INFO && name && typeof url === 'string' ? [{ name, url }] : [];
  });
}

function isOnFileServer(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed?.protocol === 'https:' && FILE_SERVERS.test(parsed.hostname);
}

async function bounded(stream: ReadableStream<Uint8Array>, name: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of stream) {
    size += part.byteLength;
    if (size > LARGEST_FILE) throw new BotError('file-too-large', { name, megabytes: LARGEST_FILE / 1024 / 1024 });
    parts.push(part);
  }
  return Buffer.concat(parts);
}

import type { webApi } from '@slack/bolt';
import type { IncomingFile } from '../../src/engine/command.ts';
import { BotError } from '../../src/errors.ts';
import type { Identity } from '../../src/ports.ts';

/** The largest file that is fetched, in bytes. */
export const LARGEST_FILE = 10 * 1024 * 1024;
/** How long a download may take, in milliseconds. */
const PATIENCE = 30_000;
/** How many files a process keeps in mind. */
const HELD = 200;

/** A file that somebody shared with the bot, or a text that they pasted. */
export type SharedFile =
  | { readonly id: string; readonly name: string; readonly url: string }
  /** Pasted: it is here already. */
  | PastedFile;

export interface PastedFile {
  readonly name: string;
  readonly text: string;
}

/** The files that people share with the bot. */
export interface Files {
  /** Keeps in mind what somebody shared, so that a button under the answer still finds it. */
  remember(person: Identity, files: readonly SharedFile[]): void;
  /**
   * Fetches a file by its name: one that was just shared, or the last one of that name.
   *
   * @throws BotError `not-found`, `file-too-large`
   */
  open(person: Identity, name: string): Promise<IncomingFile>;
}

/** @param apiUrl where else than at slack.com the token may be shown; `null`: nowhere */
export function createFiles(parts: {
  readonly clientOf: (tenant: string) => Promise<webApi.WebClient | null>;
  readonly apiUrl: string | null;
}): Files {
  const held = new Map<string, SharedFile>();
  const keyOf = ({ tenant, user }: Identity, name: string) => `${tenant} ${user} ${name}`;

  /** A process that was started since, or another one, finds the file at Slack. */
  const findShared = async (person: Identity, name: string): Promise<SharedFile | undefined> => {
    const client = await parts.clientOf(person.tenant);
    const listed = await client?.files.list({ user: person.user, count: 50 });
    const found = listed?.files?.find((file) => file.name === name || file.title === name);
    return found?.url_private_download === undefined
      ? undefined
      : { id: found.id ?? '', name, url: found.url_private_download };
  };

  const download = async (person: Identity, name: string, url: string): Promise<IncomingFile> => {
    const client = await parts.clientOf(person.tenant);
    if (!client?.token || !mayShowToken(url, parts.apiUrl)) throw new BotError('not-found', { name });
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${client.token}` },
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!response.ok || !response.body) throw new Error(`the file was answered with ${response.status}`);
    return { name, bytes: await bounded(response.body, name) };
  };

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
        const file = held.get(keyOf(person, name)) ?? (await findShared(person, name));
        if (!file) throw new BotError('not-found', { name });
        if ('text' in file) return { name, bytes: new TextEncoder().encode(file.text) };
        return await download(person, name, file.url);
      } catch (error) {
        if (error instanceof BotError) throw error;
        throw new BotError('not-found', { name }, { cause: error });
      }
    },
  };
}

/** The token is for Slack's own file server, or the local one that stands in for it. */
function mayShowToken(url: string, apiUrl: string | null): boolean {
  const parsed = URL.parse(url);
  if (!parsed) return false;
  const isSlack = parsed.protocol === 'https:' && /(?:^|\.)slack\.com$/u.test(parsed.hostname);
  return isSlack || (apiUrl !== null && parsed.origin === new URL(apiUrl).origin);
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

const FENCE = /^```[a-z]*\n?|\n?```$/gu;

/**
 * A schedule that was pasted after a command, as in “import” and a block of text on the next lines.
 *
 * @returns the line with the text's name in its place, and the text; `null` when nothing was pasted
 */
export function pastedFile(typed: string): { readonly line: string; readonly file: PastedFile } | null {
  const parts = /^(?<command>\S+)(?<options>[^\n`]*)(?:\n|(?=```))(?<text>[^]+)$/u.exec(typed)?.groups;
  if (!parts?.command || !parts.text?.trim()) return null;
  const file = fileOfText(parts.text);
  return { line: `${parts.command} ${file.name}${parts.options ?? ''}`, file };
}

/** A pasted text as a file, named after what it looks like. */
export function fileOfText(pasted: string): PastedFile {
  const text = pasted.trim().replace(FENCE, '').trim();
  const ending = /^[[{]/u.test(text) ? 'json' : text.startsWith('BEGIN:VCALENDAR') ? 'ics' : 'csv';
  return { name: `pasted.${ending}`, text };
}

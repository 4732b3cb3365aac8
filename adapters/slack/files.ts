import type { webApi } from '@slack/bolt';
import { BotError } from '../../src/errors.ts';
import { createSharedFiles, download, type SharedFiles } from '../../src/shared-files.ts';

/** A file that somebody shared with the bot, or a text that they pasted. */
export type SharedFile =
  | { readonly id: string; readonly name: string; readonly url: string }
  /** Pasted: it is here already. */
  | PastedFile;

export interface PastedFile {
  readonly name: string;
  readonly text: string;
}

/** @param apiUrl where else than at slack.com the token may be shown; `null`: nowhere */
export function createFiles(parts: {
  readonly clientOf: (tenant: string) => Promise<webApi.WebClient | null>;
  readonly apiUrl: string | null;
}): SharedFiles<SharedFile> {
  return createSharedFiles<SharedFile>({
    /** A process that was started since, or another one, finds the file at Slack. */
    async find(person, name) {
      const client = await parts.clientOf(person.tenant);
      const listed = await client?.files.list({ user: person.user, count: 50 });
      const found = listed?.files?.find((file) => file.name === name || file.title === name);
      return found?.url_private_download === undefined
        ? undefined
        : { id: found.id ?? '', name, url: found.url_private_download };
    },

    async fetch({ tenant }, file) {
      if ('text' in file) return new TextEncoder().encode(file.text);
      const client = await parts.clientOf(tenant);
      if (!client?.token || !mayShowToken(file.url, parts.apiUrl)) throw new BotError('not-found', { name: file.name });
      return download(file, { authorization: `Bearer ${client.token}` });
    },
  });
}

/** The token is for Slack's own file server, or the local one that stands in for it. */
function mayShowToken(url: string, apiUrl: string | null): boolean {
  const parsed = URL.parse(url);
  if (!parsed) return false;
  const isSlack = parsed.protocol === 'https:' && /(?:^|\.)slack\.com$/u.test(parsed.hostname);
  return isSlack || (apiUrl !== null && parsed.origin === new URL(apiUrl).origin);
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

import type { Express } from 'express';
import { bytesOf, type FileElement } from '../../src/cards/card.ts';
import type { Clock } from '../../src/clock.ts';
import type { IdentitySource } from '../../src/identity.ts';

const PATH = '/teams/files';
/** How long a file can be fetched, in milliseconds. */
const KEPT = 24 * 60 * 60 * 1000;
/** How many files, and how many bytes of them, a process keeps; the oldest go first. */
const MOST_FILES = 200;
const MOST_BYTES = 64 * 1024 * 1024;

/** Files that wait to be fetched: in Teams a bot cannot put a file into a conversation, only a link to one. */
export interface Shelf {
  /** Keeps a file for a day, in this process. @returns its address; `null`: the bot is not reached from outside */
  addressFor(file: FileElement): string | null;
}

/** Serves the files under addresses that cannot be guessed. */
export function createShelf(parts: {
  readonly app: Express;
  readonly publicUrl: string | null;
  readonly identity: IdentitySource;
  readonly clock: Clock;
}): Shelf {
  const { app, publicUrl, identity, clock } = parts;
  const files = new Map<string, { readonly file: FileElement; readonly bytes: Uint8Array; readonly until: number }>();
  let size = 0;
  const present = () => clock.now().epochMilliseconds;
  const tidy = () => {
    for (const [key, { until, bytes }] of files) {
      if (until > present() && files.size <= MOST_FILES && size <= MOST_BYTES) return;
      files.delete(key);
      size -= bytes.byteLength;
    }
  };

  app.get(`${PATH}/:key/:name`, (request, response) => {
    tidy();
    const kept = files.get(request.params.key);
    if (!kept) {
      response.status(404).type('text').send('This file is no longer here. Ask the bot for it again.\n');
      return;
    }
    response.set({
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(kept.file.name)}`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    });
    response.type(kept.file.mediaType).send(Buffer.from(kept.bytes));
  });

  return {
    addressFor(file) {
      if (publicUrl === null) return null;
      const key = identity.secret();
      const bytes = bytesOf(file);
      files.set(key, { file, bytes, until: present() + KEPT });
      size += bytes.byteLength;
      tidy();
      return `${publicUrl}${PATH}/${key}/${encodeURIComponent(file.name)}`;
    },
  };
}

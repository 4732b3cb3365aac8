import { bytesOf, type FileElement } from '../../src/cards/card.ts';
import type { Clock } from '../../src/clock.ts';
import type { IdentitySource } from '../../src/identity.ts';

/** How long a file can be fetched, in milliseconds. */
const KEPT = 24 * 60 * 60 * 1000;
/** How many files, and how many bytes of them, a process keeps; the oldest go first. */
const MOST_FILES = 200;
const MOST_BYTES = 64 * 1024 * 1024;

/** Files that wait to be fetched, in this process, for a day. */
export interface Shelf {
  /** @returns a key that cannot be guessed */
  keep(file: FileElement): string;
  fileUnder(key: string): FileElement | null;
}

export function createShelf(parts: { readonly identity: IdentitySource; readonly clock: Clock }): Shelf {
  const { identity, clock } = parts;
  const files = new Map<string, { readonly file: FileElement; readonly size: number; readonly until: number }>();
  let total = 0;
  const present = () => clock.now().epochMilliseconds;
  const tidy = () => {
    for (const [key, { until, size }] of files) {
      if (until > present() && files.size <= MOST_FILES && total <= MOST_BYTES) return;
      files.delete(key);
      total -= size;
    }
  };
  return {
    keep(file) {
      const key = identity.secret();
      const size = bytesOf(file).byteLength;
      files.set(key, { file, size, until: present() + KEPT });
      total += size;
      tidy();
      return key;
    },
    fileUnder(key) {
      tidy();
      return files.get(key)?.file ?? null;
    },
  };
}

import { open, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { bytesOf, type FileElement } from '../../src/cards/card.ts';
import type { IncomingFile } from '../../src/engine/command.ts';
import { BotError } from '../../src/errors.ts';

/** The largest file that is read, in bytes. */
export const LARGEST_FILE = 50 * 1024 * 1024;

/**
 * Reads a file of the terminal's user.
 *
 * @throws BotError `not-found` when there is no such file or it cannot be read, `file-too-large`
 */
export async function openFile(path: string): Promise<IncomingFile> {
  try {
    await using file = await open(path);
    const { size } = await file.stat();
    if (size > LARGEST_FILE)
      throw new BotError('file-too-large', { name: path, megabytes: LARGEST_FILE / 1024 / 1024 });
    return { name: basename(path), bytes: await file.readFile() };
  } catch (error) {
    if (error instanceof BotError) throw error;
    throw new BotError('not-found', { name: path }, { cause: error });
  }
}

/** Saves a file in a folder without ever replacing one: `gcm.json`, `gcm (2).json`. Returns its name. */
export async function saveFile(file: FileElement, folder = '.'): Promise<string> {
  const { name } = file;
  const ending = extname(name);
  const stem = basename(name, ending);
  for (let copy = 1; ; copy += 1) {
    const candidate = copy === 1 ? name : `${stem} (${copy.toString()})${ending}`;
    try {
      await writeFile(join(folder, candidate), bytesOf(file), { flag: 'wx' });
      return candidate;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

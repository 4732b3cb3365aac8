import type { Express } from 'express';
import { z } from 'zod';
import { bytesOf, type FileElement } from '../../src/cards/card.ts';
import type { Clock } from '../../src/clock.ts';
import type { Bot, Request } from '../../src/engine/dispatch.ts';
import type { Language } from '../../src/language/language.ts';
import type { Log } from '../../src/log.ts';
import type { Seal } from '../../src/seal.ts';
import type { Shelf } from './shelf.ts';

const PATH = '/teams/files';
/** How long a link is good, in milliseconds: as long as the link to a draft’s file. */
const GOOD_FOR = 7 * 24 * 60 * 60 * 1000;
/** What such a link is sealed for. */
const PURPOSE = 'teams file';

/** Where files can be fetched: in Teams a bot cannot put a file into a conversation, only a link to one. */
export interface FileLinks {
  /**
   * @param person who it is made for; `null`: nobody in particular
   * @returns its address; `null`: the bot is not reached from outside
   */
  addressFor(file: FileElement, person: Omit<Request, 'input'> | null): string | null;
}

/** What a link says: which line makes the file, and for whom. */
const asked = z.object({
  line: z.string(),
  until: z.number(),
  actor: z.object({ platform: z.string(), tenant: z.string(), user: z.string(), name: z.string().nullable() }),
  role: z.literal('viewer').optional(),
  zone: z.string().nullish(),
  language: z.string().nullish(),
});

/**
 * Files that a line makes again are made when they are fetched: any process can do that, after any restart, and nothing
 * of them is kept. The line is sealed in the link, so that nobody can ask for another.
 */
export function createFileLinks(parts: {
  readonly app: Express;
  readonly publicUrl: string | null;
  readonly seal: Seal;
  readonly bot: Bot;
  readonly clock: Clock;
  readonly language: Language;
  readonly log: Log;
  /** For the files that no line makes again. */
  readonly shelf: Shelf;
}): FileLinks {
  const { app, publicUrl, seal, bot, clock, language, log, shelf } = parts;
  const present = () => clock.now().epochMilliseconds;

  const fileBehind = async (key: string): Promise<FileElement | null> => {
    const kept = shelf.fileUnder(key);
    if (kept) return kept;
    const opened = seal.open(key, PURPOSE);
    if (!opened) return null;
    const { line, until, actor, zone, language: tag, role } = asked.parse(JSON.parse(opened.text));
    if (until <= present()) return null;
    const person = { actor, zone: zone ?? null, language: tag ?? null, ...(role ? { role } : {}) };
    const { card, outcome } = await bot.handle({ ...person, input: { type: 'line', line } });
    if (outcome === 'failed') throw new Error('the file could not be made');
    return card.elements.find((element) => element.type === 'file') ?? null;
  };

  app.get(`${PATH}/:key/:name`, async (request, response) => {
    response.set({ 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' });
    try {
      const file = await fileBehind(request.params.key);
      if (!file) {
        response
          .status(404)
          .type('text')
          .send(`${language.t('teams.file-gone')}\n`);
        return;
      }
      response.set('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(request.params.name)}`);
      response.type(file.mediaType).send(Buffer.from(bytesOf(file)));
    } catch (error) {
      log.error({ err: error }, 'a file could not be served');
      response
        .status(503)
        .set('retry-after', '60')
        .type('text')
        .send(`${language.t('teams.file-later')}\n`);
    }
  });

  return {
    addressFor(file, person) {
      if (file.url !== undefined) return file.url;
      if (publicUrl === null) return null;
      const { line, name } = file;
      const key =
        line === undefined || person === null ? shelf.keep(file) : seal.close(sealedIn(line, person), PURPOSE);
      return `${publicUrl}${PATH}/${key}/${encodeURIComponent(name)}`;
    },
  };

  function sealedIn(line: string, { actor, role, zone, language: tag }: Omit<Request, 'input'>): string {
    return JSON.stringify({ line, until: present() + GOOD_FOR, actor, zone, language: tag, ...(role && { role }) });
  }
}

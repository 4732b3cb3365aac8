import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Express } from 'express';
import type { CalendarAddresses } from '../../src/calendar/addresses.ts';
import { CALENDAR_TYPE, eventFile } from '../../src/calendar/event-file.ts';
import { createFeedDoor, type FeedDoorParts } from '../../src/calendar/feed-door.ts';
import type { FileElement } from '../../src/cards/card.ts';
import { isDatable } from '../../src/schedule/dated.ts';
import { answerConditionally } from './conditional.ts';

/** What the calendars’ addresses are served from. */
export interface CalendarRoutesParts extends FeedDoorParts {
  readonly addresses: CalendarAddresses;
}

// Neither search engines nor shared caches nor other sites have any business with these addresses.
const GUARDED = {
  'cache-control': 'private, no-cache',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
  'referrer-policy': 'no-referrer',
};
/** The longest address that is looked at. */
const LONGEST = 2048;

/**
 * Mounts `GET /calendar/TOKEN.ics` and `GET /events/HANDLE.ics`. The addresses are read by hand, so that nothing of a
 * token gets into an error’s text.
 */
export function mountCalendars(app: Express, parts: CalendarRoutesParts): void {
  const door = createFeedDoor(parts);
  const serving =
    (serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>) =>
    async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        say(response, 405, 'Only GET and HEAD.\n', { allow: 'GET, HEAD' });
        return;
      }
      try {
        await serve(request, response);
      } catch (error) {
        parts.log.error({ err: error }, 'a calendar could not be served');
        if (!response.headersSent) say(response, 503, 'Not available at the moment.\n', { 'retry-after': '60' });
        else response.destroy();
      }
    };

  app.use(
    '/calendar',
    serving(async (request, response) => {
      const name = nameIn(request);
      const opening = name === null ? null : await door.open(name);
      switch (opening?.type) {
        case 'feed': {
          const { feed, group } = opening;
          const headers = fileHeaders(`${group.slug}.ics`);
          answerConditionally(request, response, { ...feed, headers });
          return;
        }
        case 'too-often': {
          const seconds = Math.ceil(opening.waitMs / 1000).toString();
          say(response, 429, 'This calendar is asked for too often.\n', { 'retry-after': seconds });
          return;
        }
        default:
          say(response, 404, 'There is no such calendar.\n');
      }
    }),
  );

  app.use(
    '/events',
    serving(async (request, response) => {
      const file = await fileAt(request, parts);
      if (!file) {
        say(response, 404, 'There is no such file.\n');
        return;
      }
      const body = Buffer.from(file.content);
      const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
      const headers = fileHeaders(file.name);
      answerConditionally(request, response, { body, gzip: null, etag, lastModified: null, headers });
    }),
  );
}

/** The file of an event that the reader may see, and whose day is known. */
async function fileAt(
  request: IncomingMessage,
  { store, schedules, addresses, clock, languages }: CalendarRoutesParts,
): Promise<FileElement | null> {
  const handle = nameIn(request);
  if (handle === null) return null;
  const query = new URLSearchParams((request.url ?? '').split('?')[1] ?? '');
  const groups = await store.groups();
  const slug = query.get('group');
  const group = slug === null ? groups[0] : groups.find((candidate) => candidate.slug === slug);
  if (!group) return null;
  const schedule = await schedules.current(group);
  const event = schedule.byHandle(handle);
  if (!event || !isDatable(event)) return null;
  const isDraft = event.visibility === 'draft';
  if (isDraft && !addresses.opensDraft(query, event, group, clock.now())) return null;
  const language = languages.find(({ tag }) => tag === schedule.group.language) ?? languages[0];
  const alarms = addresses.alarmsOf(query);
  return eventFile(event, { schedule: isDraft ? schedule : schedule.published, language, alarms });
}

/** `NAME` of `/NAME.ics`; `null`: the address is no such thing. */
function nameIn({ url = '' }: IncomingMessage): string | null {
  if (url.length > LONGEST) return null;
  return /^\/(?<name>[\w-]+)\.ics(?:\?|$)/u.exec(url)?.groups?.name ?? null;
}

function fileHeaders(name: string): Record<string, string> {
  return { ...GUARDED, 'content-type': CALENDAR_TYPE, 'content-disposition': `inline; filename="${name}"` };
}

function say(response: ServerResponse, status: number, sentence: string, headers: Record<string, string> = {}): void {
  response
    .writeHead(status, {
      ...GUARDED,
      'cache-control': 'no-store',
      'content-type': 'text/plain; charset=utf-8',
      'content-length': Buffer.byteLength(sentence),
      ...headers,
    })
    .end(sentence);
}

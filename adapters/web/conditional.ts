import type { IncomingMessage, ServerResponse } from 'node:http';

/** A body and what identifies it. */
export interface Representation {
  readonly body: Uint8Array;
  /** The same, compressed (RFC 1952); `null`: there is no such. */
  readonly gzip: Uint8Array | null;
  /** RFC 9110 §8.8.3. */
  readonly etag: string;
  /** An HTTP date; `null`: not known. */
  readonly lastModified: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Answers a GET or HEAD: 304 where the reader has it already (RFC 9110 §13.2.2: If-None-Match counts before
 * If-Modified-Since), else the body, compressed where that is accepted.
 */
export function answerConditionally(
  request: IncomingMessage,
  response: ServerResponse,
  { body, gzip, etag, lastModified, headers }: Representation,
): void {
  const common = {
    ...headers,
    etag,
    ...(lastModified === null ? {} : { 'last-modified': lastModified }),
    ...(gzip === null ? {} : { vary: 'accept-encoding' }),
  };
  if (isFresh(request, etag, lastModified)) {
    // RFC 9110 §15.4.5: what describes the body goes with the body.
    const validators = Object.entries(common).filter(([name]) => !name.startsWith('content-'));
    response.writeHead(304, Object.fromEntries(validators)).end();
    return;
  }
  const isCompressed = gzip !== null && acceptsGzip(request.headers['accept-encoding']);
  const sent = isCompressed ? gzip : body;
  response.writeHead(200, {
    ...common,
    ...(isCompressed ? { 'content-encoding': 'gzip' } : {}),
    'content-length': sent.byteLength,
  });
  if (request.method === 'HEAD') response.end();
  else response.end(sent);
}

function isFresh({ headers }: IncomingMessage, etag: string, lastModified: string | null): boolean {
  const known = headers['if-none-match'];
  if (known !== undefined) {
    const opaque = (tag: string) => tag.trim().replace(/^W\//u, '');
    return known.trim() === '*' || known.split(',').some((tag) => opaque(tag) === opaque(etag));
  }
  const since = Date.parse(headers['if-modified-since'] ?? '');
  return lastModified !== null && Date.parse(lastModified) <= since;
}

/** RFC 9110 §12.5.3. */
function acceptsGzip(header: string | readonly string[] | undefined): boolean {
  const codings = String(header ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.split(';').map((part) => part.trim()));
  const weightOf = (name: string): number | undefined => {
    const found = codings.find(([coding]) => coding === name);
    if (!found) return undefined;
    const quality = found.slice(1).find((part) => part.startsWith('q='));
    return quality === undefined ? 1 : Number(quality.slice(2));
  };
  return (weightOf('gzip') ?? weightOf('x-gzip') ?? weightOf('*') ?? 0) > 0;
}

/** How long the connector may take to take something, in milliseconds. */
const PATIENCE = 15_000;

/** What the Bot Connector answered. */
export interface ConnectorAnswer {
  readonly status: number;
  /** Its JSON; empty for anything else. */
  readonly body: Readonly<Record<string, unknown>>;
  /** How long it asks to be left alone, in milliseconds; `null`: it does not say. */
  readonly retryAfterMs: number | null;
}

/** The Bot Connector: the REST API through which a bot speaks. */
export interface Connector {
  /**
   * Calls it, once.
   *
   * @param query of a GET
   * @param serviceUrl where the conversation is, without a slash at its end
   * @throws TokenError when there was no token to call with; whatever fetch throws when there is no answer
   */
  call(
    serviceUrl: string,
    method: 'GET' | 'POST' | 'PUT',
    path: readonly string[],
    body?: object,
    query?: Readonly<Record<string, string>>,
  ): Promise<ConnectorAnswer>;
}

/** The bot could not prove who it is; nothing was sent. */
export class TokenError extends Error {
  constructor(cause: unknown) {
    // The cause may hold the secret that was refused.
    super(`no token: ${cause instanceof Error ? cause.message.split('\n', 1)[0] : 'none was given'}`);
    this.name = 'TokenError';
  }
}

/**
 * The SDK's own client sends everything to one service URL, while each conversation has its own; so only its tokens are
 * used here.
 *
 * @param tokenOf the bot's token; `null`: none is needed, because the connector is a local one
 */
export function createConnector(tokenOf: () => Promise<string | null>): Connector {
  return {
    async call(serviceUrl, method, path, body, query = {}) {
      const token = await tokenOf().catch((error: unknown) => {
        throw new TokenError(error);
      });
      const asked = new URLSearchParams(query).toString();
      const url = `${serviceUrl}/v3/${path.map(encodeURIComponent).join('/')}${asked === '' ? '' : `?${asked}`}`;
      const response = await fetch(url, {
        method,
        headers: {
          'content-type': 'application/json; charset=utf-8',
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        redirect: 'error',
        signal: AbortSignal.timeout(PATIENCE),
      });
      const text = await response.text();
      return { status: response.status, body: jsonIn(text), retryAfterMs: retryAfterMs(response.headers) };
    },
  };
}

function retryAfterMs(headers: Headers): number | null {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}

function jsonIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}

import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import type { Log } from '../../src/log.ts';
import { readActivity, tenantOf } from './incoming.ts';

/** Where Teams sends everything. */
export const ENDPOINT = '/api/messages';

/** The largest activity that is read. Teams keeps messages below 100 KB; HTML and cards come on top. */
const LARGEST = '256kb';

/** What is looked at before the SDK checks a token. */
export interface DoorParts {
  /** Who signs the tokens of Teams; `null`: tokens are not looked at. */
  readonly issuer: string | null;
  /** The one tenant that is served; `null`: any. */
  readonly tenant: string | null;
  readonly log: Log;
}

/**
 * Turns away at once what is no activity of Teams: no token, or one of another issuer (401), too much (413), something
 * else (400), another tenant (403). Signature, audience, expiry and service URL are the SDK's to check.
 */
export function mountDoor(app: Express, { issuer, tenant, log }: DoorParts): void {
  const checkToken: RequestHandler = (request, response, next) => {
    if (issuer === null || issuerOf(request.headers.authorization) === issuer) {
      next();
      return;
    }
    response.status(401).json({ error: 'the request has no token of the Bot Framework' });
  };
  const checkActivity: RequestHandler = (request, response, next) => {
    const activity = readActivity(request.body);
    if (!activity) {
      response.status(400).json({ error: 'the request is no activity' });
    } else if (tenant !== null && tenantOf(activity) !== tenant) {
      log.warn({ tenant: tenantOf(activity) }, 'an activity of another tenant was turned away');
      response.status(403).json({ error: 'this bot serves another tenant' });
    } else {
      next();
    }
  };
  app.post(ENDPOINT, checkToken, express.json({ limit: LARGEST }), checkActivity);
}

/** Answers what went wrong while a request was read, without telling what is inside. Mounted last. */
export function mountFailures(app: Express, log: Log): void {
  const onError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const { status: own } = error as { readonly status?: unknown };
    const status = typeof own === 'number' && own >= 400 && own < 500 ? own : 500;
    if (status === 500) log.error({ err: error }, 'a request of Teams failed');
    response.status(status).json({ error: status === 413 ? 'the request is too large' : 'the request cannot be read' });
  };
  app.use(ENDPOINT, onError);
}

/**
 * Who says to have signed a token. The SDK also takes tokens that Entra issues for the bot as an agent of its own, from
 * any tenant and without a service URL in them: whoever registers the bot in a tenant of theirs could have the bot's own
 * credentials sent to an address of theirs.
 */
function issuerOf(authorization: string | undefined): string | null {
  const payload = /^Bearer [\w-]+\.(?<payload>[\w-]+)\.[\w-]+$/u.exec(authorization ?? '')?.groups?.payload;
  if (payload === undefined) return null;
  try {
    const { iss } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { iss?: unknown };
    return typeof iss === 'string' ? iss : null;
  } catch {
    return null;
  }
}

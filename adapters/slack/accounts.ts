import { webApi } from '@slack/bolt';
import type { Log } from '../../src/log.ts';
import type { Origin } from './incoming.ts';

/** How long a call of the Web API may take, in milliseconds. */
const CALL_LIMIT = 10_000;

/** Who the bot is in the workspaces that it serves. */
export interface Accounts {
  /** The client that speaks in a workspace; `null`: the bot is not installed there. */
  clientOf(tenant: string): Promise<webApi.WebClient | null>;
  /** The bot's own user there; `null` while nobody knows. */
  botUserOf(tenant: string): Promise<string | null>;
  /** A workspace belongs to an organisation: the bot may be installed there for all of its workspaces. */
  belongs(origin: Origin): void;
}

/** What a workspace's installation says. */
export interface Credentials {
  readonly token: string;
  readonly botUser: string | null;
}

/**
 * The Web API client for one token: no retries and no waiting of its own, as both would be out of sight of whoever is
 * waiting for the answer.
 */
export function createClient(
  token: string,
  log: webApi.WebClientOptions['logger'],
  apiUrl: string | null,
): webApi.WebClient {
  return new webApi.WebClient(token, clientOptions(log, apiUrl));
}

/** How every client of the Web API is set up. */
export function clientOptions(log: webApi.WebClientOptions['logger'], apiUrl: string | null): webApi.WebClientOptions {
  return {
    ...(log === undefined ? {} : { logger: log }),
    ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: CALL_LIMIT,
  };
}

/** @param find the credentials for a workspace; `null`: the bot is not installed there */
export function createAccounts(parts: {
  readonly find: (origin: Origin) => Promise<Credentials | null>;
  readonly log: Log;
  readonly createClient: (token: string) => webApi.WebClient;
}): Accounts {
  const clients = new Map<string, webApi.WebClient>();
  const organisations = new Map<string, string>();
  const botUsers = new Map<string, Promise<string | null>>();

  const credentialsOf = (tenant: string) => parts.find({ tenant, organisation: organisations.get(tenant) ?? null });
  const clientFor = (token: string): webApi.WebClient => {
    const known = clients.get(token);
    if (known) return known;
    const client = parts.createClient(token);
    clients.set(token, client);
    return client;
  };
  const askFor = async (tenant: string, token: string): Promise<string | null> => {
    try {
      return (await clientFor(token).auth.test()).user_id ?? null;
    } catch (error) {
      parts.log.warn({ err: error, tenant }, 'Slack does not say who the bot is');
      botUsers.delete(token);
      return null;
    }
  };

  return {
    async clientOf(tenant) {
      const credentials = await credentialsOf(tenant);
      return credentials && clientFor(credentials.token);
    },

    async botUserOf(tenant) {
      const credentials = await credentialsOf(tenant);
      if (!credentials) return null;
      const { token, botUser } = credentials;
      if (botUser !== null) return botUser;
      let asked = botUsers.get(token);
      if (!asked) botUsers.set(token, (asked = askFor(tenant, token)));
      return asked;
    },

    belongs({ tenant, organisation }) {
      if (organisation !== null && organisation !== tenant) organisations.set(tenant, organisation);
    },
  };
}

import type { CloudEnvironment } from '@microsoft/teams.api';
import { App, ExpressAdapter } from '@microsoft/teams.apps';
import type { Express } from 'express';
import type { Log } from '../../src/log.ts';
import { ENDPOINT } from './door.ts';
import { defaultServiceUrl, type Settings } from './settings.ts';

type Logger = NonNullable<NonNullable<ConstructorParameters<typeof App>[0]>['logger']>;

/**
 * The Teams SDK on an express app. Everything is given, because what is not given the SDK reads from the environment
 * under names of its own.
 */
export function createSdk(app: Express, settings: Settings, cloud: CloudEnvironment, log: Log): App {
  const { clientId, clientSecret, tenantId, token, allowsUnauthenticated } = settings;
  const logger = sdkLogger(log);
  return new App({
    clientId: clientId ?? '',
    clientSecret: clientSecret ?? '',
    tenantId: tenantId ?? '',
    managedIdentityClientId: '',
    ...(token === null ? {} : { token: () => Promise.resolve(token) }),
    cloud,
    serviceUrl: defaultServiceUrl(settings),
    dangerouslyAllowUnauthenticatedRequests: allowsUnauthenticated,
    messagingEndpoint: ENDPOINT,
    httpServerAdapter: new ExpressAdapter(app, { logger }),
    logger,
  });
}

/**
 * What the SDK writes its lines to. Only its words are kept: the errors of its HTTP client hold the request with its
 * token, and its details hold what people wrote.
 */
function sdkLogger(log: Log): Logger {
  const line = (messages: readonly unknown[]) =>
    messages
      .flatMap((part) => (typeof part === 'string' ? [part] : part instanceof Error ? [part.message] : []))
      .join(' ');
  const logger: Logger = {
    debug: () => undefined,
    trace: () => undefined,
    info: (...messages: unknown[]) => {
      log.info({}, line(messages));
    },
    warn: (...messages: unknown[]) => {
      log.warn({}, line(messages));
    },
    // A refused token is the caller's mistake, not ours; what fails in our own code is logged where it fails.
    error: (...messages: unknown[]) => {
      log.warn({}, line(messages));
    },
    log: () => undefined,
    child: () => logger,
  };
  return logger;
}

import { App, ExpressReceiver, type Receiver, type ReceiverEvent, type webApi } from '@slack/bolt';
import type { Express } from 'express';
import { checkPayload, MalformedRequest } from './incoming.ts';
import { PATHS } from './scopes.ts';

/** The largest request that is read. Slack's own are far smaller. */
const LARGEST_BODY = '1mb';
/** Slack has stopped waiting by then; milliseconds. */
const UNHANDLED = 2900;

type Logger = NonNullable<webApi.WebClientOptions['logger']>;

/** What a way to be reached takes. */
export interface ReceiverParts {
  readonly logger: Logger;
  readonly clientOptions: webApi.WebClientOptions;
}

/** Slack calls us: signed requests on the shared HTTP server. */
export function httpReceiver(parts: ReceiverParts, express: Express, signingSecret: string): Receiver {
  const receiver = new ExpressReceiver({
    app: express,
    signingSecret,
    endpoints: { events: PATHS.events },
    logger: parts.logger,
    bodyLimit: LARGEST_BODY,
    unhandledRequestTimeoutMillis: UNHANDLED,
    processEventErrorHandler: ({ error, response, logger }) => {
      const status = error instanceof MalformedRequest ? 400 : 500;
      if (status === 500) logger.error('a request could not be processed', error);
      if (!response.headersSent) response.writeHead(status).end();
      return Promise.resolve(true);
    },
  });
  return receiver;
}

/**
 * The Bolt app behind a receiver. It knows no token: who the bot is in a workspace is looked up when something is sent,
 * so that nothing stands before an acknowledgement.
 */
export function createApp(parts: ReceiverParts, receiver: Receiver): App {
  const app = new App({
    receiver,
    authorize: () => Promise.resolve({}),
    logger: parts.logger,
    clientOptions: parts.clientOptions,
    ignoreSelf: false,
    convoStore: false,
    attachFunctionToken: false,
  });
  // What Slack would never send is turned away before Bolt looks into it.
  const guarded = {
    processEvent: (event: ReceiverEvent) => {
      checkPayload(event.body);
      return app.processEvent(event);
    },
  };
  receiver.init(guarded as unknown as App);
  app.error((error) => {
    parts.logger.error('a listener failed', error);
    return Promise.resolve();
  });
  return app;
}

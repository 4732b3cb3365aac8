import express, { type Express } from 'express';
import type { Store } from '../../src/ports.ts';

/** The HTTP side of the bot. Platforms mount their own routes on it, so that one port serves everything. */
export function createWeb({ store }: { readonly store: Pick<Store, 'ping'> }): Express {
  const app = express();
  app.disable('x-powered-by');
  app.get('/healthz', (_request, response) => {
    response.type('text').send('ok\n');
  });
  app.get('/readyz', async (_request, response) => {
    try {
      await store.ping();
      response.type('text').send('ready\n');
    } catch {
      response.status(503).type('text').send('the store does not answer\n');
    }
  });
  return app;
}

import { createSign, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Claims of a token, besides those that make it a good one. */
export type Claims = Readonly<Record<string, unknown>>;

/** Microsoft's key server, and whoever signs with its keys. */
export interface KeyServer {
  /** Goes into TEAMS_OPENID_METADATA_URL. */
  readonly metadataUrl: string;
  /** A token as Teams sends it, good for the bot of the tests. */
  token(claims?: Claims, own?: { readonly isForeignKey?: boolean; readonly algorithm?: string }): string;
  stop(): Promise<void>;
}

export const CLIENT_ID = '11111111-2222-3333-4444-555555555555';
const ISSUER = 'https://api.botframework.com';
const KEY_ID = 'the-key-of-the-tests';

/** @param serviceUrl what the tokens are good for */
export async function keyServer(serviceUrl: string): Promise<KeyServer> {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = { ...pair.publicKey.export({ format: 'jwk' }), kid: KEY_ID, use: 'sig', alg: 'RS256' };
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    const isKeys = request.url === '/v1/.well-known/keys';
    response.end(
      JSON.stringify(isKeys ? { keys: [jwk] } : { issuer: ISSUER, jwks_uri: `${origin}/v1/.well-known/keys` }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    metadataUrl: `${origin}/v1/.well-known/openidconfiguration`,
    token(claims = {}, { isForeignKey = false, algorithm = 'RS256' } = {}) {
      const now = Math.floor(Date.now() / 1000);
      const good = { iss: ISSUER, aud: CLIENT_ID, serviceurl: serviceUrl, nbf: now - 60, exp: now + 3600 };
      const parts = [
        { alg: algorithm, typ: 'JWT', kid: KEY_ID },
        { ...good, ...claims },
      ];
      const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
      if (algorithm === 'none') return `${signed}.`;
      const { privateKey } = isForeignKey ? foreign : pair;
      return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

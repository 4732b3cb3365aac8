import { describe, expect, test } from 'vitest';
import type { Claims, KeyServer } from './key-server.ts';
import { inChannel, OUTBOUND_TOKEN, TENANT, tenant, words } from './tenant.ts';

describe('a token', () => {
  test('that is right is let in, and the bot answers with its own', async () => {
    const { write, connector } = await tenant();
    expect((await write('next')).status).toBe(200);
    expect(connector.messages).toHaveLength(1);
    expect(connector.calls[0]?.token).toBe(OUTBOUND_TOKEN);
  });

  const now = Math.floor(Date.now() / 1000);
  const bad: readonly {
    readonly name: string;
    readonly claims: Claims;
    readonly own?: Parameters<KeyServer['token']>[1];
  }[] = [
    { name: 'that has expired', claims: { exp: now - 3600 } },
    { name: 'that is not good yet', claims: { nbf: now + 3600 } },
    { name: 'for another bot', claims: { aud: 'another-bot' } },
    { name: 'of another issuer', claims: { iss: 'https://issuer.example.org' } },
    {
      name: 'that Entra issued in some tenant',
      claims: { iss: 'https://login.microsoftonline.com/evil/v2.0', tid: 'evil' },
    },
    {
      name: 'that an older Entra issued in some tenant',
      claims: { iss: 'https://sts.windows.net/evil/', tid: 'evil' },
    },
    { name: 'for another service URL', claims: { serviceurl: 'https://evil.example.org/teams' } },
    { name: 'without a service URL', claims: { serviceurl: undefined } },
    { name: 'signed with another key', claims: {}, own: { isForeignKey: true } },
    { name: 'signed with nothing', claims: {}, own: { algorithm: 'none' } },
  ];
  test.each(bad)('$name is refused', async ({ claims, own }) => {
    const { post, keys, connector, house } = await tenant();
    const activity = {
      type: 'message',
      id: 'a',
      text: 'next',
      serviceUrl: connector.url,
      from: { id: '29:a' },
      recipient: { id: '28:b' },
      conversation: { id: 'a:c' },
      channelData: { tenant: { id: TENANT } },
    };
    const headers = { authorization: `Bearer ${keys.token(claims, own)}` };
    expect((await post(JSON.stringify(activity), headers)).status).toBe(401);
    expect(connector.calls).toEqual([]);
    expect(await house.store.conversations('teams', TENANT)).toEqual([]);
  });

  test.each(['', 'Bearer', 'Bearer x', 'Basic Zm9vOmJhcg==', 'Bearer a.b.c', 'Bearer a.e30.c'])(
    'such as “%s” is none',
    async (authorization) => {
      const { post } = await tenant();
      expect((await post('{"type":"message"}', { authorization })).status).toBe(401);
    },
  );

  test('never gets into the log, neither the caller’s nor the bot’s', async () => {
    const { write, post, keys, logged, connector } = await tenant();
    const token = keys.token({ aud: 'another-bot' });
    await post(JSON.stringify({ type: 'message', serviceUrl: connector.url }), { authorization: `Bearer ${token}` });
    connector.trouble({ status: 403, code: 'BotDisabledByAdmin' }, { breaks: 'before' });
    await write('next');
    await write('next');
    expect(logged.length).toBeGreaterThan(0);
    expect(logged.join('\n')).not.toContain(token);
    expect(logged.join('\n')).not.toContain(OUTBOUND_TOKEN);
  });
});

describe('a request', () => {
  test.each([
    ['that is no JSON', '{"type":', 400],
    ['that is a list', '[]', 400],
    ['that is empty', '{}', 400],
    ['without a service URL', '{"type":"message","from":{"id":"a"},"conversation":{"id":"c"}}', 400],
    [
      'whose service URL is none',
      '{"type":"message","serviceUrl":"javascript:1","from":{"id":"a"},"conversation":{"id":"c"}}',
      400,
    ],
    ['that is too large', JSON.stringify({ type: 'message', text: 'x'.repeat(300_000) }), 413],
  ])('%s is turned away', async (_, body, status) => {
    const { post, connector, write } = await tenant();
    const answered = await post(body);
    expect(answered.status).toBe(status);
    expect(words(answered.body)).not.toMatch(/node_modules|at .*\.ts/u);
    expect(connector.calls).toEqual([]);
    expect((await write('next')).status).toBe(200);
  });

  test('of another tenant is turned away where one is served', async () => {
    const { write, connector } = await tenant({ settings: { tenantId: TENANT } });
    const other = { channelData: { tenant: { id: 'tenant-2' } }, conversation: { id: 'a:x', tenantId: 'tenant-2' } };
    expect((await write('next', other)).status).toBe(403);
    expect(connector.calls).toEqual([]);
    expect((await write('next')).status).toBe(200);
  });

  test('of a kind that the bot does not know is answered, and does nothing', async () => {
    const { send, connector } = await tenant();
    expect((await send({ type: 'messageReaction' })).status).toBe(200);
    expect((await send({ type: 'somethingNew', ...inChannel('1') })).status).toBe(200);
    for (const name of ['fileConsent/invoke', 'composeExtension/queryLink', 'tab/fetch', '', null]) {
      expect((await send({ type: 'invoke', name, value: {} })).status).toBe(501);
    }
    expect(connector.calls).toEqual([]);
  });

  test('without a token is let in where checks are switched off', async () => {
    const { post, connector } = await tenant({ settings: { allowsUnauthenticated: true } });
    const activity = {
      type: 'message',
      id: 'a',
      text: 'next',
      serviceUrl: connector.url,
      from: { id: '29:a' },
      recipient: { id: '28:b' },
      conversation: { id: 'a:c' },
    };
    expect((await post(JSON.stringify(activity), { authorization: '' })).status).toBe(200);
    expect(connector.messages).toHaveLength(1);
  });
});

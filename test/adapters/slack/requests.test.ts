import { describe, expect, test } from 'vitest';
import { CHANNEL, DELEGATE, SECRET, signatureOf, TEAM, workspace, type Workspace } from './workspace.ts';

const now = () => Math.floor(Date.now() / 1000);
const fields = { command: '/gcm', text: 'zone Bangkok', team_id: TEAM, user_id: DELEGATE, channel_id: CHANNEL };
const body = new URLSearchParams(fields).toString();

/** Nothing was done, and the bot is still there. */
async function nothingHappened({ house, command, slack, adapter }: Workspace): Promise<void> {
  await adapter.settled();
  expect(await house.store.member({ platform: 'slack', tenant: TEAM, user: DELEGATE })).toBeNull();
  expect(slack.calls).toEqual([]);
  expect((await command('help')).status).toBe(200);
}

describe('a request that Slack did not sign', () => {
  test.each([
    ['with another secret', () => ({ 'x-slack-signature': signatureOf(body, now().toString(), `${SECRET}!`) })],
    ['with a signature of another body', () => ({ 'x-slack-signature': signatureOf(`${body}!`, now().toString()) })],
    ['with no signature', () => ({ 'x-slack-signature': '' })],
    ['with a signature that is none', () => ({ 'x-slack-signature': 'v0' })],
    ['with a timestamp that is none', () => ({ 'x-slack-request-timestamp': 'yesterday' })],
    ['of five minutes and a second ago', () => ({ 'x-slack-request-timestamp': (now() - 302).toString() })],
  ])('%s is refused', async (_, headers) => {
    const place = await workspace({ bot: { sample: false } });
    const given = headers();
    const timestamp = 'x-slack-request-timestamp' in given ? given['x-slack-request-timestamp'] : now().toString();
    const signed = { 'x-slack-signature': signatureOf(body, timestamp ?? '') };
    expect((await place.send(body, { ...signed, ...given })).status).toBe(401);
    await nothingHappened(place);
  });

  test('is refused without any header', async () => {
    const place = await workspace({ bot: { sample: false } });
    const response = await fetch(`${place.url}/slack/events`, { method: 'POST', body });
    expect(response.status).toBe(401);
    await nothingHappened(place);
  });
});

describe('a request that is malformed', () => {
  test.each([
    ['no JSON', '{"type":'],
    ['no payload', 'payload=%7B%22type%22'],
    ['a payload of nothing', 'payload=null'],
    ['a list', '[]'],
    ['an object of nothing', '{}'],
    ['an event that is a number', '{"event":7}'],
    ['an event without a type', '{"event":{"user":"U01"}}'],
    ['a command of nobody', 'command=%2Fgcm&text=next'],
    ['a button of nobody', 'payload=%7B%22type%22%3A%22block_actions%22%7D'],
    ['nothing', ''],
  ])('as %s is answered with 400', async (_, malformed) => {
    const place = await workspace({ bot: { sample: false } });
    expect((await place.send(malformed)).status).toBe(400);
    await nothingHappened(place);
  });

  test('as more than a megabyte is answered with 413', async () => {
    const place = await workspace({ bot: { sample: false } });
    expect((await place.send(`${body}&more=${'x'.repeat(1024 * 1024)}`)).status).toBe(413);
    await nothingHappened(place);
  });

  test('as a line longer than the bot reads gets a sentence', async () => {
    const place = await workspace({ bot: { sample: false } });
    const { status, body: answer } = await place.command('find '.padEnd(5000, 'x'));
    expect(status).toBe(200);
    expect(answer?.text).toContain('at most 4');
  });
});

describe('Slack itself', () => {
  test('is shown that the address is ours', async () => {
    const place = await workspace({ bot: { sample: false } });
    const { status, body: answer } = await place.send(JSON.stringify({ type: 'url_verification', challenge: 'abc' }));
    expect([status, answer]).toEqual([200, { challenge: 'abc' }]);
  });

  test('may send an event that nobody asked for', async () => {
    const place = await workspace({ bot: { sample: false } });
    expect((await place.event({ type: 'emoji_changed' })).status).toBe(200);
    await nothingHappened(place);
  });
});

describe('the log', () => {
  test('shows no token and no secret, whatever goes wrong', async () => {
    const place = await workspace({ bot: { sample: false } });
    for (const method of ['chat.postMessage', 'users.info', 'respond']) {
      place.slack.trouble(method, { status: 500 }, { error: 'token_revoked' }, { breaks: 'before' });
    }
    for (const ts of ['1.1', '1.2', '1.3']) await place.mention('next', { ts, channel: `C0${ts.slice(-1)}` });
    await place.send(body, { 'x-slack-signature': 'v0=00' });
    await place.send('{"type":');
    await place.adapter.settled();
    expect(place.logged.length).toBeGreaterThan(3);
    expect(place.logged.join('\n')).not.toMatch(/xoxb-good|the signing secret|\/respond\/response/u);
  });
});

import { describe, expect, test } from 'vitest';
import { boltLogger, safeLog } from '../../../adapters/slack/safe-log.ts';
import type { Log } from '../../../src/log.ts';

function logged() {
  const lines: string[] = [];
  const line = (fields: object, message: string) => {
    lines.push(JSON.stringify({ ...fields, message }));
  };
  const log: Log = { info: line, warn: line, error: line };
  return { lines, safe: safeLog(log, ['shhh-the-signing-secret', null, '']) };
}

describe('the log', () => {
  test.each([
    ['a bot token', 'xoxb-1-2-abc'],
    ['a user token', 'xoxp-1-2-abc'],
    ['an app token', 'xapp-1-A0-2-abc'],
    ['a token that expires', 'xoxe.xoxb-1-abc'],
    ['a refresh token', 'xoxe-1-abc'],
    ['an address that may be written to', 'https://hooks.slack.com/commands/T01/1/abc'],
    ['a secret of the settings', 'shhh-the-signing-secret'],
  ])('never shows %s', (_, secret) => {
    const { lines, safe } = logged();
    const error = new Error(`with ${secret}`, { cause: { headers: { authorization: `Bearer ${secret}` } } });
    const circle: Record<string, unknown> = { secret };
    circle.self = circle;
    safe.error({ err: error, deep: [{ text: secret }], circle }, `it is ${secret}`);
    safe.warn({ [`x`]: secret }, secret);
    safe.info({}, secret);
    boltLogger(safe).error(`it is ${secret}`, error);
    boltLogger(safe).warn(secret);
    boltLogger(safe).info(secret);
    boltLogger(safe).debug(secret);
    expect(lines).toHaveLength(6);
    expect(lines.join('\n')).not.toContain(secret);
    expect(lines[0]).toContain('[hidden]');
  });

  test('still says what went wrong, and why', () => {
    const { lines, safe } = logged();
    safe.error({ err: new TypeError('no such channel', { cause: new Error('gone') }), channel: 'C01' }, 'it failed');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      message: 'it failed',
      channel: 'C01',
      err: { type: 'TypeError', message: 'no such channel', cause: { message: 'gone' } },
    });
  });
});

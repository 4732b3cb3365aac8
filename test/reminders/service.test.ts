import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { onTestFinished, expect, test } from 'vitest';
import { openStore } from '../../prisma/store.ts';
import { fakeSlack } from '../adapters/slack/fake-slack.ts';
import { clockAt } from '../support/clock.ts';
import { sqliteDatabase } from '../support/store-databases.ts';
import { adding, change, countingIdentity } from '../support/store-samples.ts';
import { at, held, subscription } from '../support/subscriptions.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

test('the service posts what fell due while it was down, once, and stops when it is told to', async () => {
  const slack = await fakeSlack();
  const database = await sqliteDatabase();
  onTestFinished(async () => {
    await slack.stop();
    await database.drop();
  });
  const store = await openStore({
    url: database.url,
    clock: clockAt('2017-11-01T08:00:00Z'),
    identity: countingIdentity(),
  });
  const groupId = (await store.groups())[0]?.id ?? '';
  await store.commit(change(groupId, [adding(held('hearing', at('2017-11-02T10:00')))]));
  await store.subscriptions.save(
    subscription({
      groupId,
      target: { kind: 'conversation', platform: 'slack', tenant: 'T01', id: 'C1', thread: null },
    }),
  );
  await store.ledger.planned(groupId, { to: Date.parse('2017-11-01T08:59:00Z'), noticeId: 0 });
  await store.close();

  const service = spawn(process.execPath, [main, 'start'], {
    cwd: database.folder,
    env: {
      PATH: process.env.PATH,
      TZ: 'UTC',
      DATABASE_URL: database.url,
      PORT: '0',
      GCM_NOW: '2017-11-01T09:00:30Z',
      SLACK_BOT_TOKEN: 'xoxb-good',
      SLACK_SIGNING_SECRET: 'secret',
      SLACK_API_URL: slack.url,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = Promise.all([text(service.stdout), text(service.stderr)]);
  const ended = new Promise((resolve) => service.once('exit', resolve));
  onTestFinished(() => void service.kill('SIGKILL'));
  await expect.poll(() => slack.messages.length, { timeout: 20_000 }).toBe(1);
  service.kill('SIGTERM');
  expect([await ended, (await output)[1]]).toEqual([0, '']);
  expect(slack.callsOf('chat.postMessage')).toHaveLength(1);
  expect(slack.messages).toMatchObject([{ channel: 'C1' }]);
  expect(slack.messages[0]?.text).toContain('Reminder: ');
}, 30_000);

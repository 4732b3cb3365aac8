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

function started(database: { readonly folder: string; readonly url: string }, slackUrl: string) {
  return spawn(process.execPath, [main, 'start'], {
    cwd: database.folder,
    env: {
      PATH: process.env.PATH,
      TZ: 'UTC',
      DATABASE_URL: database.url,
      PORT: '0',
      GCM_NOW: '2017-11-01T09:00:30Z',
      GCM_ADMINS: 'slack:T01:U09',
      SLACK_BOT_TOKEN: 'xoxb-good',
      SLACK_SIGNING_SECRET: 'secret',
      SLACK_API_URL: slackUrl,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

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

  const service = started(database, slack.url);
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

test('the service tells the administrators of the settings what was parked before it was stopped', async () => {
  const slack = await fakeSlack();
  slack.users.set('U09', { id: 'U09', name: 'Ada' });
  const database = await sqliteDatabase();
  onTestFinished(async () => {
    await slack.stop();
    await database.drop();
  });
  const clock = clockAt('2017-11-01T08:50:00Z');
  const store = await openStore({ url: database.url, clock, identity: countingIdentity() });
  const groupId = (await store.groups())[0]?.id ?? '';
  const then = clock.now().epochMilliseconds;
  const { ledger } = store;
  const target = { kind: 'conversation', platform: 'slack', tenant: 'T01', id: 'C1', thread: null } as const;
  const about = { eventUid: null, payload: {}, uselessFrom: null, skipped: null };
  const delivery = { key: 'k', kind: 'digest', groupId, subscriptionId: 's1', target, ...about };
  await ledger.add([{ ...delivery, plannedFor: then, sendAt: then }], then);
  const claim = { owner: 'a', now: then, until: then + 1, limit: 1, except: [], announced: [] };
  const outcome = { state: 'parked', reason: 'never', detail: 'The channel is archived.' } as const;
  const claimed = await ledger.claim(claim);
  await ledger.settle(
    'a',
    claimed.map((each) => ({ ...each, outcome })),
    then,
  );
  await ledger.planned(groupId, { to: then, noticeId: 0 });
  await ledger.troublesPlanned(groupId, then - 60_000);
  await store.close();

  const service = started(database, slack.url);
  const ended = new Promise((resolve) => service.once('exit', resolve));
  onTestFinished(() => void service.kill('SIGKILL'));
  await expect.poll(() => slack.messages.length, { timeout: 20_000 }).toBe(1);
  service.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(slack.messages).toMatchObject([{ channel: 'D09' }]);
  expect(slack.messages[0]?.text).toContain('Overview. To C1, due Wednesday 1 November 2017, 09:50, Geneva time.');
}, 30_000);

import { describe, expect, onTestFinished, test } from 'vitest';
import { createClient } from '../../../adapters/slack/accounts.ts';
import { createMessenger } from '../../../adapters/slack/messenger.ts';
import { createPace } from '../../../adapters/slack/pace.ts';
import { boltLogger } from '../../../adapters/slack/safe-log.ts';
import { card, text } from '../../../src/cards/card.ts';
import { english } from '../../../src/language/index.ts';
import type { Log } from '../../../src/log.ts';
import type { Address } from '../../../src/ports.ts';
import { clockAt } from '../../support/clock.ts';
import { timerOn } from '../../support/timer.ts';
import { fakeSlack, type Trouble } from './fake-slack.ts';

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const HERE: Address = { platform: 'slack', tenant: 'T01', id: 'C01', thread: null };
const CARD = card('Moved', text('It is on Tuesday now.'));
const about = (deliveryId: string | null = null) => ({ language: english, deliveryId });
const reason = (name: string) => english.t(`slack.reason.${name}` as 'slack.reason.busy');

async function sending(token = 'xoxb-good') {
  const slack = await fakeSlack();
  const gone: string[] = [];
  const timer = timerOn(clockAt('2017-11-01T08:00:00Z'));
  const client = createClient(token, boltLogger(silent), slack.url);
  const messenger = createMessenger({
    clientOf: (tenant) => Promise.resolve(tenant === 'T01' ? client : null),
    pace: createPace(timer),
    language: english,
    disconnected: (address, why) => {
      gone.push(`${address.id}: ${why}`);
      return Promise.resolve();
    },
  });
  onTestFinished(() => slack.stop());
  return { slack, messenger, timer, gone };
}

describe('a post', () => {
  test('is there, and says where', async () => {
    const { slack, messenger } = await sending();
    const result = await messenger.post(HERE, CARD, about());
    expect(result).toMatchObject({ outcome: 'sent', message: { ...HERE, messageId: slack.messages[0]?.ts } });
    expect(slack.messages).toMatchObject([{ channel: 'C01', thread: null, metadata: null }]);
    expect(slack.messages[0]?.text).toContain('It is on Tuesday now.');
  });

  test('goes into the thread that it belongs to, and brings no previews', async () => {
    const { slack, messenger } = await sending();
    await messenger.post({ ...HERE, thread: '1509523200.000001' }, CARD, about());
    expect(slack.messages[0]?.thread).toBe('1509523200.000001');
    expect(slack.calls[0]?.arguments).toMatchObject({ unfurl_links: false, unfurl_media: false });
  });

  const troubles: readonly (readonly [string, Trouble, object])[] = [
    ['an archived channel', { error: 'is_archived' }, { outcome: 'never', reason: reason('archived') }],
    ['a channel it is not in', { error: 'not_in_channel' }, { outcome: 'never', reason: reason('not-in-channel') }],
    ['a channel that is gone', { error: 'channel_not_found' }, { outcome: 'never', reason: reason('channel-gone') }],
    ['a token that was revoked', { error: 'token_revoked' }, { outcome: 'never', reason: reason('revoked') }],
    [
      'a workspace that forbids it',
      { error: 'restricted_action' },
      { outcome: 'never', reason: reason('not-allowed') },
    ],
    [
      'blocks that Slack refuses',
      { error: 'invalid_blocks' },
      { outcome: 'never', reason: 'Slack refused the message (invalid_blocks).' },
    ],
    ['a busy Slack', { status: 429, retryAfter: 7 }, { outcome: 'again', afterMs: 7000, reason: reason('busy') }],
    ['a limit without a time', { error: 'ratelimited' }, { outcome: 'again', afterMs: null, reason: reason('busy') }],
    [
      'a Slack that is down for a moment',
      { status: 503 },
      { outcome: 'again', afterMs: null, reason: reason('broke') },
    ],
    ['a Slack that stumbled', { error: 'internal_error' }, { outcome: 'unknown', reason: reason('broke') }],
    ['a Slack that broke', { status: 500 }, { outcome: 'unknown', reason: reason('broke') }],
    ['a connection that broke', { breaks: 'before' }, { outcome: 'unknown', reason: reason('broke') }],
    ['a connection that broke afterwards', { breaks: 'after' }, { outcome: 'unknown', reason: reason('broke') }],
  ];
  test.each(troubles)('to %s says so', async (_, trouble, expected) => {
    const { slack, messenger } = await sending();
    slack.trouble('chat.postMessage', trouble);
    expect(await messenger.post(HERE, CARD, about())).toEqual(expected);
    expect(slack.callsOf('chat.postMessage')).toHaveLength(1);
  });

  test('is not there when Slack was never reached', async () => {
    const { slack, messenger } = await sending();
    await slack.stop();
    const result = await messenger.post(HERE, CARD, about());
    expect(result).toEqual({ outcome: 'again', afterMs: null, reason: reason('unreachable') });
  });

  test('to a workspace that the bot is not in never comes there', async () => {
    const { slack, messenger } = await sending();
    expect(await messenger.post({ ...HERE, tenant: 'T99' }, CARD, about())).toEqual({
      outcome: 'never',
      reason: reason('revoked'),
    });
    expect(slack.calls).toEqual([]);
  });

  test('that fails for good tells that the conversation is dead; another failure does not', async () => {
    const { slack, messenger, gone } = await sending();
    slack.trouble('chat.postMessage', { error: 'is_archived' }, { error: 'invalid_blocks' });
    await messenger.post(HERE, CARD, about());
    await messenger.post({ ...HERE, id: 'C02' }, CARD, about());
    expect(gone).toEqual([`C01: ${reason('archived')}`]);
  });

  test('waits for its turn, and is refused while Slack has asked for patience', async () => {
    const { slack, messenger, timer } = await sending();
    slack.trouble('chat.postMessage', { status: 429, retryAfter: 30 });
    await messenger.post(HERE, CARD, about());
    expect(await messenger.post(HERE, CARD, about())).toEqual({
      outcome: 'again',
      afterMs: 30_000,
      reason: reason('busy'),
    });
    expect(slack.callsOf('chat.postMessage')).toHaveLength(1);
    await timer.pass(30_000);
    expect(await messenger.post(HERE, CARD, about())).toMatchObject({ outcome: 'sent' });
  });

  test('that is no longer wanted when its turn has come is not sent, and keeps nobody away', async () => {
    const { slack, messenger, timer } = await sending();
    await messenger.post(HERE, CARD, about());
    let isWanted = true;
    let asked = 0;
    const lost = messenger.post(HERE, CARD, {
      ...about('delivery-1'),
      isWanted: () => Promise.resolve((asked += 1) > 0 && isWanted),
    });
    await timer.pass(999);
    expect(asked).toBe(0);
    isWanted = false;
    await timer.pass(1);
    expect(await lost).toEqual({ outcome: 'again', afterMs: null, reason: reason('busy') });
    expect([asked, slack.messages.length]).toEqual([1, 1]);
    const next = messenger.post(HERE, CARD, { ...about('delivery-2'), isWanted: () => Promise.resolve(true) });
    await timer.pass(1000);
    expect(await next).toMatchObject({ outcome: 'sent' });
  });

  test('that would wait too long for its turn is not asked about', async () => {
    const { slack, messenger } = await sending();
    slack.trouble('chat.postMessage', { status: 429, retryAfter: 30 });
    await messenger.post(HERE, CARD, about());
    const isWanted = () => Promise.reject(new Error('it is not its turn'));
    expect(await messenger.post(HERE, CARD, { ...about(), isWanted })).toMatchObject({ afterMs: 30_000 });
  });
});

describe('a delivery', () => {
  test('is found again with the last notice that it told of', async () => {
    const { messenger } = await sending();
    await messenger.post(HERE, card('Moved'), { ...about('delivery-1'), told: 17 });
    expect(await messenger.find(HERE, 'delivery-1')).toMatchObject({ told: 17 });
  });

  test('is found again by its id, also when nobody knew whether it had come through', async () => {
    const { slack, messenger } = await sending();
    slack.trouble('chat.postMessage', { breaks: 'after' });
    await messenger.post(HERE, CARD, about('delivery-1'));
    expect(await messenger.find(HERE, 'delivery-1')).toEqual({
      ...HERE,
      messageId: slack.messages[0]?.ts,
      told: null,
    });
  });

  test('that never came is not found', async () => {
    const { slack, messenger } = await sending();
    slack.trouble('chat.postMessage', { breaks: 'before' });
    await messenger.post(HERE, CARD, about('delivery-1'));
    expect(await messenger.find(HERE, 'delivery-1')).toBeNull();
  });

  test('in a thread is looked for there', async () => {
    const { messenger, slack } = await sending();
    const thread = { ...HERE, thread: '1509523200.000001' };
    await messenger.post(thread, CARD, about('delivery-1'));
    expect(await messenger.find(thread, 'delivery-1')).toMatchObject({ messageId: slack.messages[0]?.ts });
    expect(slack.callsOf('conversations.replies')).toHaveLength(1);
  });

  test.each(['missing_scope', 'not_in_channel'])('cannot be told about after %s', async (error) => {
    const { slack, messenger } = await sending();
    slack.trouble('conversations.history', { error });
    expect(await messenger.find(HERE, 'delivery-1')).toBe('cannot-tell');
  });

  const again = (name: string, afterMs: number | null = null) => ({ outcome: 'again', afterMs, reason: reason(name) });
  const troubles: readonly (readonly [string, Trouble, object])[] = [
    ['is busy', { status: 429, retryAfter: 7 }, again('busy', 7000)],
    ['is down for a moment', { status: 503 }, again('broke')],
    ['broke', { status: 500 }, again('broke')],
    ['stumbled', { error: 'internal_error' }, again('broke')],
    ['lost the connection', { breaks: 'after' }, again('broke')],
  ];
  test.each(troubles)('is asked for again when Slack %s: it may be there', async (_, trouble, expected) => {
    const { slack, messenger } = await sending();
    slack.trouble('conversations.history', trouble);
    expect(await messenger.find(HERE, 'delivery-1')).toEqual(expected);
  });

  test('keeps others away from its channel when Slack asks for patience', async () => {
    const { slack, messenger } = await sending();
    slack.trouble('conversations.history', { status: 429, retryAfter: 30 });
    await messenger.find(HERE, 'delivery-1');
    expect(await messenger.post(HERE, CARD, about())).toEqual(again('busy', 30_000));
    expect(slack.messages).toEqual([]);
  });
});

describe('an update', () => {
  test('takes the place of the message', async () => {
    const { slack, messenger, timer } = await sending();
    const sent = await messenger.post(HERE, CARD, about());
    if (sent.outcome !== 'sent') throw new Error('not sent');
    await timer.pass(1000);
    const result = await messenger.update(sent.message, card(null, text('It is cancelled.')), { language: english });
    expect(result).toEqual(sent);
    expect(slack.messages.map(({ text: words }) => words)).toEqual(['It is cancelled.']);
  });

  test('of a message that is gone never comes', async () => {
    const { messenger } = await sending();
    const result = await messenger.update({ ...HERE, messageId: '1.2' }, CARD, { language: english });
    expect(result).toEqual({ outcome: 'never', reason: reason('message-gone') });
  });

  test('of which nobody knows may simply be tried again', async () => {
    const { slack, messenger } = await sending();
    slack.trouble('chat.update', { breaks: 'after' });
    const result = await messenger.update({ ...HERE, messageId: '1.2' }, CARD, { language: english });
    expect(result).toEqual({ outcome: 'again', afterMs: null, reason: reason('broke') });
  });
});

describe('a file', () => {
  const FILE = { type: 'file', name: 'gcm.csv', mediaType: 'text/csv', content: 'title\nStocktaking · é' } as const;

  test('is uploaded whole', async () => {
    const { slack, messenger } = await sending();
    expect(await messenger.upload(HERE, FILE)).toMatchObject({ outcome: 'sent' });
    expect([...slack.files.values()]).toEqual([{ name: 'gcm.csv', content: FILE.content, channel: 'C01' }]);
    expect(slack.callsOf('files.getUploadURLExternal')[0]?.arguments).toMatchObject({ length: '23' });
  });

  test('that never got beyond the preparations may be tried again', async () => {
    const { slack, messenger } = await sending();
    slack.trouble('files.getUploadURLExternal', { breaks: 'after' });
    expect(await messenger.upload(HERE, FILE)).toMatchObject({ outcome: 'again' });
  });

  test('of which the last step broke is unknown', async () => {
    const { slack, messenger } = await sending();
    slack.trouble('files.completeUploadExternal', { breaks: 'after' });
    expect(await messenger.upload(HERE, FILE)).toMatchObject({ outcome: 'unknown' });
  });
});

describe('a direct conversation', () => {
  const person = { platform: 'slack', tenant: 'T01', user: 'U01' };

  test('is opened', async () => {
    const { slack, messenger } = await sending();
    slack.users.set('U01', { id: 'U01', name: 'Delegate' });
    expect(await messenger.openDirect(person)).toEqual({ outcome: 'open', address: { ...HERE, id: 'D01' } });
  });

  test('with somebody who is gone never is', async () => {
    const { messenger } = await sending();
    expect(await messenger.openDirect(person)).toEqual({ outcome: 'never', reason: reason('user-gone') });
  });

  test('may be opened twice, so that a broken connection is worth another try', async () => {
    const { slack, messenger } = await sending();
    slack.trouble('conversations.open', { breaks: 'after' });
    expect(await messenger.openDirect(person)).toMatchObject({ outcome: 'again' });
  });
});

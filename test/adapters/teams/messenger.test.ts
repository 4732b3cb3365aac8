import { describe, expect, onTestFinished, test } from 'vitest';
import { createBackground } from '../../../src/background.ts';
import { createConnector } from '../../../adapters/teams/connector.ts';
import { createMessenger } from '../../../adapters/teams/messenger.ts';
import { createPace } from '../../../adapters/teams/pace.ts';
import { createPlaces } from '../../../adapters/teams/places.ts';
import { card, text } from '../../../src/cards/card.ts';
import { english } from '../../../src/language/index.ts';
import type { Address, Store } from '../../../src/ports.ts';
import { house } from '../../support/house.ts';
import { timerOn } from '../../support/timer.ts';
import { fakeConnector, type Trouble } from './fake-connector.ts';
import { BOT, words } from './tenant.ts';

const HERE: Address = { platform: 'teams', tenant: 'tenant-1', id: '19:c@thread.tacv2', thread: null };
const CARD = card('Moved', text('It is on Tuesday now.'));
const about = { language: english, deliveryId: 'delivery-1' };
const reason = (name: string) => english.t(`teams.reason.${name}` as 'teams.reason.busy');

async function sending(
  tokenOf: () => Promise<string | null> = () => Promise.resolve('good'),
  own: Partial<Store> = {},
) {
  const connector = await fakeConnector();
  const { store, clock } = await house({ sample: false });
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const background = createBackground(log);
  const timer = timerOn(clock);
  const places = createPlaces({ store: { ...store, ...own }, clock, background, defaultUrl: 'http://127.0.0.1:9' });
  const { platform, tenant, id } = HERE;
  const conversation = { platform, tenant, id, kind: 'channel', name: 'C', groupId: null, disconnected: null } as const;
  await store.saveConversation({ ...conversation, serviceUrl: connector.url });
  const messenger = createMessenger({
    connector: createConnector(tokenOf),
    places,
    pace: createPace(timer),
    links: { addressFor: ({ name }) => (name === 'lost.csv' ? null : `https://gcm.example.org/f/${name}`) },
    language: english,
    botId: BOT,
  });
  onTestFinished(() => connector.stop());
  return { connector, messenger, timer, store, conversation };
}

describe('a post', () => {
  test('goes to the service URL of its conversation, and says where it is', async () => {
    const { connector, messenger } = await sending();
    expect(await messenger.post(HERE, CARD, about)).toEqual({
      outcome: 'sent',
      message: { ...HERE, messageId: 'message-1' },
    });
    expect(connector.messages[0]).toMatchObject({
      conversation: HERE.id,
      summary: expect.stringContaining('Tuesday') as string,
    });
    expect(connector.calls[0]).toMatchObject({ method: 'POST', token: 'good' });
  });

  test('whose conversation cannot be looked up leaves no doubt that it was not sent', async () => {
    const conversation = () => Promise.reject(new Error('the database is away'));
    const { messenger, connector } = await sending(undefined, { conversation });
    const expected = { outcome: 'again', afterMs: null, reason: 'I could not look up where the conversation is.' };
    expect(await messenger.post(HERE, CARD, about)).toEqual(expected);
    expect(connector.calls).toEqual([]);
  });

  test('to a second conversation goes to the second one’s service URL', async () => {
    const { messenger, store, conversation, connector } = await sending();
    const other = await fakeConnector();
    onTestFinished(() => other.stop());
    await store.saveConversation({ ...conversation, id: '19:other', serviceUrl: other.url });
    await messenger.post({ ...HERE, id: '19:other' }, CARD, about);
    expect([connector.messages.length, other.messages.length]).toEqual([0, 1]);
  });

  test('goes into the thread that it belongs to', async () => {
    const { connector, messenger } = await sending();
    await messenger.post({ ...HERE, thread: '77' }, CARD, about);
    expect(connector.messages[0]?.conversation).toBe(`${HERE.id};messageid=77`);
  });

  const never = (name: string) => ({ outcome: 'never', reason: reason(name) });
  const troubles: readonly {
    readonly name: string;
    readonly trouble: Trouble;
    readonly expected: object;
    readonly isDead?: true;
  }[] = [
    {
      name: 'a bot that is not there',
      trouble: { status: 403, code: 'BotNotInConversationRoster' },
      expected: never('not-in-conversation'),
      isDead: true,
    },
    {
      name: 'a bot that is disabled',
      trouble: { status: 403, code: 'BotDisabledByAdmin' },
      expected: never('disabled'),
      isDead: true,
    },
    {
      name: 'a bot that is blocked',
      trouble: { status: 403, code: 'ConversationBlockedByUser' },
      expected: never('blocked'),
      isDead: true,
    },
    {
      name: 'a blocked conversation',
      trouble: { status: 403, code: 'MessageWritesBlocked' },
      expected: never('blocked'),
      isDead: true,
    },
    {
      name: 'a conversation that is gone',
      trouble: { status: 404, code: 'ConversationNotFound' },
      expected: never('conversation-gone'),
      isDead: true,
    },
    { name: 'something that is gone', trouble: { status: 404 }, expected: never('conversation-gone'), isDead: true },
    {
      name: 'an app that is not installed',
      trouble: { status: 403, code: 'ForbiddenOperationException' },
      expected: never('not-in-conversation'),
      isDead: true,
    },
    {
      name: 'a bot without permission',
      trouble: { status: 403, code: 'NotEnoughPermissions' },
      expected: never('not-allowed'),
    },
    { name: 'another cloud', trouble: { status: 403, code: 'InvalidBotApiHost' }, expected: never('other-cloud') },
    {
      name: 'a bot that nobody knows',
      trouble: { status: 401, code: 'BotNotRegistered' },
      expected: never('not-registered'),
    },
    { name: 'a card that is too big', trouble: { status: 413, code: 'MessageSizeTooBig' }, expected: never('too-big') },
    {
      name: 'a card that is refused',
      trouble: { status: 400, code: 'Bad Argument' },
      expected: { outcome: 'never', reason: 'Teams refused the message (BadArgument).' },
    },
    {
      name: 'a mistake without a name',
      trouble: { status: 418 },
      expected: { outcome: 'never', reason: 'Teams refused the message (418).' },
    },
    {
      name: 'a busy Teams',
      trouble: { status: 429, retryAfter: 7 },
      expected: { outcome: 'again', afterMs: 7000, reason: reason('busy') },
    },
    {
      name: 'a Teams that is busy for an unknown time',
      trouble: { status: 412, code: 'PreconditionFailed' },
      expected: { outcome: 'again', afterMs: null, reason: reason('busy') },
    },
    {
      name: 'a bad gateway',
      trouble: { status: 502 },
      expected: { outcome: 'again', afterMs: null, reason: reason('broke') },
    },
    {
      name: 'a Teams that is down',
      trouble: { status: 503 },
      expected: { outcome: 'again', afterMs: null, reason: reason('broke') },
    },
    {
      name: 'a gateway that gave up',
      trouble: { status: 504 },
      expected: { outcome: 'again', afterMs: null, reason: reason('broke') },
    },
    { name: 'a Teams that broke', trouble: { status: 500 }, expected: { outcome: 'unknown', reason: reason('broke') } },
    {
      name: 'a connection that broke',
      trouble: { breaks: 'before' },
      expected: { outcome: 'unknown', reason: reason('broke') },
    },
    {
      name: 'a connection that broke afterwards',
      trouble: { breaks: 'after' },
      expected: { outcome: 'unknown', reason: reason('broke') },
    },
  ];
  test.each(troubles)('to $name says so', async ({ trouble, expected, isDead = false }) => {
    const { connector, messenger, store, conversation } = await sending();
    connector.trouble(trouble);
    expect(await messenger.post(HERE, CARD, about)).toEqual(expected);
    expect(connector.calls).toHaveLength(1);
    expect((await store.conversation(conversation))?.disconnected !== null).toBe(isDead);
  });

  test('is not there when Teams was never reached', async () => {
    const { connector, messenger } = await sending();
    await connector.stop();
    expect(await messenger.post(HERE, CARD, about)).toEqual({
      outcome: 'again',
      afterMs: null,
      reason: reason('unreachable'),
    });
  });

  test('is not there when Microsoft gives no token, and nothing of the secret is said', async () => {
    const { messenger, connector } = await sending(() => Promise.reject(new Error('secret x is wrong\nTrace')));
    expect(await messenger.post(HERE, CARD, about)).toEqual({
      outcome: 'again',
      afterMs: null,
      reason: reason('token'),
    });
    expect(connector.calls).toEqual([]);
  });

  test('is refused while Teams has asked for patience', async () => {
    const { connector, messenger, timer } = await sending();
    connector.trouble({ status: 429, retryAfter: 30 });
    await messenger.post(HERE, CARD, about);
    expect(await messenger.post(HERE, CARD, about)).toEqual({
      outcome: 'again',
      afterMs: 30_000,
      reason: reason('busy'),
    });
    expect(connector.calls).toHaveLength(1);
    await timer.pass(30_000);
    expect(await messenger.post(HERE, CARD, about)).toMatchObject({ outcome: 'sent' });
  });

  test('that is no longer wanted when its turn has come is not sent', async () => {
    const { connector, messenger, timer } = await sending();
    for (let number = 0; number < 7; number += 1) await messenger.post(HERE, CARD, about);
    let isWanted = true;
    let asked = 0;
    const lost = messenger.post(HERE, CARD, {
      ...about,
      isWanted: () => Promise.resolve((asked += 1) > 0 && isWanted),
    });
    await timer.pass(999);
    expect(asked).toBe(0);
    isWanted = false;
    await timer.pass(1);
    expect(await lost).toEqual({ outcome: 'again', afterMs: null, reason: reason('busy') });
    expect([asked, connector.messages.length]).toEqual([1, 7]);
  });

  test('that would wait too long for its turn is not asked about', async () => {
    const { connector, messenger } = await sending();
    connector.trouble({ status: 429, retryAfter: 30 });
    await messenger.post(HERE, CARD, about);
    const isWanted = () => Promise.reject(new Error('it is not its turn'));
    expect(await messenger.post(HERE, CARD, { ...about, isWanted })).toMatchObject({ afterMs: 30_000 });
  });

  test('cannot be looked for', async () => {
    const { messenger } = await sending();
    expect(await messenger.find(HERE, 'delivery-1')).toBe('cannot-tell');
  });
});

describe('an update', () => {
  test('takes the place of the message', async () => {
    const { connector, messenger } = await sending();
    const sent = await messenger.post(HERE, CARD, about);
    if (sent.outcome !== 'sent') throw new Error('not sent');
    expect(await messenger.update(sent.message, card(null, text('It is cancelled.')), about)).toEqual(sent);
    expect(connector.messages).toHaveLength(1);
    expect(words(connector.messages[0]?.card)).toContain('It is cancelled.');
  });

  test('of a message that is gone never comes, and the conversation lives on', async () => {
    const { messenger, store, conversation } = await sending();
    const gone = { ...HERE, messageId: 'gone' };
    expect(await messenger.update(gone, CARD, about)).toEqual({ outcome: 'never', reason: reason('message-gone') });
    expect(await store.conversation(conversation)).toMatchObject({ disconnected: null });
  });

  test('of which nobody knows may simply be tried again', async () => {
    const { messenger, connector } = await sending();
    connector.trouble({ breaks: 'after' });
    expect(await messenger.update({ ...HERE, messageId: 'x' }, CARD, about)).toMatchObject({ outcome: 'again' });
  });
});

describe('a file', () => {
  const FILE = { type: 'file', name: 'gcm.csv', mediaType: 'text/csv', content: 'title' } as const;

  test('is sent as a link', async () => {
    const { messenger, connector } = await sending();
    expect(await messenger.upload(HERE, FILE)).toMatchObject({ outcome: 'sent' });
    expect(words(connector.messages[0]?.card)).toContain('https://gcm.example.org/f/gcm.csv');
  });

  test('never comes where the bot has no address', async () => {
    const { messenger } = await sending();
    const sent = await messenger.upload(HERE, { ...FILE, name: 'lost.csv' });
    expect(sent).toEqual({ outcome: 'never', reason: reason('no-address') });
  });
});

describe('a personal chat', () => {
  const person = { platform: 'teams', tenant: 'tenant-1', user: 'aad-1' };

  test('is opened where the tenant is, and kept', async () => {
    const { messenger, connector, store } = await sending();
    const opened = await messenger.openDirect(person);
    expect(opened).toEqual({ outcome: 'open', address: { ...HERE, id: 'direct-aad-1' } });
    expect(connector.calls[0]?.body).toEqual({
      isGroup: false,
      bot: { id: BOT },
      members: [{ id: 'aad-1' }],
      tenantId: 'tenant-1',
      channelData: { tenant: { id: 'tenant-1' } },
    });
    expect(await store.conversation({ ...HERE, id: 'direct-aad-1' })).toMatchObject({
      kind: 'direct',
      serviceUrl: connector.url,
    });
    if (opened.outcome === 'open')
      expect(await messenger.post(opened.address, CARD, about)).toMatchObject({ outcome: 'sent' });
  });

  test('with somebody who has blocked the bot never is', async () => {
    const { messenger, connector } = await sending();
    connector.trouble({ status: 403, code: 'BotDisabledByUser' });
    expect(await messenger.openDirect(person)).toEqual({ outcome: 'never', reason: reason('blocked') });
  });

  test('may be opened twice, so that a broken connection is worth another try', async () => {
    const { messenger, connector } = await sending();
    connector.trouble({ breaks: 'after' });
    expect(await messenger.openDirect(person)).toMatchObject({ outcome: 'again' });
  });
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { PUBLIC_URL } from '../../support/house.ts';
import { BEGUN_WITH_OPTIONS } from '../../support/lines.ts';
import { slowStore } from '../../support/slow-store.ts';
import { importing } from '../../support/import-file.ts';
import { ADMIN, BOT, calendars, CHANNEL, DELEGATE, DIRECT, inChannel, TENANT, tenant, words } from './tenant.ts';

describe('a mention', () => {
  test('is answered in its thread, with a card and with words for a notification', async () => {
    const { mention, connector } = await tenant();
    await mention('when is the stocktaking?');
    expect(connector.messages).toHaveLength(1);
    expect(connector.messages[0]).toMatchObject({ conversation: `${CHANNEL};messageid=1509523000100` });
    expect(connector.messages[0]?.summary).toContain('stocktaking');
    expect(connector.messages[0]?.card).toMatchObject({ type: 'AdaptiveCard', version: '1.5' });
    expect(words(connector.messages[0]?.card)).toContain('Puerto Vallarta');
  });

  test('that begins a thread is answered in the thread that it begins', async () => {
    const { mention, connector } = await tenant();
    const { channelData } = inChannel('1');
    const conversation = { id: CHANNEL, conversationType: 'channel', tenantId: TENANT };
    await mention('next', { id: '1509523000999', conversation, channelData });
    expect(connector.messages[0]?.conversation).toBe(`${CHANNEL};messageid=1509523000999`);
  });

  test('in a group chat is answered there', async () => {
    const { mention, connector } = await tenant();
    const conversation = { id: '19:group@thread.v2', conversationType: 'groupChat', tenantId: TENANT };
    await mention('next', { conversation, channelData: { tenant: { id: TENANT } } });
    expect(connector.messages[0]?.conversation).toBe('19:group@thread.v2');
  });

  test('without a word is answered with what the bot can do', async () => {
    const { mention, connector } = await tenant();
    await mention('');
    expect(words(connector.messages[0]?.card)).toContain('What I can do');
  });

  test('is told what to type as it is typed there, and as it is typed in the personal chat where that answers', async () => {
    const { mention, connector } = await tenant();
    await mention('help all');
    expect(words(connector.messages[0]?.card)).toContain('@GCM next');
    await mention('role', { from: ADMIN });
    const direct = connector.messages.find(({ conversation }) => conversation.startsWith('direct-'));
    expect(JSON.stringify(direct?.card)).not.toContain('@GCM');
  });

  test('of somebody else only is not answered', async () => {
    const { mention, connector } = await tenant();
    const other = { type: 'mention', mentioned: { id: '29:x', name: 'X' }, text: '<at>GCM</at>' };
    await mention('next', { entities: [other] });
    expect(connector.calls).toEqual([]);
  });

  test('of what staff do is answered for their eyes only', async () => {
    const { mention, connector } = await tenant();
    await mention('audit', { from: ADMIN });
    const [direct, note] = connector.messages;
    expect(direct?.conversation).toBe(`direct-${ADMIN.aadObjectId}`);
    expect(words(direct?.card)).toContain('import');
    expect(note?.conversation).toContain(CHANNEL);
    expect(words(note?.card)).toContain('I have answered in our personal chat');
    expect(words(note?.card)).not.toContain('import');
  });

  test.each(BEGUN_WITH_OPTIONS)('“%s” is asked as staff, whatever stands before the command', async (line) => {
    const { mention, connector } = await tenant();
    await mention(line, { from: ADMIN });
    expect(connector.messages.map(({ conversation }) => conversation)).toEqual([
      `direct-${ADMIN.aadObjectId}`,
      `${CHANNEL};messageid=1509523000100`,
    ]);
    expect(words(connector.messages[0]?.card)).not.toContain('is for');
  });

  test.each(['audit?', 'audit!', '/gcm audit.'])('“%s” is answered for their eyes only', async (line) => {
    const { mention, connector } = await tenant();
    await mention(line);
    expect(connector.messages.map(({ conversation }) => conversation)).toEqual([
      `direct-${DELEGATE.aadObjectId}`,
      `${CHANNEL};messageid=1509523000100`,
    ]);
  });

  test('of what staff do is answered in the personal chat that they have', async () => {
    const { mention, write, connector } = await tenant();
    await write('next', { from: ADMIN });
    await mention('audit', { from: ADMIN });
    expect(connector.messages.map(({ conversation }) => conversation)).toEqual([
      DIRECT,
      DIRECT,
      `${CHANNEL};messageid=1509523000100`,
    ]);
  });

  test.each(['feed', '--as-of 2017-11-01 feed', 'group:gcm feed'])(
    '“%s” shows a secret address to whoever asked, and to nobody else',
    async (line) => {
      const { mention, connector } = await tenant({ bot: { calendars } });
      await mention(line);
      const [direct, note] = connector.messages;
      expect(direct?.conversation).toBe(`direct-${DELEGATE.aadObjectId}`);
      expect(words(direct?.card)).toContain(`${PUBLIC_URL}/calendar/`);
      expect(note?.conversation).toContain(CHANNEL);
      expect(words(note)).not.toContain('/calendar/');
      expect(connector.messages).toHaveLength(2);
    },
  );

  test('of what concerns oneself, when no personal chat can be opened, says how to go on', async () => {
    const { mention, connector } = await tenant();
    connector.trouble({ status: 403, code: 'BotNotInConversationRoster' });
    await mention('audit', { from: ADMIN });
    expect(connector.messages).toHaveLength(1);
    expect(words(connector.messages[0]?.card)).toContain('Open a personal chat with me');
  });

  test('together with that of a person names them by their id in the directory', async () => {
    const { mention, connector, house } = await tenant();
    connector.people.set('29:bea', 'aad-bea');
    const entities = [
      { type: 'mention', mentioned: { id: BOT, name: 'GCM' }, text: '<at>GCM</at>' },
      { type: 'mention', mentioned: { id: '29:bea', name: 'Bea' }, text: '<at>Bea</at>' },
    ];
    await mention('', { text: '<at>GCM</at> role grant <at>Bea</at> editor', entities, from: ADMIN });
    const [group] = await house.store.groups();
    expect(await house.store.roles(group?.id ?? '')).toMatchObject([
      { platform: 'teams', tenant: TENANT, id: 'aad-bea', name: 'Bea', role: 'editor' },
    ]);
  });
});

describe('a personal chat', () => {
  test.each(['next', '/gcm next', 'gcm next', '@GCM next', '<at>GCM</at>&nbsp;next'])(
    'understands “%s”',
    async (text) => {
      const { write, connector } = await tenant();
      const entities = [{ type: 'mention', mentioned: { id: BOT, name: 'GCM' }, text: '<at>GCM</at>' }];
      await write(text, { entities });
      expect(connector.messages[0]?.conversation).toBe(DIRECT);
      expect(words(connector.messages[0]?.card)).toContain('UNESCAP regional consultation');
    },
  );

  test('shows times in the zone that Teams names, unless somebody chose another', async () => {
    const { write, connector, house, teams } = await tenant();
    await write('zone');
    expect(words(connector.messages[0]?.card)).toContain('Africa/Nairobi');
    await teams.settled();
    expect(await house.store.member({ platform: 'teams', tenant: TENANT, user: 'aad-delegate' })).toMatchObject({
      name: 'Delegate One',
      platformZone: 'Africa/Nairobi',
      platformLanguage: 'en-GB',
      zone: null,
    });
    await write('zone Bangkok');
    await write('zone');
    expect(words(connector.messages[2]?.card)).toContain('Asia/Bangkok');
  });

  test('remembers the zone for activities that name none', async () => {
    const { write, connector, teams } = await tenant();
    await write('next');
    await teams.settled();
    await write('zone', { localTimezone: null, locale: null });
    expect(words(connector.messages[1]?.card)).toContain('Africa/Nairobi');
  });

  test.each([
    ['of the bot itself', { from: { id: BOT, name: 'GCM' } }],
    ['of another bot', { from: { id: '28:other', role: 'bot' } }],
  ])('does not answer a message %s', async (_, own) => {
    const { write, connector } = await tenant();
    expect((await write('next', own)).status).toBe(200);
    expect(connector.calls).toEqual([]);
  });

  test('shows HTML and mentions as the letters that they are', async () => {
    const { write, connector } = await tenant();
    await write('find <b>x</b> <at>Everybody</at> {{DATE(2017-01-01T00:00:00Z)}} [a](https://evil.example.org)');
    const card = words(connector.messages[0]?.card);
    expect(card).not.toContain('<at>Everybody');
    expect(card).not.toContain('{{DATE');
    expect(card).not.toContain('](https');
    expect(card).not.toContain('msteams":{"entities');
  });

  test('with a file and nothing else is an import', async () => {
    const files = createServer((_, response) => response.end(importing('retreat')));
    await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void files.close());
    const { write, connector } = await tenant({ settings: { allowsUnauthenticated: true } });
    const url = `http://127.0.0.1:${(files.address() as AddressInfo).port}/f`;
    await write('', { from: ADMIN, attachments: [sharing(url)] });
    expect(words(connector.messages[0]?.card)).toContain('About retreat');
  });

  test('fetches a file from nowhere but the file servers of Teams', async () => {
    const { write, connector } = await tenant();
    const elsewhere = [
      'http://127.0.0.1:9/f',
      'https://evil.example.org/f',
      'https://sharepoint.com.evil.org/f',
      'nonsense',
    ];
    for (const url of elsewhere) await write('import', { from: ADMIN, attachments: [sharing(url)] });
    expect(connector.messages.map(({ card }) => words(card).includes('There is no “events.csv”'))).toEqual(
      elsewhere.map(() => true),
    );
  });

  test('says that a file cannot be fetched where the bot has no address', async () => {
    const { write, connector } = await tenant();
    await write('export csv');
    expect(words(connector.messages[0]?.card)).toContain('PUBLIC_URL');
  });
});

function sharing(url: string): object {
  const contentType = 'application/vnd.microsoft.teams.file.download.info';
  return { contentType, name: 'events.csv', content: { downloadUrl: url, uniqueId: '1', fileType: 'csv' } };
}

describe('a message that comes again', () => {
  test('acts once', async () => {
    const { write, connector, teams } = await tenant();
    await Promise.all([write('next', { id: 'same' }), write('next', { id: 'same' })]);
    await write('next', { id: 'same' });
    await teams.settled();
    expect(connector.messages).toHaveLength(1);
  });

  test('acts once in several processes', async () => {
    const first = await tenant();
    await first.write('next', { id: 'same' });
    const second = await tenant({ between: () => first.house.store });
    expect((await second.write('next', { id: 'same' })).status).toBe(200);
    expect(second.connector.messages).toEqual([]);
  });

  test('in another conversation under the same id is another one', async () => {
    const { write, mention, connector } = await tenant();
    await write('next', { id: 'same' });
    await mention('next', { id: 'same' });
    expect(connector.messages).toHaveLength(2);
  });
});

describe('an answer that takes its time', () => {
  test('is announced by typing, is no reason to keep Teams waiting, and follows', async () => {
    const { between, hold, release } = slowStore();
    hold();
    const { write, connector, timer, until } = await tenant({ between });
    const asked = write('next');
    await until(() => timer.waiting > 0);
    await timer.pass(1500);
    await until(() => connector.calls[0]?.body.type === 'typing');
    await until(() => timer.waiting > 0);
    await timer.pass(3500);
    expect((await asked).status).toBe(200);
    expect(connector.messages).toEqual([]);
    release();
    await until(() => connector.messages[0]);
    expect(words(connector.messages[0]?.card)).toContain('UNESCAP');
  });

  test('from a store that fails is a sentence', async () => {
    const { between, fail } = slowStore();
    const { write, connector } = await tenant({ between });
    fail();
    expect((await write('next')).status).toBe(200);
    expect(words(connector.messages[0]?.card)).toContain('cannot get at the schedule');
  });

  test('is tried again when Teams asks for patience', async () => {
    const { write, connector, timer, until } = await tenant();
    connector.trouble({ status: 429, retryAfter: 3 });
    const asked = write('next');
    await until(() => connector.calls.length === 1 && timer.waiting > 1);
    await timer.pass(3000);
    await until(() => connector.messages[0]);
    expect((await asked).status).toBe(200);
  });

  test('that Teams does not take is in the log, and the bot goes on', async () => {
    const { write, connector, logged } = await tenant();
    connector.trouble({ status: 403, code: 'ConversationBlockedByUser' });
    expect((await write('next')).status).toBe(200);
    expect(logged.join()).toContain('The person has blocked the bot.');
    await write('next');
    expect(connector.messages).toHaveLength(1);
  });
});

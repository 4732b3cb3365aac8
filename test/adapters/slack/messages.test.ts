import { describe, expect, test } from 'vitest';
import { BEGUN_WITH_OPTIONS } from '../../support/lines.ts';
import { importing } from '../../support/import-file.ts';
import { heldStore } from '../../support/slow-store.ts';
import { ADMIN, CHANNEL, DELEGATE, DIRECT, workspace } from './workspace.ts';

describe('a mention', () => {
  test('is answered in its thread, for everybody', async () => {
    const { mention, slack, until } = await workspace();
    expect(await mention('when is the stocktaking?', { ts: '1509523000.000100' })).toEqual({ status: 200, body: null });
    const message = await until(() => slack.messages[0]);
    expect(message).toMatchObject({ channel: CHANNEL, thread: '1509523000.000100', onlyFor: null });
    expect(message.text).toContain('Puerto Vallarta');
  });

  test('inside a thread stays there', async () => {
    const { mention, slack, until } = await workspace();
    await mention('next', { thread_ts: '1509520000.000001' });
    expect((await until(() => slack.messages[0])).thread).toBe('1509520000.000001');
  });

  test('without a word is answered with what the bot can do', async () => {
    const { mention, slack, until } = await workspace();
    await mention('');
    expect((await until(() => slack.messages[0])).text).toContain('What I can do');
  });

  test('by staff shows everybody what everybody may see', async () => {
    const { mention, slack, until, house } = await workspace();
    const [group] = await house.store.groups();
    const data = await house.store.load(group?.id ?? '');
    const unescap = data.events.find(({ handle }) => handle === 'unescap');
    if (!unescap) throw new Error('the sample has no unescap');
    const after = { ...unescap, version: unescap.version + 1, visibility: 'draft' as const };
    await house.store.commit({
      groupId: group?.id ?? '',
      actor: { platform: 'slack', tenant: 'T01', user: ADMIN, name: null },
      action: 'edit',
      at: '2017-11-01T08:00:00Z',
      writes: [{ type: 'event', before: unescap, after }],
    });
    await mention('list', { user: ADMIN });
    expect((await until(() => slack.messages[0])).text).not.toContain('UNESCAP');
  });

  test('of what staff do is answered for their eyes only', async () => {
    const { mention, slack, until } = await workspace();
    await mention('audit', { user: ADMIN });
    expect(await until(() => slack.messages[0])).toMatchObject({ channel: CHANNEL, onlyFor: ADMIN });
    await mention('audit', { user: DELEGATE });
    const refusal = await until(() => slack.messages[1]);
    expect(refusal).toMatchObject({ onlyFor: DELEGATE });
    expect(refusal.text).toMatch(/^“audit” is for (?:editor|administrator)s of this group\.$/u);
  });

  test.each(BEGUN_WITH_OPTIONS)('“%s” is asked as staff, whatever stands before the command', async (line) => {
    const { mention, slack, until } = await workspace();
    await mention(line, { user: ADMIN });
    const answer = await until(() => slack.messages[0]);
    expect(answer).toMatchObject({ channel: CHANNEL, onlyFor: ADMIN });
    expect(answer.text).not.toContain('is for');
  });

  test('of “audit?” is answered for their eyes only', async () => {
    const { mention, slack, until } = await workspace();
    await mention('audit?', { user: DELEGATE });
    expect(await until(() => slack.messages[0])).toMatchObject({ channel: CHANNEL, onlyFor: DELEGATE });
  });

  test.each(['feed', 'gcm feed', 'feed!', '--as-of 2017-11-01 feed'])(
    'of “%s”, whose answer is for one person, is answered for their eyes only',
    async (line) => {
      const { mention, slack, until } = await workspace();
      await mention(line);
      expect(await until(() => slack.messages[0])).toMatchObject({ channel: CHANNEL, onlyFor: DELEGATE });
    },
  );

  test('keeps the conversation, so that the bot knows where it is', async () => {
    const { mention, house, slack, until, adapter } = await workspace();
    await mention('next');
    await until(() => slack.messages[0]);
    await adapter.settled();
    expect(await house.store.conversations('slack', 'T01')).toMatchObject([
      { id: CHANNEL, kind: 'channel', disconnected: null },
    ]);
  });

  test('of which Slack takes no answer is in the log', async () => {
    const { mention, slack, until, logged, house } = await workspace();
    await house.store.saveConversation({
      platform: 'slack',
      tenant: 'T01',
      id: CHANNEL,
      kind: 'channel',
      name: null,
      serviceUrl: null,
      groupId: null,
      disconnected: null,
    });
    slack.channels.set(CHANNEL, 'is_archived');
    await mention('next');
    await until(() => logged.some((line) => line.includes('The channel is archived.')));
  });

  test('is answered after Slack has asked for patience', async () => {
    const { mention, slack, until, timer } = await workspace();
    slack.trouble('chat.postMessage', { status: 429, retryAfter: 3 });
    await mention('next');
    await until(() => slack.callsOf('chat.postMessage').length === 1 && timer.waiting > 0);
    await timer.pass(3000);
    await until(() => slack.messages.length === 1 || (timer.waiting > 0 && void timer.pass(1000)));
  });
});

describe('a direct message', () => {
  test('is answered in the conversation itself', async () => {
    const { direct, slack, until } = await workspace();
    await direct('next');
    expect(await until(() => slack.messages[0])).toMatchObject({ channel: DIRECT, thread: null, onlyFor: null });
  });

  test('from staff is answered as staff may see it', async () => {
    const { direct, slack, until } = await workspace();
    await direct('audit', { user: ADMIN });
    const message = await until(() => slack.messages[0]);
    expect(message).toMatchObject({ channel: DIRECT, onlyFor: null });
    expect(message.text).not.toContain('is for');
  });

  test.each([
    ['of the bot itself', { bot_id: 'B0BOT', user: 'U0BOT' }],
    ['that was changed', { subtype: 'message_changed' }],
    ['that was deleted', { subtype: 'message_deleted' }],
    ['of nobody', { user: undefined }],
    ['in a channel', { channel_type: 'channel', channel: CHANNEL }],
  ])('%s is not answered', async (_, own) => {
    const { direct, slack, adapter } = await workspace();
    expect((await direct('next', own)).status).toBe(200);
    await adapter.settled();
    expect(slack.callsOf('chat.postMessage')).toEqual([]);
  });

  test('with a file and nothing else is an import', async () => {
    const { direct, slack, until } = await workspace({ bot: { sample: false } });
    slack.files.set('F01', { name: 'our events.csv', content: importing('briefing'), channel: DIRECT });
    const file = { id: 'F01', name: 'our events.csv', url_private_download: slack.url.replace('/api/', '/files/F01') };
    await direct('', { user: ADMIN, subtype: 'file_share', files: [file] });
    const message = await until(() => slack.messages[0]);
    expect(message.text).toContain('our events.csv');
    expect(message.text).toContain('About briefing');
  });

  test('that names a file shared before finds it, and the token goes nowhere else', async () => {
    const { direct, slack, until, timer } = await workspace({ bot: { sample: false } });
    slack.files.set('F01', { name: 'events.csv', content: importing('briefing'), channel: DIRECT });
    await direct('import events.csv', { user: ADMIN });
    expect((await until(() => slack.messages[0])).text).toContain('About briefing');
    const elsewhere = { id: 'F02', name: 'elsewhere.csv', url_private_download: 'http://127.0.0.1:9/elsewhere.csv' };
    await direct('import', { user: ADMIN, subtype: 'file_share', files: [elsewhere] });
    await until(() => timer.waiting > 0);
    await timer.pass(1000);
    expect((await until(() => slack.messages[1])).text).toBe('There is no “elsewhere.csv”.');
  });

  test('that asks for more has a button that opens the form', async () => {
    const { direct, interact, slack, until } = await workspace();
    await direct('show');
    const message = await until(() => slack.messages[0]);
    const [button] = message.blocks.flatMap((block) => (block.elements as { value: string }[] | undefined) ?? []);
    expect(button?.value).toBe('show');
    await interact({
      type: 'block_actions',
      channel: { id: DIRECT },
      container: { type: 'message', message_ts: message.ts },
      trigger_id: slack.trigger(),
      response_url: slack.responseUrl().url,
      actions: [{ ...button, action_ts: '1.1' }],
    });
    expect(await until(() => [...slack.views.values()][0])).toMatchObject({ callback_id: 'form' });
  });
});

describe('a message that comes again', () => {
  test.each([
    ['under the same id', {}],
    ['under another id', { event_id: 'EvAGAIN' }],
    ['as a retry', { headers: { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' } }],
    ['as a retry under another id', { event_id: 'EvAGAIN', headers: { 'x-slack-retry-num': '1' } }],
  ])('%s acts once', async (_, again) => {
    const { event, slack, until, adapter } = await workspace();
    const message = {
      type: 'app_mention',
      user: DELEGATE,
      channel: CHANNEL,
      text: '<@U0BOT> next',
      ts: '1509523000.000100',
    };
    await event(message, { event_id: 'EvFIRST' });
    await until(() => slack.messages[0]);
    expect((await event(message, { event_id: 'EvFIRST', ...again })).status).toBe(200);
    await adapter.settled();
    expect(slack.callsOf('chat.postMessage')).toHaveLength(1);
  });

  test('in another process acts once', async () => {
    const first = await workspace();
    await first.mention('next', { ts: '1509523000.000100' });
    await first.until(() => first.slack.messages[0]);
    const second = await workspace({ between: () => first.house.store });
    await second.mention('next', { ts: '1509523000.000100' });
    await second.adapter.settled();
    expect(second.slack.callsOf('chat.postMessage')).toEqual([]);
  });

  test('and says something else is another message', async () => {
    const { mention, slack, until } = await workspace();
    await mention('next', { ts: '1509523000.000100' });
    await mention('list', { ts: '1509523000.000200', channel: 'C02' });
    await until(() => slack.messages.length === 2);
  });

  test('first with a retry header is not lost', async () => {
    const { mention, slack, until } = await workspace();
    await mention('next', { headers: { 'x-slack-retry-num': '2' } });
    await until(() => slack.messages[0]);
  });
});

describe('a message whose answer takes its time', () => {
  test('is told so within three seconds, and the answer takes the place of that', async () => {
    const { between, release } = heldStore();
    const { mention, slack, timer, until } = await workspace({ between });
    await mention('next');
    await until(() => timer.waiting > 0);
    await timer.pass(2000);
    expect((await until(() => slack.messages[0])).text).toBe('Still looking. The answer follows here.');
    release();
    await until(() => timer.waiting > 0 || slack.callsOf('chat.update').length > 0);
    await timer.pass(1000);
    await until(() => slack.messages[0]?.text.includes('UNESCAP'));
    expect(slack.messages).toHaveLength(1);
  });

  test('because the store fails is told so, and nothing is done', async () => {
    const { between, fail } = heldStore();
    const { mention, slack, until } = await workspace({ between });
    fail();
    await mention('next');
    expect((await until(() => slack.messages[0])).text).toContain('cannot get at the schedule');
  });
});

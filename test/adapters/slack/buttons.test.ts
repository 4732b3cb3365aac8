import { describe, expect, test } from 'vitest';
import { ADMIN, CHANNEL, DELEGATE, DIRECT, workspace, type Workspace } from './workspace.ts';
import type { Json } from './fake-slack.ts';

const button = (value: string, own: Json = {}) => ({
  type: 'button',
  action_id: 'run:0',
  value,
  action_ts: '1509523201.1',
  ...own,
});

/** Presses a button under an answer that only the presser sees, unless it is said otherwise. */
function press({ interact, slack }: Workspace, action: Json, own: Json = {}) {
  return interact({
    type: 'block_actions',
    channel: { id: CHANNEL },
    container: { type: 'message', is_ephemeral: true, message_ts: '1509523200.1', channel_id: CHANNEL },
    trigger_id: slack.trigger(),
    response_url: slack.responseUrl().url,
    actions: [action],
    ...own,
  });
}

const response = async ({ slack, until }: Workspace, at = 0) => until(() => slack.responses[at]?.body);

describe('a button', () => {
  test('does what it says, beside the message that it is on', async () => {
    const place = await workspace();
    expect(await press(place, button('show unescap'))).toEqual({ status: 200, body: null });
    expect(await response(place)).toMatchObject({ response_type: 'ephemeral', replace_original: false });
    expect((await response(place)).text).toContain('Bangkok');
  });

  test('that turns a page takes the message’s place', async () => {
    const place = await workspace();
    await press(place, button('list --page 2'));
    expect(await response(place)).toMatchObject({ response_type: 'ephemeral', replace_original: true });
  });

  test('that answers a question uses the question up', async () => {
    const place = await workspace();
    await press(place, button('show unescap', { action_id: 'pick:0' }));
    expect(await response(place)).toMatchObject({ replace_original: true });
  });

  test('on a message that everybody sees answers its presser only, and leaves the message alone', async () => {
    const place = await workspace();
    const container = {
      type: 'message',
      is_ephemeral: false,
      message_ts: '1.1',
      thread_ts: '1.0',
      channel_id: CHANNEL,
    };
    await press(place, button('list --page 2'), { container });
    expect(await response(place)).toMatchObject({
      response_type: 'ephemeral',
      replace_original: false,
      thread_ts: '1.0',
    });
  });

  test('in direct messages answers there, where it stays', async () => {
    const place = await workspace();
    const container = { type: 'message', is_ephemeral: false, message_ts: '1.1', channel_id: DIRECT };
    await press(place, button('show unescap'), { channel: { id: DIRECT }, container });
    expect(await response(place)).toMatchObject({ response_type: 'in_channel', replace_original: false });
  });

  test('pressed once acts once, however often Slack says so', async () => {
    const place = await workspace();
    await press(place, button('zone Bangkok'));
    await response(place);
    await press(place, button('zone Bangkok'));
    await place.adapter.settled();
    expect(place.slack.responses).toHaveLength(1);
    await press(place, button('zone Bangkok', { action_ts: '1509523299.1' }));
    await response(place, 1);
  });

  test('that leads to a page needs no answer', async () => {
    const place = await workspace();
    expect((await press(place, button('', { url: 'https://example.org', value: undefined }))).status).toBe(200);
    expect(place.slack.calls).toEqual([]);
  });

  test('whose answer Slack does not take is answered in direct messages', async () => {
    const place = await workspace();
    place.slack.trouble('respond', { status: 404 });
    await press(place, button('show unescap'));
    expect(await place.until(() => place.slack.messages[0])).toMatchObject({ channel: 'D01' });
  });

  test('of somebody who is gone, in a channel that is gone, is in the log, and the bot goes on', async () => {
    const place = await workspace();
    place.slack.trouble('respond', { status: 404 });
    await press(place, button('show unescap'), { user: { id: 'U77' } });
    await place.until(() => place.logged.some((line) => line.includes('The person is no longer in the workspace.')));
    expect((await place.command('next')).status).toBe(200);
  });
});

describe('a button from years ago', () => {
  test.each([
    ['whose command is gone', button('frobnicate 12')],
    ['that runs nothing', button('', { value: undefined })],
    [
      'of another program',
      { type: 'users_select', action_id: 'approve_request', selected_user: 'U01', action_ts: '1' },
    ],
  ])('%s gets a sentence', async (_, action) => {
    const place = await workspace();
    const before = await place.house.store.groups();
    expect((await press(place, action, { message: { ts: '1100000000.000100' } })).status).toBe(200);
    expect((await response(place)).text).toMatch(/I don’t know|too old/u);
    expect(await place.house.store.groups()).toEqual(before);
  });

  test('pressed by somebody without the right changes nothing', async () => {
    const place = await workspace();
    const before = await place.house.store.groups();
    await press(place, button('import schedule.csv --yes'));
    expect((await response(place)).text).toContain('is for editors of this group');
    expect(await place.house.store.groups()).toEqual(before);
  });
});

describe('sharing', () => {
  test('shows the channel what one person was shown, as everybody may see it', async () => {
    const place = await workspace();
    await press(place, button('next', { action_id: 'share' }), { user: { id: ADMIN } });
    const shared = await response(place);
    expect(shared).toMatchObject({ response_type: 'in_channel', replace_original: false });
    expect(shared.text).toContain('UNESCAP');
    expect(JSON.stringify(shared.blocks)).toContain(`Shared by <@${ADMIN}>`);
    expect(JSON.stringify(shared.blocks)).not.toContain('Share in channel');
  });

  test('twice shows it once', async () => {
    const place = await workspace();
    await press(place, button('next', { action_id: 'share' }));
    await response(place);
    await press(place, button('next', { action_id: 'share', action_ts: '1509523299.1' }));
    expect(await response(place, 1)).toMatchObject({
      response_type: 'ephemeral',
      text: 'You have shared this already.',
    });
  });

  test('never shows what is for one person', async () => {
    const place = await workspace();
    await press(place, button('feed', { action_id: 'share' }));
    expect(await response(place)).toMatchObject({ response_type: 'ephemeral' });
  });

  test('never shows what only staff may see', async () => {
    const place = await workspace();
    await press(place, button('audit', { action_id: 'share' }), { user: { id: ADMIN } });
    expect(await response(place)).toMatchObject({
      response_type: 'ephemeral',
      text: 'This cannot be shared: it is for you only.',
    });
  });
});

describe('a button in a window', () => {
  test('changes what the window shows', async () => {
    const place = await workspace();
    place.slack.views.set('V01', {});
    const view = { id: 'V01', type: 'modal', private_metadata: JSON.stringify({ channel: CHANNEL, attempt: 0 }) };
    await press(place, button('show unescap'), {
      view,
      container: { type: 'view', view_id: 'V01' },
      response_url: undefined,
    });
    await place.until(() => JSON.stringify(place.slack.views.get('V01')).includes('Bangkok'));
  });

  test('on the Home tab opens one', async () => {
    const place = await workspace();
    const view = { id: 'V01', type: 'home' };
    await press(place, button('show unescap'), {
      view,
      container: { type: 'view' },
      channel: undefined,
      response_url: undefined,
    });
    const shown = await place.until(() => [...place.slack.views.values()][0]);
    expect(JSON.stringify(shown)).toContain('Bangkok');
  });

  test('that was closed meanwhile bothers nobody', async () => {
    const place = await workspace();
    const view = { id: 'V77', type: 'modal' };
    await press(place, button('show unescap'), { view, container: { type: 'view' }, response_url: undefined });
    await place.until(() => place.logged.some((line) => line.includes('a window could not be updated')));
    expect(place.slack.users.get(DELEGATE)).toBeDefined();
  });
});

import { describe, expect, test } from 'vitest';
import { adding, change, event } from '../../support/store-samples.ts';
import { importing } from '../../support/import-file.ts';
import { heldStore } from '../../support/slow-store.ts';
import { ADMIN, CHANNEL, workspace } from './workspace.ts';
import type { Json } from './fake-slack.ts';

/** Everything that a message says, blocks and all. */
const words = (body: Json | null | undefined) => JSON.stringify(body ?? null);

describe('/gcm', () => {
  test('is answered in the acknowledgement itself, to the asker only', async () => {
    const { command, slack } = await workspace();
    const { status, body } = await command('next');
    expect(status).toBe(200);
    expect(body).toMatchObject({ response_type: 'ephemeral', replace_original: false });
    expect(body?.text).toContain('UNESCAP regional consultation');
    expect(slack.callsOf('respond')).toEqual([]);
  });

  test('alone shows buttons to go on with', async () => {
    const { command } = await workspace();
    const { body } = await command('');
    const blocks = body?.blocks as Json[];
    const beside = blocks.flatMap(({ accessory }) => (accessory ? [accessory as Json] : []));
    expect(beside.map(({ value }) => value)).toEqual(['next', 'list', 'find', 'docs', 'notes', 'feed', 'remind']);
    const below = blocks.flatMap(({ elements }) => (elements as Json[] | undefined) ?? []);
    expect(below.map(({ value }) => value)).toEqual(['help all']);
    expect(JSON.stringify(blocks)).toContain('`/gcm next` — what is on now or today');
  });

  test.each(['role grant', '--yes role grant', '—group gcm role grant', 'please role grant'])(
    '“%s …” that reaches two processes acts once',
    async (start) => {
      const one = await workspace();
      const other = await workspace({ between: () => one.house.store });
      const sent = { trigger_id: one.slack.trigger(), user_id: ADMIN };
      expect(words((await one.command(`${start} slack:T01:U05 editor`, sent)).body)).toContain('now has the role');
      expect(words((await other.command(`${start} slack:T01:U05 editor`, sent)).body)).toContain('came twice');
      const [group] = await one.house.store.groups();
      const entries = await one.house.store.audit(group?.id ?? '', { limit: 10 });
      expect(entries.filter(({ action }) => action === 'role')).toHaveLength(1);
    },
  );

  test('that only asks is answered by each', async () => {
    const one = await workspace();
    const other = await workspace({ between: () => one.house.store });
    const sent = { trigger_id: one.slack.trigger() };
    expect(words((await one.command('next', sent)).body)).toContain('UNESCAP');
    expect(words((await other.command('next', sent)).body)).toContain('UNESCAP');
  });

  test('understands a sentence', async () => {
    const { command } = await workspace();
    const { body } = await command('when is the stocktaking meeting?');
    expect(body?.text).toContain('Puerto Vallarta');
  });

  test('says what was meant when it was a slip', async () => {
    const { command } = await workspace();
    const { body } = await command('nxet');
    expect(words(body)).toContain('Did you mean');
    expect(words(body)).toContain('"value":"next"');
  });

  test('offers to share what is worth sharing, and nothing else', async () => {
    const { command } = await workspace();
    expect(words((await command('list')).body)).toContain('Share in channel');
    expect(words((await command('zone')).body)).not.toContain('Share in channel');
    expect(words((await command('nxet')).body)).not.toContain('Share in channel');
  });

  test('asks Slack nothing before it answers, and for the profile afterwards', async () => {
    const { command, slack, house, adapter } = await workspace();
    const asked = await command('next');
    expect(asked.body).not.toBeNull();
    await adapter.settled();
    expect(slack.calls.map(({ method }) => method)).toEqual(['users.info']);
    const member = await house.store.member({ platform: 'slack', tenant: 'T01', user: 'U01' });
    expect(member).toMatchObject({
      name: 'Delegate One',
      platformZone: 'Africa/Nairobi',
      platformLanguage: 'en-GB',
      zone: null,
    });
    expect((await command('zone')).body?.text).toContain('Africa/Nairobi');
    await adapter.settled();
    expect(slack.callsOf('users.info')).toHaveLength(1);
  });

  test('keeps to the zone that somebody chose themselves', async () => {
    const { command, adapter } = await workspace();
    await command('zone Bangkok');
    await adapter.settled();
    expect((await command('zone')).body?.text).toContain('Asia/Bangkok');
  });

  test('does nothing without the right to, and says so', async () => {
    const { command, house } = await workspace();
    const { body } = await command('import schedule.json');
    expect(body?.text).toContain('“import” is for editors of this group.');
    expect(await house.store.groups()).toMatchObject([{ revision: 1 }]);
  });

  test('sends a file into the direct messages', async () => {
    const { command, slack, adapter } = await workspace();
    const { body } = await command('export csv');
    expect(body?.text).toContain('csv');
    await adapter.settled();
    expect([...slack.files.values()]).toMatchObject([
      { channel: 'D01', name: expect.stringMatching(/\.csv$/u) as string },
    ]);
  });
});

describe('a list of 200 events', () => {
  test('comes as a page that Slack takes, and the next one is a button away', async () => {
    const { command, house } = await workspace({ bot: { sample: false } });
    const [group] = await house.store.groups();
    const writes = Array.from({ length: 200 }, (_, at) => {
      const title = `Consultation ${at} <!channel> ${'on everything '.repeat(12)}`;
      const day = (1 + (at % 28)).toString().padStart(2, '0');
      const when = { precision: 'day', start: `2017-11-${day}`, end: null, zone: 'Europe/Zurich' } as const;
      return adding(event(`event-${at}`, { title, when }));
    });
    await house.store.commit(change(group?.id ?? '', writes));
    const { status, body } = await command('list');
    expect(status).toBe(200);
    expect((body?.blocks as Json[]).length).toBeLessThanOrEqual(50);
    expect(JSON.stringify(body?.blocks).length).toBeLessThan(13_000);
    expect(words(body)).toContain('"value":"list --page 2"');
    // In plain text a mention is letters like any other.
    const markup = words(body).replace(/"plain_text","text":"(?:[^"\\]|\\.)*"/gu, '');
    expect(markup).not.toContain('<!channel>');
  });
});

describe('an answer that takes its time', () => {
  test('is announced after a second, and follows', async () => {
    const { between, release } = heldStore();
    const { command, slack, timer, until } = await workspace({ between });
    const answered = command('next');
    await until(() => timer.waiting > 0);
    await timer.pass(1000);
    expect((await answered).body).toMatchObject({
      response_type: 'ephemeral',
      text: 'Still looking. The answer follows here.',
    });
    expect(slack.responses).toEqual([]);
    release();
    const [response] = await until(() => slack.responses.length > 0 && slack.responses);
    expect(response?.body).toMatchObject({ response_type: 'ephemeral', replace_original: true });
    expect(response?.body.text).toContain('UNESCAP regional consultation');
  });

  test('from a store that fails is a sentence, and leaves nothing done', async () => {
    const { between, fail } = heldStore();
    const { command } = await workspace({ between });
    fail();
    const { status, body } = await command('next');
    expect(status).toBe(200);
    expect(body?.text).toContain('cannot get at the schedule');
  });

  test('that Slack no longer takes is in the log, and the bot goes on', async () => {
    const { between, release } = heldStore();
    const { command, slack, timer, until, logged } = await workspace({ between });
    slack.trouble('respond', { status: 404 });
    const answered = command('next');
    await until(() => timer.waiting > 0);
    await timer.pass(1000);
    await answered;
    release();
    await until(() => logged.some((line) => line.includes('did not take an answer')));
    expect((await command('next')).body?.text).toContain('UNESCAP regional consultation');
  });
});

describe('a command that needs more', () => {
  test('opens its form at once', async () => {
    const { command, slack, until } = await workspace();
    const { status, body } = await command('show');
    expect([status, body]).toEqual([200, null]);
    const view = await until(() => [...slack.views.values()][0]);
    expect(view).toMatchObject({ type: 'modal', callback_id: 'form' });
    expect(words(view)).toContain('external_select');
  });

  test('opens a window first when the store is slow, so that the trigger does not go stale', async () => {
    const { between, release } = heldStore();
    const { command, slack, timer, until } = await workspace({ between });
    const answered = command('show');
    await until(() => timer.waiting > 0);
    await timer.pass(250);
    await until(() => timer.waiting > 0);
    await timer.pass(250);
    const view = await until(() => [...slack.views.values()][0]);
    expect(view).toMatchObject({ callback_id: 'show' });
    expect((await answered).status).toBe(200);
    release();
    await until(() => [...slack.views.values()][0]?.callback_id === 'form');
  });

  test('is a button when no window can be opened any more', async () => {
    const { command, slack, until } = await workspace();
    slack.trouble('views.open', { error: 'expired_trigger_id' });
    await command('show');
    const [response] = await until(() => slack.responses.length > 0 && slack.responses);
    expect(words(response?.body)).toContain('"value":"show"');
    expect(words(response?.body)).toContain('Fill in the form');
  });
});

describe('an import', () => {
  test('takes what was pasted behind the command, asks, and acts when told to', async () => {
    const { command, interact, house, slack, until } = await workspace({ bot: { sample: false } });
    const { body } = await command(`import\n${importing('briefing')}`, { user_id: ADMIN });
    expect(body?.text).toContain('pasted.csv');
    const button = (body?.blocks as Json[])
      .flatMap((block) => (block.elements as Json[] | undefined) ?? [])
      .find(({ style }) => style === 'primary');
    expect(button).toBeDefined();
    expect(await house.store.groups()).toMatchObject([{ revision: 0 }]);
    await interact({
      type: 'block_actions',
      user: { id: ADMIN },
      channel: { id: CHANNEL },
      container: { type: 'message', is_ephemeral: true, message_ts: '1.1' },
      response_url: slack.responseUrl().url,
      trigger_id: slack.trigger(),
      actions: [{ ...button, action_ts: '1509523201.1' }],
    });
    const [response] = await until(() => slack.responses.length > 0 && slack.responses);
    expect(response?.body.replace_original).toBe(true);
    expect(await house.store.groups()).toMatchObject([{ revision: 1 }]);
  });
});

import { describe, expect, test } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { voteCommand } from '../../support/vote.ts';
import { importing } from '../../support/import-file.ts';
import { heldStore, slowStore } from '../../support/slow-store.ts';
import { ADMIN, workspace, type Workspace } from './workspace.ts';
import type { Json } from './fake-slack.ts';

/** How often the command of these tests was run, and with what. */
function counting() {
  const runs: unknown[] = [];
  return { runs, commands: [...commands, voteCommand((values) => runs.push(values))] };
}

/** Opens the form of a command, and answers what Slack would send when it is filled in. */
async function opened(place: Workspace, line: string, own: Json = {}) {
  await place.command(line, own);
  const [id, view] = await place.until(() => [...place.slack.views].at(-1));
  return (values: Json, more: Json = {}) =>
    place.interact({ type: 'view_submission', view: { ...view, id, state: { values } }, ...more });
}

const answer = (type: string, content: Json) => ({ answer: { type, ...content } });
const typed = (value: string) => answer('plain_text_input', { value });
const number = (value: string) => answer('number_input', { value });

describe('a form', () => {
  test('acts, and shows what came of it where it was', async () => {
    const { runs, commands: own } = counting();
    const place = await workspace({ bot: { commands: own } });
    const submit = await opened(place, 'vote');
    const { status, body } = await submit({ 'field:count': number('2'), 'field:text': typed('aye') });
    expect(status).toBe(200);
    expect(body).toMatchObject({ response_action: 'update', view: { type: 'modal' } });
    expect(JSON.stringify(body)).toContain('Counted: aye');
    expect(runs).toEqual([{ count: 2, text: 'aye' }]);
  });

  test('with a mistake says so beside the field, loses nothing, and acts once it is right', async () => {
    const { runs, commands: own } = counting();
    const place = await workspace({ bot: { commands: own } });
    const submit = await opened(place, 'vote');
    const wrong = await submit({ 'field:count': number('77'), 'field:text': typed('aye') });
    expect(wrong.body).toEqual({
      response_action: 'errors',
      errors: { 'field:count': expect.stringContaining('77') as string },
    });
    expect(runs).toEqual([]);
    expect((await submit({ 'field:count': number('7'), 'field:text': typed('aye') })).body?.response_action).toBe(
      'update',
    );
    expect(runs).toEqual([{ count: 7, text: 'aye' }]);
  });

  test('sent twice acts once, and is answered the same', async () => {
    const { runs, commands: own } = counting();
    const place = await workspace({ bot: { commands: own } });
    const submit = await opened(place, 'vote');
    const values = { 'field:count': number('2'), 'field:text': typed('aye') };
    const [first, second] = await Promise.all([submit(values), submit(values)]);
    expect(second).toEqual(first);
    expect(runs).toHaveLength(1);
  });

  test('sent to two processes acts once', async () => {
    const { runs, commands: own } = counting();
    const one = await workspace({ bot: { commands: own } });
    const other = await workspace({ bot: { commands: own }, between: () => one.house.store });
    const submit = await opened(one, 'vote');
    const values = { 'field:count': number('2'), 'field:text': typed('aye') };
    await submit(values);
    const [[id, view] = []] = [...one.slack.views];
    const again = await other.interact({ type: 'view_submission', view: { ...view, id, state: { values } } });
    expect(JSON.stringify(again.body)).toContain('This form has been sent already');
    expect(runs).toHaveLength(1);
  });

  test('keeps what was typed when the store fails, and works when it is sent again', async () => {
    const { runs, commands: own } = counting();
    const { between, fail, release, mend } = heldStore();
    release();
    const place = await workspace({ bot: { commands: own }, between });
    const submit = await opened(place, 'vote');
    const values = { 'field:count': number('2'), 'field:text': typed('aye') };
    fail();
    const failed = await submit(values);
    expect(failed.body).toMatchObject({ response_action: 'update', view: { callback_id: 'form' } });
    expect(JSON.stringify(failed.body)).toContain('cannot get at the schedule');
    expect(JSON.stringify(failed.body)).toContain('"initial_value":"aye"');
    mend();
    const [[id] = []] = [...place.slack.views];
    const view = failed.body?.view as Json;
    const again = await place.interact({ type: 'view_submission', view: { ...view, id, state: { values } } });
    expect(JSON.stringify(again.body)).toContain('Counted: aye');
    expect(runs).toHaveLength(1);
  });

  test('whose answer takes its time says so, and shows it when it comes', async () => {
    const { between, release } = heldStore();
    const free = slowStore();
    let isSlow = false;
    const place = await workspace({ between: (real) => switching(free.between(real), between(real), () => isSlow) });
    const submit = await opened(place, 'show');
    isSlow = true;
    const sent = submit({
      'field:event': { event: { type: 'external_select', selected_option: { value: 'unescap' } } },
    });
    await place.until(() => place.timer.waiting > 0);
    await place.timer.pass(2000);
    expect((await sent).body).toMatchObject({ response_action: 'update', view: { callback_id: 'show' } });
    release();
    await place.until(() => JSON.stringify([...place.slack.views.values()]).includes('Bangkok'));
  });

  test('shows a broadcast in what was typed as words', async () => {
    const { commands: own } = counting();
    const place = await workspace({ bot: { commands: own } });
    const submit = await opened(place, 'vote');
    const { body } = await submit({ 'field:count': number('1'), 'field:text': typed('<!channel> @here *aye*') });
    const shown = JSON.stringify(body);
    expect(shown).toContain('&lt;!channel&gt;');
    expect(shown).not.toContain('<!channel>');
    expect(shown).not.toMatch(/@here/u);
  });

  test('of long ago, or of another program, says that it is too old', async () => {
    const place = await workspace();
    const before = await place.house.store.groups();
    for (const metadata of [
      '',
      '{}',
      'not json',
      JSON.stringify({ command: 'frobnicate', context: null, filled: [], carried: {} }),
    ]) {
      const view = { id: 'V01', callback_id: 'form', private_metadata: metadata, state: { values: {} } };
      const { status, body } = await place.interact({ type: 'view_submission', view });
      expect(status).toBe(200);
      expect(JSON.stringify(body)).toContain('This form is too old to be understood');
    }
    expect(await place.house.store.groups()).toEqual(before);
  });

  test('by somebody without the right changes nothing, and says so', async () => {
    const place = await workspace();
    const before = await place.house.store.groups();
    const submit = await opened(place, 'import', { user_id: ADMIN });
    const { body } = await submit({ 'pasted:file': typed(importing('briefing')) });
    expect(JSON.stringify(body)).toContain('is for editors of this group');
    expect(await place.house.store.groups()).toEqual(before);
  });

  test('closed without being sent is acknowledged', async () => {
    const place = await workspace();
    const { status } = await place.interact({ type: 'view_closed', view: { id: 'V01', callback_id: 'form' } });
    expect(status).toBe(200);
  });
});

describe('a form with a file', () => {
  test('takes a pasted text', async () => {
    const place = await workspace({ bot: { sample: false } });
    const submit = await opened(place, 'import', { user_id: ADMIN });
    const values = { 'pasted:file': typed(importing('briefing')) };
    const { body } = await submit(values, { user: { id: ADMIN } });
    expect(JSON.stringify(body)).toContain('About briefing');
  });

  test('takes an uploaded one', async () => {
    const place = await workspace({ bot: { sample: false } });
    place.slack.files.set('F01', { name: 'events.csv', content: importing('hearing'), channel: null });
    const submit = await opened(place, 'import', { user_id: ADMIN });
    const file = {
      id: 'F01',
      name: 'events.csv',
      url_private_download: place.slack.url.replace('/api/', '/files/F01'),
    };
    const values = { 'field:file': answer('file_input', { files: [file] }) };
    const { body } = await submit(values, { user: { id: ADMIN } });
    expect(JSON.stringify(body)).toContain('About hearing');
    expect(JSON.stringify(body)).toContain('events.csv');
  });
});

describe('a select of events', () => {
  const typing = (value: string) => ({
    type: 'block_suggestion',
    action_id: 'event',
    block_id: 'field:event',
    value,
    view: { id: 'V01' },
  });

  test('offers what is ahead before anything is typed', async () => {
    const { interact } = await workspace();
    const { status, body } = await interact(typing(''));
    const values = (body?.options as { value: string }[]).map(({ value }) => value);
    expect(status).toBe(200);
    expect(values).toEqual(expect.arrayContaining(['unescap', 'stocktaking']));
  });

  test('offers what fits', async () => {
    const { interact } = await workspace();
    const { body } = await interact(typing('puerto'));
    const options = body?.options as Json[];
    expect(options[0]).toEqual({
      value: 'stocktaking',
      text: { type: 'plain_text', emoji: false, text: '4–6 Dec · GCM stocktaking meeting' },
    });
  });

  test('offers nothing rather than too late', async () => {
    const { between } = heldStore();
    const { interact, timer, until } = await workspace({ between });
    const asked = interact(typing(''));
    await until(() => timer.waiting > 0);
    await timer.pass(2000);
    expect((await asked).body).toEqual({ options: [] });
  });
});

describe('the shortcut', () => {
  test('shows what comes next', async () => {
    const { interact, slack, until } = await workspace();
    await interact({ type: 'shortcut', callback_id: 'next', trigger_id: slack.trigger(), action_ts: '1.1' });
    const view = await until(() => [...slack.views.values()][0]);
    expect(JSON.stringify(view)).toContain('UNESCAP');
  });
});

/** One store or the other, as the test says at the moment. */
function switching<Store extends object>(one: Store, other: Store, isOther: () => boolean): Store {
  return new Proxy(one, { get: (_, name) => Reflect.get(isOther() ? other : one, name) as unknown });
}

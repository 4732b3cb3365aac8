import { describe, expect, test } from 'vitest';
import type { Json } from './fake-slack.ts';
import { heldStore } from '../../support/slow-store.ts';
import { ADMIN, CHANNEL, workspace, type Workspace } from './workspace.ts';

const MESSAGE = 'Briefing on the outcome on 8 Nov 15:00-16:30 in New York\nJoin <https://example.org/join|here>.';
/** 1 November 2017, 08:00 in Geneva: an hour before the present of the tests. */
const THIS_MORNING = '1509519600.000100';

/** Chooses “Make this an event” in the menu of a message. */
function makeEvent({ interact, slack }: Workspace, text: string, own: Json = {}) {
  return interact({
    type: 'message_action',
    callback_id: 'make-event',
    user: { id: ADMIN },
    channel: { id: CHANNEL },
    trigger_id: slack.trigger(),
    response_url: slack.responseUrl().url,
    message: { type: 'message', user: 'U05', ts: THIS_MORNING, text },
    ...own,
  });
}

const valuesIn = (view: Json): Json =>
  Object.fromEntries(
    (view.blocks as readonly Json[]).flatMap(({ block_id, element }) => {
      const { initial_value: value } = (element ?? {}) as Json;
      return value === undefined ? [] : [[String(block_id), value]];
    }),
  );

const shown = ({ slack, until }: Workspace) => until(() => [...slack.views.values()].at(-1));

describe('“Make this an event”', () => {
  test('opens the form for a new event, with what the message says in it', async () => {
    const place = await workspace();
    expect(await makeEvent(place, MESSAGE)).toEqual({ status: 200, body: null });
    expect(valuesIn(await shown(place))).toEqual({
      'field:title': 'Briefing on the outcome',
      'field:when': '8 Nov 15:00-16:30',
      'field:place': 'New York',
      'field:about': 'Briefing on the outcome on 8 Nov 15:00-16:30 in New York\nJoin here (https://example.org/join).',
    });
  });

  test('makes the event that the form says, once it is sent and published', async () => {
    const place = await workspace();
    await makeEvent(place, MESSAGE);
    const [id, view] = await place.until(() => [...place.slack.views].at(-1));
    const values = Object.fromEntries(
      Object.entries(valuesIn(view)).map(([block, value]) => [block, { answer: { type: 'plain_text_input', value } }]),
    );
    const user = { id: ADMIN };
    const { body } = await place.interact({ type: 'view_submission', user, view: { ...view, id, state: { values } } });
    expect(JSON.stringify(body)).toContain('Wednesday 8 November 2017, 15:00–16:30, New York time');
  });

  test('reads “tomorrow” from the day on which the message was written', async () => {
    const place = await workspace();
    // Monday 23 October 2017.
    await makeEvent(place, 'Retreat tomorrow', { message: { ts: '1508745600.000100', text: 'Retreat tomorrow' } });
    expect(valuesIn(await shown(place))['field:when']).toBe('Tuesday 24 October 2017, Geneva time');
  });

  test('opens a window first when the store takes its time', async () => {
    const { between, release } = heldStore();
    const place = await workspace({ between });
    await makeEvent(place, MESSAGE);
    await place.until(() => place.timer.waiting > 0);
    await place.timer.pass(250);
    expect(JSON.stringify(await shown(place))).toContain('One moment');
    release();
    await place.until(() => valuesIn([...place.slack.views.values()][0] ?? {})['field:title']);
    expect(place.slack.callsOf('views.open')).toHaveLength(1);
    expect(place.slack.callsOf('views.update')).toHaveLength(1);
  });

  test('tells somebody without the right who has it', async () => {
    const place = await workspace();
    await place.command('role grant slack:T01:U07 editor', { user_id: ADMIN });
    await makeEvent(place, MESSAGE, { user: { id: 'U01' } });
    const view = await shown(place);
    expect(view.callback_id).toBe('show');
    expect(JSON.stringify(view)).toContain('“add” is for editors of this group.');
    expect(JSON.stringify(view)).toContain('These may: U07.');
  });

  test('says so when the window comes too late', async () => {
    const place = await workspace();
    await makeEvent(place, MESSAGE, { trigger_id: 'gone' });
    const { body } = await place.until(() => place.slack.responses.at(-1));
    expect(body).toMatchObject({
      response_type: 'ephemeral',
      text: 'The window could not be opened in time. Try again.',
    });
  });

  test.each([
    ['without a text', { message: { ts: THIS_MORNING, text: null } }],
    ['of nothing but markup', { message: { ts: THIS_MORNING, text: '<!channel>' } }],
  ])('of a message %s is a form all the same', async (_, own) => {
    const place = await workspace();
    await makeEvent(place, '', own);
    expect((await shown(place)).callback_id).toBe('form');
  });

  test('of no message is turned away', async () => {
    const place = await workspace();
    expect((await makeEvent(place, '', { message: null })).status).toBe(400);
  });
});

import { describe } from 'vitest';
import {
  describeAdapter,
  type AdapterHarness,
  type Button,
  type Heard,
  type Speaker,
} from '../../contracts/adapter.ts';
import type { Json } from './fake-slack.ts';
import { slowly } from './parts.ts';
import { ADMIN, CHANNEL, DELEGATE, DIRECT, workspace, type Workspace } from './workspace.ts';

const USERS: Readonly<Record<Speaker, string>> = { member: DELEGATE, staff: ADMIN };

interface BlockJson {
  readonly type: string;
  readonly elements?: readonly (Json & { readonly type: string; readonly text?: { readonly text: string } })[];
  readonly accessory?: Json & { readonly text?: { readonly text: string } };
}

/** A workspace as the suite talks to it. */
function harnessOf(place: Workspace, store: ReturnType<typeof slowly>): AdapterHarness {
  const { slack, until, timer } = place;
  let presses = 0;

  const buttonsIn = (blocks: readonly BlockJson[], press: (button: Json) => Promise<Heard>): readonly Button[] =>
    blocks.flatMap(({ type, elements = [], accessory }) => {
      const found = type === 'actions' ? elements : accessory ? [accessory] : [];
      return found.map((button) => ({
        label: (button.text as { readonly text: string }).text,
        press: () => press(button),
      }));
    });

  const heardMessage = (message: Json, user: string): Heard => ({
    words: JSON.stringify(message),
    form: null,
    buttons: buttonsIn((message.blocks as BlockJson[] | undefined) ?? [], async (button) => {
      const { id, url } = slack.responseUrl();
      await place.interact({
        type: 'block_actions',
        user: { id: user },
        channel: { id: CHANNEL },
        container: { type: 'message', is_ephemeral: true, message_ts: '1.1' },
        trigger_id: slack.trigger(),
        response_url: url,
        actions: [{ ...button, action_ts: `2.${(presses += 1)}` }],
      });
      const response = await until(() => slack.responses.find((candidate) => candidate.id === id));
      return heardMessage(response.body, user);
    }),
  });

  const heardView = (id: string, view: Json, user: string): Heard => {
    const send = async (answers: Readonly<Record<string, string>>): Promise<Heard> => {
      const values = Object.fromEntries(
        Object.entries(answers).map(([name, value]) => [`field:${name}`, { answer: { value } }]),
      );
      const submitted = { ...view, id, state: { values } };
      const { body } = await place.interact({ type: 'view_submission', user: { id: user }, view: submitted });
      if (body?.response_action !== 'update') return { words: JSON.stringify(body), buttons: [], form: null };
      return heardView(id, body.view as Json, user);
    };
    return {
      words: JSON.stringify(view),
      buttons: [],
      form:
        view.callback_id === 'form'
          ? { send, sendTwice: (answers) => Promise.all([send(answers), send(answers)]) }
          : null,
    };
  };

  return {
    store: place.house.store,
    async say(line, as = 'member') {
      const user = USERS[as];
      const { body } = await place.command(line, { user_id: user });
      if (body) return heardMessage(body, user);
      const [id, view] = await until(() => [...slack.views].at(-1));
      return heardView(id, view, user);
    },
    async sayTwice(line) {
      const message = { type: 'message', channel_type: 'im', user: DELEGATE, channel: DIRECT, text: line, ts: '9.9' };
      await Promise.all([place.event(message), place.event(message)]);
      await place.adapter.settled();
      return slack.messages.map((seen) => heardMessage({ ...seen }, DELEGATE));
    },
    async sayToSlowStore(line) {
      store.hold();
      const asked = place.command(line);
      await until(() => timer.waiting > 0);
      await timer.pass(1000);
      const { body } = await asked;
      store.release();
      const after = await until(() => slack.responses.at(-1));
      return [heardMessage(body ?? {}, DELEGATE), heardMessage(after.body, DELEGATE)];
    },
    breakStore: store.fail,
  };
}

describe('Slack', () => {
  describeAdapter(async (commands) => {
    const store = slowly();
    store.release();
    return harnessOf(await workspace({ bot: { commands }, between: store.store }), store);
  });
});

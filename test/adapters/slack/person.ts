import type { Json } from './fake-slack.ts';
import { CHANNEL, type Workspace } from './workspace.ts';

/** What somebody has in front of them: a message, or a window. */
export interface Seen {
  /** As Slack got it. */
  readonly raw: unknown;
  /** Everything that a person can read in it. */
  readonly text: string;
  /** What can be pressed: the words on each button, or those beside it. */
  readonly labels: readonly string[];
  /** What stands in the fields, by name. */
  readonly fields: Readonly<Record<string, string>>;
  /** Presses a button and waits for what comes of it: another message, a window, or another page of this one. */
  press(label: string): Promise<Seen>;
  /** Whether there is something to fill in. */
  readonly isForm: boolean;
  /** Sends the form of a window; what is not given stays as it stands there. A mistake leaves it where it is. */
  send(given: Readonly<Record<string, string>>): Promise<Seen>;
}

/** Somebody in front of Slack, in a channel. */
export interface Person {
  /** Types `/gcm …` and waits for the answer. */
  say(line: string): Promise<Seen>;
}

/** Something in a block: an input, a button, a text. */
interface Part extends Json {
  readonly type: string;
}

/** Puts somebody in front of the workspace's Slack. */
export function personIn({ slack, command, interact, until }: Workspace, id: string): Person {
  const user = { id };
  let presses = 0;

  /** Waits for a window that was not there, or for an answer to this address. */
  const answerTo = (url: string, viewsBefore: number): Promise<Seen> =>
    until(() => {
      const response = slack.responses.find((candidate) => url.endsWith(`/${candidate.id}`));
      if (response) return seenMessage(response.body);
      const [viewId, view] = [...slack.views][viewsBefore] ?? [];
      return viewId !== undefined && view && seenView(viewId, view);
    });

  const pressed = (action: Json, own: Json) =>
    interact({
      type: 'block_actions',
      user,
      trigger_id: slack.trigger(),
      actions: [{ ...action, action_ts: `${(presses += 1)}.1` }],
      ...own,
    });

  const seen = (raw: Json, press: (button: Json) => Promise<Seen>): Seen => {
    const blocks = (raw.blocks as readonly Part[] | undefined) ?? [];
    const buttons = blocks.flatMap(buttonsIn);
    return {
      raw,
      isForm: false,
      text: blocks.flatMap(textsIn).join('\n'),
      labels: buttons.map(({ label }) => label),
      fields: Object.fromEntries(
        blocks.filter(({ type }) => type === 'input').map((block) => [nameOf(block), valueOf(block.element as Part)]),
      ),
      press(label) {
        const button = buttons.find((candidate) => candidate.label === label);
        if (!button) throw new Error(`there is no “${label}” among ${buttons.map((each) => each.label).join(', ')}`);
        return press(button.action);
      },
      send: () => Promise.reject(new Error(`there is no form in: ${blocks.flatMap(textsIn).join('\n')}`)),
    };
  };

  const seenMessage = (message: Json): Seen =>
    seen(message, async (action) => {
      const { url } = slack.responseUrl();
      const viewsBefore = slack.views.size;
      const container = { type: 'message', is_ephemeral: true, message_ts: '1.1', channel_id: CHANNEL };
      await pressed(action, { channel: { id: CHANNEL }, container, response_url: url });
      return answerTo(url, viewsBefore);
    });

  const seenView = (viewId: string, view: Json): Seen => {
    const whole = seen(view, async (action) => {
      await pressed(action, { container: { type: 'view', view_id: viewId }, view: { ...view, id: viewId } });
      return until(() => {
        const now = slack.views.get(viewId);
        return now && now !== view && seenView(viewId, now);
      });
    });
    if (view.callback_id !== 'form') return whole;
    return {
      ...whole,
      isForm: true,
      async send(given) {
        const inputs = (view.blocks as readonly Part[]).filter(({ type }) => type === 'input');
        const values = Object.fromEntries(
          inputs.map((block) => {
            const element = block.element as Part;
            const value = given[nameOf(block)] ?? valueOf(element);
            return [String(block.block_id), { [String(element.action_id)]: answered(element.type, value) }];
          }),
        );
        const submitted = { ...view, id: viewId, state: { values } };
        const { body } = await interact({ type: 'view_submission', user, view: submitted });
        if (body?.response_action !== 'update') {
          const problems = Object.values((body?.errors ?? {}) as Record<string, string>);
          return { ...seenView(viewId, view), raw: body, text: problems.join('\n') };
        }
        slack.views.set(viewId, body.view as Json);
        return seenView(viewId, body.view as Json);
      },
    };
  };

  return {
    async say(line) {
      const { url } = slack.responseUrl();
      const viewsBefore = slack.views.size;
      const { body } = await command(line, { user_id: id, response_url: url });
      return body ? seenMessage(body) : answerTo(url, viewsBefore);
    },
  };
}

function nameOf({ block_id: id }: Json): string {
  return String(id).replace(/^field:/u, '');
}

/** What a field holds when nobody touches it. */
function valueOf(element: Json): string {
  const { initial_value, initial_date, initial_option, initial_options } = element as {
    readonly initial_value?: string;
    readonly initial_date?: string;
    readonly initial_option?: { readonly value: string };
    readonly initial_options?: readonly { readonly value: string }[];
  };
  return initial_value ?? initial_date ?? initial_option?.value ?? initial_options?.[0]?.value ?? '';
}

/** An answer in the shape of its input: docs.slack.dev/reference/interaction-payloads/view-interactions-payload. */
function answered(type: string, value: string): Json {
  const chosen = value === '' ? null : { value };
  switch (type) {
    case 'plain_text_input':
    case 'number_input':
      return { type, value: value === '' ? null : value };
    case 'datepicker':
      return { type, selected_date: value === '' ? null : value };
    case 'checkboxes':
      return { type, selected_options: chosen ? [chosen] : [] };
    default:
      return { type, selected_option: chosen };
  }
}

/** The buttons of a block. One beside a text of its own is known by that text. */
function buttonsIn({ elements, accessory, text }: Json): readonly { readonly label: string; readonly action: Json }[] {
  const beside = accessory as Json | undefined;
  if (beside?.type === 'button') {
    const isChoice = String(beside.action_id).startsWith('pick');
    return [{ label: read(isChoice ? text : beside.text), action: beside }];
  }
  const buttons = ((elements as readonly Part[] | undefined) ?? []).filter(({ type }) => type === 'button');
  return buttons.map((action) => ({ label: read(action.text), action }));
}

/** The lines of a block. */
function textsIn({ type, text, fields, elements, label, element, hint }: Part): readonly string[] {
  const own = text === undefined ? [] : [read(text)];
  switch (type) {
    case 'input':
      return [`${read(label)}: ${valueOf(element as Json)}`, ...(hint === undefined ? [] : [read(hint)])];
    case 'context':
      return (elements as readonly Json[]).map(read);
    default:
      return [...own, ...((fields as readonly Json[] | undefined) ?? []).map(read)];
  }
}

/** A text as Slack shows it: a moment by its words, a link by its label, and without marks. */
function read(text: unknown): string {
  const { type, text: written } = text as { readonly type: string; readonly text: string };
  if (type === 'plain_text') return written;
  return written
    .replace(/<[^<>|]+\|(?<label>[^<>]*)>/gu, '$<label>')
    .replace(/[*`]/gu, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

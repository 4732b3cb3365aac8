import type { Json } from './fake-connector.ts';
import { TENANT, type Answered, type Tenant } from './tenant.ts';

/** How long somebody takes to write a line, in milliseconds: longer than Teams has a bot wait between messages. */
const WRITING = 5000;
const CARD = 'application/vnd.microsoft.card.adaptive';

/** What somebody has in front of them: a card in a conversation, or a sentence beside it. */
export interface Seen {
  /** As Teams got it. */
  readonly raw: unknown;
  /** Everything that a person can read in it. */
  readonly text: string;
  /** The labels of what can be pressed. */
  readonly labels: readonly string[];
  /** The names of what can be filled in. */
  readonly fields: readonly string[];
  /** Presses a button by its label; the answers to what is asked beside it go along, as Teams sends them. */
  press(label: string, answers?: Readonly<Record<string, string>>): Promise<Seen>;
  /** Presses the form's own button. */
  send(answers: Readonly<Record<string, string>>): Promise<Seen>;
}

/** Somebody in front of Teams, in their personal chat with the bot unless they are somewhere else. */
export interface Person {
  /** What they see of the messages that the bot has sent to them alone. */
  messages(): readonly Seen[];
  /** Writes something and reads what is new. */
  say(line: string, own?: Json): Promise<Seen>;
  /** Chooses one of the app's entries, under a message or beside the box where messages are written. */
  choose(commandId: string, messagePayload?: Json): Promise<Seen>;
  /** Presses a button that opens a dialog. */
  open(data: Json): Promise<Seen>;
}

interface Pressable {
  readonly label: string;
  readonly verb: unknown;
  readonly data: Json;
}

/** Puts somebody in front of the tenant's Teams. */
export function personIn(place: Tenant, from: Json & { readonly id: string }, own: Json = {}): Person {
  const conversation = `a:${from.id}`;
  const about: Json = {
    from,
    conversation: { id: conversation, conversationType: 'personal', tenantId: TENANT },
    ...own,
  };
  const mine = () => place.connector.messages.filter((message) => message.conversation === conversation);

  /** A card whose buttons do something with what is typed into it. */
  const seen = (card: Json, send: (button: Pressable, typed: Json) => Promise<Seen>): Seen => {
    const pressables = pressablesIn(card);
    const inputs = inputsIn(card);
    const pressed = (button: Pressable, answers: Readonly<Record<string, string>>) => {
      const typed = inputs.map(({ id, value }) => [id, answers[fieldOf(id)] ?? value] as const);
      return send(button, Object.fromEntries(typed.filter(([, value]) => value !== '')));
    };
    return {
      raw: card,
      text: textOf(card),
      labels: pressables.map(({ label }) => label),
      fields: inputs.map(({ id }) => fieldOf(id)),
      press(label, answers = {}) {
        const button = pressables.find((candidate) => candidate.label === label);
        if (!button) throw new Error(`there is no “${label}” among ${pressables.map((one) => one.label).join(', ')}`);
        return pressed(button, answers);
      },
      send(answers) {
        const button = pressables.find(({ data }) => 'command' in data);
        if (!button) throw new Error(`there is no form in: ${textOf(card)}`);
        return pressed(button, answers);
      },
    };
  };
  const seenCard = (card: Json, messageId: string): Seen =>
    seen(card, async ({ verb, data }, typed) => {
      const action = { type: 'Action.Execute', verb, data: { ...data, ...typed } };
      const { body } = await place.invoke(
        'adaptiveCard/action',
        { action, trigger: 'manual' },
        { ...about, replyToId: messageId },
      );
      return body?.type === CARD ? seenCard(body.value as Json, messageId) : sentence(body, body?.value);
    });
  /** @param submit what Teams sends when a button of the dialog is pressed */
  const seenDialog = ({ status, body }: Answered, submit: string, more: Json = {}): Seen => {
    if (status !== 200) throw new Error(`Teams says that the app does not answer, because it answered ${status}`);
    const { task } = (body ?? {}) as { readonly task?: { readonly type: string; readonly value: unknown } };
    if (task?.type !== 'continue') return sentence(body, task?.value ?? CLOSED);
    const { card } = task.value as { readonly card: { readonly content: Json } };
    return seen(card.content, async ({ data }, typed) => {
      const value = { ...more, data: { ...data, ...typed }, context: { theme: 'default' } };
      return seenDialog(await place.invoke(submit, value, about), submit, more);
    });
  };

  return {
    messages: () => mine().map(({ card, id }) => seenCard(card, id)),
    async say(line, more = {}) {
      await place.timer.pass(WRITING);
      const before = mine().length;
      await place.write(line, { ...about, ...more });
      const message = await place.until(() => mine()[before]);
      return seenCard(message.card, message.id);
    },
    async choose(commandId, messagePayload) {
      const chosen = { commandId, commandContext: messagePayload ? 'message' : 'compose', messagePayload };
      const answered = await place.invoke('composeExtension/fetchTask', chosen, about);
      return seenDialog(answered, 'composeExtension/submitAction', chosen);
    },
    open: async (data) =>
      seenDialog(await place.invoke('task/fetch', { data, context: { theme: 'default' } }, about), 'task/submit'),
  };
}

/** What somebody sees of a dialog that is no longer there. */
export const CLOSED = '(the dialog is closed)';

function sentence(raw: unknown, text: unknown): Seen {
  const none = () => Promise.reject(new Error('there is nothing to press beside a sentence'));
  return { raw, text: String(text), labels: [], fields: [], press: none, send: none };
}

function fieldOf(id: string): string {
  return id.replace(/^field\./u, '');
}

/** The buttons of a card, and everything else that can be pressed. */
function pressablesIn(card: unknown): readonly Pressable[] {
  return partsOf(card).flatMap(({ type, title, verb, data }) =>
    type === 'Action.Execute' || type === 'Action.Submit' ? [{ label: String(title), verb, data: data as Json }] : [],
  );
}

function inputsIn(card: unknown): readonly { readonly id: string; readonly value: string }[] {
  return partsOf(card).flatMap(({ type, id, value }) =>
    String(type).startsWith('Input.') ? [{ id: String(id), value: written(value) }] : [],
  );
}

/** What a field holds, as somebody sees it. */
function written(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Every object of a card, in the order in which they stand; what stands in for another where it cannot be shown is not. */
function partsOf(value: unknown): readonly Json[] {
  if (Array.isArray(value)) return value.flatMap(partsOf);
  if (typeof value !== 'object' || value === null) return [];
  const shown = Object.entries(value).filter(([name]) => name !== 'fallback' && name !== 'data');
  return [value as Json, ...shown.flatMap(([, part]) => partsOf(part))];
}

/** A card as it is read: a line a block, a question with its answer. */
function textOf(card: unknown): string {
  return partsOf(card)
    .flatMap((part) => {
      switch (part.type) {
        case 'TextBlock':
          return [`\n${String(part.text)}`];
        case 'RichTextBlock':
          return ['\n'];
        case 'TextRun':
          return [String(part.text)];
        default:
          return String(part.type).startsWith('Input.') ? [`\n${String(part.label)} ${written(part.value)}`] : [];
      }
    })
    .join('')
    .trim();
}

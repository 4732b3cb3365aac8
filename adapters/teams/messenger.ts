import { card, type Card } from '../../src/cards/card.ts';
import type { Language } from '../../src/language/language.ts';
import type { Address, Messenger, Sending, SentMessage } from '../../src/ports.ts';
import type { Connector, ConnectorAnswer } from './connector.ts';
import { adaptiveCardOf, messageOf, type OutgoingMessage } from './content.ts';
import { conversationIdOf } from './incoming.ts';
import { failureIn, failureOf, type Failure } from './outcomes.ts';
import type { Pace } from './pace.ts';
import type { Places } from './places.ts';
import type { Shelf } from './shelf.ts';

/** What sending takes. */
export interface MessengerParts {
  readonly connector: Connector;
  readonly places: Places;
  readonly pace: Pace;
  readonly shelf: Shelf;
  /** The language of what is said about failures. */
  readonly language: Language;
  /** The bot's own id; `null` for a local client that has none. */
  readonly botId: string | null;
}

/** Teams as a place to send to, with what only this adapter needs. */
export interface TeamsMessenger extends Messenger {
  /** Posts a message that is rendered already. */
  postMessage(to: Address, message: OutgoingMessage): Promise<Sending>;
  /** Puts one in the place of another. */
  updateMessage(old: SentMessage, message: OutgoingMessage): Promise<Sending>;
  /** Shows that the bot is at work. Nothing is said about failures: it is only a courtesy. */
  showTyping(to: Address): Promise<void>;
  /** Somebody's id in the directory, from their id for this bot; `null` when Teams does not say. */
  directoryIdOf(conversation: Address, id: string): Promise<string | null>;
}

type Done = { readonly ok: true; readonly answer: ConnectorAnswer } | { readonly ok: false; readonly failure: Failure };

export function createMessenger(parts: MessengerParts): TeamsMessenger {
  const { connector, places, pace, shelf, language, botId } = parts;

  const call = async (to: Address, ...request: Tail<Parameters<Connector['call']>>): Promise<Done> => {
    try {
      const answer = await connector.call(await places.serviceUrlOf(to), ...request);
      const failed = failureIn(answer, language);
      if (!failed) return { ok: true, answer };
      const { failure, isDeadConversation } = failed;
      if (failure.outcome === 'again' && failure.afterMs !== null) pace.hold(placeOf(to), failure.afterMs);
      if (isDeadConversation) await places.lost(to, failure.reason);
      return { ok: false, failure };
    } catch (error) {
      return { ok: false, failure: failureOf(error, language) };
    }
  };
  const inTurn = async (to: Address, ...request: Tail<Parameters<Connector['call']>>): Promise<Done> => {
    const wait = await pace.turn(placeOf(to));
    if (wait === 0) return call(to, ...request);
    return { ok: false, failure: { outcome: 'again', afterMs: wait, reason: language.t('teams.reason.busy') } };
  };
  const activitiesOf = ({ id, thread }: Address) => ['conversations', conversationIdOf(id, thread), 'activities'];
  const rendered = (shown: Card, tongue: Language) => messageOf(adaptiveCardOf(shown, tongue, shelf), shown, tongue);

  const postMessage: TeamsMessenger['postMessage'] = async (to, message) => {
    const done = await inTurn(to, 'POST', activitiesOf(to), message);
    if (!done.ok) return done.failure;
    return { outcome: 'sent', message: { ...to, messageId: idIn(done.answer.body, 'id') ?? '' } };
  };
  const updateMessage: TeamsMessenger['updateMessage'] = async (old, message) => {
    const done = await inTurn(old, 'PUT', [...activitiesOf(old), old.messageId], message);
    return done.ok ? { outcome: 'sent', message: old } : repeatable(done.failure);
  };

  return {
    platform: 'teams',
    postMessage,
    updateMessage,

    post: (to, shown, about) => postMessage(to, rendered(shown, about.language)),
    update: (message, shown, about) => updateMessage(message, rendered(shown, about.language)),

    async upload(to, file) {
      const address = shelf.addressFor(file);
      if (address === null) return { outcome: 'never', reason: language.t('teams.reason.no-address') };
      return postMessage(to, rendered(card(null, file), language));
    },

    async openDirect({ platform, tenant, user }) {
      const known = places.directWith({ platform, tenant, user });
      if (known !== null) return { outcome: 'open', address: { platform: 'teams', tenant, id: known, thread: null } };
      const serviceUrl = await places.serviceUrlIn(tenant);
      const body = {
        isGroup: false,
        ...(botId === null ? {} : { bot: { id: botId } }),
        members: [{ id: user }],
        tenantId: tenant,
        channelData: { tenant: { id: tenant } },
      };
      try {
        const answer = await connector.call(serviceUrl, 'POST', ['conversations'], body);
        const failed = failureIn(answer, language);
        if (failed) return repeatable(failed.failure);
        const id = idIn(answer.body, 'id');
        if (id === null) return { outcome: 'again', afterMs: null, reason: language.t('teams.reason.broke') };
        const place = { platform: 'teams', tenant, id };
        const own = idIn(answer.body, 'serviceUrl') ?? serviceUrl;
        await places.keep({ ...place, kind: 'direct', name: null, serviceUrl: own.replace(/\/+$/u, '') });
        return { outcome: 'open', address: { ...place, thread: null } };
      } catch (error) {
        return repeatable(failureOf(error, language));
      }
    },

    // The connector has no way to read a conversation's messages.
    find: () => Promise.resolve('cannot-tell'),

    async showTyping(to) {
      await call(to, 'POST', activitiesOf(to), { type: 'typing' });
    },

    async directoryIdOf(conversation, id) {
      const done = await call(conversation, 'GET', ['conversations', conversation.id, 'members', id]);
      return done.ok ? (idIn(done.answer.body, 'aadObjectId') ?? idIn(done.answer.body, 'objectId')) : null;
    },
  };
}

type Tail<List extends readonly unknown[]> = List extends readonly [unknown, ...infer Rest] ? Rest : never;

function placeOf({ tenant, id }: Address): string {
  return `${tenant} ${id}`;
}

function idIn(body: ConnectorAnswer['body'], name: string): string | null {
  const value = body[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** What may be done twice without harm is worth another try when nobody knows whether it was done. */
function repeatable(failure: Failure): Failure {
  return failure.outcome === 'unknown' ? { outcome: 'again', afterMs: null, reason: failure.reason } : failure;
}

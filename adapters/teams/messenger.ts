import { card, type Card, type FileElement } from '../../src/cards/card.ts';
import type { Language } from '../../src/language/language.ts';
import type { Address, ConversationKey, Messenger, Sending, SentMessage } from '../../src/ports.ts';
import type { Connector, ConnectorAnswer } from './connector.ts';
import { adaptiveCardOf, messageOf, type OutgoingMessage } from './content.ts';
import type { FileLinks } from './file-links.ts';
import { conversationIdOf } from './incoming.ts';
import { failureIn, failureOf, type Failure } from './outcomes.ts';
import type { Pace } from './pace.ts';
import type { Places } from './places.ts';

/** What sending takes. */
export interface MessengerParts {
  readonly connector: Connector;
  readonly places: Places;
  readonly pace: Pace;
  readonly links: FileLinks;
  /** The language of what is said about failures. */
  readonly language: Language;
  /** The bot's own id; `null` for a local client that has none. */
  readonly botId: string | null;
}

/** Teams as a place to send to, with what only this adapter needs. */
export interface TeamsMessenger extends Messenger {
  /** Posts a message that is rendered already, if it is still wanted once it is its turn. */
  postMessage(to: Address, message: OutgoingMessage, isWanted?: () => Promise<boolean>): Promise<Sending>;
  /** Puts one in the place of another. */
  updateMessage(old: SentMessage, message: OutgoingMessage): Promise<Sending>;
  /** Shows that the bot is at work. Nothing is said about failures: it is only a courtesy. */
  showTyping(to: Address): Promise<void>;
  /** Somebody's id in the directory, from their id for this bot; `null` when Teams does not say. */
  directoryIdOf(conversation: ConversationKey, id: string): Promise<string | null>;
  /** Whether somebody belongs to a team, by their id in the directory. Rejects when Teams does not say. */
  isMember(team: ConversationKey, user: string): Promise<boolean>;
  /** The members of a team, by their ids in the directory; of a very large one the first. Rejects when Teams does not say. */
  membersOf(team: ConversationKey): Promise<readonly string[]>;
  /** What a team is called; `null` when Teams does not say. */
  teamNameOf(team: ConversationKey): Promise<string | null>;
}

type Done = { readonly ok: true; readonly answer: ConnectorAnswer } | { readonly ok: false; readonly failure: Failure };

export function createMessenger(parts: MessengerParts): TeamsMessenger {
  const { connector, places, pace, links, language, botId } = parts;

  const call = async (to: Address, ...request: Tail<Parameters<Connector['call']>>): Promise<Done> => {
    // Nothing is on its way yet when this fails.
    const serviceUrl = await places.serviceUrlOf(to).catch(() => null);
    if (serviceUrl === null) {
      return { ok: false, failure: { outcome: 'again', afterMs: null, reason: language.t('teams.reason.no-place') } };
    }
    try {
      const answer = await connector.call(serviceUrl, ...request);
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
  /** Looks something up; `null`: it is not there. What is not there says nothing about the conversation. */
  const ask = async (place: ConversationKey, path: readonly string[], query?: Readonly<Record<string, string>>) => {
    const answer = await connector.call(await places.serviceUrlOf(place), 'GET', path, undefined, query);
    if (answer.status === 404) return null;
    const failed = failureIn(answer, language);
    if (failed) throw new Error(failed.failure.reason);
    return answer.body;
  };
  const inTurn = async (
    to: Address,
    isWanted: () => Promise<boolean>,
    ...request: Tail<Parameters<Connector['call']>>
  ): Promise<Done> => {
    const wait = await pace.turn(placeOf(to));
    if (wait === 0 && (await isWanted())) return call(to, ...request);
    const afterMs = wait === 0 ? null : wait;
    return { ok: false, failure: { outcome: 'again', afterMs, reason: language.t('teams.reason.busy') } };
  };
  const activitiesOf = ({ id, thread }: Address) => ['conversations', conversationIdOf(id, thread), 'activities'];
  const addressOf = (file: FileElement) => links.addressFor(file, null);
  const rendered = (shown: Card, tongue: Language) =>
    messageOf(adaptiveCardOf(shown, tongue, addressOf), shown, tongue);

  const postMessage: TeamsMessenger['postMessage'] = async (to, message, isWanted = always) => {
    const done = await inTurn(to, isWanted, 'POST', activitiesOf(to), message);
    if (!done.ok) return done.failure;
    return { outcome: 'sent', message: { ...to, messageId: idIn(done.answer.body, 'id') ?? '' } };
  };
  const updateMessage: TeamsMessenger['updateMessage'] = async (old, message) => {
    const done = await inTurn(old, always, 'PUT', [...activitiesOf(old), old.messageId], message);
    return done.ok ? { outcome: 'sent', message: old } : repeatable(done.failure);
  };

  return {
    platform: 'teams',
    canBeAsked: false,
    postMessage,
    updateMessage,

    post: (to, shown, about) => postMessage(to, rendered(shown, about.language), about.isWanted),
    update: (message, shown, about) => updateMessage(message, rendered(shown, about.language)),

    async upload(to, file) {
      if (addressOf(file) === null) return { outcome: 'never', reason: language.t('teams.reason.no-address') };
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
      const member = await ask(conversation, ['conversations', conversation.id, 'members', id]).catch(() => null);
      return member && (idIn(member, 'aadObjectId') ?? idIn(member, 'objectId'));
    },
    // A person is found under their id in the directory too (Microsoft, “Get single member details”).
    async isMember(team, user) {
      return (await ask(team, ['conversations', team.id, 'members', user])) !== null;
    },
    async membersOf(team) {
      const members: string[] = [];
      let token: string | null = null;
      do {
        const query = { pageSize: MEMBERS_AT_ONCE.toString(), ...(token !== null && { continuationToken: token }) };
        const page = await ask(team, ['conversations', team.id, 'pagedMembers'], query);
        const found = Array.isArray(page?.members) ? (page.members as ConnectorAnswer['body'][]) : [];
        members.push(...found.flatMap((member) => idIn(member, 'aadObjectId') ?? idIn(member, 'objectId') ?? []));
        token = page && idIn(page, 'continuationToken');
      } while (token !== null && members.length < MOST_MEMBERS);
      return members;
    },
    async teamNameOf(team) {
      const known = await ask(team, ['teams', team.id]).catch(() => null);
      return known && idIn(known, 'name');
    },
  };
}

/** How many members Teams names at once at most (Microsoft, “Fetch roster”), and how many are asked for at most. */
const MEMBERS_AT_ONCE = 500;
const MOST_MEMBERS = 2000;

const always = () => Promise.resolve(true);

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

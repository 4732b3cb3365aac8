import type { webApi } from '@slack/bolt';
import { bytesOf } from '../../src/cards/card.ts';
import type { Language } from '../../src/language/language.ts';
import type { Address, Messenger, SentMessage } from '../../src/ports.ts';
import { blocksFor, contentOf } from './content.ts';
import { failureOf, type Failure } from './outcomes.ts';
import type { Pace } from './pace.ts';
import { POSTING } from './render/message.ts';

/** Kept with a message, so that it is found again: https://docs.slack.dev/messaging/message-metadata. */
const METADATA_TYPE = 'gcm_delivery';
/** How far back a delivery is looked for: pages of so many messages. */
const PAGES = 5;
const PAGE_SIZE = 200;

/** What sending takes. */
export interface MessengerParts {
  /** The client that speaks in a workspace; `null`: the bot is not installed there. */
  readonly clientOf: (tenant: string) => Promise<webApi.WebClient | null>;
  readonly pace: Pace;
  /** The language of what is said about failures. */
  readonly language: Language;
  /** Told when nothing can be posted in a conversation any more. */
  readonly disconnected: (address: Address, reason: string) => Promise<void>;
}

type Done<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly failure: Failure };

/** Slack as a place to send to. */
export function createMessenger({ clientOf, pace, language, disconnected }: MessengerParts): Messenger {
  const withClient = async <Value>(
    to: Address,
    work: (client: webApi.WebClient) => Promise<Value>,
  ): Promise<Done<Value>> => {
    try {
      const client = await clientOf(to.tenant);
      if (!client) {
        const reason = language.t('slack.reason.revoked');
        await disconnected(to, reason);
        return { ok: false, failure: { outcome: 'never', reason } };
      }
      return { ok: true, value: await work(client) };
    } catch (error) {
      const { failure, isDeadConversation } = failureOf(error, language);
      if (failure.outcome === 'again' && failure.afterMs !== null) pace.hold(to.tenant, to.id, failure.afterMs);
      if (isDeadConversation) await disconnected(to, failure.reason);
      return { ok: false, failure };
    }
  };
  const inTurn = async <Value>(
    to: Address,
    work: (client: webApi.WebClient) => Promise<Value>,
    isWanted: () => Promise<boolean> = () => Promise.resolve(true),
  ): Promise<Done<Value>> => {
    const wait = await pace.turn(to.tenant, to.id);
    if (wait === 0 && (await isWanted())) return withClient(to, work);
    const afterMs = wait === 0 ? null : wait;
    return { ok: false, failure: { outcome: 'again', afterMs, reason: language.t('slack.reason.busy') } };
  };
  const sent = (to: Address, messageId: string | undefined): SentMessage => ({ ...to, messageId: messageId ?? '' });

  return {
    platform: 'slack',
    canBeAsked: true,

    async post(to, card, about) {
      const { text, blocks } = contentOf(card, about.language);
      const done = await inTurn(
        to,
        (client) =>
          client.chat.postMessage({
            channel: to.id,
            text,
            blocks: blocksFor(blocks),
            ...POSTING,
            ...(to.thread === null ? {} : { thread_ts: to.thread }),
            ...(about.deliveryId === null ? {} : { metadata: metadataOf(about.deliveryId, about.told ?? null) }),
          }),
        about.isWanted,
      );
      return done.ok ? { outcome: 'sent', message: sent(to, done.value.ts) } : done.failure;
    },

    async update(message, card, about) {
      const { text, blocks } = contentOf(card, about.language);
      const done = await inTurn(message, (client) =>
        client.chat.update({
          channel: message.id,
          ts: message.messageId,
          text,
          blocks: blocksFor(blocks),
          parse: POSTING.parse,
          link_names: POSTING.link_names,
        }),
      );
      return done.ok ? { outcome: 'sent', message } : repeatable(done.failure);
    },

    async upload(to, given) {
      const { name } = given;
      const bytes = bytesOf(given);
      // Nobody sees anything before the last of the three steps, so only the last one can leave something unknown.
      const prepared = await inTurn(to, async (client) => {
        const place = await client.files.getUploadURLExternal({ filename: name, length: bytes.byteLength });
        const response = await fetch(place.upload_url ?? '', { method: 'POST', body: bytes, redirect: 'error' });
        if (!response.ok) throw new Error(`the upload was answered with ${response.status}`);
        return place.file_id ?? '';
      });
      if (!prepared.ok) return repeatable(prepared.failure);
      const file = { id: prepared.value, title: name };
      const done = await withClient(to, (client) =>
        client.files.completeUploadExternal({
          files: [file],
          channel_id: to.id,
          ...(to.thread === null ? {} : { thread_ts: to.thread }),
        }),
      );
      return done.ok ? { outcome: 'sent', message: sent(to, file.id) } : done.failure;
    },

    async openDirect({ tenant, user }) {
      const place = { platform: 'slack', tenant, id: user, thread: null };
      const done = await withClient(place, (client) => client.conversations.open({ users: user }));
      if (!done.ok) return repeatable(done.failure);
      return { outcome: 'open', address: { ...place, id: done.value.channel?.id ?? user } };
    },

    async find(to, deliveryId) {
      let cursor: string | undefined;
      for (let page = 0; page < PAGES; page += 1) {
        const where = { channel: to.id, include_all_metadata: true, limit: PAGE_SIZE, ...(cursor ? { cursor } : {}) };
        const done = await withClient(to, (client) =>
          to.thread === null
            ? client.conversations.history(where)
            : client.conversations.replies({ ...where, ts: to.thread }),
        );
        if (!done.ok) {
          const asked = repeatable(done.failure);
          return asked.outcome === 'again' ? asked : 'cannot-tell';
        }
        const found = (done.value.messages ?? []).find((message) => isDelivery(message, deliveryId));
        if (found) return { ...sent(to, found.ts), told: toldBy(found) };
        cursor = done.value.response_metadata?.next_cursor;
        if (!cursor) return null;
      }
      return 'cannot-tell';
    },
  };
}

/** What may be done twice without harm is worth another try when nobody knows whether it was done. */
function repeatable(failure: Failure): Failure {
  return failure.outcome === 'unknown' ? { outcome: 'again', afterMs: null, reason: failure.reason } : failure;
}

function metadataOf(id: string, told: number | null) {
  return { event_type: METADATA_TYPE, event_payload: told === null ? { id } : { id, told } };
}

interface WithMetadata {
  readonly metadata?: {
    readonly event_type?: string;
    readonly event_payload?: { readonly id?: unknown; readonly told?: unknown };
  };
}

function isDelivery(message: object, deliveryId: string): boolean {
  const { metadata } = message as WithMetadata;
  return metadata?.event_type === METADATA_TYPE && metadata.event_payload?.id === deliveryId;
}

function toldBy(message: object): number | null {
  const told = (message as WithMetadata).metadata?.event_payload?.told;
  return typeof told === 'number' ? told : null;
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A block or a view, as far as tests look into one. */
export type Json = Readonly<Record<string, unknown>>;

/** A message that somebody can see. */
export interface FakeMessage {
  readonly channel: string;
  readonly ts: string;
  readonly text: string;
  readonly blocks: readonly Json[];
  readonly thread: string | null;
  /** Who alone can see it; `null`: everybody. */
  readonly onlyFor: string | null;
  readonly metadata: Json | null;
}

/** A call of the Web API, or of a `response_url`. */
export interface FakeCall {
  readonly method: string;
  readonly token: string | null;
  readonly arguments: Json;
}

/** What a call comes to, instead of what it should. */
export type Trouble =
  | { readonly error: string }
  | { readonly status: number; readonly retryAfter?: number }
  /** No answer ever comes. */
  | { readonly holds: true }
  /** The connection breaks: before anything was done, or after all of it was. */
  | { readonly breaks: 'before' | 'after' };

/** A person, as `users.info` knows them. */
export interface FakeUser {
  readonly id: string;
  readonly name: string;
  readonly tz?: string;
  readonly locale?: string;
  /** Slack gives it with the scope for it only. */
  readonly email?: string;
}

/** A user group. */
export interface FakeUserGroup {
  readonly handle: string;
  readonly users: readonly string[];
}

/** A small Slack: its Web API over real HTTP, with what people can see of what was sent there. */
export interface FakeSlack {
  readonly url: string;
  readonly calls: FakeCall[];
  readonly messages: FakeMessage[];
  /** What was sent to `response_url`s, by the id in the address. */
  readonly responses: { readonly id: string; readonly body: Json }[];
  /** Windows that are open, by id. */
  readonly views: Map<string, Json>;
  /** Home tabs, by user. */
  readonly homes: Map<string, Json>;
  /** Files that people have, by id. */
  readonly files: Map<string, { readonly name: string; readonly content: string; readonly channel: string | null }>;
  readonly users: Map<string, FakeUser>;
  readonly userGroups: Map<string, FakeUserGroup>;
  /** The state of channels that are not simply there: an error code. */
  readonly channels: Map<string, string>;
  /** Tokens that are good, and the team of each. */
  readonly tokens: Map<string, { readonly team: string; readonly botUser: string }>;
  /** What `oauth.v2.access` answers for a code. */
  readonly grants: Map<string, Json>;
  /** Lets the next calls of a method go wrong, one after the other. */
  trouble(method: string, ...troubles: readonly Trouble[]): void;
  callsOf(method: string): readonly FakeCall[];
  /** A trigger that opens one window. */
  trigger(): string;
  /** An address that takes five answers. */
  responseUrl(): { readonly id: string; readonly url: string };
  stop(): Promise<void>;
}

const LIMITS = { blocks: 50, viewBlocks: 100, text: 3000, responses: 5 } as const;

export async function fakeSlack(): Promise<FakeSlack> {
  const troubles = new Map<string, Trouble[]>();
  const triggers = new Set<string>();
  let counter = 0;
  const next = () => (counter += 1);
  const slack: Omit<FakeSlack, 'url' | 'stop'> = {
    calls: [],
    messages: [],
    responses: [],
    views: new Map(),
    homes: new Map(),
    files: new Map(),
    users: new Map(),
    userGroups: new Map(),
    channels: new Map(),
    tokens: new Map([['xoxb-good', { team: 'T01', botUser: 'U0BOT' }]]),
    grants: new Map(),
    trouble(method, ...added) {
      troubles.set(method, [...(troubles.get(method) ?? []), ...added]);
    },
    callsOf: (method) => slack.calls.filter((call) => call.method === method),
    trigger() {
      const trigger = `trigger-${next()}`;
      triggers.add(trigger);
      return trigger;
    },
    responseUrl() {
      const id = `response-${next()}`;
      return { id, url: `${origin}/respond/${id}` };
    },
  };

  const timestamp = () => `1509523200.${next().toString().padStart(6, '0')}`;
  const post = (given: Json, onlyFor: string | null): Json => {
    const channel = String(given.channel);
    const state = slack.channels.get(channel);
    if (state !== undefined) return { ok: false, error: state };
    const refusal = refusalOf(given, LIMITS.blocks);
    if (refusal !== null) return { ok: false, error: refusal };
    const message: FakeMessage = {
      channel,
      ts: timestamp(),
      text: String(given.text),
      blocks: (given.blocks as Json[] | undefined) ?? [],
      thread: typeof given.thread_ts === 'string' ? given.thread_ts : null,
      onlyFor,
      metadata: (given.metadata as Json | undefined) ?? null,
    };
    slack.messages.push(message);
    return { ok: true, channel, ts: message.ts };
  };
  const shownView = (given: Json): Json | string => {
    const view = given.view as Json;
    return refusalOf({ ...view, text: 'of a view' }, LIMITS.viewBlocks) ?? view;
  };

  const methods: Readonly<Record<string, (given: Json, token: string) => Json>> = {
    'auth.test': (_given, token) => ({
      ok: true,
      user_id: slack.tokens.get(token)?.botUser,
      bot_id: 'B0BOT',
      team_id: slack.tokens.get(token)?.team,
      url: 'https://example.enterprise.slack.com/',
    }),
    'chat.postMessage': (given) => post(given, null),
    'chat.postEphemeral': (given) => post(given, String(given.user)),
    'chat.update'(given) {
      const at = slack.messages.findIndex(({ ts, channel }) => ts === given.ts && channel === given.channel);
      const known = slack.messages[at];
      if (!known) return { ok: false, error: 'message_not_found' };
      const refusal = refusalOf(given, LIMITS.blocks);
      if (refusal !== null) return { ok: false, error: refusal };
      slack.messages[at] = { ...known, text: String(given.text), blocks: (given.blocks as Json[] | undefined) ?? [] };
      return { ok: true, ts: known.ts, channel: known.channel };
    },
    'chat.delete'(given) {
      const at = slack.messages.findIndex(({ ts }) => ts === given.ts);
      if (at >= 0) slack.messages.splice(at, 1);
      return at >= 0 ? { ok: true } : { ok: false, error: 'message_not_found' };
    },
    'views.open'(given) {
      if (!triggers.delete(String(given.trigger_id))) return { ok: false, error: 'expired_trigger_id' };
      const view = shownView(given);
      if (typeof view === 'string') return { ok: false, error: view };
      const id = `V${next()}`;
      slack.views.set(id, view);
      return { ok: true, view: { ...view, id, hash: `hash-${id}` } };
    },
    'views.update'(given) {
      const id = String(given.view_id);
      if (!slack.views.has(id)) return { ok: false, error: 'not_found' };
      const view = shownView(given);
      if (typeof view === 'string') return { ok: false, error: view };
      slack.views.set(id, view);
      return { ok: true, view: { ...view, id } };
    },
    'views.publish'(given) {
      const view = shownView(given);
      if (typeof view === 'string') return { ok: false, error: view };
      slack.homes.set(String(given.user_id), view);
      return { ok: true, view };
    },
    'users.info'(given) {
      const user = slack.users.get(String(given.user));
      if (!user) return { ok: false, error: 'user_not_found' };
      const { email, ...known } = user;
      const profile = { display_name: user.name, ...(email === undefined ? {} : { email }) };
      return { ok: true, user: { ...known, real_name: user.name, profile } };
    },
    'usergroups.list': () => ({
      ok: true,
      usergroups: [...slack.userGroups].map(([id, { handle }]) => ({ id, handle })),
    }),
    'usergroups.users.list'(given) {
      const group = slack.userGroups.get(String(given.usergroup));
      return group ? { ok: true, users: [...group.users] } : { ok: false, error: 'no_such_subteam' };
    },
    'conversations.open'(given) {
      const user = String(given.users);
      if (!slack.users.has(user)) return { ok: false, error: 'user_not_found' };
      return { ok: true, channel: { id: `D${user.slice(1)}` } };
    },
    'conversations.history': (given) => historyOf(given, null),
    'conversations.replies': (given) => historyOf(given, String(given.ts)),
    'files.getUploadURLExternal'(given) {
      const id = `F${next()}`;
      slack.files.set(id, { name: String(given.filename), content: '', channel: null });
      return { ok: true, file_id: id, upload_url: `${origin}/upload/${id}` };
    },
    'files.completeUploadExternal'(given) {
      const [file] = given.files as readonly { id: string }[];
      const known = slack.files.get(file?.id ?? '');
      if (!file || !known) return { ok: false, error: 'file_not_found' };
      const channel = String(given.channel_id);
      const state = slack.channels.get(channel);
      if (state !== undefined) return { ok: false, error: state };
      slack.files.set(file.id, { ...known, channel });
      return { ok: true, files: [{ id: file.id }] };
    },
    'files.list': () => ({
      ok: true,
      files: [...slack.files].map(([id, { name }]) => ({ id, name, url_private_download: `${origin}/files/${id}` })),
    }),
    'oauth.v2.access'(given) {
      const grant = slack.grants.get(String(given.code));
      return grant ? { ok: true, ...grant } : { ok: false, error: 'invalid_code' };
    },
  };
  const historyOf = (given: Json, thread: string | null): Json => {
    const state = slack.channels.get(String(given.channel));
    if (state !== undefined) return { ok: false, error: state };
    const found = slack.messages.filter(
      ({ channel, thread: own, ts, onlyFor }) =>
        channel === given.channel && onlyFor === null && (thread === null || own === thread || ts === thread),
    );
    const messages = found
      .toReversed()
      .map(({ ts, text, metadata }) => ({ ts, text, ...(given.include_all_metadata === true ? { metadata } : {}) }));
    return { ok: true, messages };
  };

  const server = createServer((request, response) => {
    void serve(request, response).catch(() => request.socket.destroy());
  });
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await textOf(request);
    const path = request.url ?? '';
    const [, kind = '', id = ''] = path.split('/');
    const token = request.headers.authorization?.replace('Bearer ', '') ?? null;
    if (kind === 'upload') {
      const known = slack.files.get(id);
      if (known) slack.files.set(id, { ...known, content: body });
      response.end('OK');
      return;
    }
    if (kind === 'files') {
      const isAllowed = token !== null && slack.tokens.has(token);
      response.writeHead(isAllowed ? 200 : 403).end(isAllowed ? slack.files.get(id)?.content : 'who are you?');
      return;
    }
    const method = kind === 'respond' ? 'respond' : id;
    const given = kind === 'respond' ? (JSON.parse(body) as Json) : argumentsOf(body);
    slack.calls.push({ method, token, arguments: given });
    const trouble = troubles.get(method)?.shift();
    if (trouble && 'breaks' in trouble && trouble.breaks === 'before') {
      request.socket.destroy();
      return;
    }
    if (trouble && 'holds' in trouble) return;
    if (trouble && 'status' in trouble) {
      if (trouble.retryAfter !== undefined) response.setHeader('retry-after', trouble.retryAfter);
      response.writeHead(trouble.status).end('trouble');
      return;
    }
    const result =
      trouble && 'error' in trouble ? { ok: false, error: trouble.error } : resultOf(kind, method, given, token, id);
    if (trouble && 'breaks' in trouble) {
      request.socket.destroy();
      return;
    }
    if (kind === 'respond' && result.ok !== true) response.writeHead(404);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(result));
  };
  const resultOf = (kind: string, method: string, given: Json, token: string | null, id: string): Json => {
    if (kind === 'respond') {
      if (slack.responses.filter((response) => response.id === id).length >= LIMITS.responses) {
        return { ok: false, error: 'used_url' };
      }
      const refusal = refusalOf(given, LIMITS.blocks);
      if (refusal !== null) return { ok: false, error: refusal };
      slack.responses.push({ id, body: given });
      return { ok: true };
    }
    const isOpen = method === 'oauth.v2.access';
    if (!isOpen && token === null) return { ok: false, error: 'not_authed' };
    if (!isOpen && !slack.tokens.has(token ?? '')) return { ok: false, error: 'token_revoked' };
    return methods[method]?.(given, token ?? '') ?? { ok: false, error: 'unknown_method' };
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...slack,
    url: `${origin}/api/`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

function argumentsOf(body: string): Json {
  return Object.fromEntries(
    [...new URLSearchParams(body)].map(([name, value]) => {
      const isJson = /^[[{]/u.test(value) || value === 'true' || value === 'false';
      return [name, isJson && name !== 'text' ? (JSON.parse(value) as unknown) : value];
    }),
  );
}

/** What Slack would refuse of a message or view, by its documented limits. */
function refusalOf(given: Json, mostBlocks: number): string | null {
  const { text, blocks = [] } = given as { text?: unknown; blocks?: readonly Json[] };
  if (typeof text !== 'string' || text === '') return 'no_text';
  if (blocks.length > mostBlocks) return 'invalid_blocks';
  if (mostBlocks === LIMITS.blocks && JSON.stringify(blocks).length > 13_000) return 'msg_blocks_too_long';
  const texts = blocks.map((block) => (block.text as { text?: string } | undefined)?.text ?? '');
  return texts.some((content) => content.length > LIMITS.text) ? 'invalid_blocks' : null;
}

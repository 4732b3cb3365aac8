import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** JSON, as far as tests look into it. */
export type Json = Readonly<Record<string, unknown>>;

/** A message that people see. */
export interface FakeMessage {
  readonly id: string;
  /** With the thread, as the connector takes it. */
  readonly conversation: string;
  readonly summary: string;
  /** The Adaptive Card. */
  readonly card: Json;
}

/** What a call comes to, instead of what it should. */
export type Trouble =
  | { readonly status: number; readonly code?: string; readonly retryAfter?: number }
  /** The connection breaks: before anything was done, or after all of it was. */
  | { readonly breaks: 'before' | 'after' };

/** A small Bot Connector over real HTTP, with what people can see of what was sent there. */
export interface FakeConnector {
  /** What goes into an activity's `serviceUrl`. */
  readonly url: string;
  readonly calls: {
    readonly method: string;
    readonly path: string;
    readonly token: string | null;
    readonly body: Json;
  }[];
  readonly messages: FakeMessage[];
  /** Directory ids of people, by their id for the bot. */
  readonly people: Map<string, string>;
  /** Directory ids of the members of teams, by the team's id; and what the teams are called. */
  readonly teams: Map<string, { readonly name: string; readonly members: readonly string[] }>;
  /** Lets the next calls go wrong, one after the other. */
  trouble(...troubles: readonly Trouble[]): void;
  /** Leaves the next question about a member without an answer. */
  stall(): void;
  stop(): Promise<void>;
}

/** Teams takes a page size from 50 to 500, and names the rest by a token. */
function pageOf(members: readonly string[], query: URLSearchParams): Json {
  const size = Math.min(500, Math.max(50, Number(query.get('pageSize') ?? 200)));
  const from = Number(query.get('continuationToken') ?? 0);
  const page = members.slice(from, from + size).map((id) => ({ id: `29:${id}`, aadObjectId: id }));
  return { members: page, ...(from + size < members.length && { continuationToken: String(from + size) }) };
}

export async function fakeConnector(): Promise<FakeConnector> {
  const troubles: Trouble[] = [];
  let counter = 0;
  let isStalling = false;
  const connector: Omit<FakeConnector, 'url' | 'stop'> = {
    calls: [],
    messages: [],
    people: new Map(),
    teams: new Map(),
    trouble(...added) {
      troubles.push(...added);
    },
    stall() {
      isStalling = true;
    },
  };
  const cardIn = (body: Json) => (body.attachments as { content: Json }[] | undefined)?.[0]?.content ?? {};
  const result = (
    method: string,
    path: readonly string[],
    query: URLSearchParams,
    body: Json,
  ): readonly [status: number, body: Json] => {
    const [, conversation = '', kind, id = ''] = path;
    const team = connector.teams.get(conversation);
    if (kind === 'pagedMembers') return team ? [200, pageOf(team.members, query)] : [404, {}];
    if (path[0] === 'teams') return team ? [200, { id: conversation, name: team.name }] : [404, {}];
    if (team && kind === 'members' && team.members.includes(id)) return [200, { id: `29:${id}`, aadObjectId: id }];
    if (method === 'POST' && conversation === '') {
      const [member] = body.members as { id: string }[];
      return [201, { id: `direct-${member?.id ?? ''}` }];
    }
    if (kind === 'members') {
      const directoryId = connector.people.get(id);
      return directoryId === undefined
        ? [404, { error: { code: 'MemberNotFoundInConversation' } }]
        : [200, { id, aadObjectId: directoryId }];
    }
    if (method === 'POST') {
      if (body.type !== 'message') return [202, {}];
      counter += 1;
      const own = `message-${counter}`;
      connector.messages.push({ id: own, conversation, summary: String(body.summary), card: cardIn(body) });
      return [201, { id: own }];
    }
    const at = connector.messages.findIndex((message) => message.id === id);
    const known = connector.messages[at];
    if (!known) return [404, { error: { code: 'ActivityNotFoundInConversation' } }];
    connector.messages[at] = { ...known, summary: String(body.summary), card: cardIn(body) };
    return [200, { id }];
  };
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const text = Buffer.concat(parts).toString();
    const body = text === '' ? {} : (JSON.parse(text) as Json);
    const [path = '', asked] = (request.url ?? '').replace(/^\/teams\/v3\//u, '').split('?');
    const method = request.method ?? '';
    const token = request.headers.authorization?.replace('Bearer ', '') ?? null;
    connector.calls.push({ method, path: decodeURIComponent(path), token, body });
    if (isStalling && /\/(?:members\/|pagedMembers)/u.test(path)) {
      isStalling = false;
      return;
    }
    const trouble = troubles.shift();
    if (trouble && 'breaks' in trouble && trouble.breaks === 'before') {
      request.socket.destroy();
      return;
    }
    const [status, answer] =
      trouble && 'status' in trouble
        ? ([trouble.status, trouble.code === undefined ? {} : { error: { code: trouble.code, message: '' } }] as const)
        : result(method, path.split('/').map(decodeURIComponent), new URLSearchParams(asked), body);
    if (trouble && 'breaks' in trouble) {
      request.socket.destroy();
      return;
    }
    if (trouble && 'retryAfter' in trouble) response.setHeader('retry-after', trouble.retryAfter ?? 0);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  };
  const server = createServer((request, response) => {
    void serve(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ...connector,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/teams`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

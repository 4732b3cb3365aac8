import type { Clock } from '../../src/clock.ts';
import type { Conversation, ConversationKey, Identity, Store } from '../../src/ports.ts';
import type { Background } from '../../src/background.ts';

/** How long what was seen of a conversation is good, in milliseconds, before it is compared with the store again. */
const FRESH = 60_000;
/** How many conversations a process keeps in mind. */
const HELD = 10_000;

/** A conversation as an activity shows it. */
export type Place = ConversationKey &
  Pick<Conversation, 'kind'> & { readonly serviceUrl: string; readonly name: string | null };

/** Where the bot is, and where Teams takes posts for each of those conversations. */
export interface Places {
  /** Something came from there: it works, and this is its service URL. The store is told later. */
  seen(place: Place, user: string): void;
  /** Something came from a tenant, though not from a conversation that the bot is part of. */
  heardFrom(tenant: string, serviceUrl: string): void;
  /** The personal chat in which somebody wrote to this process; `null`: it knows of none. */
  directWith(person: Identity): string | null;
  /** Where to post; where its tenant is for what was never seen. Without a slash at its end. */
  serviceUrlOf(key: ConversationKey): Promise<string>;
  /** The service URL of a tenant, for conversations that are still to be opened; the common one for a new tenant. */
  serviceUrlIn(tenant: string): Promise<string>;
  /** Nothing can be posted there any more, and why. A conversation that the bot never had is not made. */
  lost(key: ConversationKey, reason: string): Promise<void>;
  /** Keeps a conversation at once. */
  keep(place: Place): Promise<void>;
}

export function createPlaces(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly background: Background;
  readonly defaultUrl: string;
}): Places {
  const { store, clock, background, defaultUrl } = parts;
  const held = new Map<string, { readonly serviceUrl: string; readonly until: number }>();
  /** Where each tenant was seen last. */
  const tenants = new Map<string, string>();
  const directs = new Map<string, string>();
  const keyOf = ({ tenant, id }: ConversationKey) => `${tenant} ${id}`;
  const present = () => clock.now().epochMilliseconds;
  const remember = (place: ConversationKey, serviceUrl: string) => {
    const key = keyOf(place);
    tenants.set(place.tenant, serviceUrl);
    held.delete(key);
    held.set(key, { serviceUrl, until: present() + FRESH });
    if (held.size > HELD) {
      const [oldest] = held.keys();
      if (oldest !== undefined) held.delete(oldest);
    }
  };

  const keep: Places['keep'] = async ({ platform, tenant, id, kind, serviceUrl, name }) => {
    remember({ platform, tenant, id }, serviceUrl);
    const known = await store.conversation({ platform, tenant, id });
    const next = { platform, tenant, id, kind, groupId: null, ...known, disconnected: null, serviceUrl };
    const named = { ...next, name: name ?? known?.name ?? null };
    const isSame = known?.disconnected === null && known.serviceUrl === serviceUrl && known.name === named.name;
    if (!isSame) await store.saveConversation(named);
  };

  const serviceUrlIn: Places['serviceUrlIn'] = async (tenant) => {
    const seen = tenants.get(tenant);
    if (seen !== undefined) return seen;
    const all = await store.conversations('teams', tenant);
    const alive = all.filter(({ serviceUrl }) => serviceUrl !== null);
    return (alive.find(({ disconnected }) => disconnected === null) ?? alive[0])?.serviceUrl ?? defaultUrl;
  };

  return {
    keep,
    serviceUrlIn,
    directWith: ({ tenant, user }) => directs.get(`${tenant} ${user}`) ?? null,

    seen(place, user) {
      if (place.kind === 'direct' && directs.size < HELD) directs.set(`${place.tenant} ${user}`, place.id);
      const known = held.get(keyOf(place));
      if (known?.serviceUrl === place.serviceUrl && known.until > present()) return;
      remember(place, place.serviceUrl);
      background.run('keeping a conversation', () => keep(place));
    },

    heardFrom(tenant, serviceUrl) {
      tenants.set(tenant, serviceUrl);
    },

    async serviceUrlOf(key) {
      const known = held.get(keyOf(key))?.serviceUrl ?? (await store.conversation(key))?.serviceUrl;
      return known ?? serviceUrlIn(key.tenant);
    },

    async lost(key, reason) {
      held.delete(keyOf(key));
      for (const [person, id] of directs) if (id === key.id) directs.delete(person);
      const known = await store.conversation(key);
      if (known && known.disconnected !== reason) await store.saveConversation({ ...known, disconnected: reason });
    },
  };
}

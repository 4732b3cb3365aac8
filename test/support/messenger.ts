import { cardText } from '../../src/cards/text.ts';
import type { Card } from '../../src/cards/card.ts';
import { english } from '../../src/language/index.ts';
import type { Address, Messenger, Sending, Store } from '../../src/ports.ts';

/** A message that stands on the fake platform. */
export interface Posted {
  readonly to: Address;
  text: string;
  readonly deliveryId: string | null;
  readonly told: number | null;
  readonly messageId: string;
}

/**
 * How the platform answers a post. `sent`: it arrives. `dropped`: it arrives, and the connection breaks before the
 * answer. `lost`: the connection breaks, and it never arrives. `hangs`: no answer comes.
 */
export type Behaviour =
  | 'sent'
  | 'dropped'
  | 'lost'
  | 'hangs'
  | 'throws'
  | Exclude<Sending, { outcome: 'sent' }>
  /** Nothing can be posted there any more, which a real messenger notes by itself. */
  | { readonly outcome: 'never'; readonly reason: string; readonly isPlaceLost: true };

/** A platform that does as it is told. */
export interface FakePlatform {
  readonly messenger: Messenger;
  readonly posted: readonly Posted[];
  /** How many posts were tried, also those that did not arrive. */
  readonly tries: number;
  /** How many posts of one conversation were, at most, in flight at once. */
  readonly mostAtOnce: number;
  /** How the next posts are answered, one after the other; after that they arrive. */
  next(...behaviours: readonly Behaviour[]): void;
  /** How every post to a conversation is answered. */
  always(conversation: string, behaviour: Behaviour): void;
  /** Whether it can be asked what has arrived. */
  canTell: boolean;
  /** Posts that hang arrive now, and are answered. */
  letGo(): void;
}

type About = Pick<Parameters<Messenger['post']>[2], 'deliveryId' | 'told'>;

/** @param lost told of a conversation in which nothing can be posted any more, and why */
export function fakePlatform(
  platform = 'slack',
  lost: (to: Address, reason: string) => Promise<void> = () => Promise.resolve(),
): FakePlatform {
  const posted: Posted[] = [];
  const queue: Behaviour[] = [];
  const rules = new Map<string, Behaviour>();
  const hanging: (() => void)[] = [];
  const flying = new Map<string, number>();
  let number = 0;
  const state = { tries: 0, mostAtOnce: 0, canTell: true };

  const arrive = (to: Address, card: Card, { deliveryId, told = null }: About): Sending => {
    const messageId = `m${(number += 1)}`;
    posted.push({ to, text: cardText(card, { language: english }), deliveryId, told, messageId });
    return { outcome: 'sent', message: { ...to, messageId } };
  };
  const unknown: Sending = { outcome: 'unknown', reason: 'connection reset' };

  const answer = async (to: Address, card: Card, about: About): Promise<Sending> => {
    const behaviour = rules.get(to.id) ?? queue.shift() ?? 'sent';
    await Promise.resolve();
    switch (behaviour) {
      case 'sent':
        return arrive(to, card, about);
      case 'dropped':
        arrive(to, card, about);
        return unknown;
      case 'lost':
        return unknown;
      case 'throws':
        throw new Error('socket hang up');
      case 'hangs':
        return new Promise((resolve) => {
          hanging.push(() => {
            resolve(arrive(to, card, about));
          });
        });
      default:
        if ('isPlaceLost' in behaviour) await lost(to, behaviour.reason);
        return behaviour;
    }
  };

  const messenger: Messenger = {
    platform,
    canBeAsked: true,
    async post(to, card, about) {
      state.tries += 1;
      flying.set(to.id, (flying.get(to.id) ?? 0) + 1);
      state.mostAtOnce = Math.max(state.mostAtOnce, flying.get(to.id) ?? 0);
      try {
        return await answer(to, card, about);
      } finally {
        flying.set(to.id, (flying.get(to.id) ?? 0) - 1);
      }
    },
    update(message, card) {
      const known = posted.find(({ messageId }) => messageId === message.messageId);
      if (!known) return Promise.resolve({ outcome: 'never', reason: 'message_not_found' });
      known.text = cardText(card, { language: english });
      return Promise.resolve({ outcome: 'sent', message });
    },
    upload: () => Promise.resolve({ outcome: 'never', reason: 'not in the tests' }),
    openDirect: ({ tenant, user }) =>
      Promise.resolve(
        user === 'gone'
          ? { outcome: 'never', reason: 'user_not_found' }
          : { outcome: 'open', address: { platform, tenant, id: `D${user}`, thread: null } },
      ),
    find(_to, deliveryId) {
      if (!state.canTell) return Promise.resolve('cannot-tell');
      const found = posted.find((each) => each.deliveryId === deliveryId);
      return Promise.resolve(found ? { ...found.to, messageId: found.messageId, told: found.told } : null);
    },
  };

  return {
    messenger,
    posted,
    get tries() {
      return state.tries;
    },
    get mostAtOnce() {
      return state.mostAtOnce;
    },
    next: (...behaviours) => queue.push(...behaviours),
    always: (conversation, behaviour) => rules.set(conversation, behaviour),
    get canTell() {
      return state.canTell;
    },
    set canTell(canTell) {
      state.canTell = canTell;
    },
    letGo() {
      for (const go of hanging.splice(0)) go();
    },
  };
}

/** Notes that nothing can be posted in a conversation any more, as a real messenger does. */
export async function loseConversation(store: Store, to: Address, reason: string): Promise<void> {
  const known = await store.conversation(to);
  if (known) await store.saveConversation({ ...known, disconnected: reason });
}

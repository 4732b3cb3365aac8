import type { Clock } from './clock.ts';
import { within } from './deadline.ts';
import type { Timer } from './timer.ts';

/** How long an answer is good, in milliseconds; and how long is not asked again what was not answered. */
const FRESH = 60_000;
const PAUSE = 10_000;
/** How long somebody waits for an answer, in milliseconds: well below what the platforms wait for theirs. */
const PATIENCE = 1500;

interface Known<Value> {
  readonly value: Promise<Value>;
  /** Milliseconds since the epoch. */
  until: number;
}

/**
 * Asks somebody else, once for all who wait, and remembers what they said for a minute. Whoever waits in vain, or is
 * refused, gets `nothing`.
 */
export function remembering<Subject, Value>(
  { clock, timer }: { readonly clock: Clock; readonly timer: Timer },
  question: {
    readonly ask: (subject: Subject) => Promise<Value>;
    readonly nothing: Value;
    readonly keyOf: (subject: Subject) => string;
    /** How many answers a process keeps in mind. */
    readonly most: number;
    /** Told of what went wrong. */
    readonly failed: (error: unknown, subject: Subject) => void;
  },
): (subject: Subject) => Promise<Value> {
  const { ask, nothing, keyOf, most, failed } = question;
  const held = new Map<string, Known<Value>>();
  const present = () => clock.now().epochMilliseconds;

  return async (subject) => {
    const key = keyOf(subject);
    let known = held.get(key);
    if (!known || known.until <= present()) {
      const asked: Known<Value> = {
        until: present() + FRESH,
        value: ask(subject).catch((error: unknown) => {
          failed(error, subject);
          asked.until = present() + PAUSE;
          return nothing;
        }),
      };
      held.delete(key);
      held.set(key, (known = asked));
      for (const oldest of held.keys()) if (held.size > most) held.delete(oldest);
    }
    const answer = await within(known.value, PATIENCE, timer);
    return answer.isReady ? answer.value : nothing;
  };
}

import type { Temporal } from 'temporal-polyfill';
import type { Timer } from '../../src/timer.ts';
import type { TestClock } from './clock.ts';

/** A timer that waits for a test to move the clock. */
export interface TestTimer extends Timer {
  /** Moves the clock, doing on the way, in order, what is due. Lets what follows from each come to rest. */
  pass(ms: number): Promise<void>;
  /** How many tasks wait. */
  readonly waiting: number;
}

interface Task {
  readonly at: number;
  readonly task: () => void;
}

/** @param clock moves along, so that the two never disagree */
export function timerOn(clock: TestClock): TestTimer {
  const tasks = new Set<Task>();
  const present = () => clock.now().epochMilliseconds;
  let elapsed = 0;
  const moveTo = (moment: number) => {
    const now: Temporal.Instant = clock.now();
    elapsed += moment - now.epochMilliseconds;
    clock.set(now.add({ milliseconds: moment - now.epochMilliseconds }).toString());
  };
  return {
    get waiting() {
      return tasks.size;
    },
    elapsed: () => elapsed,
    after(ms, task) {
      const entry = { at: present() + ms, task };
      tasks.add(entry);
      return () => {
        tasks.delete(entry);
      };
    },
    async pass(ms) {
      await rest();
      const end = present() + ms;
      for (;;) {
        const [next] = [...tasks].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        tasks.delete(next);
        moveTo(Math.max(next.at, present()));
        next.task();
        await rest();
      }
      moveTo(end);
      await rest();
    },
  };
}

/** Lets promises that are settled have their say; no time passes. */
async function rest(): Promise<void> {
  for (let turns = 0; turns < 5; turns += 1) await new Promise((resolve) => setImmediate(resolve));
}

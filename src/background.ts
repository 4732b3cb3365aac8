import type { Log } from './log.ts';

/** What goes on while others wait for nothing, and has to come to its end before the bot stops. */
export interface Background {
  /** Keeps an eye on work that somebody else waits for. */
  during<Value>(work: Promise<Value>): Promise<Value>;
  /** Begins a task. What goes wrong with it is in the log, and nowhere else. */
  run(what: string, task: () => Promise<unknown>): void;
  /** Resolves when everything that was begun has come to its end. */
  settled(): Promise<void>;
}

export function createBackground(log: Log): Background {
  const running = new Set<Promise<unknown>>();
  const track = (work: Promise<unknown>) => {
    const done = work.then(
      () => undefined,
      () => undefined,
    );
    running.add(done);
    void done.then(() => running.delete(done));
  };
  return {
    during(work) {
      track(work);
      return work;
    },
    run(what, task) {
      track(
        task().catch((error: unknown) => {
          log.error({ err: error }, `${what} failed`);
        }),
      );
    },
    async settled() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

/** Where parts of the bot that have to wait get their waiting from: tests move it, so that nothing sleeps. */
export interface Timer {
  /**
   * Does a task once, later.
   *
   * @param ms milliseconds from now
   * @returns what calls it off; does nothing once the task is done
   */
  after(ms: number, task: () => void): () => void;
}

/** The machine's own timer. */
export const systemTimer: Timer = {
  after(ms, task) {
    const timeout = setTimeout(task, ms);
    return () => {
      clearTimeout(timeout);
    };
  },
};

/** Resolves after so many milliseconds. */
export function pause(timer: Timer, ms: number): Promise<void> {
  return new Promise((resolve) => {
    timer.after(ms, resolve);
  });
}

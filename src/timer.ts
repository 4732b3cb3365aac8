/** Where parts of the bot that have to wait get their waiting from: tests move it, so that nothing sleeps. */
export interface Timer {
  /**
   * Does a task once, later.
   *
   * @param ms milliseconds from now
   * @returns what calls it off; does nothing once the task is done
   */
  after(ms: number, task: () => void): () => void;
  /**
   * How many milliseconds have passed since some moment. Only differences mean anything: unlike the clock, it does not
   * jump when somebody sets the machine's time.
   */
  elapsed(): number;
}

/** The machine's own timer. */
export const systemTimer: Timer = {
  after(ms, task) {
    const timeout = setTimeout(task, ms);
    return () => {
      clearTimeout(timeout);
    };
  },
  elapsed: () => performance.now(),
};

/** Resolves after so many milliseconds. */
export function pause(timer: Timer, ms: number): Promise<void> {
  return new Promise((resolve) => {
    timer.after(ms, resolve);
  });
}

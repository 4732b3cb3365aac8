/**
 * Lets those who ask the same at the same time share one answer, and never gives one that began before it was asked for:
 * who comes while a question is under way waits for the next one.
 */
export function sharedFreshly<T>(ask: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const running = new Map<string, Promise<T>>();
  const waiting = new Map<string, Promise<T>>();
  const start = (key: string): Promise<T> => {
    const answer = ask(key).finally(() => {
      if (running.get(key) === answer) running.delete(key);
    });
    running.set(key, answer);
    return answer;
  };
  return (key) => {
    const current = running.get(key);
    if (!current) return start(key);
    let next = waiting.get(key);
    if (!next) {
      const begin = () => {
        waiting.delete(key);
        return start(key);
      };
      next = current.then(begin, begin);
      waiting.set(key, next);
    }
    return next;
  };
}

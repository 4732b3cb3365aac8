import type { Log } from '../../src/log.ts';

/** A log that a test reads, and how it waits for what others do in their own time. */
export interface KeptLog {
  readonly log: Log;
  /** Everything that was logged, as text. */
  readonly logged: string[];
  /** Waits until a condition holds; fails after twenty seconds, and says what was logged until then. */
  readonly until: <Value>(look: () => Value | null | undefined | false) => Promise<Value>;
}

export function keptLog(): KeptLog {
  const logged: string[] = [];
  const line = (fields: object, message: string) => {
    const readable = (_name: string, value: unknown) => (value instanceof Error ? value.stack : value);
    logged.push(JSON.stringify({ ...fields, message }, readable));
  };
  return {
    log: { info: line, warn: line, error: line },
    logged,
    async until(look) {
      const deadline = performance.now() + 20_000;
      for (;;) {
        const seen = look();
        if (seen !== null && seen !== undefined && seen !== false) return seen;
        if (performance.now() > deadline) throw new Error(`it never came: ${look.toString()}\n${logged.join('\n')}`);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Note } from './overheard.ts';
import type { ProcessSettings, Said } from './process.ts';

const SCRIPT = fileURLToPath(new URL('process.ts', import.meta.url));
/** The exit code of `process.ts`, which is not loaded here because it is a program. */
const NO_DATABASE = 75;

/** The processes of a run, each of which is started again when it has ended. */
export interface Crew {
  readonly size: number;
  /** `kill -9`, and a new one after a while. */
  kill(member: number, pauseMs: number): Promise<void>;
  /** Asks it to stop, and starts a new one. */
  replace(member: number): Promise<void>;
  /** Stops it from doing anything for a while, as a machine does that has too much to do. */
  freeze(member: number, ms: number): Promise<void>;
  /** Sets how far the clock of one process is off; without `member`, of all of them. */
  shift(ms: number, member?: number): void;
  /** What no process should have done: it ended by itself. */
  readonly faults: string[];
  /** What processes reported as going wrong on our side, and how often. */
  readonly errors: Map<string, number>;
  /** What processes did with the ledger; complete once all have stopped. */
  readonly notes: readonly Note[];
  stop(): Promise<void>;
}

export async function startCrew(
  size: number,
  settings: Omit<ProcessSettings, 'shift'>,
  tell: (line: string) => void,
): Promise<Crew> {
  const members: ChildProcess[] = [];
  const faults: string[] = [];
  const errors = new Map<string, number>();
  const notes: Note[] = [];
  /** What is still to be heard of processes, also of those that have ended. */
  const listening: Promise<unknown>[] = [];
  /** Processes of which it is known that they end. */
  const leaving = new WeakSet<ChildProcess>();
  let common = 0;
  let isOver = false;

  const start = async (member: number): Promise<void> => {
    for (;;) {
      if (isOver) return;
      const child = fork(SCRIPT, [JSON.stringify({ ...settings, shift: common } satisfies ProcessSettings)], {
        stdio: ['ignore', 'ignore', 'pipe', 'ipc', 'pipe'],
      });
      const lines = createInterface({ input: child.stdio[4] as Readable }).on('line', (line) => {
        const note = noteOf(line);
        if (note) notes.push(note);
      });
      listening.push(once(lines, 'close'));
      members[member] = child;
      let lastWords = '';
      child.stderr?.on('data', (part: Buffer) => (lastWords = `${lastWords}${part.toString()}`.slice(-2000)));
      const ready = Promise.withResolvers<boolean>();
      child.on('message', (said: Said) => {
        if (said.type === 'ready') ready.resolve(true);
        else errors.set(said.text, (errors.get(said.text) ?? 0) + 1);
      });
      child.once('exit', (code, signal) => {
        ready.resolve(false);
        if (leaving.has(child) || isOver || code === NO_DATABASE) return;
        faults.push(`process ${member} ended by itself (${String(code ?? signal)}): ${lastWords}`);
        tell(faults.at(-1) ?? '');
        void start(member);
      });
      if (await ready.promise) return;
      if (leaving.has(child)) return;
      await later(300);
    }
  };
  const end = async (member: number, signal: NodeJS.Signals): Promise<void> => {
    const child = members[member];
    if (child?.exitCode !== null || child.signalCode !== null) return;
    leaving.add(child);
    child.kill(signal);
    await once(child, 'exit');
  };
  await Promise.all(Array.from({ length: size }, (_, member) => start(member)));

  return {
    size,
    faults,
    errors,
    notes,
    async kill(member, pauseMs) {
      await end(member, 'SIGKILL');
      await later(pauseMs);
      await start(member);
    },
    async replace(member) {
      await end(member, 'SIGTERM');
      await start(member);
    },
    async freeze(member, ms) {
      const child = members[member];
      child?.kill('SIGSTOP');
      await later(ms);
      child?.kill('SIGCONT');
    },
    shift(ms, member) {
      if (member === undefined) common = ms;
      for (const child of member === undefined ? members : members.slice(member, member + 1)) {
        if (child.connected) child.send({ shift: ms }, () => undefined);
      }
    },
    async stop() {
      isOver = true;
      await Promise.all(members.map((_, member) => end(member, 'SIGTERM')));
      await Promise.all(listening);
    },
  };
}

/** `null`: its process was killed before it had said all of it, and so before it did what it says. */
function noteOf(line: string): Note | null {
  try {
    return JSON.parse(line) as Note;
  } catch {
    return null;
  }
}

/** Resolves after so many milliseconds of the machine's own time. */
export function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

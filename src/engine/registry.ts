import type { AnyCommand } from './command.ts';

/** The commands that there are, in the order in which help lists them. */
export interface Registry {
  readonly all: readonly AnyCommand[];
  /** By name or alias, in any case. */
  find(name: string): AnyCommand | undefined;
}

/** @throws TypeError when two commands answer to the same name: a mistake in the program */
export function createRegistry(commands: readonly AnyCommand[]): Registry {
  const byName = new Map<string, AnyCommand>();
  for (const command of commands) {
    for (const name of [command.name, ...command.aliases]) {
      if (byName.has(name)) throw new TypeError(`two commands answer to “${name}”`);
      byName.set(name, command);
    }
  }
  return { all: commands, find: (name) => byName.get(name.toLowerCase()) };
}

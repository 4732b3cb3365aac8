import type { AnyCommand } from './command.ts';
import type { Registry } from './registry.ts';
import type { Token } from './tokenize.ts';

const OWN_NAME = /^[/@]?gcm(?:\s+|$)/iu;

/** A line without the bot's own name, which some write in front of every command. */
export function withoutOwnName(line: string): string {
  return line.replace(OWN_NAME, '');
}

/** The command that a line begins with: what a sentence ends with does not belong to its name. */
export function commandNamed(registry: Registry, { text, isQuoted }: Token): AnyCommand | undefined {
  if (isQuoted) return undefined;
  // “?” alone is a name of its own.
  return registry.find(text) ?? registry.find(text.replace(/[?!.:,]+$/u, ''));
}

import type { Schedule } from '../schedule/schedule.ts';
import { mayAct, type Role } from './access.ts';
import type { Registry } from './registry.ts';

/**
 * How a line that is being typed can go on: the names of commands for its first word, the handles of events for the
 * words of a command that takes an event, the names of options after `--`.
 *
 * @returns the completions of the last word, and that word
 */
export function completions(
  line: string,
  registry: Registry,
  schedule: Schedule,
  role: Role,
): readonly [readonly string[], string] {
  const names = registry.all
    .filter(({ access, isHidden }) => mayAct(role, access) && !isHidden)
    .map(({ name }) => name);
  const words = line.trimStart().split(/\s+/u);
  const word = words.at(-1) ?? '';
  if (words.length <= 1) {
    return [names.filter((name) => name.startsWith(word)), word];
  }
  const args = Object.entries(registry.find(words[0] ?? '')?.args ?? {});
  if (word.startsWith('--')) {
    const options = args.flatMap(([name, { place }]) =>
      place === 'flag' || place === 'option' || place === 'tail' ? [`--${name}`] : [],
    );
    return [[...options, '--as-of'].filter((option) => option.startsWith(word)), word];
  }
  const takesEvent = args.some(([, { control }]) => control.type === 'event');
  const takesCommand = words[0] === 'help';
  const candidates = [
    ...(takesEvent ? schedule.events.map(({ handle }) => handle) : []),
    ...(takesCommand ? names : []),
  ];
  return [candidates.filter((candidate) => candidate.startsWith(word)), word];
}

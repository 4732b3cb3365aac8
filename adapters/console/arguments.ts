import { ROLES, type Role } from '../../src/engine/access.ts';
import { quote } from '../../src/engine/tokenize.ts';

/** What stands on the command line before the command. */
export interface CommandLine {
  readonly now: string | null;
  readonly role: Role;
  readonly zone: string | null;
  readonly language: string | null;
  readonly isJson: boolean;
  readonly isConfirmed: boolean;
  /** The command as one would type it; empty: chat. */
  readonly line: string;
}

/** What is wrong with a command line, in words. */
export interface UsageProblem {
  readonly problem: string;
}

/** How the program is called; printed with every problem. */
export const USAGE = 'gcm [--now ISO] [--as viewer|editor|admin] [--tz ZONE] [--lang TAG] [--json] [--yes] COMMAND…';

/** Reads the program's own options; from the first word that is none of them on, everything is the command. */
export function readCommandLine(given: readonly string[]): CommandLine | UsageProblem {
  const options = { now: null, zone: null, language: null } as Record<'now' | 'zone' | 'language', string | null>;
  const names: Readonly<Record<string, keyof typeof options | undefined>> = {
    '--now': 'now',
    '--tz': 'zone',
    '--lang': 'language',
  };
  let role: Role = 'admin';
  let isJson = false;
  let isConfirmed = false;
  let at = 0;
  for (; at < given.length; at += 1) {
    const [name, attached] = splitOption(given[at] ?? '');
    const value = () => attached ?? given[(at += 1)];
    const option = names[name];
    if (option) {
      const text = value();
      if (text === undefined) return { problem: `${name} needs a value.` };
      options[option] = text;
    } else if (name === '--as') {
      const said = value();
      const wanted = ROLES.find((known) => known === said);
      if (!wanted) return { problem: `--as is one of ${ROLES.join(', ')}.` };
      role = wanted;
    } else if (name === '--json') isJson = true;
    else if (name === '--yes') isConfirmed = true;
    else break;
  }
  const words = given.slice(at);
  const [only] = words;
  const line = words.length === 1 && only !== undefined ? only : words.map(wordOf).join(' ');
  return { ...options, role, isJson, isConfirmed, line };
}

/** The shell has taken the quotes off; a word with spaces in it gets them back. */
function wordOf(word: string): string {
  return /\s/u.test(word) ? quote(word) : word;
}

function splitOption(word: string): readonly [string, string?] {
  const equals = word.indexOf('=');
  return word.startsWith('--') && equals > 0 ? [word.slice(0, equals), word.slice(equals + 1)] : [word];
}

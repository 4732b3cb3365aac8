import type { MessageKey, MessageValues } from '../language/language.ts';
import type { Argument, ReadContext, ReadProblem } from './argument.ts';
import type { AnyCommand, Arguments } from './command.ts';
import { quote, type Token } from './tokenize.ts';

/** What was given for a command's arguments, still as text. A flag that is set is `true`. */
export type Given = Readonly<Record<string, string>>;

/** A word that no argument has room for. */
export interface Leftover {
  readonly key: MessageKey;
  readonly values: MessageValues;
}

/** Chat programs turn `--` into a dash. */
const OPTION = /^(?:--|—|–)(?<name>[a-z][a-z-]*)(?:=(?<value>.*))?$/u;
const KEY = /^(?<name>[a-z][a-z-]*):(?<value>.+)$/u;

/** Hands out the words of a line to a command's arguments. Only declared names count as keys, so `14:30` is a word. */
export function distribute(
  args: Arguments,
  line: string,
  tokens: readonly Token[],
): { given: Given; leftover: Leftover | null } {
  const given: Record<string, string> = {};
  const plain: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (!token) break;
    const option = token.isQuoted ? undefined : OPTION.exec(token.text)?.groups;
    const key = token.isQuoted ? undefined : KEY.exec(token.text)?.groups;
    if (option) {
      const name = option.name ?? '';
      const argument = Object.hasOwn(args, name) ? args[name] : undefined;
      if (argument?.place === 'flag') given[name] = 'true';
      else if (argument) {
        given[name] = option.value ?? tokens[(at += 1)]?.text ?? '';
      } else return { given, leftover: { key: 'parse.unknown-option', values: { option: `--${name}` } } };
    } else if (key?.name !== undefined && Object.hasOwn(args, key.name) && args[key.name]?.place === 'option') {
      given[key.name] = key.value ?? '';
    } else plain.push(token);
  }
  for (const [name, argument] of Object.entries(args)) {
    const [first] = plain;
    if (!first) break;
    if (argument.place === 'word' && argument.takes(first.text)) {
      given[name] = first.text;
      plain.shift();
    } else if (argument.place === 'rest') {
      given[name] = plain.length === 1 ? first.text : plain.map(({ start, end }) => line.slice(start, end)).join(' ');
      plain.length = 0;
    }
  }
  const [left] = plain;
  return { given, leftover: left ? { key: 'parse.leftover', values: { word: left.text } } : null };
}

/** The arguments, understood; or what is wrong with each, by name. A required argument that is not there is `missing`. */
export type Reading =
  | { readonly type: 'values'; readonly values: Record<string, unknown> }
  | {
      readonly type: 'problems';
      readonly missing: readonly string[];
      readonly problems: Readonly<Record<string, ReadProblem>>;
    };

/** Understands every argument, and finds every problem, not just the first. */
export async function readArguments(args: Arguments, given: Given, context: ReadContext): Promise<Reading> {
  const values: Record<string, unknown> = {};
  const missing: string[] = [];
  const problems: Record<string, ReadProblem> = {};
  for (const [name, argument] of Object.entries(args)) {
    const typed = Object.hasOwn(given, name) ? given[name] : undefined;
    if (argument.isRequired && (typed === undefined || typed.trim() === '')) {
      missing.push(name);
      continue;
    }
    const result = await argument.read(typed, context);
    if (result.ok) values[name] = result.value;
    else problems[name] = result.problem;
  }
  const isComplete = missing.length === 0 && Object.keys(problems).length === 0;
  return isComplete ? { type: 'values', values } : { type: 'problems', missing, problems };
}

/** Writes a command line that is understood as exactly these arguments. */
export function commandLine(command: AnyCommand, given: Given): string {
  const words = [command.name];
  for (const [name, argument] of Object.entries(command.args)) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value === undefined || value === '') continue;
    words.push(written(name, argument, value));
  }
  return words.join(' ');
}

function written(name: string, argument: Argument<unknown>, value: string): string {
  switch (argument.place) {
    case 'flag':
      return `--${name}`;
    case 'option':
      return `--${name} ${quote(value)}`;
    case 'word':
      return quote(value);
    case 'rest':
      return value;
  }
}

import type { Language, MessageKey, MessageValues } from '../language/language.ts';
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
  language: Language,
): { given: Given; leftover: Leftover | null } {
  const given: Record<string, string> = {};
  const unnamed: Token[] = [];
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
    } else if (key?.name !== undefined && Object.hasOwn(args, key.name) && isNamed(args[key.name])) {
      given[key.name] = key.value ?? '';
    } else unnamed.push(token);
  }
  const plain = takeTails(args, line, unnamed, given, language);
  for (const [name, argument] of Object.entries(args)) {
    const [first] = plain;
    if (!first) break;
    if (argument.place === 'word' && argument.takes(first.text)) {
      given[name] = first.text;
      plain.shift();
    } else if (argument.place === 'rest') {
      given[name] = textOf(plain, line);
      plain.length = 0;
    }
  }
  const [left] = plain;
  return { given, leftover: left ? { key: 'parse.leftover', values: { word: left.text } } : null };
}

function isNamed(argument: Argument<unknown> | undefined): boolean {
  return argument?.place === 'option' || argument?.place === 'tail';
}

/** Gives each tail what stands behind its lead, up to the next tail, and leaves what stands before the first. */
function takeTails(
  args: Arguments,
  line: string,
  tokens: readonly Token[],
  given: Record<string, string>,
  language: Language,
): Token[] {
  const tails = Object.entries(args)
    .flatMap(([name, { place, lead }]) => {
      if (place !== 'tail' || lead === undefined || given[name] !== undefined) return [];
      const found = leadAt(tokens, language.words.leads[lead]);
      return found ? [{ name, ...found, isKept: lead === 'rule' }] : [];
    })
    .sort((a, b) => a.start - b.start);
  for (const [index, { name, start, end, isKept }] of tails.entries()) {
    const own = tokens.slice(isKept ? start : end, tails[index + 1]?.start);
    given[name] = textOf(own, line);
  }
  return tokens.slice(0, tails[0]?.start);
}

/** The first of the phrases among the words; the longest where several begin at the same word. */
function leadAt(tokens: readonly Token[], phrases: readonly string[]): { start: number; end: number } | null {
  const words = tokens.map((token) => (token.isQuoted ? '' : token.text.toLowerCase()));
  const byLength = phrases.map((phrase) => phrase.split(' ')).sort((a, b) => b.length - a.length);
  for (let start = 0; start < words.length; start += 1) {
    const phrase = byLength.find((parts) => parts.every((part, at) => words[start + at] === part));
    if (phrase) return { start, end: start + phrase.length };
  }
  return null;
}

/** What was typed for these words; a single one without its quotes. */
function textOf(tokens: readonly Token[], line: string): string {
  const [first, second] = tokens;
  if (first && !second) return first.text;
  return tokens.map(({ start, end }) => line.slice(start, end)).join(' ');
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
    const result = await argument.read(typed, { ...context, given });
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
    case 'tail':
    case 'carried':
      return `--${name} ${quote(value)}`;
    case 'word':
      return quote(value);
    case 'rest':
      return value;
  }
}

import type { Temporal } from 'temporal-polyfill';
import { fold } from '../schedule/filter.ts';
import { mayAct } from './access.ts';
import type { Session } from './answer.ts';
import type { AnyCommand } from './command.ts';
import { distribute, readArguments } from './parse.ts';
import { readContext } from './run-command.ts';
import { quote, tokenize, type Token } from './tokenize.ts';

/** More words than this are not tried: what is typed in a hurry is short. */
const MOST_WORDS = 24;

/**
 * The line that was probably meant by one that its command does not understand: with the title in quotes, or with the
 * word before the last part that was left out. Only what reads without any problem is returned, for the person to choose:
 * nothing of it is certain.
 *
 * @param tokens the words behind the command's name
 */
export async function nearMiss(
  session: Session,
  command: AnyCommand,
  line: string,
  tokens: readonly Token[],
  now: Temporal.Instant,
): Promise<string | null> {
  if (!mayAct(session.reader.role, command.access) || tokens.length > MOST_WORDS) return null;
  const other = command.nearby === undefined ? null : session.commands.find(command.nearby);
  for (const each of other ? [other, command] : [command]) {
    for (const candidate of candidates(session, each, line, tokens)) {
      if (await isUnderstood(session, each, candidate, now)) return candidate;
    }
  }
  return null;
}

function* candidates(session: Session, command: AnyCommand, line: string, tokens: readonly Token[]): Generator<string> {
  const { title, event } = command.args;
  if (title?.place === 'word') {
    yield* withTitleQuoted(session, command, line, tokens);
    yield* withTitleGoingOn(session, command, line, tokens);
  } else if (event?.place === 'rest') yield* withEventAhead(session, command, line, tokens);
}

/** `add Briefing for delegates 8 Nov`: the shortest title comes first, so that all of the date is one. */
function* withTitleQuoted(
  { language }: Session,
  command: AnyCommand,
  line: string,
  tokens: readonly Token[],
): Generator<string> {
  const { given } = distribute(command.args, line, tokens, language);
  const start = tokens.findIndex(({ text, isQuoted }) => text === given.title && !isQuoted);
  if (start < 0) return;
  const isDateExpected = Object.values(command.args).some(({ place }) => place === 'rest');
  for (let end = start + 2; end <= tokens.length; end += 1) {
    const words = tokens.slice(start, end);
    const last = words.at(-1);
    if (!last || last.isQuoted || isOption(last, command)) return;
    const isDateSwallowed = isDateExpected && end === tokens.length && words.some(({ text }) => /\d/u.test(text));
    if (isDateSwallowed) return;
    // The day of “8 Nov” is no part of the title.
    if (isDateExpected && /^\d+(?:\p{Pd}\d+)?$/u.test(last.text) && !/^\d/u.test(tokens[end]?.text ?? '')) continue;
    const before = textOf(line, tokens.slice(0, start));
    const after = textOf(line, tokens.slice(end));
    yield [command.name, before, quote(textOf(line, words)), after].filter((part) => part !== '').join(' ');
  }
}

/** `add "Briefing" 8 Nov at noon for delegates in Geneva`: what follows the date is the end of the title. */
function* withTitleGoingOn(
  { language }: Session,
  command: AnyCommand,
  line: string,
  tokens: readonly Token[],
): Generator<string> {
  const { titleLinks, filters } = language.words;
  const { given } = distribute(command.args, line, tokens, language);
  const title = tokens.findIndex(({ text }) => text === given.title);
  const from = tokens.findIndex(({ text, isQuoted }, at) => at > title && !isQuoted && titleLinks.includes(text));
  if (title < 0 || from < 0) return;
  for (let end = from + 2; end <= tokens.length; end += 1) {
    const isCut = end === tokens.length || filters.place.includes(tokens[end]?.text.toLowerCase() ?? '');
    if (!isCut || tokens.slice(from, end).some((token) => isOption(token, command))) continue;
    const whole = `${tokens[title]?.text ?? ''} ${textOf(line, tokens.slice(from, end))}`;
    const parts = [tokens.slice(0, title), tokens.slice(title + 1, from), tokens.slice(end)];
    const [before = '', between = '', after = ''] = parts.map((part) => textOf(line, part));
    yield [command.name, before, quote(whole), between, after].filter((part) => part !== '').join(' ');
  }
}

/**
 * `move stocktaking 5 Dec`, `edit stocktaking venue Cancun`: the shortest name of an event comes first, so that all of the
 * date is one. A reason may be anything, so there the longest name does.
 */
function* withEventAhead(
  { language }: Session,
  command: AnyCommand,
  line: string,
  tokens: readonly Token[],
): Generator<string> {
  const { fieldNames, leads, noise } = language.words;
  const args = Object.entries(command.args);
  const tail = args.find(([, { place }]) => place === 'tail');
  const lead = tail?.[1].lead;
  const ends = tokens.slice(1).map((_, at) => at + 1);
  for (const end of lead === 'because' ? ends.reverse() : ends) {
    // “unece the” is a name too, but its last word belongs to what follows.
    if (end > 1 && noise.includes(fold(tokens[end - 1]?.text ?? ''))) continue;
    const event = textOf(line, tokens.slice(0, end));
    const rest = tokens.slice(end);
    const [first, ...others] = rest;
    if (!first || first.isQuoted) continue;
    if (lead !== undefined) {
      const isSaid = leads[lead].includes(first.text.toLowerCase());
      yield [command.name, event, ...(isSaid ? [] : [leads[lead][0]]), textOf(line, rest)].join(' ');
    }
    const [word = '', ...inside] = first.text.split(':');
    const option = args.find(
      ([name, { place }]) => place === 'option' && [name, ...(fieldNames[name] ?? [])].includes(fold(word)),
    );
    const isLed = leads.to.includes(others[0]?.text ?? '');
    const said = `${inside.join(':')} ${textOf(line, isLed ? others.slice(1) : others)}`.trim();
    if (option && said !== '' && !others.some((each) => isOption(each, command))) {
      yield `${command.name} ${event} ${option[0]}:${quote(said)}`;
    }
  }
}

function isOption({ text, isQuoted }: Token, { args }: AnyCommand): boolean {
  const name = /^(?:--|—|–)?(?<name>[a-z][a-z-]*)/u.exec(text)?.groups?.name ?? '';
  return !isQuoted && /^(?:--|—|–)|:/u.test(text) && Object.hasOwn(args, name);
}

function textOf(line: string, tokens: readonly Token[]): string {
  const [first, last] = [tokens[0], tokens.at(-1)];
  return first && last ? line.slice(first.start, last.end) : '';
}

async function isUnderstood(
  session: Session,
  command: AnyCommand,
  candidate: string,
  now: Temporal.Instant,
): Promise<boolean> {
  const [, ...words] = tokenize(candidate);
  const { given, leftover } = distribute(command.args, candidate, words, session.language);
  if (leftover) return false;
  const reading = await readArguments(command.args, given, readContext(session, now));
  return reading.type === 'values';
}

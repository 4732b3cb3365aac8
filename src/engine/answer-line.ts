import type { Temporal } from 'temporal-polyfill';
import { muted, typed } from '../cards/card.ts';
import { cleanLine } from '../clean.ts';
import { refused, type Answer, type Session } from './answer.ts';
import { commandNamed, withoutOwnName } from './command-name.ts';
import type { Input } from './dispatch.ts';
import { takeGlobalOptions } from './global-options.ts';
import { distribute } from './parse.ts';
import { leftoverProblem, nearMissReply, readContext, runCommand, unknownCommand } from './run-command.ts';
import { tokenize, type Token } from './tokenize.ts';

/** The longest line that is read, in UTF-16 units. */
export const LONGEST_LINE = 4000;

/** Answers a line as typed, a form as filled in, or a message that is to become an event. */
export async function answer(session: Session, input: Input): Promise<Answer> {
  if (input.type === 'form') {
    const command = session.commands.find(input.command);
    if (!command) return unknownCommand(session, input.command);
    return runCommand(session, command, input.given, session.present, input.isConfirmed ?? false, { isForm: true });
  }
  if (input.type === 'message') {
    const { formOfMessage } = await import('./message-form.ts');
    return formOfMessage(session, input);
  }
  if (input.line.length > LONGEST_LINE) {
    return refused(session.language.t('error.too-long', { max: LONGEST_LINE }));
  }
  return answerLine(session, cleanLine(input.line), input.isConfirmed ?? false);
}

async function answerLine(session: Session, typed: string, isConfirmed: boolean): Promise<Answer> {
  const line = withoutCourtesies(withoutOwnName(typed), session);
  const global = await takeGlobalOptions(session, line, tokenize(line));
  if ('answer' in global) return global.answer;
  const { tokens, now } = global;
  const [first, ...rest] = tokens;
  const yes = isConfirmed || global.isConfirmed;
  if (!first) return runNamed(session, 'help', now);

  const asSentence = () => answerSentence(session, tokens, line, now, yes);
  const command = commandNamed(session.commands, first);
  if (!command) {
    return (await asSentence()) ?? unknownCommand(session, first.text, rest, line);
  }
  const nearMiss = async () => {
    const { nearMiss: lineMeant } = await import('./near-miss.ts');
    return lineMeant(session, command, line, rest, now);
  };
  const { given, leftover } = distribute(command.args, line, rest, session.language);
  if (!leftover) return runCommand(session, command, given, now, yes, { nearMiss, reinterpret: asSentence });
  const near = await nearMiss();
  if (near !== null) return nearMissReply(session, near);
  return (await asSentence()) ?? leftoverProblem(session, command, leftover);
}

/** The line without the polite words before a command and behind it; as it is where no command follows them. */
export function withoutCourtesies(
  line: string,
  { commands, language }: Pick<Session, 'commands' | 'language'>,
): string {
  const tokens = tokenize(line);
  const words = tokens.map(({ text, isQuoted }) => (isQuoted ? '' : text.toLowerCase().replace(/,$/u, '')));
  const courtesies = language.words.courtesies.map((phrase) => phrase.split(' '));
  const at = (start: number) => courtesies.find((phrase) => phrase.every((word, of) => words[start + of] === word));
  let start = 0;
  for (let phrase = at(start); phrase; phrase = at(start)) start += phrase.length;
  const first = tokens[start];
  if (start === 0 || !first || first.isQuoted || !commands.find(first.text)) return line;
  const plain = line.slice(first.start).replace(/[?!.]+\s*$/u, '');
  const thanks = /[\s,]+(?<word>\S+)$/u.exec(plain);
  const isCourtesy = language.words.courtesies.includes(thanks?.groups?.word?.toLowerCase() ?? '');
  return thanks && isCourtesy ? plain.slice(0, thanks.index) : plain;
}

/** A sentence that is not a command: understood by rules, and said back. `null` when it is not understood. */
async function answerSentence(
  session: Session,
  tokens: readonly Token[],
  line: string,
  now: Temporal.Instant,
  isConfirmed: boolean,
): Promise<Answer | null> {
  const [first, last] = [tokens[0], tokens.at(-1)];
  if (!first || !last) return null;
  const { ask } = await import('./ask.ts');
  const sentence = line.slice(first.start, last.end);
  const meant = ask(sentence, readContext(session, now));
  if (meant === null) return null;
  const words = tokenize(meant);
  const command = session.commands.find(words[0]?.text ?? '');
  if (!command) return null;
  const { given, leftover } = distribute(command.args, meant, words.slice(1), session.language);
  if (leftover) return null;
  const reply = await runCommand(session, command, given, now, isConfirmed);
  if (reply.outcome !== 'answered') return reply;
  const note = muted(session.language.t('ask.understood'), ' ', typed(meant, session.language));
  return { ...reply, card: { ...reply.card, elements: [note, ...reply.card.elements] } };
}

async function runNamed(session: Session, name: string, now: Temporal.Instant): Promise<Answer> {
  const command = session.commands.find(name);
  return command ? runCommand(session, command, {}, now, false) : unknownCommand(session, name);
}

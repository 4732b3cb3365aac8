import type { Temporal } from 'temporal-polyfill';
import { code, muted } from '../cards/card.ts';
import { cleanLine } from '../clean.ts';
import { refused, type Answer, type Session } from './answer.ts';
import type { Input } from './dispatch.ts';
import { takeGlobalOptions } from './global-options.ts';
import { distribute } from './parse.ts';
import { leftoverProblem, readContext, runCommand, unknownCommand } from './run-command.ts';
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

const OWN_NAME = /^[/@]?gcm(?:\s+|$)/iu;

async function answerLine(session: Session, typed: string, isConfirmed: boolean): Promise<Answer> {
  const line = typed.replace(OWN_NAME, '');
  const global = await takeGlobalOptions(session, line, tokenize(line));
  if ('answer' in global) return global.answer;
  const { tokens, now } = global;
  const [first, ...rest] = tokens;
  const yes = isConfirmed || global.isConfirmed;
  if (!first) return runNamed(session, 'help', now);

  const asSentence = () => answerSentence(session, tokens, line, now, yes);
  const named = (name: string) => (first.isQuoted ? undefined : session.commands.find(name));
  // “?” alone is a name of its own.
  const command = named(first.text) ?? named(first.text.replace(/[?!.:,]+$/u, ''));
  if (!command) {
    return (await asSentence()) ?? unknownCommand(session, first.text, rest, line);
  }
  const { given, leftover } = distribute(command.args, line, rest, session.language);
  if (!leftover) return runCommand(session, command, given, now, yes, { reinterpret: asSentence });
  return (await asSentence()) ?? leftoverProblem(session, command, leftover);
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
  const note = muted(session.language.t('ask.understood'), ' ', code(meant));
  return { ...reply, card: { ...reply.card, elements: [note, ...reply.card.elements] } };
}

async function runNamed(session: Session, name: string, now: Temporal.Instant): Promise<Answer> {
  const command = session.commands.find(name);
  return command ? runCommand(session, command, {}, now, false) : unknownCommand(session, name);
}

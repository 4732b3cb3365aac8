import { Temporal } from 'temporal-polyfill';
import { action, choice, offer } from '../cards/card.ts';
import { minuteOf } from '../clock.ts';
import { dateAt } from '../schedule/when.ts';
import { mayAct } from './access.ts';
import { answerOf, meant, refused, type Answer, type Session } from './answer.ts';
import type { ReadContext, ReadProblem } from './argument.ts';
import type { AnyCommand, Context } from './command.ts';
import { denied } from './denied.ts';
import { formFor, formOf } from './form.ts';
import { commandLine, readArguments, type Given, type Leftover } from './parse.ts';
import { closest } from './suggest.ts';
import type { Token } from './tokenize.ts';

/** What arguments are understood with. */
export function readContext(session: Session, now: Temporal.Instant): ReadContext {
  const { reader, language, schedule } = session;
  return { now, zone: reader.zone, language, schedule, given: {} };
}

/** What else a line may be when its command does not understand it. */
interface Ways {
  readonly nearMiss?: () => Promise<string | null>;
  readonly reinterpret?: () => Promise<Answer | null>;
  readonly isForm?: boolean;
}

/**
 * Runs a command: right, arguments, and then the command itself; a change that it proposes is shown before it is made. What is missing is asked for by a form;
 * what is wrong is said with every reading that would be right.
 *
 * @param moment the moment the answer is for
 * @param ways `nearMiss` is asked for the line that was meant when an event or a date is not understood; `reinterpret` is
 * tried when an argument is no filter and no event: the line may be a sentence; `isForm`: a form was filled in, and comes
 * back with every problem beside its field
 */
export async function runCommand(
  session: Session,
  command: AnyCommand,
  given: Given,
  moment: Temporal.Instant,
  isConfirmed: boolean,
  { nearMiss, reinterpret, isForm = false }: Ways = {},
): Promise<Answer> {
  const { language, reader } = session;
  if (!mayAct(reader.role, command.access)) return denied(session, command);
  const now = command.isQuestion ? Temporal.Instant.fromEpochMilliseconds(minuteOf(moment.epochMilliseconds)) : moment;
  const reading = await readArguments(command.args, given, readContext(session, now));
  if (reading.type === 'problems') {
    const problems = Object.entries(reading.problems);
    const isNear = problems.some(([, { key }]) => key === 'argument.no-such-event' || key === 'when.not-understood');
    const near = isNear ? await nearMiss?.() : null;
    if (near) return nearMissReply(session, near);
    const isOdd = problems.some(([, { key }]) => key === 'filter.unknown' || key === 'argument.no-such-event');
    const understood = isOdd ? await reinterpret?.() : null;
    if (understood) return understood;
    const [only] = problems;
    if (!isForm && only && problems.length === 1 && reading.missing.length === 0) {
      return problemReply(session, command, given, only[0], only[1]);
    }
    const isUntouched = !isForm && problems.length === 0;
    const form = isUntouched
      ? await formFor(command, given, contextOf(session, command, given, now))
      : formOf(command, language, given, reading.problems);
    return { outcome: 'asked', card: form };
  }
  const context = contextOf(session, command, given, now);
  const result = await command.run(context, reading.values);
  const forWhom = {
    ...(command.isPersonal && { isPersonal: true as const }),
    ...(command.isQuestion && { isQuestion: true as const }),
  };
  if ('outcome' in result) return { ...result, ...forWhom };
  if (!('writes' in result)) return { ...answerOf(result), ...forWhom };
  const { propose } = await import('./propose.ts');
  return propose({ command, given, proposal: result }, context, isConfirmed);
}

function contextOf(session: Session, command: AnyCommand, given: Given, now: Temporal.Instant): Context {
  const { epochMilliseconds } = now;
  const { zone } = session.reader;
  const at = { now: epochMilliseconds, zone, today: dateAt(epochMilliseconds, zone) };
  return { ...session, now, at, given, commandName: command.name };
}

/** One argument is not understood: what is wrong, and every reading of it as a choice. */
function problemReply(
  { language }: Session,
  command: AnyCommand,
  given: Given,
  name: string,
  problem: ReadProblem,
): Answer {
  const readings = problem.choices.map((reading) =>
    action(reading.label, commandLine(command, { ...given, [name]: reading.text })),
  );
  return refused(language.t(problem.key, problem.values), ...meant(readings));
}

/** The line that was probably meant, to be chosen or not. */
export function nearMissReply({ language }: Session, line: string): Answer {
  return refused(language.t('parse.near-miss'), choice(action(line, line)));
}

export function leftoverProblem({ language }: Session, command: AnyCommand, leftover: Leftover): Answer {
  const sentence = language.t(leftover.key, { ...leftover.values, command: command.name });
  const help = action(language.t('help.offer', { command: command.name }), `help ${command.name}`);
  return refused(sentence, ...offer(help));
}

export function unknownCommand(session: Session, word: string, rest: readonly Token[] = [], line = ''): Answer {
  const { language, commands, reader } = session;
  const names = commands.all
    .filter((command) => mayAct(reader.role, command.access) && !command.isHidden)
    .flatMap((command) => [command.name, ...command.aliases]);
  const [from, to] = [rest[0], rest.at(-1)];
  const tail = from && to ? ` ${line.slice(from.start, to.end)}` : '';
  // “how many …” is no slip of “show”, nor “?” one of “n”.
  const isSlip = /\p{L}/u.test(word) && !language.words.noise.includes(word.toLowerCase());
  const near = isSlip ? closest(word.toLowerCase(), names) : [];
  if (near.length > 0) {
    const choices = near.map((name) => action(`${name}${tail}`, `${name}${tail}`));
    return refused(language.t('error.did-you-mean', { word }), choice(...choices));
  }
  // Of a sentence, its first word is not what is wrong.
  const sentence =
    rest.length > 1 ? language.t('error.unknown-sentence') : language.t('error.unknown-command', { word });
  return refused(sentence, ...offer(action(language.t('help.title'), 'help')));
}

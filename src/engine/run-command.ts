import type { Temporal } from 'temporal-polyfill';
import { action, choice, offer } from '../cards/card.ts';
import { dateAt } from '../schedule/when.ts';
import { mayAct } from './access.ts';
import { answerOf, meant, refused, type Answer, type Session } from './answer.ts';
import type { ReadContext, ReadProblem } from './argument.ts';
import type { AnyCommand, Context } from './command.ts';
import { denied } from './denied.ts';
import { formOf } from './form.ts';
import { commandLine, readArguments, type Given, type Leftover } from './parse.ts';
import { closest } from './suggest.ts';
import type { Token } from './tokenize.ts';

/** What arguments are understood with. */
export function readContext(session: Session, now: Temporal.Instant): ReadContext {
  const { reader, language, schedule } = session;
  return { now, zone: reader.zone, language, schedule, given: {} };
}

/**
 * Runs a command: right, arguments, and then the command itself; a change that it proposes is shown before it is made. What is missing is asked for by a form;
 * what is wrong is said with every reading that would be right.
 *
 * @param now the moment the answer is for
 * @param ways `reinterpret` is tried when an argument is no filter and no event: the line may be a sentence; `isForm`:
 * a form was filled in, and comes back with every problem beside its field
 */
export async function runCommand(
  session: Session,
  command: AnyCommand,
  given: Given,
  now: Temporal.Instant,
  isConfirmed: boolean,
  { reinterpret, isForm = false }: { reinterpret?: () => Promise<Answer | null>; isForm?: boolean } = {},
): Promise<Answer> {
  const { language, reader } = session;
  if (!mayAct(reader.role, command.access)) return denied(session, command);
  const reading = await readArguments(command.args, given, readContext(session, now));
  if (reading.type === 'problems') {
    const problems = Object.entries(reading.problems);
    const isOdd = problems.some(([, { key }]) => key === 'filter.unknown' || key === 'argument.no-such-event');
    const understood = isOdd ? await reinterpret?.() : null;
    if (understood) return understood;
    const [only] = problems;
    if (!isForm && only && problems.length === 1 && reading.missing.length === 0) {
      return problemReply(session, command, given, only[0], only[1]);
    }
    return { outcome: 'asked', card: formOf(command, language, given, reading.problems) };
  }
  const { epochMilliseconds } = now;
  const at = { now: epochMilliseconds, zone: reader.zone, today: dateAt(epochMilliseconds, reader.zone) };
  const context: Context = { ...session, now, at, given, commandName: command.name };
  const result = await command.run(context, reading.values);
  const forWhom = command.isPersonal ? { isPersonal: true as const } : {};
  if ('outcome' in result) return { ...result, ...forWhom };
  if (!('writes' in result)) return { ...answerOf(result), ...forWhom };
  const { propose } = await import('./propose.ts');
  return propose({ command, given, proposal: result }, context, isConfirmed);
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
  const near = closest(word.toLowerCase(), names).map((name) => action(`${name}${tail}`, `${name}${tail}`));
  return near.length > 0
    ? refused(language.t('error.did-you-mean', { word }), choice(...near))
    : refused(language.t('error.unknown-command', { word }), ...offer(action(language.t('help.offer-all'), 'help')));
}

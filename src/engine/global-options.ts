import { Temporal } from 'temporal-polyfill';
import { action, choice } from '../cards/card.ts';
import { refused, type Answer, type Session } from './answer.ts';
import type { Token } from './tokenize.ts';

/** What is left of a line without the options of every command, and what they say. */
export type GlobalOptions =
  | { readonly tokens: readonly Token[]; readonly now: Temporal.Instant; readonly isConfirmed: boolean }
  | { readonly answer: Answer };

const AS_OF = /^(?:--|—|–)as-of(?:=(?<value>.+))?$/u;
const YES = /^(?:--|—|–)yes$/u;

/** The words of a line without the options of every command, and these as typed. */
export function splitGlobalOptions(line: readonly Token[]): {
  readonly tokens: readonly Token[];
  /** What stands behind each `--as-of`. */
  readonly asOf: readonly string[];
  readonly isConfirmed: boolean;
} {
  const tokens: Token[] = [];
  const asOf: string[] = [];
  let isConfirmed = false;
  for (let at = 0; at < line.length; at += 1) {
    const token = line[at];
    if (!token) break;
    const option = token.isQuoted ? null : AS_OF.exec(token.text);
    if (option) asOf.push(option.groups?.value ?? line[(at += 1)]?.text ?? '');
    else if (!token.isQuoted && YES.test(token.text)) isConfirmed = true;
    else tokens.push(token);
  }
  return { tokens, asOf, isConfirmed };
}

/** Takes out what every command understands: `--as-of DATE` and `--yes`. */
export async function takeGlobalOptions(
  session: Session,
  line: string,
  tokens: readonly Token[],
): Promise<GlobalOptions> {
  const { tokens: kept, asOf, isConfirmed } = splitGlobalOptions(tokens);
  const rest = [...kept.map(({ start, end }) => line.slice(start, end)), ...(isConfirmed ? ['--yes'] : [])].join(' ');
  let now = session.present;
  for (const typed of asOf) {
    const day = await readDay(session, typed, (clear) => `${rest} --as-of ${clear}`);
    if ('answer' in day) return day;
    now = day.start;
  }
  return { tokens: kept, now, isConfirmed };
}

/** The beginning of a day in the reader's zone. */
async function readDay(
  session: Session,
  typed: string,
  lineFor: (clear: string) => string,
): Promise<{ readonly start: Temporal.Instant } | { readonly answer: Answer }> {
  const { language, reader, present } = session;
  const [{ readPeriod }, { dateProblemInWords }] = await Promise.all([
    import('../dates/read-period.ts'),
    import('../dates/words.ts'),
  ]);
  const reading = readPeriod(typed, { language, zone: reader.zone, now: present, direction: 'future' });
  if (reading && 'period' in reading && reading.period.from !== null) {
    const day = Temporal.PlainDate.from(reading.period.from);
    return { start: day.toZonedDateTime(reader.zone).toInstant() };
  }
  if (reading && 'ambiguous' in reading) {
    const days = reading.ambiguous.map(({ period, rewritten }) => action(period.text, lineFor(rewritten)));
    return { answer: refused(language.t('date.ambiguous', { given: typed }), choice(...days)) };
  }
  if (reading && 'problem' in reading) return { answer: refused(dateProblemInWords(reading.problem, language)) };
  return { answer: refused(language.t('date.not-understood', { given: typed })) };
}

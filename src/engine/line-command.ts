import { cleanLine } from '../clean.ts';
import { LONGEST_LINE, withoutCourtesies } from './answer-line.ts';
import { commandNamed, withoutOwnName } from './command-name.ts';
import type { AnyCommand } from './command.ts';
import type { Bot, Request } from './dispatch.ts';
import { splitGlobalOptions } from './global-options.ts';
import { groupInLine } from './in-group.ts';
import { quote, tokenize } from './tokenize.ts';

/** What stands before a command with the word behind it, which may be called like one. */
const TAKES_VALUE = /^(?:--|—|–)(?:group|as-of)$/u;

/** Who reads a line before the bot does. */
interface Listener {
  readonly bot: Bot;
}

/** Whether what somebody says concerns staff or themselves, so that nobody else in the conversation reads the answer. */
export function isForOneself(listener: Listener, line: string): boolean {
  const command = commandIn(listener, line);
  return command !== undefined && (command.access !== 'viewer' || command.isPersonal === true);
}

/** How the bot is asked for what everybody in a conversation reads: it is answered as everybody may see it. */
export function asSeenByAll(listener: Listener, line: string): Pick<Request, 'isReadByAll' | 'role'> {
  return commandIn(listener, line)?.isForConversation ? { isReadByAll: true } : { role: 'viewer' };
}

/** Whether a line does nothing that would not be as good twice. A sentence that is no command can only ask. */
export function isOnlyAsking(listener: Listener, line: string): boolean {
  const command = commandIn(listener, line);
  return command === undefined || command.isQuestion === true;
}

/** The command that a line is for, found as the bot finds it; `undefined` for a sentence. */
export function commandIn({ bot: { registry, languages } }: Listener, typed: string): AnyCommand | undefined {
  // Nearly every line begins with its command, and then there is nothing to look for.
  const direct = registry.find(/^\S*/u.exec(typed)?.[0] ?? '');
  if (direct) return direct;
  const { line } = groupInLine(typed.slice(0, LONGEST_LINE));
  const own = withoutOwnName(cleanLine(line));
  // Which language its reader speaks is not known yet: the courtesies of each are skipped.
  for (const language of languages) {
    const [first] = splitGlobalOptions(tokenize(withoutCourtesies(own, { commands: registry, language }))).tokens;
    const command = first && commandNamed(registry, first);
    if (command) return command;
  }
  return undefined;
}

/**
 * A line with the name of the file that came along behind a command that takes one and has not been given any; as it is
 * for every other command.
 */
export function withFileName(listener: Listener, typed: string, name: string): string {
  const command = commandIn(listener, typed);
  if (!command || !takesFile(command)) return typed;
  const tokens = tokenize(typed);
  const { registry } = listener.bot;
  const at = tokens.findIndex(
    (token, index) => commandNamed(registry, token) === command && !TAKES_VALUE.test(tokens[index - 1]?.text ?? ''),
  );
  const [own, next] = [tokens[at], tokens[at + 1]];
  if (!own || (next && (next.isQuoted || !/^(?:[-—–]|group:)/u.test(next.text)))) return typed;
  return `${typed.slice(0, own.end)} ${quote(name)}${typed.slice(own.end)}`;
}

/** Whether a command cannot do without a file. */
export function takesFile({ args }: AnyCommand): boolean {
  return Object.values(args).some(({ control, isRequired }) => control.type === 'file' && isRequired);
}

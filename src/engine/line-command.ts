import { cleanLine } from '../clean.ts';
import type { Language } from '../language/language.ts';
import { LONGEST_LINE, withoutCourtesies } from './answer-line.ts';
import { commandNamed, withoutOwnName } from './command-name.ts';
import type { AnyCommand } from './command.ts';
import type { Bot, Request } from './dispatch.ts';
import { splitGlobalOptions } from './global-options.ts';
import { groupInLine } from './in-group.ts';
import { tokenize } from './tokenize.ts';

/** Who reads a line before the bot does. */
interface Listener {
  readonly bot: Bot;
  readonly language: Language;
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
export function commandIn({ bot: { registry }, language }: Listener, typed: string): AnyCommand | undefined {
  // Nearly every line begins with its command, and then there is nothing to look for.
  const direct = registry.find(/^\S*/u.exec(typed)?.[0] ?? '');
  if (direct) return direct;
  const { line } = groupInLine(typed.slice(0, LONGEST_LINE));
  const plain = withoutCourtesies(withoutOwnName(cleanLine(line)), { commands: registry, language });
  const [first] = splitGlobalOptions(tokenize(plain)).tokens;
  return first && commandNamed(registry, first);
}

/** Whether a command cannot do without a file. */
export function takesFile({ args }: AnyCommand): boolean {
  return Object.values(args).some(({ control, isRequired }) => control.type === 'file' && isRequired);
}

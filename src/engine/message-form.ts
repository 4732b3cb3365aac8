import { mayAct } from './access.ts';
import { refused, type Answer, type Session } from './answer.ts';
import type { AnyCommand, Message } from './command.ts';
import { denied } from './denied.ts';
import { formOf } from './form.ts';
import type { Registry } from './registry.ts';
import { readContext } from './run-command.ts';

/** The command that takes messages: “Make this an event”. A bot may have none. */
export function commandForMessages({ all }: Pick<Registry, 'all'>): AnyCommand | undefined {
  return all.find(({ fillFrom }) => fillFrom !== undefined);
}

/** Somebody wants an event of a message: the form for it, filled in with what the message says. */
export async function formOfMessage(session: Session, message: Message): Promise<Answer> {
  const { commands, language, reader, present } = session;
  const command = commandForMessages(commands);
  if (!command?.fillFrom) return refused(language.t('error.no-messages'));
  if (!mayAct(reader.role, command.access)) return denied(session, command);
  const given = await command.fillFrom(message, readContext(session, present));
  return { outcome: 'asked', card: formOf(command, language, given) };
}

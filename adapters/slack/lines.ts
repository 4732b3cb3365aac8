import { commandIn, takesFile, withFileName } from '../../src/engine/line-command.ts';
import { quote } from '../../src/engine/tokenize.ts';
import type { Asker, Desk } from './desk.ts';
import { typedText, type Origin } from './incoming.ts';
import { pastedFile, type PastedFile, type SharedFile } from './files.ts';

/** A file as Slack describes it in an event or in a form. */
export interface SlackFile {
  readonly id?: string | undefined;
  readonly name?: string | null;
  readonly url_private_download?: string | undefined;
  readonly url_private?: string | undefined;
}

/** The files of a message that can be fetched. */
export function sharedFiles(files: readonly SlackFile[] | undefined): readonly Exclude<SharedFile, PastedFile>[] {
  return (files ?? []).flatMap(({ id = '', name, url_private_download, url_private }) => {
    const url = url_private_download ?? url_private;
    return name && url !== undefined ? [{ id, name, url }] : [];
  });
}

/**
 * The line that is meant when files came with it, or when a text was pasted behind a command that takes a file. The bot
 * keeps them in mind under the names that the line gives them.
 */
export function takeFiles(
  desk: Desk,
  { origin, user }: Asker,
  typed: string,
  shared: readonly SharedFile[] = [],
): string {
  const person = { platform: 'slack', tenant: origin.tenant, user };
  desk.files.remember(person, shared);
  const [first] = shared;
  if (first && typed === '') {
    const command = desk.bot.registry.all.find(takesFile);
    return command ? `${command.name} ${quote(first.name)}` : typed;
  }
  if (first) return withFileName(desk, typed, first.name);
  const command = desk.bot.registry.find(/^\S*/u.exec(typed)?.[0] ?? '');
  const pasted = command && takesFile(command) ? pastedFile(typed) : null;
  if (!pasted) return typed;
  desk.files.remember(person, [pasted.file]);
  return pasted.line;
}

/** What somebody typed, as a line: with the mentions that the command takes as Slack writes them. */
export function lineOf(desk: Desk, { tenant }: Origin, text: string, botUser: string | null = null): string {
  const typed = typedText(text, botUser);
  const command = commandIn(desk, typed);
  if (!Object.values(command?.args ?? {}).some(({ takesMentions }) => takesMentions)) return typed;
  const line = typedText(text, botUser, true);
  // Whoever is mentioned may never have spoken to the bot: their name is asked for, for whoever reads of them later.
  for (const [, user = ''] of line.matchAll(/<@(?<user>[A-Z0-9]+)[|>]/gu)) {
    desk.profiles.refresh({ platform: 'slack', tenant, user });
  }
  return line;
}

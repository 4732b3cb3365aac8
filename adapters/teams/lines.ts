import { quote } from '../../src/engine/tokenize.ts';
import type { AnyCommand } from '../../src/engine/command.ts';
import { addressOf, identityOf, type Desk } from './desk.ts';
import { sharedFiles } from './files.ts';
import type { Activity, Origin } from './incoming.ts';

interface Mention {
  readonly id: string;
  readonly name: string;
  /** As it stands in the message: `<at>GCM</at>`. */
  readonly text: string;
}

/** Whether a message mentions the bot. Elsewhere than in personal chat, others are not meant for it. */
export function mentionsBot(activity: Activity): boolean {
  return mentionsIn(activity).some(({ id }) => id === activity.recipient?.id);
}

/**
 * What somebody typed: without the mention of the bot, and with the mentions of others as the engine reads them; with
 * the name of the file that came along where the command takes one.
 */
export async function typedLine(desk: Desk, origin: Origin, activity: Activity): Promise<string> {
  const files = sharedFiles(activity);
  desk.files.remember(identityOf(origin), files);
  const typed = plainText(await withMentions(desk, origin, activity), activity.textFormat === 'xml');
  const [file] = files;
  if (!file) return typed;
  if (typed === '') {
    const command = desk.bot.registry.all.find(takesFile);
    return command ? `${command.name} ${quote(file.name)}` : typed;
  }
  const [name = '', ...options] = typed.split(/\s+/u);
  const command = desk.bot.registry.find(name);
  const isNamed = options.length > 0 && !/^[-—–]/u.test(options[0] ?? '');
  return command && takesFile(command) && !isNamed ? [name, quote(file.name), ...options].join(' ') : typed;
}

/** The bot's own mentions go; somebody else's becomes `<@ID|NAME>`, with their id in the directory. */
async function withMentions(desk: Desk, origin: Origin, activity: Activity): Promise<string> {
  let text = activity.text ?? '';
  for (const { id, name, text: written } of mentionsIn(activity)) {
    if (written === '' || !text.includes(written)) continue;
    const isBot = id === activity.recipient?.id;
    const known = isBot ? null : ((await desk.messenger.directoryIdOf(addressOf(origin), id)) ?? id);
    text = text.replaceAll(written, () => (known === null ? ' ' : ` <@${known}|${name.replaceAll(/[<>|]/gu, ' ')}> `));
  }
  return text;
}

function mentionsIn({ entities }: Activity): readonly Mention[] {
  return (entities ?? []).flatMap((entity) => {
    const { mentioned, text } = entity as { mentioned?: { id?: unknown; name?: unknown } | null; text?: unknown };
    if (entity.type !== 'mention' || typeof mentioned?.id !== 'string') return [];
    const name = typeof mentioned.name === 'string' ? mentioned.name : '';
    return [{ id: mentioned.id, name, text: typeof text === 'string' ? text : '' }];
  });
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/** Teams writes plain text with the tags of mentions in it; what says that it is XML has its characters escaped too. */
function plainText(text: string, isXml: boolean): string {
  const spaced = text.replace(/&nbsp;|\u00a0/gu, ' ');
  const read = isXml ? spaced.replace(/&(?:amp|lt|gt|quot|#39);/gu, (entity) => ENTITIES[entity] ?? entity) : spaced;
  return read.trim();
}

function takesFile({ args }: AnyCommand): boolean {
  return Object.values(args).some(({ control, isRequired }) => control.type === 'file' && isRequired);
}

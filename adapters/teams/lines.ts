import { quote } from '../../src/engine/tokenize.ts';
import { commandIn, takesFile, withFileName } from '../../src/engine/line-command.ts';
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
  return withFileName(desk, typed, file.name);
}

/**
 * The bot's own mentions go. Somebody else's are a name, but for a command that takes mentions: there a person becomes
 * `<@ID|NAME>`, with their id in the directory, and the team that it is said in `<!subteam^ID|NAME>`.
 */
async function withMentions(desk: Desk, origin: Origin, activity: Activity): Promise<string> {
  const others: Mention[] = [];
  let text = activity.text ?? '';
  for (const mention of mentionsIn(activity)) {
    if (mention.text === '' || !text.includes(mention.text)) continue;
    if (mention.id === activity.recipient?.id) text = text.replaceAll(mention.text, ' ');
    else others.push(mention);
  }
  const command = commandIn(desk, text.trim());
  const takesMentions = Object.values(command?.args ?? {}).some((argument) => argument.takesMentions);
  for (const mention of others) {
    const words = takesMentions ? await mentioned(desk, origin, activity, mention) : mention.name;
    text = text.replaceAll(mention.text, () => ` ${words} `);
  }
  return takesMentions ? withTeam(desk, origin, activity, text) : text;
}

async function mentioned(desk: Desk, origin: Origin, activity: Activity, { id, name }: Mention): Promise<string> {
  if (id === activity.channelData?.team?.id) return quote(`<!subteam^${id}|${plainName(name)}>`);
  const known = (await desk.messenger.directoryIdOf(addressOf(origin), id)) ?? id;
  return quote(`<@${known}|${plainName(name)}>`);
}

/** “this team” is the one whose channel it is said in: a team cannot be mentioned to a bot. */
async function withTeam(desk: Desk, { tenant }: Origin, { channelData }: Activity, text: string): Promise<string> {
  const phrase = desk.language.t('teams.this-team');
  const at = text.toLowerCase().indexOf(phrase);
  const id = channelData?.team?.id ?? null;
  if (at < 0 || id === null) return text;
  const name = channelData?.team?.name ?? (await desk.messenger.teamNameOf({ platform: 'teams', tenant, id }));
  const team = quote(`<!subteam^${id}|${plainName(name ?? '')}>`);
  return `${text.slice(0, at)}${team}${text.slice(at + phrase.length)}`;
}

/** A name without the characters that mean something in a mention. */
function plainName(name: string): string {
  return name.replaceAll(/[<>|"“”]/gu, ' ').trim();
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

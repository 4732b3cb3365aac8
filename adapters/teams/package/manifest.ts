import type { AnyCommand } from '../../../src/engine/command.ts';
import { commandForMessages } from '../../../src/engine/message-form.ts';
import type { Language } from '../../../src/language/language.ts';
import { MESSAGE_ACTION } from '../dialogs.ts';
import { clip } from '../render/escape.ts';

/** What an app's manifest is made from. */
export interface ManifestParts {
  readonly commands: readonly AnyCommand[];
  readonly language: Language;
  /** The bot's application (client) id; the app itself goes by the same. */
  readonly clientId: string;
  /** Where the bot is reached from outside, without a path. */
  readonly publicUrl: string;
  /** Of the package: a new one has to be higher for Teams to take it in the place of the old. */
  readonly version: string;
}

const SCHEMA = 'https://developer.microsoft.com/json-schemas/teams/v1.19/MicrosoftTeams.schema.json';

/** Limits of the manifest (Microsoft, “App manifest schema reference”), in characters and entries. */
const LIMITS = {
  commands: 10,
  commandTitle: 32,
  commandDescription: 128,
  short: 80,
  long: 4000,
  parameter: 128,
} as const;

/** Commands that come first in the menu: what people ask most. The others follow in the registry's order. */
const FIRST: readonly string[] = ['next', 'list', 'today', 'week', 'find', 'show', 'docs', 'calendar', 'zone', 'help'];

/**
 * The manifest from which Teams makes the app, as JSON. The command menu has room for ten: those that everybody may run,
 * the most asked first.
 */
export function manifestOf({ commands, language, clientId, publicUrl, version }: ManifestParts): object {
  const { t } = language;
  const description = { short: clip(t('teams.app.description'), LIMITS.short), full: t('teams.app.long-description') };
  const place = (name: string) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
  const menu = commands
    .filter(({ access, isHidden }) => access === 'viewer' && !isHidden)
    .toSorted((one, other) => place(one.name) - place(other.name))
    .slice(0, LIMITS.commands)
    .map(({ name, summary }) => ({
      title: clip(name, LIMITS.commandTitle),
      description: clip(t(summary), LIMITS.commandDescription),
    }));
  return {
    $schema: SCHEMA,
    manifestVersion: '1.19',
    version,
    id: clientId,
    developer: {
      name: 'GCM',
      websiteUrl: publicUrl,
      privacyUrl: `${publicUrl}/privacy`,
      termsOfUseUrl: `${publicUrl}/terms`,
    },
    name: { short: 'GCM', full: t('teams.welcome.title').slice(0, 100) },
    description,
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#1D3557',
    bots: [
      {
        botId: clientId,
        scopes: ['personal', 'team', 'groupChat'],
        supportsFiles: true,
        isNotificationOnly: false,
        commandLists: [{ scopes: ['personal', 'team', 'groupChat'], commands: menu }],
      },
    ],
    composeExtensions: [
      {
        botId: clientId,
        commands: [
          {
            id: 'search',
            type: 'query',
            title: clip(t('teams.extension.title'), LIMITS.commandTitle),
            description: clip(t('teams.extension.description'), LIMITS.commandDescription),
            initialRun: true,
            context: ['compose', 'commandBox'],
            parameters: [
              {
                name: 'query',
                title: clip(t('teams.extension.parameter'), LIMITS.commandTitle),
                description: clip(t('teams.extension.parameter'), LIMITS.parameter),
                inputType: 'text',
              },
            ],
          },
          ...dialogCommands(commands, language),
        ],
      },
    ],
    permissions: ['identity', 'messageTeamMembers'],
    validDomains: [new URL(publicUrl).host],
  };
}

/** Entries that open a form as a dialog: under a message, and beside the box where messages are written. */
function dialogCommands(commands: readonly AnyCommand[], { t }: Language): readonly object[] {
  const command = commandForMessages({ all: commands });
  if (!command) return [];
  const entry = (id: string, title: string, description: string, context: readonly string[]) => ({
    id,
    type: 'action',
    title: clip(title, LIMITS.commandTitle),
    description: clip(description, LIMITS.commandDescription),
    context,
    fetchTask: true,
  });
  return [
    entry(MESSAGE_ACTION, t('message.make-event'), t('message.make-event.summary'), ['message']),
    entry(command.name, t('teams.dialog.new-event'), t(command.summary), ['compose', 'commandBox']),
  ];
}

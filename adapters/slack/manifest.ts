import type { AnyCommand } from '../../src/engine/command.ts';
import { commandForMessages } from '../../src/engine/message-form.ts';
import type { Language } from '../../src/language/language.ts';
import { EVENT_SHORTCUT, EVENTS, NEXT_SHORTCUT, OPTIONAL_SCOPES, PATHS, SCOPES } from './scopes.ts';

/** What an app's manifest is made from. */
export interface ManifestParts {
  readonly commands: readonly AnyCommand[];
  readonly language: Language;
  /** Where Slack reaches the bot, without a path; `null`: it does not, and Socket Mode is used. */
  readonly publicUrl: string | null;
  /** Whether other workspaces may install it: then Slack needs to know where the installation comes back to. */
  readonly isDistributed: boolean;
}

/** The longest usage hint that Slack takes of a command, in characters. */
const LONGEST_HINT = 1000;

/**
 * The manifest from which Slack makes the app, as JSON. Source of the fields and their limits:
 * docs.slack.dev/reference/app-manifest.
 */
export function manifestOf({ commands, language, publicUrl, isDistributed }: ManifestParts): object {
  const { t } = language;
  const names = commands.filter(({ access, isHidden }) => access === 'viewer' && !isHidden).map(({ name }) => name);
  const address = publicUrl === null ? {} : { url: publicUrl + PATHS.events };
  const requests = publicUrl === null ? {} : { request_url: publicUrl + PATHS.events };
  return {
    display_information: {
      name: 'GCM',
      description: t('slack.app.description'),
      long_description: t('slack.app.long-description'),
      background_color: '#1d3557',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'GCM', always_online: true },
      shortcuts: [
        {
          name: t('slack.app.shortcut'),
          type: 'global',
          callback_id: NEXT_SHORTCUT,
          description: t('slack.app.shortcut-description'),
        },
        ...(commandForMessages({ all: commands })
          ? [
              {
                name: t('message.make-event'),
                type: 'message',
                callback_id: EVENT_SHORTCUT,
                description: t('message.make-event.summary'),
              },
            ]
          : []),
      ],
      slash_commands: [
        {
          command: '/gcm',
          ...address,
          description: t('slack.app.description'),
          usage_hint: names.join(' | ').slice(0, LONGEST_HINT),
          // Mentions of people and user groups come with their ids.
          should_escape: true,
        },
      ],
    },
    oauth_config: {
      ...(isDistributed && publicUrl !== null ? { redirect_urls: [publicUrl + PATHS.redirect] } : {}),
      scopes: { bot: Object.keys(SCOPES), bot_optional: [...OPTIONAL_SCOPES] },
    },
    settings: {
      event_subscriptions: { ...requests, bot_events: [...EVENTS] },
      interactivity: {
        is_enabled: true,
        ...requests,
        ...(publicUrl === null ? {} : { message_menu_options_url: publicUrl + PATHS.events }),
      },
      org_deploy_enabled: isDistributed,
      socket_mode_enabled: publicUrl === null,
      token_rotation_enabled: false,
    },
  };
}

/**
 * What the bot asks of a workspace, and for what. Nothing here reads what people write to each other: of channels it
 * sees what mentions it, and its own messages.
 */
export const SCOPES: Readonly<Record<string, string>> = {
  'app_mentions:read': 'to be mentioned in channels',
  'channels:history': 'to find out whether one of its own posts is there already',
  'channels:read': 'to know when a channel is archived or renamed',
  'chat:write': 'to answer and to announce',
  commands: 'for /gcm and the shortcuts',
  'files:read': 'to import a file that somebody shares with it',
  'files:write': 'to send an export',
  'groups:history': 'the same in private channels',
  'groups:read': 'the same for private channels',
  'im:history': 'to read what is written to it directly',
  'im:write': 'to write to people directly',
  'usergroups:read': 'for the roles that are given to user groups',
  'users:read': 'for the zone and the language that people set in Slack',
  'users:read.email': 'to invite somebody who says “invite me” by the address that Slack has of them',
};

/** What the bot can do without: whoever installs it may say no to these, where Slack asks them. */
export const OPTIONAL_SCOPES = ['usergroups:read', 'users:read.email'] as const;

/** The events that it is told of. */
export const EVENTS: readonly string[] = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'channel_archive',
  'channel_deleted',
  'channel_left',
  'channel_rename',
  'channel_unarchive',
  'group_archive',
  'group_deleted',
  'group_left',
  'group_rename',
  'group_unarchive',
  'member_joined_channel',
  'member_left_channel',
  'message.im',
  'tokens_revoked',
];

/** Where things are, under the bot's public address. */
export const PATHS = {
  events: '/slack/events',
  install: '/slack/install',
  redirect: '/slack/oauth_redirect',
} as const;

/** The global shortcut that shows what comes next. */
export const NEXT_SHORTCUT = 'next';

/** The shortcut of a message that makes it an event. */
export const EVENT_SHORTCUT = 'make-event';

import { describe, expect, test } from 'vitest';
import { manifestOf } from '../../../adapters/slack/manifest.ts';
import { EVENTS, SCOPES } from '../../../adapters/slack/scopes.ts';
import { commands } from '../../../commands/index.ts';
import { english } from '../../../src/language/index.ts';

const parts = { commands, language: english, publicUrl: 'https://gcm.example.org', isDistributed: false };

interface Manifest {
  readonly display_information: { readonly description: string; readonly long_description: string };
  readonly features: {
    readonly shortcuts: readonly { readonly name: string; readonly type: string; readonly description: string }[];
    readonly slash_commands: readonly {
      readonly usage_hint: string;
      readonly description: string;
      readonly url?: string;
      readonly should_escape: boolean;
    }[];
  };
  readonly oauth_config: {
    readonly redirect_urls?: readonly string[];
    readonly scopes: { readonly bot: readonly string[]; readonly bot_optional: readonly string[] };
  };
  readonly settings: {
    readonly socket_mode_enabled: boolean;
    readonly org_deploy_enabled: boolean;
    readonly event_subscriptions: { readonly request_url?: string };
    readonly interactivity: { readonly request_url?: string; readonly message_menu_options_url?: string };
  };
}

/** Which scopes Slack wants for an event: any of them. docs.slack.dev/reference/events */
const SCOPES_OF_EVENTS: Readonly<Record<string, readonly string[]>> = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  app_uninstalled: [],
  tokens_revoked: [],
  'message.im': ['im:history'],
  member_joined_channel: ['channels:read', 'groups:read'],
  member_left_channel: ['channels:read', 'groups:read'],
};

describe('the manifest', () => {
  test('keeps within what Slack takes', () => {
    const { display_information: shown, features } = manifestOf(parts) as Manifest;
    expect(shown.description.length).toBeLessThanOrEqual(140);
    expect(shown.long_description.length).toBeGreaterThanOrEqual(175);
    expect(shown.long_description.length).toBeLessThanOrEqual(4000);
    for (const { name, description } of features.shortcuts) {
      expect(name.length).toBeLessThanOrEqual(24);
      expect(description.length).toBeLessThanOrEqual(150);
    }
    expect(features.slash_commands[0]?.usage_hint.length).toBeLessThanOrEqual(1000);
    expect(features.slash_commands[0]?.description.length).toBeLessThanOrEqual(2000);
  });

  test('names the commands that everybody has, and no other', () => {
    const { features } = manifestOf(parts) as Manifest;
    const hint = features.slash_commands[0]?.usage_hint.split(' | ');
    expect(hint).toEqual(
      commands.filter(({ access, isHidden }) => access === 'viewer' && !isHidden).map(({ name }) => name),
    );
  });

  test('offers to make an event of a message where there is a command for it', () => {
    const shortcutsOf = (all: typeof commands) =>
      (manifestOf({ ...parts, commands: all }) as Manifest).features.shortcuts.map(({ type, name }) => [type, name]);
    const next = ['global', 'Next consultations'];
    expect(shortcutsOf(commands)).toEqual([next, ['message', 'Make this an event']]);
    expect(shortcutsOf(commands.filter(({ name }) => name !== 'add'))).toEqual([next]);
  });

  test('has mentions come with their ids, which say whom a role is for', () => {
    const { features } = manifestOf(parts) as Manifest;
    expect(features.slash_commands[0]?.should_escape).toBe(true);
  });

  test('leaves it to whoever installs it to show who is in a user group and which addresses people have', () => {
    const { bot, bot_optional } = (manifestOf(parts) as Manifest).oauth_config.scopes;
    expect(bot).toEqual(Object.keys(SCOPES));
    expect(bot_optional).toEqual(['usergroups:read', 'users:read.email']);
  });

  test('has everything that Slack calls at one address', () => {
    const { features, settings } = manifestOf(parts) as Manifest;
    const url = 'https://gcm.example.org/slack/events';
    expect(features.slash_commands[0]?.url).toBe(url);
    expect(settings.event_subscriptions.request_url).toBe(url);
    expect(settings.interactivity).toEqual({ is_enabled: true, request_url: url, message_menu_options_url: url });
    expect(settings.socket_mode_enabled).toBe(false);
  });

  test('has no address in Socket Mode', () => {
    const manifest = manifestOf({ ...parts, publicUrl: null }) as Manifest;
    expect(JSON.stringify(manifest)).not.toContain('https://');
    expect(manifest.settings.socket_mode_enabled).toBe(true);
  });

  test('says where an installation comes back to when others install it', () => {
    const manifest = manifestOf({ ...parts, isDistributed: true }) as Manifest;
    expect(manifest.oauth_config.redirect_urls).toEqual(['https://gcm.example.org/slack/oauth_redirect']);
    expect(manifest.settings.org_deploy_enabled).toBe(true);
  });

  test('asks for the scopes of every event that it wants to be told of', () => {
    for (const event of EVENTS) {
      const needed = SCOPES_OF_EVENTS[event] ?? [event.startsWith('channel_') ? 'channels:read' : 'groups:read'];
      expect(needed.length === 0 || needed.some((scope) => scope in SCOPES), event).toBe(true);
    }
  });
});

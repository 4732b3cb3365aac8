import type { SlackSettings } from '../../src/config.ts';
import type { Language } from '../../src/language/language.ts';

/** How the bot is reached, and who it is where. */
export interface Mode {
  /** `http`: Slack calls us; `socket`: we call Slack. */
  readonly transport: 'http' | 'socket';
  /** `token`: one workspace; `oauth`: every workspace that installs the bot. */
  readonly accounts: 'token' | 'oauth';
}

/** The settings that Slack needs; those of other parts are among them. */
export interface Settings extends SlackSettings {
  readonly publicUrl: string | null;
  readonly secretKeys: readonly string[];
}

/** What the settings amount to, or what is missing, in one line. */
export function modeOf(settings: Settings, language: Language): Mode | { readonly missing: string } {
  const { botToken, clientId, clientSecret, appToken, signingSecret, publicUrl, secretKeys } = settings;
  const say = (...said: Parameters<Language['t']>) => ({ missing: language.t(...said) });
  if ((clientId === null) !== (clientSecret === null)) return say('slack.setting.client');
  if (botToken === null && clientId === null) return say('slack.setting.api');
  if (appToken === null && signingSecret === null) return say('slack.setting.secret');
  const transport = appToken === null ? 'http' : 'socket';
  if (botToken !== null) return { transport, accounts: 'token' };
  const missing = [...(publicUrl === null ? ['PUBLIC_URL'] : []), ...(secretKeys.length === 0 ? ['SECRET_KEY'] : [])];
  if (missing.length > 0) return say('slack.setting.public', { missing: missing.join(', ') });
  return { transport, accounts: 'oauth' };
}

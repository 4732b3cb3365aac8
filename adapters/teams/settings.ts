import { cloudFromName, PUBLIC, withOverrides, type CloudEnvironment } from '@microsoft/teams.api';
import type { TeamsSettings } from '../../src/config.ts';
import type { Language } from '../../src/language/language.ts';

/** The settings that Teams needs; those of other parts are among them. */
export interface Settings extends TeamsSettings {
  /** Where files are fetched from; `null`: they cannot be. */
  readonly publicUrl: string | null;
  /** The first one seals the links to files, all of them open one; none: a link is good as long as its process. */
  readonly secretKeys: readonly string[];
}

/** Where Teams takes posts for conversations that are not known yet (Microsoft, “Send proactive messages”). */
const DEFAULT_SERVICE_URL = 'https://smba.trafficmanager.net/teams';

/** What is missing for the bot to be in Teams, in one line; `null`: nothing. */
export function missingForTeams(settings: Settings, language: Language): string | null {
  const { clientId, clientSecret, token, allowsUnauthenticated, tenantId } = settings;
  if (clientId === null) {
    const isBegun = clientSecret !== null || token !== null || tenantId !== null || allowsUnauthenticated;
    return language.t(isBegun ? 'teams.setting.client' : 'teams.setting.none');
  }
  if (clientSecret !== null || token !== null || allowsUnauthenticated) return null;
  return language.t('teams.setting.secret');
}

/**
 * The cloud that the bot is in. The address of the signing keys says which: that of a national cloud (Azure Government,
 * China) belongs to it alone, any other one replaces the public cloud's.
 */
export function cloudOf({ openIdMetadataUrl, serviceUrl }: Settings): CloudEnvironment {
  const host = URL.parse(openIdMetadataUrl ?? '')?.hostname ?? '';
  if (host.endsWith('.azure.us')) {
    const isDefence = URL.parse(serviceUrl ?? '')?.hostname.includes('.dod.') ?? false;
    return cloudFromName(isDefence ? 'USGovDoD' : 'USGov');
  }
  if (host.endsWith('.azure.cn')) return cloudFromName('China');
  return openIdMetadataUrl === null ? PUBLIC : withOverrides(PUBLIC, { openIdMetadataUrl });
}

/** Where a conversation is opened that nobody has written in yet. Without a slash at its end. */
export function defaultServiceUrl({ serviceUrl }: Pick<Settings, 'serviceUrl'>): string {
  return (serviceUrl ?? DEFAULT_SERVICE_URL).replace(/\/+$/u, '');
}

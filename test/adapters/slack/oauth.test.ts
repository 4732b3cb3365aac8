import { describe, expect, test } from 'vitest';
import { missingForSlack } from '../../../adapters/slack/index.ts';
import { createInstallations } from '../../../adapters/slack/oauth/installations.ts';
import { english } from '../../../src/language/index.ts';
import { createSeal } from '../../../src/seal.ts';
import { delivery, T } from '../../contracts/ledger/samples.ts';
import { countedIdentity } from '../../support/identity.ts';
import { keptLog } from '../../support/kept-log.ts';
import { CHANNEL, SECRET, TEAM, workspace, type Workspace } from './workspace.ts';

const KEY = 'the secret key of this year, long enough';
const OLD_KEY = 'the secret key of last year, long enough';
const SETTINGS = {
  botToken: null,
  clientId: '123.456',
  clientSecret: 'the client secret',
  publicUrl: 'https://gcm.example.org',
  secretKeys: [KEY],
};

const GRANT = {
  access_token: 'xoxb-good',
  token_type: 'bot',
  scope: 'commands,chat:write',
  bot_user_id: 'U0BOT',
  app_id: 'A01',
  team: { id: TEAM, name: 'Mission' },
  enterprise: null,
  is_enterprise_install: false,
  authed_user: { id: 'U01' },
};

/** Goes through the installation pages as a browser does. */
async function install({ url, slack }: Workspace, grant: object = GRANT) {
  const page = await fetch(`${url}/slack/install`);
  const html = await page.text();
  const link = new URL(/href="(?<link>[^"]+)"/u.exec(html)?.groups?.link?.replaceAll('&amp;', '&') ?? '');
  const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? '';
  slack.grants.set('good-code', grant as never);
  const back = (state: string | null, own: { readonly cookie?: string; readonly code?: string } = {}) =>
    fetch(
      `${url}/slack/oauth_redirect?${new URLSearchParams({ code: own.code ?? 'good-code', ...(state === null ? {} : { state }) }).toString()}`,
      { headers: { cookie: own.cookie ?? cookie }, redirect: 'manual' },
    );
  return { page, link, cookie, back };
}

const oauth = (own: object = {}) => workspace({ settings: { ...SETTINGS, ...own } });

describe('the installation pages', () => {
  test('lead to Slack with the least scopes and a state, and back', async () => {
    const place = await oauth();
    const { link } = await install(place);
    expect(link.origin + link.pathname).toBe('https://slack.com/oauth/v2/authorize');
    expect(link.searchParams.get('client_id')).toBe('123.456');
    expect(link.searchParams.get('redirect_uri')).toBe('https://gcm.example.org/slack/oauth_redirect');
    expect(link.searchParams.get('scope')).toContain('app_mentions:read');
    expect(link.searchParams.get('scope')).not.toMatch(/mpim|chat:write\.public|:manage|admin/u);
    expect(link.searchParams.get('state')).toBeTruthy();
  });

  test('keep the installation, encrypted, so that the bot can speak there', async () => {
    const place = await oauth();
    const { link, back } = await install(place);
    const response = await back(link.searchParams.get('state'));
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('/gcm next');
    const kept = await place.house.store.installation('slack', TEAM);
    expect(kept?.sealed).toMatch(/^v1\./u);
    expect(JSON.stringify(kept)).not.toContain('xoxb');
    await place.mention('next');
    await place.until(() => place.slack.messages[0]);
  });

  test.each([
    ['without a state', null, {}],
    ['with another state', 'another', {}],
    ['from another browser', undefined, { cookie: 'slack-app-oauth-state=another' }],
    ['with a code that Slack does not know', undefined, { code: 'bad-code' }],
  ])('refuse to install %s', async (_, state, own) => {
    const place = await oauth();
    const { link, back } = await install(place);
    const response = await back(state === undefined ? link.searchParams.get('state') : state, own);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(await response.text()).toContain('Nothing was installed');
    expect(await place.house.store.installation('slack', TEAM)).toBeNull();
    expect(place.logged.join('\n')).not.toMatch(/the client secret|xoxb-good/u);
  });

  test('say so when somebody changes their mind', async () => {
    const place = await oauth();
    const response = await fetch(`${place.url}/slack/oauth_redirect?error=access_denied`);
    expect(response.status).toBe(400);
  });

  test('are not there for a single workspace', async () => {
    const place = await workspace({ bot: { sample: false } });
    expect((await fetch(`${place.url}/slack/install`)).status).toBe(404);
  });
});

describe('a workspace that installed the bot', () => {
  const installed = async (own: object = {}) => {
    const place = await oauth(own);
    const { link, back } = await install(place);
    await back(link.searchParams.get('state'));
    return place;
  };

  test('is answered although nothing is installed elsewhere', async () => {
    const place = await installed();
    expect((await place.command('next', { team_id: 'T99' })).body?.text).toContain('UNESCAP');
    const to = { platform: 'slack', tenant: 'T99', id: CHANNEL, thread: null };
    const about = { language: english, deliveryId: null };
    const sending = await place.adapter.messenger.post(to, { tone: 'normal', title: 'x', elements: [] }, about);
    expect(sending).toEqual({ outcome: 'never', reason: english.t('slack.reason.revoked') });
  });

  test('that takes it out is forgotten, and everything in it is disconnected until it is back', async () => {
    const place = await installed();
    await place.mention('next');
    await place.until(() => place.slack.messages[0]);
    await place.event({ type: 'app_uninstalled' }, { authorizations: undefined });
    await place.adapter.settled();
    expect(await place.house.store.installation('slack', TEAM)).toBeNull();
    const reason = english.t('slack.reason.revoked');
    expect(await place.house.store.conversations('slack', TEAM)).toMatchObject([{ disconnected: reason }]);
    const again = await install(place);
    await again.back(again.link.searchParams.get('state'));
    expect(await place.house.store.conversations('slack', TEAM)).toMatchObject([{ disconnected: null }]);
  });

  test('sends people what waited for them once it is back, and nothing that Slack refused for another reason', async () => {
    const place = await installed();
    const { ledger } = place.house.store;
    const now = place.house.clock.now().epochMilliseconds;
    const reason = english.t('slack.reason.revoked');
    const waiting = { revoked: reason, gone: 'No such person.' };
    await ledger.add(
      Object.keys(waiting).map((key) =>
        delivery(key, { target: { kind: 'person', platform: 'slack', tenant: TEAM, id: 'U01' }, uselessFrom: null }),
      ),
      now,
    );
    const claims = await ledger.claim({
      owner: 'a',
      now: T,
      until: T + 1,
      limit: 10,
      except: [],
      announced: [],
    });
    const settlements = claims.map(({ id, attempts, key }) => {
      const detail = waiting[key as keyof typeof waiting];
      return { id, attempts, outcome: { state: 'parked', reason: 'never', detail } as const };
    });
    await ledger.settle('a', settlements, now);
    const again = await install(place);
    await again.back(again.link.searchParams.get('state'));
    const states = (await ledger.list({ limit: 10 })).map(({ key, state }) => `${key} ${state}`);
    expect(states.sort()).toEqual(['gone parked', 'revoked due']);
  });

  test('is known at once to a process that found nothing a moment ago', async () => {
    const place = await oauth();
    const { store, clock } = place.house;
    const parts = { store, clock, seal: createSeal([KEY], countedIdentity()), log: keptLog().log };
    const [here, there] = [1, 2].map(() => createInstallations({ ...parts, installed: () => Promise.resolve() }));
    const query = { teamId: TEAM, enterpriseId: undefined, isEnterpriseInstall: false } as const;
    await expect(there?.fetchInstallation(query)).rejects.toThrow('not installed');
    const bot = { token: 'xoxb-good', userId: 'U0BOT', id: 'B0BOT', scopes: [] };
    await here?.storeInstallation({
      ...{ team: { id: TEAM }, enterprise: undefined, isEnterpriseInstall: false, bot },
      user: { id: 'U01', token: undefined, scopes: undefined },
    });
    expect((await there?.fetchInstallation(query))?.bot?.token).toBe('xoxb-good');
  });

  test('keeps its token under the new key once it was read with the old one', async () => {
    const place = await oauth({ secretKeys: [KEY, OLD_KEY] });
    const installation = {
      team: { id: TEAM },
      enterprise: undefined,
      isEnterpriseInstall: false,
      bot: { token: 'xoxb-good', userId: 'U0BOT', id: 'B0BOT', scopes: [] },
      user: { id: 'U01' },
    };
    const sealed = createSeal([OLD_KEY], countedIdentity()).close(JSON.stringify(installation), `slack:${TEAM}`);
    await place.house.store.saveInstallation({ platform: 'slack', tenant: TEAM, sealed });
    await place.mention('next');
    await place.until(() => place.slack.messages[0]);
    const kept = await place.house.store.installation('slack', TEAM);
    expect(createSeal([KEY], countedIdentity()).open(kept?.sealed ?? '', `slack:${TEAM}`)?.text).toContain('xoxb-good');
  });

  test('whose key is lost is treated as one that has not installed it, and the log says why', async () => {
    const place = await oauth();
    const sealed = createSeal([OLD_KEY], countedIdentity()).close('{}', `slack:${TEAM}`);
    await place.house.store.saveInstallation({ platform: 'slack', tenant: TEAM, sealed });
    expect((await place.command('next')).body?.text).toContain('UNESCAP');
    await place.adapter.settled();
    expect(place.logged.join('\n')).toContain('SECRET_KEY');
  });

  test('is answered while the store of installations fails', async () => {
    const place = await workspace({
      settings: SETTINGS,
      between: (real) => ({ ...real, installation: () => Promise.reject(new Error('the store is down')) }),
    });
    expect((await place.command('next')).body?.text).toContain('UNESCAP');
  });
});

describe('an organisation that installed the bot for all of its workspaces', () => {
  const ORGANISATION = {
    ...GRANT,
    team: null,
    enterprise: { id: 'E01', name: 'Nations' },
    is_enterprise_install: true,
  };

  test('has it in each of them, also where nobody has spoken to it since', async () => {
    const place = await oauth();
    const { link, back } = await install(place, ORGANISATION);
    expect((await back(link.searchParams.get('state'))).status).toBe(200);
    await place.event(
      { type: 'app_mention', user: 'U01', channel: CHANNEL, text: '<@U0BOT> next', ts: '1.1' },
      {
        team_id: 'T07',
        enterprise_id: 'E01',
        authorizations: [
          { team_id: 'T07', enterprise_id: 'E01', user_id: 'U0BOT', is_bot: true, is_enterprise_install: true },
        ],
      },
    );
    await place.until(() => place.slack.messages[0]);
    await place.adapter.settled();
    expect(await place.house.store.installation('slack', 'E01')).not.toBeNull();
    expect(await place.house.store.installation('slack', 'T07')).not.toBeNull();

    const later = await workspace({
      settings: { ...SETTINGS, apiUrl: place.slack.url },
      between: () => place.house.store,
    });
    const to = { platform: 'slack', tenant: 'T07', id: 'C09', thread: null };
    const about = { language: english, deliveryId: null };
    expect(await later.adapter.messenger.post(to, { tone: 'normal', title: 'x', elements: [] }, about)).toMatchObject({
      outcome: 'sent',
    });
  });

  test('that takes it out has it nowhere any more', async () => {
    const place = await oauth();
    const { link, back } = await install(place, ORGANISATION);
    await back(link.searchParams.get('state'));
    await place.event(
      { type: 'app_uninstalled' },
      { team_id: 'E01', enterprise_id: 'E01', is_enterprise_install: true, authorizations: undefined },
    );
    await place.adapter.settled();
    expect(await place.house.store.installation('slack', 'E01')).toBeNull();
  });
});

describe('what is missing', () => {
  const nothing = {
    botToken: null,
    signingSecret: null,
    appToken: null,
    clientId: null,
    clientSecret: null,
    apiUrl: null,
    publicUrl: null,
    secretKeys: [],
  };
  test.each([
    ['everything', {}, 'SLACK_BOT_TOKEN'],
    ['how it is reached', { botToken: 'xoxb-1' }, 'SLACK_SIGNING_SECRET'],
    ['half of the client', { clientId: '1', signingSecret: SECRET }, 'SLACK_CLIENT_SECRET'],
    ['an address and a key', { clientId: '1', clientSecret: '2', signingSecret: SECRET }, 'PUBLIC_URL, SECRET_KEY'],
  ])('is said in one line: %s', (_, own, named) => {
    const line = missingForSlack({ ...nothing, ...own }, english);
    expect(line).toContain(named);
    expect(line).not.toContain('\n');
  });

  test.each([
    ['over HTTP', { botToken: 'xoxb-1', signingSecret: SECRET }],
    ['in Socket Mode', { botToken: 'xoxb-1', appToken: 'xapp-1' }],
    ['for many workspaces', { ...SETTINGS, signingSecret: SECRET }],
    ['for many workspaces in Socket Mode', { ...SETTINGS, appToken: 'xapp-1' }],
  ])('is nothing for one that runs %s', (_, own) => {
    expect(missingForSlack({ ...nothing, ...own }, english)).toBeNull();
  });
});

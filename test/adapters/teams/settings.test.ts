import { CHINA, PUBLIC, US_GOV, US_GOV_DOD } from '@microsoft/teams.api';
import { describe, expect, test } from 'vitest';
import { cloudOf, defaultServiceUrl, missingForTeams, type Settings } from '../../../adapters/teams/settings.ts';
import { readConfig } from '../../../src/config.ts';
import { english } from '../../../src/language/index.ts';

const NOTHING: Settings = {
  clientId: null,
  clientSecret: null,
  tenantId: null,
  serviceUrl: null,
  openIdMetadataUrl: null,
  token: null,
  allowsUnauthenticated: false,
  publicUrl: null,
  secretKeys: [],
};

describe('the settings', () => {
  test.each([
    [{}, 'Teams: not set up. Set TEAMS_CLIENT_ID and TEAMS_CLIENT_SECRET.'],
    [{ clientSecret: 's' }, 'Teams: off. Set TEAMS_CLIENT_ID.'],
    [{ allowsUnauthenticated: true }, 'Teams: off. Set TEAMS_CLIENT_ID.'],
    [{ clientId: 'c' }, 'Teams: off. Set TEAMS_CLIENT_SECRET.'],
    [{ clientId: 'c', clientSecret: 's' }, null],
    [{ clientId: 'c', token: 't' }, null],
    [{ clientId: 'c', allowsUnauthenticated: true }, null],
  ])('%j lack %j', (own, missing) => {
    expect(missingForTeams({ ...NOTHING, ...own }, english)).toBe(missing);
  });

  test('name the cloud by the address of its keys', () => {
    const of = (openIdMetadataUrl: string | null, serviceUrl: string | null = null) =>
      cloudOf({ ...NOTHING, openIdMetadataUrl, serviceUrl });
    const government = 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration';
    expect(of(null)).toEqual(PUBLIC);
    expect(of(government)).toEqual(US_GOV);
    expect(of(government, 'https://smba.infra.dod.teams.microsoft.us/teams')).toEqual(US_GOV_DOD);
    expect(of('https://login.botframework.azure.cn/v1/.well-known/openidconfiguration')).toEqual(CHINA);
    expect(of('http://127.0.0.1:1/keys')).toEqual({ ...PUBLIC, openIdMetadataUrl: 'http://127.0.0.1:1/keys' });
    // A name that only looks like the government's is the public cloud with other keys, and its issuer stays.
    expect(of('https://login.azure.us.example.org/x')).toMatchObject({ tokenIssuer: PUBLIC.tokenIssuer });
  });

  test('name the address for conversations that are still to be opened', () => {
    expect(defaultServiceUrl(NOTHING)).toBe('https://smba.trafficmanager.net/teams');
    expect(defaultServiceUrl({ serviceUrl: 'http://localhost:56150/_connector/' })).toBe(
      'http://localhost:56150/_connector',
    );
  });

  test('do not let checks be switched off in production', () => {
    const production = { NODE_ENV: 'production', TEAMS_CLIENT_ID: 'c' };
    expect(() => readConfig({ ...production, TEAMS_ALLOW_UNAUTHENTICATED: '1' })).toThrow(/refused/u);
    expect(() => readConfig({ ...production, TEAMS_TOKEN: 'x' })).toThrow(/refused/u);
  });
});

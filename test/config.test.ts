import { describe, expect, test } from 'vitest';
import { momentOf, readConfig } from '../src/config.ts';

const STANDARD = {
  databaseUrl: 'file:./data/gcm.db',
  port: 3000,
  publicUrl: null,
  secretKeys: [],
  admins: [],
  slack: { botToken: null, signingSecret: null, appToken: null, clientId: null, clientSecret: null, apiUrl: null },
  teams: {
    clientId: null,
    clientSecret: null,
    tenantId: null,
    serviceUrl: null,
    openIdMetadataUrl: null,
    token: null,
    allowsUnauthenticated: false,
  },
  mail: null,
  whenUnknown: 'park',
  startOfClock: null,
  logLevel: 'info',
};

const problemsOf = (variables: Record<string, string>): unknown => {
  try {
    return readConfig(variables);
  } catch (error) {
    return (error as { context?: unknown }).context;
  }
};

describe('the settings', () => {
  test('have a value each when nothing is set', () => {
    expect(readConfig({})).toEqual(STANDARD);
  });

  test('are read from the environment, and a variable set to nothing counts as not set', () => {
    const config = readConfig({
      DATABASE_URL: 'postgresql://gcm@localhost/gcm',
      PORT: '8080',
      PUBLIC_URL: 'https://gcm.example.int/',
      SECRET_KEY: `${'new key '.repeat(4)}, ${'old key '.repeat(4)}`,
      GCM_ADMINS: 'slack:T01:U01, teams:b1c2:29:1xyz',
      SLACK_BOT_TOKEN: 'xoxb-1',
      TEAMS_TENANT_ID: 'b1c2',
      TEAMS_ALLOW_UNAUTHENTICATED: '1',
      GCM_NOW: '2017-11-01T09:00+01:00',
      SEND_WHEN_UNKNOWN: 'send',
      LOG_LEVEL: '',
    });
    expect({ ...config, startOfClock: config.startOfClock?.toString() }).toEqual({
      ...STANDARD,
      databaseUrl: 'postgresql://gcm@localhost/gcm',
      port: 8080,
      publicUrl: 'https://gcm.example.int',
      secretKeys: ['new key new key new key new key', 'old key old key old key old key'],
      slack: { ...STANDARD.slack, botToken: 'xoxb-1' },
      teams: { ...STANDARD.teams, tenantId: 'b1c2', allowsUnauthenticated: true },
      admins: [
        { platform: 'slack', tenant: 'T01', user: 'U01' },
        { platform: 'teams', tenant: 'b1c2', user: '29:1xyz' },
      ],
      whenUnknown: 'send',
      startOfClock: '2017-11-01T08:00:00Z',
    });
  });

  test('that are wrong are all named at once', () => {
    expect(
      problemsOf({ DATABASE_URL: 'mysql://x', PORT: 'many', GCM_ADMINS: 'ada', GCM_NOW: 'soon', LOG_LEVEL: 'loud' }),
    ).toEqual({
      problems: [
        'DATABASE_URL begins with file: or postgresql://',
        'PORT is a port number',
        'GCM_ADMINS has “ada”, which is not slack:TEAM:USER or teams:TENANT:USER',
        'GCM_NOW is a moment such as 2017-11-01T09:00+01:00',
        'LOG_LEVEL is one of silent, error, warn, info, debug',
      ].join('; '),
    });
  });

  test('of mail are a server and an address', () => {
    const mail = { SMTP_URL: 'smtps://gcm:secret@mail.example.org:465', MAIL_FROM: 'GCM@example.org' };
    expect(readConfig(mail).mail).toEqual({ smtpUrl: mail.SMTP_URL, from: 'gcm@example.org' });
    expect(problemsOf({ SMTP_URL: mail.SMTP_URL })).toEqual({ problems: 'MAIL_FROM is needed with SMTP_URL' });
    expect(problemsOf({ SMTP_URL: 'mail.example.org', MAIL_FROM: 'GCM <gcm@example.org>' })).toEqual({
      problems:
        'SMTP_URL is an address that begins with smtps:// or smtp://; MAIL_FROM is one e-mail address, without a name',
    });
  });

  test('never simulate the clock or let anybody in unchecked in production', () => {
    const variables = { GCM_NOW: '2017-11-01T09:00Z', TEAMS_TOKEN: 'x', TEAMS_ALLOW_UNAUTHENTICATED: '1' };
    expect(problemsOf({ ...variables, NODE_ENV: 'production' })).toEqual({
      problems: [
        'GCM_NOW is for trials and refused when NODE_ENV=production',
        'TEAMS_TOKEN is for local clients and refused when NODE_ENV=production',
        'TEAMS_ALLOW_UNAUTHENTICATED is for local clients and refused when NODE_ENV=production',
      ].join('; '),
    });
    expect(readConfig({ TEAMS_ALLOW_UNAUTHENTICATED: '0', NODE_ENV: 'production' })).toEqual(STANDARD);
  });
});

describe('a moment on the command line', () => {
  test.each([
    ['2017-12-05', '2017-12-05T12:00:00Z'],
    ['2017-12-05T10:00', '2017-12-05T10:00:00Z'],
    ['2017-12-05T10:00+05:45', '2017-12-05T04:15:00Z'],
    ['2017-12-05T10:00:00Z', '2017-12-05T10:00:00Z'],
  ])('%s is %s', (text, instant) => {
    expect(momentOf(text)?.toString()).toBe(instant);
  });

  test.each(['tomorrow', '2017-13-05', '05/12/2017', ''])('“%s” is none', (text) => {
    expect(momentOf(text)).toBeNull();
  });
});

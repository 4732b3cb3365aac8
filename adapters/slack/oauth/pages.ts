import { ExpressReceiver } from '@slack/bolt';
import type { Express } from 'express';
import type { Language } from '../../../src/language/language.ts';
import type { Credentials } from '../accounts.ts';
import type { Origin } from '../incoming.ts';
import type { ReceiverParts } from '../receivers.ts';
import { PATHS, SCOPES } from '../scopes.ts';
import type { Installations } from './installations.ts';

/** What the installation pages take. */
export interface PagesParts extends ReceiverParts {
  readonly express: Express;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the bot is reached from outside, without a path. */
  readonly publicUrl: string;
  /** Signs the state that an installation carries through Slack and back; good for ten minutes. */
  readonly stateSecret: string;
  readonly installations: Installations;
  readonly language: Language;
}

/**
 * Puts the installation pages on the HTTP server: the one with the button, and the one that Slack comes back to with the
 * state that went out.
 *
 * @returns what finds the credentials of a workspace, and renews those that expire
 */
export function mountInstallPages(parts: PagesParts): (origin: Origin) => Promise<Credentials | null> {
  const { language } = parts;
  const { installer } = new ExpressReceiver({
    app: parts.express,
    // It carries the pages only; requests come in through a receiver that checks their signatures.
    endpoints: {},
    signingSecret: () => Promise.resolve(''),
    clientId: parts.clientId,
    clientSecret: parts.clientSecret,
    stateSecret: parts.stateSecret,
    scopes: Object.keys(SCOPES),
    redirectUri: `${parts.publicUrl}${PATHS.redirect}`,
    installationStore: parts.installations,
    logger: parts.logger,
    installerOptions: {
      clientOptions: parts.clientOptions,
      installPath: PATHS.install,
      redirectUriPath: PATHS.redirect,
      renderHtmlForInstallPath: (url) =>
        page(
          language,
          'slack.install.title',
          `<a class="button" href="${html(url)}">${html(language.t('slack.install.button'))}</a>`,
        ),
      callbackOptions: {
        success: (_installation, _options, _request, response) => {
          response.writeHead(200, HEADERS);
          response.end(page(language, 'slack.install.done', html(language.t('slack.install.done-how'))));
        },
        failure: ({ code }, _options, _request, response) => {
          const isTheirs = /state|code|authorization/iu.test(code);
          response.writeHead(isTheirs ? 400 : 500, HEADERS);
          response.end(page(language, 'slack.install.failed', html(language.t('slack.install.failed-how'))));
        },
      },
    },
  });
  return async ({ tenant, organisation }) => {
    if (!installer) return null;
    const isOrganisation = tenant === organisation;
    const found = await installer
      .authorize({
        teamId: isOrganisation ? undefined : tenant,
        enterpriseId: organisation ?? undefined,
        isEnterpriseInstall: isOrganisation,
      })
      .catch((error: unknown) => {
        if (isNotInstalled(error)) return null;
        throw error;
      });
    return found?.botToken === undefined ? null : { token: found.botToken, botUser: found.botUserId ?? null };
  };
}

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
};

const STYLE =
  'body{font:1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1rem;text-align:center}' +
  '.button{display:inline-block;padding:.6rem 1.2rem;border-radius:.4rem;background:#4a154b;color:#fff;text-decoration:none}';

function page(language: Language, title: Parameters<Language['t']>[0], content: string): string {
  const words = html(language.t(title));
  return (
    `<!doctype html><html lang="${html(language.tag)}"><meta charset="utf-8"><title>${words}</title>` +
    `<meta name="viewport" content="width=device-width"><style>${STYLE}</style><h1>${words}</h1><p>${content}</p></html>`
  );
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function html(text: string): string {
  return text.replace(/[&<>"']/gu, (sign) => ENTITIES[sign] ?? sign);
}

/** The installer wraps what the store of installations throws. */
function isNotInstalled(error: unknown): boolean {
  return error instanceof Error && error.message === 'the bot is not installed there';
}

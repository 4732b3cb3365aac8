import { createHash } from 'node:crypto';
import type { Express, RequestHandler } from 'express';
import type { Language, MessageKey } from '../../src/language/language.ts';
import type { Log } from '../../src/log.ts';
import type { Store } from '../../src/ports.ts';
import { DELIVERIES_KEPT_DAYS } from '../../src/reminders/sweep.ts';
import type { WorkingGroup } from '../../src/schedule/event.ts';

/** What the pages are made from. */
export interface PagesParts {
  readonly store: Pick<Store, 'groups'>;
  readonly language: Language;
  readonly log: Log;
}

/** A page as the names of its sentences. */
interface Page {
  readonly title: MessageKey;
  readonly lead: MessageKey;
  readonly parts: readonly (readonly [heading: MessageKey, text: MessageKey])[];
}

/** The pages that Teams’ and Slack’s directories ask an app for. */
const PAGES: Readonly<Record<'privacy' | 'terms', Page>> = {
  privacy: {
    title: 'page.privacy.title',
    lead: 'page.privacy.lead',
    parts: [
      ['page.privacy.people', 'page.privacy.people.text'],
      ['page.privacy.conversations', 'page.privacy.conversations.text'],
      ['page.privacy.audit', 'page.privacy.audit.text'],
      ['page.privacy.sent', 'page.privacy.sent.text'],
      ['page.privacy.calendars', 'page.privacy.calendars.text'],
      ['page.privacy.logs', 'page.privacy.logs.text'],
      ['page.privacy.who', 'page.privacy.who.text'],
    ],
  },
  terms: {
    title: 'page.terms.title',
    lead: 'page.terms.lead',
    parts: [
      ['page.terms.rely', 'page.terms.rely.text'],
      ['page.terms.care', 'page.terms.care.text'],
    ],
  },
};

const STYLE = `
:root { color-scheme: light dark; --ink: #1d3557; --paper: #fff; --text: #222; --rule: #d8dee6 }
@media (prefers-color-scheme: dark) { :root { --ink: #a8c7f0; --paper: #14181d; --text: #e3e6ea; --rule: #36404c } }
body { margin: 0; background: var(--paper); color: var(--text); font: 1.0625rem/1.6 system-ui, sans-serif }
main, nav { max-width: 40rem; margin: 0 auto; padding: 0 1.25rem }
nav { padding-top: 1.25rem; padding-bottom: 1.25rem; border-bottom: 1px solid var(--rule) }
nav a { margin-right: 1.25rem }
main { padding-bottom: 4rem }
h1 { color: var(--ink); font-size: 1.9rem; line-height: 1.2; margin: 2.5rem 0 1rem }
h2 { color: var(--ink); font-size: 1.15rem; margin: 2rem 0 0.25rem }
p, ul { margin: 0 0 1rem }
a { color: var(--ink) }
a[aria-current] { font-weight: 600; text-decoration: none }
`;

const HEADERS = {
  // Nothing is loaded and nothing runs: the page is its words and this one style.
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'public, max-age=300',
};

/** Mounts `GET /privacy` and `GET /terms`: what is kept of people, and whom they can ask. */
export function mountPages(app: Express, { store, language, log }: PagesParts): void {
  const serving =
    (name: keyof typeof PAGES): RequestHandler =>
    async (_request, response) => {
      try {
        const page = pageInHtml(name, await store.groups(), language);
        response.set(HEADERS).type('html').send(page);
      } catch (error) {
        log.error({ err: error }, 'a page could not be served');
        response.status(503).set('retry-after', '60').type('text').send('Not available at the moment.\n');
      }
    };
  app.get('/privacy', serving('privacy'));
  app.get('/terms', serving('terms'));
}

function pageInHtml(name: keyof typeof PAGES, groups: readonly WorkingGroup[], language: Language): string {
  const { title, lead, parts } = PAGES[name];
  const t = (key: MessageKey) => escape(language.t(key, { days: DELIVERIES_KEPT_DAYS }));
  const links = (['privacy', 'terms'] as const)
    .map((each) => `<a href="/${each}"${each === name ? ' aria-current="page"' : ''}>${t(`page.${each}`)}</a>`)
    .join('');
  const sections = parts.map(([heading, text]) => `<h2>${t(heading)}</h2>\n<p>${t(text)}</p>`).join('\n');
  return `<!doctype html>
<html lang="${language.tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${t(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<nav>${links}</nav>
<main>
<h1>${t(title)}</h1>
<p>${t(lead)}</p>
${sections}
<h2>${t('page.contact')}</h2>
${contacts(groups, language)}
</main>
</body>
</html>
`;
}

/** The organisers of the working groups, as far as they are named. */
function contacts(groups: readonly WorkingGroup[], { t }: Language): string {
  const lines = groups.flatMap(({ name, organizerName, organizerEmail }) => {
    if (organizerEmail === null) return [];
    const known = { group: name, email: organizerEmail };
    const who = escape(
      organizerName === null
        ? t('page.contact.address', known)
        : t('page.contact.group', { ...known, name: organizerName }),
    );
    return [`<li><a href="mailto:${encodeURIComponent(organizerEmail).replace('%40', '@')}">${who}</a></li>`];
  });
  if (lines.length === 0) return `<p>${escape(t('page.contact.none'))}</p>`;
  return `<p>${escape(t('page.contact.why'))}</p>\n<ul>\n${lines.join('\n')}\n</ul>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(text: string): string {
  return text.replace(/[&<>"]/gu, (character) => ENTITIES[character] ?? character);
}

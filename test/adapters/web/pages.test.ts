import type { AddressInfo } from 'node:net';
import express from 'express';
import { describe, expect, onTestFinished, test } from 'vitest';
import { manifestOf } from '../../../adapters/teams/package/manifest.ts';
import { mountPages } from '../../../adapters/web/pages.ts';
import { commands } from '../../../commands/index.ts';
import { english } from '../../../src/language/index.ts';
import type { Store } from '../../../src/ports.ts';
import { house } from '../../support/house.ts';

async function serving(store: Pick<Store, 'groups'>): Promise<{ readonly url: string; readonly logged: string[] }> {
  const logged: string[] = [];
  const app = express();
  const line = (_fields: object, message: string) => void logged.push(message);
  mountPages(app, { store, language: english, log: { info: line, warn: line, error: line } });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, logged };
}

/** The store of one group, with an organiser of this name and address. */
async function organisedBy(
  organizerName: string | null,
  organizerEmail: string | null,
): Promise<Pick<Store, 'groups'>> {
  const groups = await (await house({ sample: false })).store.groups();
  return { groups: () => Promise.resolve(groups.map((group) => ({ ...group, organizerName, organizerEmail }))) };
}

describe('the pages that an app’s manifest names', () => {
  test('are there', async () => {
    const { url } = await serving((await house({ sample: false })).store);
    const { developer } = manifestOf({
      commands,
      language: english,
      clientId: '11111111-2222-3333-4444-555555555555',
      publicUrl: url,
      version: '1.0.0',
    }) as { readonly developer: Readonly<Record<'privacyUrl' | 'termsOfUseUrl', string>> };
    for (const address of [developer.privacyUrl, developer.termsOfUseUrl]) {
      const response = await fetch(address);
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(await response.text()).toContain('<!doctype html>');
    }
  });

  test('say how long what was sent is kept', async () => {
    const { url } = await serving(await organisedBy(null, null));
    expect(await (await fetch(`${url}/privacy`)).text()).toContain('whether it got there: for 90 days.');
  });

  test('name the organiser to write to, whatever characters they have', async () => {
    const { url } = await serving(await organisedBy('<script>Ada</script> & "co"', 'gcm+<x>@example.org'));
    const page = await (await fetch(`${url}/terms`)).text();
    expect(page).toContain('<a href="mailto:gcm%2B%3Cx%3E@example.org">');
    expect(page).toContain('&lt;script&gt;Ada&lt;/script&gt; &amp; &quot;co&quot;');
    expect(page).not.toContain('<script');
  });

  test('say how to go on where there is nobody to write to', async () => {
    const { url } = await serving(await organisedBy('Secretariat', null));
    const page = await (await fetch(`${url}/privacy`)).text();
    expect(page).toContain('has named nobody yet');
    expect(page).not.toContain('mailto:');
  });

  test('load nothing, run nothing and stand in no frame', async () => {
    const { url } = await serving(await organisedBy(null, null));
    const policy = (await fetch(`${url}/privacy`)).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
  });

  test('are not available while the store is not, and say no more than that', async () => {
    const down = { groups: () => Promise.reject(new Error('postgresql://gcm:secret@db/gcm is down')) };
    const { url, logged } = await serving(down);
    const response = await fetch(`${url}/privacy`);
    expect([response.status, await response.text()]).toEqual([503, 'Not available at the moment.\n']);
    expect(logged).toEqual(['a page could not be served']);
  });
});

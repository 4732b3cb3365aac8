import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, picture } from './browser.ts';
import { CHANNEL, DELEGATE, localSlack, STAFF, until, type LocalSlack, type Transport } from './local-slack.ts';

describe.each<Transport>(['http', 'socket'])('the running bot in Slack, over %s', (transport) => {
  let slack: LocalSlack;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [slack, browser] = await Promise.all([localSlack(transport), openBrowser()]);
    page = await browser.newPage({ viewport: { width: 1280, height: 1400 } });
    await page.goto(slack.page);
    await become(DELEGATE);
  });
  afterAll(async () => {
    await browser.close();
    await slack.stop();
  });

  const become = (user: string) => page.selectOption('.actas select', user);
  const type = async (text: string) => {
    await page.fill('.composer-input', text);
    await page.click('.composer-send');
  };
  const look = (name: string) => picture(page, `slack-${transport}-${name}`);
  const last = (text: string) => page.locator('.msg', { hasText: text }).last();

  test('answers a command, for the asker only', async () => {
    await page.click('.sidebar-item:has-text("general")');
    await type('/gcm next');
    const answer = last('UNESCAP regional consultation');
    await answer.waitFor();
    expect(await answer.locator('.badge-eph').count()).toBe(1);
    await look('command');
  });

  test('shows what it can do when it is called without a word', async () => {
    await type('/gcm');
    await last('What I can do').locator('.bk-button', { hasText: 'Calendar' }).first().waitFor();
    await look('help');
  });

  test('does what a button says', async () => {
    await type('/gcm list');
    const list = last('Coming up');
    await list.waitFor();
    await look('list');
    await type('/gcm show stocktaking');
    const event = last('Puerto Vallarta');
    await event.waitFor();
    await look('event');
    await event.locator('.bk-button', { hasText: 'Share in channel' }).click();
    const shared = page.locator('.msg', { hasText: 'Shared by' }).last();
    await shared.waitFor();
    expect(await shared.locator('.badge-eph').count()).toBe(0);
    await look('shared');
  });

  test('answers a mention in its thread', async () => {
    await slack.control('message', { channel: CHANNEL, user: DELEGATE, text: '<@U0BOT> when is the stocktaking?' });
    const reply = await until(
      async () => (await slack.messages(CHANNEL)).find(({ text, thread_ts }) => thread_ts && text.includes('Puerto')),
      'an answer in the thread',
    );
    expect(reply.thread_ts).not.toBe(reply.ts);
    await page.locator('.msg', { hasText: 'when is the stocktaking?' }).locator('text=1 reply').click();
    await look('mention');
  });

  test('answers a direct message', async () => {
    const direct = await directChannel();
    await slack.control('message', { channel: direct, user: DELEGATE, text: 'which consultations are in Geneva?' });
    await until(
      async () => (await slack.messages(direct)).some(({ text }) => text.includes('Geneva') && text.includes('list')),
      'an answer in direct messages',
    );
    await look('direct');
  });

  test('fills the Home tab', async () => {
    await page.click('.sidebar-item:has-text("gcm")');
    await page.locator('.home', { hasText: 'Consultations' }).waitFor();
    await page.locator('.home', { hasText: 'Your times' }).waitFor();
    await look('home');
  });

  test('opens a form, says what is wrong in it, and shows what will be published once it is right', async () => {
    await become(STAFF);
    await page.click('.sidebar-item:has-text("general")');
    await type('/gcm add');
    const form = page.locator('.modal');
    await form.locator('.bk-label', { hasText: 'Title' }).waitFor();
    await look('form');
    await form.locator('.bk-input', { hasText: 'Title' }).locator('input').fill('Informal briefing <!channel>');
    await form.locator('.bk-input', { hasText: 'Date' }).locator('input').fill('31 February');
    await form.locator('.modal-btn.primary').click();
    await until(async () => (await log()).includes('response_action'), 'the form to be refused');
    await look('form-mistake');
    await form.locator('.bk-input', { hasText: 'Date' }).locator('input').fill('20 November 2017 15:00');
    await form.locator('.bk-input', { hasText: 'Place' }).locator('input').fill('Geneva');
    await form.locator('.modal-btn.primary').click();
    const publish = form.locator('.bk-button.bk-primary');
    await publish.waitFor();
    await look('form-preview');
    // The page shows the buttons of a window and does nothing when they are pressed.
    await form.locator('.modal-x').click();
  });

  test('publishes what staff have added, once they say so', async () => {
    await type('/gcm add "Informal briefing <!channel>" 20 November 2017 15:00 in Geneva');
    const preview = last('Informal briefing');
    await preview.waitFor();
    await look('add');
    await preview.locator('.bk-button', { hasText: 'Publish silently' }).click();
    await until(async () => (await slack.gcm('list')).includes('Informal briefing'), 'the event to be published');
    await preview.locator('.bk-button', { hasText: 'Publish silently' }).waitFor({ state: 'detached' });
    await type('/gcm next 3');
    await page.locator('.msg', { hasText: 'UNESCAP' }).locator('text=Informal briefing').last().waitFor();
    await look('published');
  });

  const log = async () => (await fetch(`${slack.page}/_control/log`)).text();
  const directChannel = async (): Promise<string> => {
    const opened = await fetch(`${slack.page}/api/conversations.open`, {
      method: 'POST',
      headers: { authorization: 'Bearer xoxb-test-token', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ users: DELEGATE }).toString(),
    });
    return ((await opened.json()) as { channel: { id: string } }).channel.id;
  };
});

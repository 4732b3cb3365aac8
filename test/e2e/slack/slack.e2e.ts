import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, picture } from './browser.ts';
import { CHANNEL, DELEGATE, localSlack, STAFF, until, type LocalSlack, type Transport } from './local-slack.ts';

const USUAL = { width: 1280, height: 1400 };
/** High enough for the whole of a Home tab. */
const HIGH = { width: 1280, height: 2000 };

describe.each<Transport>(['http', 'socket'])('the running bot in Slack, over %s', (transport) => {
  let slack: LocalSlack;
  let browser: Browser;
  let page: Page;
  /** The handle of the event that is chosen in the form. */
  let chosen: string | null = null;

  beforeAll(async () => {
    [slack, browser] = await Promise.all([localSlack(transport), openBrowser()]);
    page = await browser.newPage({ viewport: USUAL });
    // The page has no selects that ask for their entries: the event that is chosen in one goes along with what it sends.
    await page.routeWebSocket(/\/ui$/u, (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((message) => {
        server.send(withChosen(message.toString(), chosen));
      });
    });
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
    await last('What I can do').locator('.bk-button', { hasText: 'All commands' }).waitFor();
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
    await type('/gcm remind me 7d, 1d, 1h');
    await last('You will be reminded').waitFor();
    await page.click('.sidebar-item:has-text("gcm")');
    await page.locator('.home', { hasText: 'Consultations' }).waitFor();
    await page.locator('.home', { hasText: 'Your reminders' }).waitFor();
    await page.setViewportSize(HIGH);
    await look('home');
    await page.setViewportSize(USUAL);
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
    await form.locator('.modal-x').click();
  });

  test.runIf(transport === 'http')('makes an event of a message', async () => {
    const text = 'Retreat of the co-facilitators on 22-23 November in Nairobi\nBring your papers.';
    await slack.control('message', { channel: CHANNEL, user: DELEGATE, text });
    const message = (await slack.messages(CHANNEL)).find((each) => each.text === text);
    // This Slack has no menu for messages: what one sends is sent from here, with the trigger of a command before it.
    await slack.control('command', { channel: CHANNEL, user: STAFF, command: '/gcm', text: 'zone' });
    const trigger = [...(await log()).matchAll(/trigger_id=(?<id>[\w.]+)/gu)].at(-1)?.groups?.id;
    const status = await slack.interact({
      type: 'message_action',
      callback_id: 'make-event',
      user: { id: STAFF },
      channel: { id: CHANNEL },
      trigger_id: trigger,
      message,
    });
    expect(status).toBe(200);
    const form = page.locator('.modal');
    const title = form.locator('.bk-input', { hasText: 'Title' }).locator('input');
    await title.waitFor();
    expect(await title.inputValue()).toBe('Retreat of the co-facilitators');
    await look('make-event');
    await form.locator('.modal-x').click();
  });

  test('keeps what waits to be decided on the Home tab, and publishes it once staff say so', async () => {
    await page.click('.sidebar-item:has-text("gcm")');
    await page.locator('.home', { hasText: 'Add “Informal briefing' }).waitFor();
    await page.setViewportSize(HIGH);
    await look('home-staff');
    await page.setViewportSize(USUAL);
    await page.click('.sidebar-item:has-text("general")');
    await publish('Informal briefing');
    await until(async () => (await slack.gcm('list')).includes('Informal briefing'), 'the event to be published');
    await type('/gcm next 3');
    await page.locator('.msg').last().locator('text=Informal briefing').first().waitFor();
    await look('published');
  });

  test('moves an event by a form', async () => {
    await type('/gcm move');
    const form = page.locator('.modal');
    await form.locator('.bk-input', { hasText: 'New date' }).locator('input').fill('Tuesday 7 November');
    chosen = 'unece';
    await look('move');
    await form.locator('.modal-btn.primary').click();
    await form.locator('text=Tuesday 7 November 2017').first().waitFor();
    await look('move-preview');
    await form.locator('.modal-x').click();
    await publish('Move “UNECE');
    await until(async () => (await slack.gcm('show', 'unece')).includes('Tuesday 7 November 2017'), 'the move');
  });

  test('cancels an event by a form', async () => {
    await type('/gcm cancel');
    const form = page.locator('.modal');
    await form.locator('.bk-input', { hasText: 'Reason' }).locator('input').fill('the room is not available');
    chosen = 'unece';
    await look('cancel');
    await form.locator('.modal-btn.primary').click();
    await form.locator('text=the room is not available').first().waitFor();
    await look('cancel-preview');
    await form.locator('.modal-x').click();
    await publish('Cancel “UNECE');
    await until(
      async () => (await slack.gcm('show', 'unece')).includes('the room is not available'),
      'the cancellation',
    );
    await type('/gcm show unece');
    await last('Cancelled').waitFor();
    await look('cancelled');
  });

  /** Decides on the last preview. The page shows the buttons of a window and does nothing when they are pressed. */
  const publish = async (title: string) => {
    await type('/gcm pending');
    const list = page.locator('.msg', { hasText: 'Waiting for you to decide' }).filter({ hasText: title }).last();
    await list.locator('.bk-button', { hasText: 'Show it again' }).first().click();
    const preview = page.locator('.msg', { hasText: title }).filter({ hasText: 'Drop' }).last();
    await preview.locator('.bk-button', { hasText: /^Publish(?: silently)?$/u }).click();
    await page.locator('.msg').last().locator('text=Published').waitFor();
  };
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

/** A form as the page sends it, with the event that is chosen in it. */
function withChosen(message: string, event: string | null): string {
  const frame = JSON.parse(message) as { readonly t: string; readonly values?: object };
  if (frame.t !== 'view_submit' || event === null) return message;
  const select = { event: { type: 'external_select', selected_option: { value: event } } };
  return JSON.stringify({ ...frame, values: { ...frame.values, 'field:event': select } });
}

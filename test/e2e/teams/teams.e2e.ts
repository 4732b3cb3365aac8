import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, picture, playground, type Playground } from './playground.ts';

describe('the running bot in Microsoft’s local client', () => {
  let client: Playground;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [client, browser] = await Promise.all([playground(), openBrowser()]);
    page = await browser.newPage({ viewport: { width: 1280, height: 1400 } });
    await page.goto(client.page);
    await open('Personal Chat');
  });
  afterAll(async () => {
    await browser.close();
    await client.stop();
  });

  const open = async (name: string) => {
    await page.getByRole('treeitem', { name }).first().click();
    await page.getByRole('textbox').last().waitFor();
  };
  // A channel has a box for a new post too.
  const send = async () => {
    const reply = page.getByRole('button', { name: 'Send Message' });
    const post = page.getByRole('button', { name: 'Post', exact: true });
    await ((await reply.count()) > 0 ? reply.last() : post.last()).click();
  };
  const write = async (text: string) => {
    await page.getByRole('textbox').last().fill(text);
    await send();
  };
  /** Types `@`, picks the bot from what the client offers, and goes on typing. */
  const mention = async (text: string) => {
    const box = page.getByRole('textbox').last();
    await box.click();
    await page.keyboard.type('@');
    await page.getByRole('menuitem', { name: 'GCM' }).click();
    await page.keyboard.type(` ${text}`);
    await send();
  };
  const shown = (text: string | RegExp) => page.locator('.ac-adaptiveCard', { hasText: text }).last();
  const chooseEvent = async (form: Locator, title: string) => {
    await form.getByRole('combobox').first().click();
    await page.getByRole('option', { name: title }).first().click();
  };
  const look = (name: string) => picture(page, name);

  test('says hello when it is installed', async () => {
    await shown('Hello, I am the working group’s schedule').waitFor();
    await look('welcome');
  });

  test('answers in personal chat, and a button puts the next card in the place of the one before', async () => {
    await write('next');
    await shown('UNESCAP regional consultation').waitFor();
    await look('next');
    const before = await page.locator('.ac-adaptiveCard').count();
    await shown('UNESCAP regional consultation').getByText('GCM stocktaking meeting').last().click();
    await shown('Up to 4 people per delegation').waitFor();
    expect(await page.locator('.ac-adaptiveCard').count()).toBe(before);
    await look('details');
  });

  test('shows a form, keeps what was typed when there is a mistake, and is replaced by the result', async () => {
    await write('add');
    const form = shown('a new event, shown before it is published');
    await form
      .getByLabel(/^Title/u)
      .first()
      .fill('Retreat of the <Co-facilitators>');
    await form.getByLabel(/^Date/u).first().fill('the day after never');
    await look('form');
    await form.getByRole('button', { name: 'Preview' }).click();
    const wrong = shown('Not yet right');
    await wrong.waitFor();
    expect(
      await wrong
        .getByLabel(/^Title/u)
        .first()
        .inputValue(),
    ).toBe('Retreat of the <Co-facilitators>');
    await look('form-wrong');
    await wrong.getByLabel(/^Date/u).first().fill('20 November 2017 15:00');
    await wrong.getByRole('button', { name: 'Preview' }).click();
    const preview = shown('Monday 20 November 2017');
    await preview.waitFor();
    expect(await preview.getByLabel(/^Title/u).count()).toBe(0);
    await look('form-right');
    await preview.getByText(/^Publish(?: silently)?$/u).click();
    await shown(/publish/iu).waitFor();
    expect(await client.gcm('find', 'retreat')).toContain('Retreat of the <Co-facilitators>');
    await look('published');
  });

  test('moves an event through the form', async () => {
    await write('move');
    const form = shown('another date, and place, for an event');
    await chooseEvent(form, 'UNECE regional consultation');
    await form
      .getByLabel(/^New date/u)
      .first()
      .fill('the day after never');
    await form.getByRole('button', { name: 'Preview' }).click();
    const wrong = shown('Not yet right');
    await wrong.waitFor();
    await wrong
      .getByLabel(/^New date/u)
      .first()
      .fill('7 November 2017');
    await look('move-form');
    await wrong.getByRole('button', { name: 'Preview' }).click();
    const preview = shown('Tuesday 7 November 2017');
    await preview.waitFor();
    await look('move-preview');
    await preview.getByText(/^Publish(?: and tell)?$/u).click();
    await shown('Published').waitFor();
    await look('moved');
    expect(await client.gcm('show', 'unece')).toContain('Tuesday 7 November 2017');
  });

  test('calls an event off through the form, with the reason', async () => {
    await write('cancel');
    const form = shown('calls an event off, with the reason');
    await chooseEvent(form, 'UNECE regional consultation');
    await form
      .getByLabel(/^Reason/u)
      .first()
      .fill('the room is not available');
    await look('cancel-form');
    await form.getByRole('button', { name: 'Preview' }).click();
    const preview = shown('the room is not available');
    await preview.waitFor();
    await look('cancel-preview');
    await preview.getByText(/^Publish(?: and tell)?$/u).click();
    await shown('Published').waitFor();
    await look('cancelled');
    const cancelled = await client.gcm('show', 'unece');
    expect(cancelled).toContain('Cancelled');
    expect(cancelled).toContain('the room is not available');
  });

  test('lays out a month and a list on a narrow screen', async () => {
    await write('calendar november 2017');
    await shown('November 2017').waitFor();
    await look('calendar');
    await write('past');
    await shown('Held so far').waitFor();
    await look('past');
  });

  test('shows a calendar’s address as a QR code too', async () => {
    await write('feed');
    const code = shown('The schedule in your own calendar').getByRole('img', {
      name: 'QR code of the calendar’s address',
    });
    await code.waitFor();
    expect(await code.evaluate((image: { naturalWidth: number }) => image.naturalWidth)).toBeGreaterThan(0);
    await look('feed');
  });

  test('answers a mention in a group chat', async () => {
    await open('Delegates');
    await shown('Mention me in a message to ask').waitFor();
    await mention('when is the stocktaking?');
    await shown('Puerto Vallarta').waitFor();
    await look('group');
  });

  test('answers a mention in a channel, and what is for staff in their personal chat', async () => {
    await open('Secretariat - Consultations');
    await shown('Mention me in a message to ask').waitFor();
    await mention('next');
    await shown('UNESCAP regional consultation').waitFor();
    await look('channel');
    await mention('audit');
    await page.getByText('I have answered in our personal chat').last().waitFor();
    await look('channel-private');
    await open('Personal Chat');
    await shown(/import/u).waitFor();
    await look('proactive');
  });

  // This client has no dialogs, so that only the form in the personal chat can be filled in.
  test('offers a form that is for one person in their personal chat, and a dialog where they asked', async () => {
    await open('Secretariat - Consultations');
    await mention('add');
    await page.getByRole('button', { name: 'Fill it in here' }).waitFor();
    await look('channel-dialog');
    await open('Personal Chat');
    await shown('a new event, shown before it is published').waitFor();
  });
});

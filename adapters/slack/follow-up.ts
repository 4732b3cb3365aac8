import { action, offer, text } from '../../src/cards/card.ts';
import type { Reply } from '../../src/engine/dispatch.ts';
import type { Address, Sending } from '../../src/ports.ts';
import { pause } from '../../src/timer.ts';
import { formIn } from './content.ts';
import type { Asker, Desk } from './desk.ts';

/** How often an answer is tried again, and how long it waits for that at most, in milliseconds. */
const TRIES = 3;
const PATIENCE = 60_000;
const BETWEEN_TRIES = 1000;

/** Where no window can be opened, a form is a button: pressing it says the line again, from where one can. */
export function withFormButton(reply: Reply, line: string): Reply {
  const form = formIn(reply.card);
  if (!form) return reply;
  const { language } = reply;
  const elements = [
    text(language.t('slack.fill-in-first')),
    ...offer(action(language.t('slack.fill-in'), line, 'primary')),
  ];
  return { ...reply, card: { ...reply.card, elements } };
}

/** Sends something, and again as long as the platform says that it is worth it. */
export async function insist(desk: Desk, send: () => Promise<Sending>): Promise<Sending> {
  for (let tries = 1; ; tries += 1) {
    const sending = await send();
    if (sending.outcome !== 'again' || tries === TRIES) return sending;
    const wait = sending.afterMs ?? BETWEEN_TRIES * tries;
    if (wait > PATIENCE) return sending;
    await pause(desk.timer, wait);
  }
}

/** Posts an answer. What becomes of it is in the log when nobody can be told. */
export async function postAnswer(desk: Desk, to: Address, { card, language }: Reply): Promise<Sending> {
  const sending = await insist(desk, () => desk.messenger.post(to, card, { language, deliveryId: null }));
  if (sending.outcome !== 'sent') desk.log.warn({ ...sending, channel: to.id }, 'an answer was not sent');
  return sending;
}

/** A file cannot be shown to one person in a channel: it goes into the direct messages of whoever asked for it. */
export function sendFiles(desk: Desk, asker: Asker, { card, language }: Reply): void {
  const files = card.elements.filter((element) => element.type === 'file');
  if (files.length === 0) return;
  desk.background.run('sending a file', async () => {
    const person = { platform: 'slack', tenant: asker.origin.tenant, user: asker.user };
    const direct = await desk.messenger.openDirect(person);
    if (direct.outcome !== 'open') {
      desk.log.warn(direct, 'a direct message could not be opened');
      return;
    }
    for (const file of files) {
      const sending = await insist(desk, () => desk.messenger.upload(direct.address, file));
      if (sending.outcome === 'sent') continue;
      const sentence = language.t('slack.file-not-sent', { reason: sending.reason });
      const card = { tone: 'failure' as const, title: null, elements: [text(sentence)] };
      await postAnswer(desk, direct.address, { card, language, outcome: 'failed' });
    }
  });
}

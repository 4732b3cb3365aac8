import { describe, expect, test } from 'vitest';
import { cardText } from '../../src/cards/text.ts';
import type { Role } from '../../src/engine/access.ts';
import { english } from '../../src/language/index.ts';
import { house, type House } from '../support/house.ts';

const ask = ({ bot, clock }: House, text: string, role: Role = 'editor') =>
  bot.handle({
    actor: { platform: 'console', tenant: '', user: 'ada', name: 'ada' },
    role,
    zone: 'Europe/Zurich',
    input: { type: 'message', text, writtenAt: clock.now() },
  });

describe('a message that is to become an event', () => {
  const MESSAGE = 'Briefing on the outcome on 8 Nov 15:00-16:30 in New York\nBring your badges.';

  test('is the form of “add”, filled in with what the message says, and nothing is written', async () => {
    const home = await house();
    const [group] = await home.store.groups();
    const reply = await ask(home, MESSAGE);
    const form = reply.card.elements.find((element) => element.type === 'form');
    expect(reply.outcome).toBe('asked');
    expect(form?.command).toBe('add');
    expect(
      Object.fromEntries((form?.fields ?? []).flatMap(({ name, value }) => (value ? [[name, value]] : []))),
    ).toEqual({ title: 'Briefing on the outcome', when: '8 Nov 15:00-16:30', place: 'New York', about: MESSAGE });
    expect((await home.store.groups())[0]?.revision).toBe(group?.revision);
  });

  test('is refused to somebody without the right, with who has it', async () => {
    const home = await house();
    await home.say('role grant grace editor', { role: 'admin' });
    const reply = await ask(home, MESSAGE, 'viewer');
    expect(reply.outcome).toBe('refused');
    expect(cardText(reply.card, { language: english })).toBe(
      '“add” is for editors of this group.\n\nThese may: grace.',
    );
  });

  test('without a word in it is an empty form', async () => {
    const reply = await ask(await house(), '  \n ');
    const form = reply.card.elements.find((element) => element.type === 'form');
    expect(form?.fields.every(({ value }) => value === null)).toBe(true);
  });

  test('is nothing to a bot whose commands take none', async () => {
    const reply = await ask(await house({ commands: [], sample: false }), MESSAGE);
    expect(cardText(reply.card, { language: english })).toBe('Nothing can be made of a message here.');
  });
});

import { describe, expect, test } from 'vitest';
import { renderCard } from '../../../adapters/teams/render/card.ts';
import { readForm } from '../../../adapters/teams/render/form.ts';
import { commands } from '../../../commands/index.ts';
import { voteCommand } from '../../support/vote.ts';
import { card } from '../../../src/cards/card.ts';
import { english } from '../../../src/language/index.ts';
import { slowStore } from '../../support/slow-store.ts';
import { importing } from '../../support/import-file.ts';
import type { Json } from './fake-connector.ts';
import { ADMIN, buttonsOf, calendars, inChannel, tenant, words, type Tenant } from './tenant.ts';

const CARD = 'application/vnd.microsoft.card.adaptive';
const SENTENCE = 'application/vnd.microsoft.activity.message';

describe('a button', () => {
  test('puts its answer in the place of the card', async () => {
    const { press, connector } = await tenant();
    const { status, body } = await press({ run: 'show stocktaking' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ statusCode: 200, type: CARD, value: { type: 'AdaptiveCard', version: '1.5' } });
    expect(words(body)).toContain('Puerto Vallarta');
    expect(connector.messages).toEqual([]);
  });

  test('turns a page', async () => {
    const { press } = await tenant();
    const { body } = await press({ run: 'past --page 1' });
    expect(words(body)).toContain('Held so far');
  });

  test('of a client without Action.Execute replaces the card too', async () => {
    const { write, send, connector } = await tenant();
    await write('next');
    await send({ text: '', value: { run: 'show stocktaking' }, replyToId: 'message-1' });
    expect(connector.messages).toHaveLength(1);
    expect(words(connector.messages[0]?.card)).toContain('Puerto Vallarta');
  });

  test('of a card that is gone is answered beside it', async () => {
    const { send, connector } = await tenant();
    await send({ text: '', value: { run: 'show stocktaking' }, replyToId: 'long-gone' });
    expect(connector.messages).toHaveLength(1);
  });

  test.each([[{}], [{ run: 7 }], [{ run: 'x'.repeat(5000) }], [{ command: '', opaque: '' }], [null], ['text'], [[]]])(
    'that says nothing known, %j, is answered with a sentence and changes nothing',
    async (data) => {
      const { press, house, connector } = await tenant();
      const { status, body } = await press(data as Json);
      expect(status).toBe(200);
      expect(body).toMatchObject({ type: SENTENCE, value: expect.stringContaining('too old') as string });
      expect(connector.messages).toEqual([]);
      expect(await house.store.groups()).toMatchObject([{ revision: 1 }]);
    },
  );

  test('on a card of long ago whose event is gone says so', async () => {
    const { press } = await tenant();
    const { status, body } = await press({ run: 'show something-long-gone' });
    expect(status).toBe(200);
    expect(words(body)).toMatch(/something-long-gone/u);
  });

  test('pressed without the right to does nothing, says so, and leaves the card', async () => {
    const { press, house } = await tenant();
    const { body } = await press({ run: 'import x.csv' });
    expect(body).toMatchObject({ type: SENTENCE, value: expect.stringContaining('is for editors') as string });
    expect(await house.store.groups()).toMatchObject([{ revision: 1 }]);
  });

  test('sent twice acts once and is answered the same', async () => {
    const { press } = await tenant();
    const [first, second] = await Promise.all([
      press({ run: 'zone Bangkok' }, { id: 'same' }),
      press({ run: 'zone Bangkok' }, { id: 'same' }),
    ]);
    expect(second).toEqual(first);
  });

  test('in a channel shows what everybody may see, and what staff do to them alone', async () => {
    const { press, connector } = await tenant();
    const own = { from: ADMIN, ...inChannel('1') };
    expect((await press({ run: 'list' }, own)).body).toMatchObject({ type: CARD });
    const { body } = await press({ run: 'audit' }, own);
    expect(body).toMatchObject({ type: SENTENCE, value: expect.stringContaining('personal chat') as string });
    expect(connector.messages[0]?.conversation).toBe('direct-aad-admin');
  });

  test('with a secret behind it shows it to nobody else in a channel', async () => {
    const { press, connector } = await tenant({ bot: { calendars } });
    const { body } = await press({ run: '--as-of 2017-11-01 feed' }, inChannel('1'));
    expect(body).toMatchObject({ type: SENTENCE, value: expect.stringContaining('personal chat') as string });
    expect(connector.messages.map(({ conversation }) => conversation)).toEqual(['direct-aad-delegate']);
    expect(words(connector.messages[0]?.card)).toContain('/calendar/');
  });

  test('that takes its time is told so in time, and the card changes later', async () => {
    const { between, hold, release } = slowStore();
    hold();
    const { press, connector, timer, until } = await tenant({ between });
    const pressed = press({ run: 'show stocktaking' }, { replyToId: 'long-gone' });
    await until(() => timer.waiting > 0);
    await timer.pass(7000);
    expect((await pressed).body).toMatchObject({ type: SENTENCE, value: 'Still looking. The answer follows here.' });
    release();
    await until(() => connector.messages[0]);
    expect(words(connector.messages[0]?.card)).toContain('Puerto Vallarta');
  });
});

/** How often the command of these tests was run, and with what. */
function counting() {
  const runs: unknown[] = [];
  return { runs, commands: [...commands, voteCommand((values) => runs.push(values))] };
}

/** Asks for a command's form, and answers what comes back when it is filled in. */
async function opened(place: Tenant, line: string) {
  await place.write(line);
  const message = place.connector.messages.at(-1);
  return (answers: Json, shown: unknown = message?.card, own: Json = {}) =>
    place.press({ ...buttonsOf(shown).at(-1), ...answers }, { replyToId: message?.id ?? '', ...own });
}

describe('a form', () => {
  test('acts once, and its result takes its place', async () => {
    const { runs, commands: own } = counting();
    const place = await tenant({ bot: { commands: own } });
    const submit = await opened(place, 'vote');
    const first = await submit({ 'field.count': 2, 'field.text': 'aye' });
    expect(first.body).toMatchObject({ type: CARD });
    expect(words(first.body)).toContain('Counted: aye');
    const again = await submit({ 'field.count': 3, 'field.text': 'no' });
    expect(words(again.body)).toContain('Counted: aye');
    expect(runs).toEqual([{ count: 2, text: 'aye' }]);
  });

  test('with a mistake comes back with what was typed and what is wrong, and acts once it is right', async () => {
    const { runs, commands: own } = counting();
    const place = await tenant({ bot: { commands: own } });
    const submit = await opened(place, 'vote');
    const wrong = await submit({ 'field.count': 77, 'field.text': 'aye' });
    expect(wrong.body).toMatchObject({ type: CARD });
    expect(words(wrong.body)).toContain('Not yet right:');
    expect(words(wrong.body)).toContain('"value":"aye"');
    expect(runs).toEqual([]);
    const right = await submit({ 'field.count': 7, 'field.text': 'aye' }, wrong.body);
    expect(words(right.body)).toContain('Counted: aye');
    expect(runs).toEqual([{ count: 7, text: 'aye' }]);
  });

  test('sent twice at once acts once', async () => {
    const { runs, commands: own } = counting();
    const place = await tenant({ bot: { commands: own } });
    const submit = await opened(place, 'vote');
    const answers = { 'field.count': 2, 'field.text': 'aye' };
    await Promise.all([submit(answers), submit(answers)]);
    expect(runs).toHaveLength(1);
  });

  test('sent to two processes acts once, and says so', async () => {
    const { runs, commands: own } = counting();
    const place = await tenant({ bot: { commands: own } });
    const other = await tenant({ bot: { commands: own }, between: () => place.house.store });
    const submit = await opened(place, 'vote');
    const answers = { 'field.count': 2, 'field.text': 'aye' };
    await submit(answers);
    const message = place.connector.messages[0];
    const again = await other.press(
      { ...buttonsOf(message?.card).at(-1), ...answers },
      { replyToId: message?.id ?? '' },
    );
    expect(again.body).toMatchObject({ type: SENTENCE, value: expect.stringContaining('sent already') as string });
    expect(runs).toHaveLength(1);
  });

  test('keeps what was typed when the store fails, and works when it is sent again', async () => {
    const { runs, commands: own } = counting();
    const { between, fail, mend } = slowStore();
    const place = await tenant({ bot: { commands: own }, between });
    const submit = await opened(place, 'vote');
    const answers = { 'field.count': 2, 'field.text': 'aye' };
    fail();
    // The card is left as it is, with everything in it.
    expect((await submit(answers)).body).toMatchObject({ type: SENTENCE });
    mend();
    expect(words((await submit(answers)).body)).toContain('Counted: aye');
    expect(runs).toHaveLength(1);
  });

  test('of a command that is gone is answered with a sentence', async () => {
    const { press } = await tenant();
    const { status, body } = await press({ command: 'vote', opaque: 'x', 'field.count': 2 });
    expect(status).toBe(200);
    expect(words(body)).toContain('vote');
  });

  test('takes HTML as the letters that they are', async () => {
    const { runs, commands: own } = counting();
    const place = await tenant({ bot: { commands: own } });
    const submit = await opened(place, 'vote');
    const { body } = await submit({ 'field.count': 2, 'field.text': '<at>all</at>' });
    expect(runs).toEqual([{ count: 2, text: '<at>all</at>' }]);
    expect(words(body)).not.toContain('<at>');
  });

  test('brings along what it carries unseen', () => {
    const form = { type: 'form', command: 'edit', submit: 'Go', fields: [], carried: { version: '3' } } as const;
    const [data] = buttonsOf(renderCard(card(null, form), { language: english }));
    expect(readForm({ ...data, 'field.title': 'New' })).toEqual({ version: '3', title: 'New' });
  });

  test('offers the events to choose from, those ahead first, without a search that not every client has', async () => {
    const { write, connector } = await tenant();
    await write('show');
    const shown = words(connector.messages[0]?.card);
    expect(shown).toMatch(/"value":"unescap".*"value":"hearing-2"/u);
    expect(shown).not.toContain('choices.data');
  });

  test('asks the bot for more while somebody types where there are more events than it holds', async () => {
    const { write, connector, house } = await tenant();
    const rows = Array.from({ length: 30 }, (_, at) => importing(`retreat-${at}`).split('\n')[1] ?? '');
    const csv = [importing('x').split('\n')[0], ...rows].join('\n');
    await house.say('import more.csv', { isConfirmed: true, files: { 'more.csv': csv } });
    await write('show');
    expect(words(connector.messages[0]?.card)).toContain('"choices.data":{"type":"Data.Query","dataset":"events"}');
  });

  test('offers in a channel only what everybody there may see', async () => {
    const { write, mention, connector, house } = await tenant();
    await house.say('add "Retreat in confidence" 20 November --draft', { isConfirmed: true });
    await mention('show', { from: ADMIN });
    await write('show', { from: ADMIN });
    const [inTheChannel, own] = connector.messages.map(({ card }) => words(card).includes('Retreat in confidence'));
    expect([inTheChannel, own]).toEqual([false, true]);
  });
});

import { describe, expect, test } from 'vitest';
import { action, explained, offer, type Card, type Element, type EventElement } from '../../src/cards/card.ts';
import { cardText, type TextStyle } from '../../src/cards/text.ts';
import { english } from '../../src/language/index.ts';
import { ledBy } from '../../src/language/language.ts';

const card = (...elements: readonly Element[]): Card => ({ tone: 'normal', title: null, elements });
const read = (one: Card, width = Infinity) => cardText(one, { language: english, width });

const event: EventElement = {
  type: 'event',
  detail: 'full',
  handle: 'round-2',
  title: 'Second round',
  status: { code: 'tentative', text: 'Tentative' },
  when: { type: 'date', text: 'Wednesday 8 November 2017, 15:00, New York time', instant: '2017-11-08T20:00:00Z' },
  shortWhen: 'Wed 8 Nov, 15:00 New York time',
  relative: 'in 7 days',
  local: 'Wednesday 8 November, 21:00, Geneva time',
  place: 'New York',
  facts: [
    { label: 'Documents', value: [{ type: 'link', text: 'Agenda', url: 'https://example.org/a' }] },
    { label: 'Documents', value: ['Note: pending'] },
  ],
  comprises: [],
  actions: [{ label: 'Details', run: 'show round-2', style: 'normal' }],
};

describe('a card as text', () => {
  test('says everything of an event, a label once', () => {
    expect(read(card(event))).toBe(
      [
        'Second round  [round-2]',
        '  When       Wednesday 8 November 2017, 15:00, New York time (in 7 days)',
        '  Your time  Wednesday 8 November, 21:00, Geneva time',
        '  Where      New York',
        '  Status     Tentative',
        '  Documents  Agenda <https://example.org/a>',
        '             Note: pending',
        '  Details: show round-2',
      ].join('\n'),
    );
  });

  test('keeps the lines of a list together, parts inside their whole', () => {
    const line = { ...event, detail: 'line', status: null, shortWhen: '6–8 Nov', place: null } as const;
    const whole = { ...line, comprises: [{ ...line, handle: 'part', title: 'Part' }] };
    expect(read(card(whole, line, { type: 'heading', text: 'Later' }))).toBe(
      [
        '6–8 Nov         Second round  [round-2]',
        '    6–8 Nov         Part  [part]',
        '6–8 Nov         Second round  [round-2]',
        '',
        'LATER',
      ].join('\n'),
    );
  });

  test('gives an offer that has no room in its line the next one', () => {
    const actions = ['one', 'two', 'three'].map((run) => ({ label: 'Details', run, style: 'normal' as const }));
    const text = read(card({ ...event, facts: [], actions }), 40);
    expect(text.split('\n').slice(-2)).toEqual(['  Details: one   Details: two', '  Details: three']);
  });

  test('numbers what is to be chosen, and says what an offer would type', () => {
    const actions = [
      { label: 'Monday 4 December', run: 'list on 2017-12-04', style: 'normal' },
      { label: 'list', run: 'list', style: 'normal' },
    ] as const;
    expect(read(card({ type: 'actions', purpose: 'choice', actions }))).toBe(
      '  1. Monday 4 December  list on 2017-12-04\n  2. list',
    );
    expect(read(card({ type: 'actions', purpose: 'offer', actions }))).toBe(
      'Monday 4 December: list on 2017-12-04   list: list',
    );
  });

  test('gives an action that is explained a line of its own, the others one together', () => {
    const actions = [
      explained('Next', 'next', 'what comes next'),
      explained('Show it again', 'pending --token 1', 'Move “UNECE”'),
      action('All commands', 'help all'),
    ];
    const shown = card(...offer(...actions));
    expect(cardText(shown, { language: english })).toBe(
      '• next — what comes next\n• Move “UNECE”   Show it again: pending --token 1\nAll commands: help all',
    );
    expect(cardText(shown, { language: english, width: 40 })).toContain(
      '• Move “UNECE”\n  Show it again: pending --token 1\n',
    );
    expect(cardText(shown, { language: ledBy(english, '/gcm ') })).toBe(
      '• /gcm next — what comes next\n• Move “UNECE”   Show it again: /gcm pending --token 1\nAll commands: /gcm help all',
    );
  });

  test.each([
    ['cancelled', 'Cancelled: 4–6 Dec  '],
    ['postponed', 'Postponed: 4–6 Dec  '],
    ['tentative', '4–6 Dec         '],
  ] as const)('a line of an event that is %s begins with “%s”', (code, lead) => {
    const status = { code, text: code.charAt(0).toUpperCase() + code.slice(1) };
    const line = read(card({ ...event, detail: 'line', shortWhen: '4–6 Dec', status, comprises: [] }));
    expect(line.startsWith(lead + event.title)).toBe(true);
    expect(line.split(status.text)).toHaveLength(2);
  });

  test('the status of an event that is not held comes before its date', () => {
    const said = (code: 'cancelled' | 'tentative') => read(card({ ...event, status: { code, text: 'As it stands' } }));
    expect(said('cancelled').indexOf('As it stands')).toBeLessThan(said('cancelled').indexOf('When'));
    expect(said('tentative').indexOf('As it stands')).toBeGreaterThan(said('tentative').indexOf('When'));
  });

  test('does not print the token of a choice that nobody would type', () => {
    const run = 'answer 848a65b6-a681-41e3-ad35-40e6db679fc5 tell';
    const actions = [{ label: 'Publish and tell', run, style: 'primary' }] as const;
    expect(read(card({ type: 'actions', purpose: 'choice', actions }))).toBe('  1. Publish and tell');
  });

  test('says of a form what it asks for, what was typed and what is wrong with it', () => {
    const field = { control: { type: 'event' }, isRequired: true, value: null, problem: null } as const;
    const form: Element = {
      type: 'form',
      command: 'show',
      submit: 'Go',
      fields: [
        { ...field, name: 'event', label: 'Event', value: 'xyz', problem: 'No event here is called “xyz”.' },
        { ...field, name: 'page', label: 'Page', isRequired: false },
      ],
    };
    expect(read(card(form))).toBe('• Event: xyz\n      No event here is called “xyz”.\n• Page (optional)');
  });

  test('breaks lines between words and goes on below the words', () => {
    const long = 'Side events are discouraged by the Co-facilitators of the process.';
    const fields: Element = { type: 'fields', fields: [{ label: 'Delegations', value: [long] }] };
    expect(read(card(fields), 44)).toBe(
      [
        'Delegations  Side events are discouraged by',
        '             the Co-facilitators of the',
        '             process.',
      ].join('\n'),
    );
  });

  test('does not count colours as columns', () => {
    const coloured: TextStyle = {
      strong: (words) => `\u001B[1m${words}\u001B[22m`,
      muted: (words) => words,
      code: (words) => words,
      heading: (words) => words,
      warning: (words) => words,
      link: (words) => words,
    };
    const strong: Element = {
      type: 'text',
      emphasis: 'normal',
      content: [{ type: 'strong', text: 'one two' }, ' three four five six'],
    };
    const text = cardText(card(strong), { language: english, style: coloured, width: 20 });
    expect(text.split('\n')[0]).toBe('\u001B[1mone two\u001B[22m three four');
  });

  test('lets nothing of its data act on the terminal', () => {
    const nasty = 'a\u001B]8;;http://evil\u0007b\u009b31mc\u202Ed\r\u0000e';
    const everywhere = card(
      { type: 'heading', text: nasty },
      { type: 'text', emphasis: 'normal', content: [nasty, { type: 'link', text: nasty, url: nasty }] },
      { ...event, title: nasty, handle: nasty, place: nasty, facts: [{ label: nasty, value: [nasty] }] },
      { type: 'actions', purpose: 'choice', actions: [{ label: nasty, run: nasty, style: 'normal' }] },
    );
    const text = cardText({ ...everywhere, title: nasty }, { language: english });
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
  });
});

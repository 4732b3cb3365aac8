import { describe, expect, test } from 'vitest';
import { cardText } from '../../src/cards/text.ts';
import { english } from '../../src/language/index.ts';
import { choicesOf, house } from '../support/house.ts';

describe('days that are named decide, whatever the command', () => {
  test('“month December” is December, under its own heading', async () => {
    const { read } = await house();
    expect(await read('month december')).toBe(
      'December 2017\n\n4–6 Dec         GCM stocktaking meeting, Puerto Vallarta, Mexico  [stocktaking]',
    );
  });

  test('“what is on next week” lists next week', async () => {
    const { read } = await house();
    expect(await read('what is on next week?')).toBe(
      [
        'Monday 6 to Sunday 12 November 2017',
        'Understood as today next week',
        [
          '6–8 Nov         UNESCAP regional consultation, Bangkok  [unescap]',
          'Mon 6 Nov       UNECE regional consultation, Geneva  [unece]',
        ].join('\n'),
        'POSSIBLY, DAY NOT YET CONFIRMED',
        'week of 6 Nov   Second briefing on the stocktaking meeting (Tentative)  [stocktaking-briefing-2]',
      ].join('\n\n'),
    );
  });

  test('“show December” shows the events of December, not the one whose description speaks of it', async () => {
    const { read } = await house();
    expect(await read('show me december')).toContain('4–6 Dec         GCM stocktaking meeting');
  });

  test('a date is no event to be changed', async () => {
    const { read } = await house();
    expect(await read('cancel december')).toBe('No event here is called “december”.');
  });
});

describe('what people say to a bot', () => {
  test.each([
    ['hello', 'help'],
    ['whats next', 'next'],
    ['anything in Africa?', 'list in Africa'],
    ['anything about policy conundrums?', 'find policy conundrums'],
    ['when exactly is unescap', 'show unescap'],
    ['who can attend the stocktaking meeting?', 'show stocktaking'],
    ['where is the stocktaking meeting held?', 'show stocktaking'],
    ['could you tell me when the conference is', 'show conference'],
    ['Thanks, what is next?', 'next'],
    ['what is next? 🙏', 'next'],
    ['hi there', 'help'],
    ['show me what is on next week', 'today next week'],
    ['what’s happening next week', 'today next week'],
    ['what is new in Geneva', 'list in Geneva'],
    ['is there anything on Monday?', 'list on Monday'],
    ['do we have a meeting tomorrow?', 'list meeting tomorrow'],
    ['what events are left this year', 'list this year'],
    ['what is on on the 6th?', 'today on 6th'],
  ])('“%s” means “%s”', async (line, command) => {
    const { read } = await house();
    expect(await read(line)).toContain(`Understood as ${command}`);
  });

  test('“?” asks for help', async () => {
    const { read } = await house();
    expect(await read('?')).toBe(await read('help'));
  });

  test.each(['how many people per delegation', 'wann ist die nächste Sitzung?'])(
    '“%s” is not blamed on its first word',
    async (line) => {
      const { read } = await house();
      expect(await read(line)).toBe(
        'I do not understand that. Ask for example “when is the stocktaking?”, “what is next in Bangkok?” or “list December”.\n\nWhat I can do: help',
      );
    },
  );
});

test('an address is no place: what was meant as the online link is not published as one', async () => {
  const { read } = await house();
  expect(await read('add "Briefing" 8 Nov 15:00 in Geneva link:https://example.org/join')).toBe(
    '“https://example.org/join” is neither a date nor a place. The online link of an event stands behind “online:”, in “add” and in “edit”.',
  );
});

describe('a line that almost reads is offered as it was probably meant', () => {
  test.each([
    ['add Briefing for delegates 8 Nov 15:00 in New York', 'add "Briefing for delegates" 8 Nov 15:00 in New York'],
    ['add Retreat of delegates place:Nairobi', 'add "Retreat of delegates" place:Nairobi'],
    ['add Round 2 8 Nov', 'add "Round 2" 8 Nov'],
    ['add "Briefing" 8 Nov at noon for delegates in Geneva', 'add "Briefing for delegates" 8 Nov at noon in Geneva'],
    ['move stocktaking 5 dec', 'move stocktaking to 5 dec'],
    ['move second briefing 8 Nov', 'move second briefing to 8 Nov'],
    ['edit stocktaking venue Cancun', 'edit stocktaking place:Cancun'],
    ['edit stocktaking venue to Cancun, Mexico', 'edit stocktaking place:"Cancun, Mexico"'],
    ['edit stocktaking location:Cancun', 'edit stocktaking place:Cancun'],
    ['edit stocktaking title New title', 'edit stocktaking title:"New title"'],
    ['uninvite stocktaking bob@example.org', 'uninvite stocktaking to bob@example.org'],
    ['postpone unece the venue is not available', 'postpone unece because the venue is not available'],
    ['postpone stocktaking to 12 December', 'move stocktaking to 12 December'],
    [
      'doc ready stocktaking Draft agenda https://example.org/agenda.pdf',
      'doc ready stocktaking "Draft agenda" https://example.org/agenda.pdf',
    ],
  ])('“%s” offers “%s”, and changes nothing by itself', async (line, offered) => {
    const { say } = await house();
    const reply = await say(line);
    expect([reply.outcome, choicesOf(reply)]).toEqual(['refused', [expect.objectContaining({ run: offered })]]);
  });

  test('what is offered works: it shows the event with the whole title', async () => {
    const { say, press } = await house();
    const line = 'add "Briefing for delegates" 8 Nov 15:00 in New York';
    const shown = await press(await say('add Briefing for delegates 8 Nov 15:00 in New York'), line);
    expect(cardText(shown.card, { language: english })).toContain(
      'Briefing for delegates  [briefing-delegates]\n  When       Wednesday 8 November 2017, 15:00, New York time',
    );
  });

  test('what no line comes close to is refused as before', async () => {
    const { read } = await house();
    expect(await read('cancel nothing of the sort')).toBe('No event here is called “nothing of the sort”.');
    expect(await read('add Briefing 8 Nov at noon or so')).toContain('is not a date that I understand');
  });

  test('whoever may not change anything is not offered a change', async () => {
    const { say } = await house();
    const reply = await say('doc add stocktaking Concept note', { role: 'viewer', user: 'bob' });
    expect(choicesOf(reply).filter(({ run }) => run.includes('"Concept note"'))).toEqual([]);
  });
});

describe('polite words before a command are skipped', () => {
  test.each([
    ['please cancel unece', 'cancel unece'],
    ['Please, could you move unece to 7 November?', 'move unece to 7 November'],
    ['can you move unece to 7 November, please?', 'move unece to 7 November'],
    ['could you remind me a day before stocktaking', 'remind me a day before stocktaking'],
  ])('“%s” is “%s”', async (polite, plain) => {
    const [one, other] = [await house(), await house()];
    expect(await one.read(polite)).toBe(await other.read(plain));
  });

  test('a quoted word is no command behind them', async () => {
    const { read } = await house();
    expect(await read('please "cancel" unece')).not.toContain('Cancel “UNECE');
  });
});

describe('a time is never taken for a place', () => {
  test.each([
    ['tomorrow at 3', ['tomorrow at 03:00', 'tomorrow at 15:00']],
    ['8 Nov at 7', ['8 Nov at 07:00', '8 Nov at 19:00']],
    ['8 Nov 3-5', ['8 Nov 03:00-05:00', '8 Nov 15:00-17:00']],
    ['6-7/11', ['2017-11-06 - 2017-11-07', '2018-07-06 - 2018-07-11']],
    ['in 2 weeks at 10', []],
    ['6-8 November at 10', []],
    ['8 Nov in the morning', []],
  ])('“add B %s” is not guessed', async (said, ways) => {
    const { say } = await house();
    const reply = await say(`add B ${said}`);
    expect([reply.outcome, choicesOf(reply).map(({ run }) => run)]).toEqual([
      'refused',
      ways.map((way) => `add B ${way}`),
    ]);
  });
});

test('a misspelt word is answered with one form of the word that was meant', async () => {
  const { say } = await house();
  expect(choicesOf(await say('list breifing')).map(({ run }) => run)).toEqual(['list briefing']);
});

describe('a date goes on behind its place, and no time is taken for a place', () => {
  test.each([
    ['8 Nov in Geneva at noon', 'Wednesday 8 November 2017, 12:00, Geneva time', 'Geneva'],
    ['at noon in Geneva on 8 Nov', 'Wednesday 8 November 2017, 12:00, Geneva time', 'Geneva'],
    ['at noon in Geneva 8 Nov kind:briefing', 'Wednesday 8 November 2017, 12:00, Geneva time', 'Geneva'],
    [
      '8 Nov 15:00 in New York at UN Headquarters',
      'Wednesday 8 November 2017, 15:00, New York time',
      'New York at UN Headquarters',
    ],
  ])('“add Briefing %s”', async (said, date, place) => {
    const { read } = await house();
    const shown = await read(`add Briefing ${said}`);
    expect(shown).toMatch(new RegExp(`When +${date}.*[^]*Where +${place}\\n`, 'u'));
  });
});

test.each(['what’s new?', 'what has changed', 'any news?'])('“%s” shows what the last update brought', async (line) => {
  const { read } = await house();
  const as = { role: 'viewer', user: 'bob' } as const;
  expect((await read(line, as)).replace('Understood as notes\n\n', '')).toBe(await read('notes', as));
});

test('“role grant … viewer” says what a viewer is', async () => {
  const { say, read } = await house();
  expect(await read('role grant bob viewer')).toBe(
    'bob may look already, as everybody here may: that is all that a viewer does. For more, give the role of editor or admin.',
  );
  await say('role grant bob editor');
  expect(await read('role grant bob viewer')).toContain('bob may only look now, as everybody here may.');
});

test('a calendar’s address comes with the warning that some calendars look only once a day', async () => {
  const { read } = await house();
  const warning =
    'Some calendars look every hour, Google and Outlook sometimes only once a day. What is urgent comes by chat and by mail.';
  expect(await read('feed')).toContain(warning);
  expect(await read('feed list')).toContain(warning);
});

import { describe, expect, test } from 'vitest';
import { handlesIn, house } from '../support/house.ts';

/** A delegate in Geneva on 1 November 2017, the day of the update, unless a test says otherwise. */
describe('what is next', () => {
  test('begins with today, goes on with this week, and then with the whole of the first day to come', async () => {
    const { say } = await house();
    const reply = await say('next');
    const shown = reply.card.elements.map((element) =>
      element.type === 'event'
        ? `${element.detail} ${element.handle}`
        : element.type === 'heading'
          ? element.text
          : element.type,
    );
    expect(shown).toEqual([
      'Today',
      'full working-group',
      'full stocktaking-briefing',
      'Day still to be confirmed',
      'full cso-pacific',
      'Next',
      'full unescap',
      'full unece',
      'After that',
      'line stocktaking-briefing-2',
      'line stocktaking',
      'line conference',
    ]);
  });

  test('says of each event when, how soon and where', async () => {
    const { say } = await house();
    const { card } = await say('next');
    const unescap = card.elements.find((element) => element.type === 'event' && element.handle === 'unescap');
    expect(unescap).toEqual({
      type: 'event',
      detail: 'full',
      handle: 'unescap',
      title: 'UNESCAP regional consultation',
      status: null,
      when: { type: 'date', text: 'Monday 6 to Wednesday 8 November 2017, Bangkok time', instant: null },
      shortWhen: '6–8 Nov',
      relative: 'in 5 days',
      local: null,
      place: 'Bangkok',
      facts: [
        { label: 'Organiser', value: ['UNESCAP'] },
        { label: 'About', value: ['One of the final two regional consultations.'] },
      ],
      comprises: [],
      actions: [
        { label: 'Add to calendar', run: 'invite unescap', style: 'normal' },
        { label: 'Remind me', run: 'remind me 1d before unescap', style: 'normal' },
      ],
    });
  });

  test('narrowed to regional consultations is the last two', async () => {
    const { say } = await house();
    expect(handlesIn(await say('next regional'))).toEqual(['unescap', 'unece']);
  });

  test('shows as many as asked for, and never cuts a day', async () => {
    const { say } = await house();
    const full = (await say('next 3')).card.elements.flatMap((element) =>
      element.type === 'event' && element.detail === 'full' ? [element.handle] : [],
    );
    expect(full.slice(-3)).toEqual(['unescap', 'unece', 'stocktaking-briefing-2']);
  });

  test('on 5 December is the stocktaking meeting, which is on', async () => {
    const { clock, say, read } = await house();
    clock.set('2017-12-05T09:00:00+01:00');
    expect(handlesIn(await say('next'))[0]).toBe('stocktaking');
    expect(await read('next')).toContain('day 2 of 3');
  });

  test('as of a day answers as on that day, with the clock left alone', async () => {
    const { say } = await house();
    expect(handlesIn(await say('next --as-of 2017-12-05'))[0]).toBe('stocktaking');
    expect(handlesIn(await say('next'))[0]).toBe('working-group');
  });

  test('after the last event names the last one', async () => {
    const { clock, read } = await house();
    clock.set('2019-06-01T09:00:00+02:00');
    expect(await read('next')).toContain('Nothing is coming up.\n\nThe last one was:\n\nDec 2018');
  });
});

describe('what has been and what will be', () => {
  test('the regional consultations held are three, the African one with its five inside it', async () => {
    const { say } = await house();
    const reply = await say('past regional');
    const outline = reply.card.elements.flatMap((element) =>
      element.type === 'event' ? [[element.handle, element.comprises.map((part) => part.handle)]] : [],
    );
    expect(outline).toEqual([
      ['eca', ['eca-eastern', 'eca-southern', 'eca-western', 'eca-central', 'eca-northern']],
      ['escwa', []],
      ['eclac', []],
    ]);
  });

  test('2018 holds the conference: tentative, December, Morocco', async () => {
    const { read } = await house();
    expect(await read('list 2018')).toBe(
      'Coming up\n\nOnly: 2018\n\nDECEMBER 2018\n\nDec 2018        Intergovernmental conference, Morocco (Tentative)  [conference]',
    );
  });

  test('events without a date come last, under a heading of their own', async () => {
    const { say } = await house();
    const { card } = await say('list');
    expect(card.elements.at(-2)).toEqual({ type: 'heading', text: 'Date to be announced' });
    expect(card.elements.at(-1)).toMatchObject({ handle: 'cso-stocktaking' });
  });
});

describe('the stocktaking meeting is found', () => {
  test.each([
    'when is the stocktaking?',
    'stocktaking',
    'show stocktaking',
    'show stocktakng',
    'show "GCM stocktaking meeting"',
    'SHOW STOCKTAKING',
    '/gcm show stocktaking',
    '@GCM show “stocktaking”',
    'Where is the stocktaking meeting?',
  ])('by “%s”', async (line) => {
    const { read } = await house();
    const text = await read(line);
    expect(text).toContain('Monday 4 to Wednesday 6 December 2017');
    expect(text).toContain('Puerto Vallarta, Mexico');
    expect(text).toContain('Up to 4 people per delegation. Led at Ambassadorial level.');
  });
});

describe('a question in one’s own words', () => {
  test.each([
    ['what is next in Bangkok?', 'next in Bangkok'],
    ['What’s next?', 'next'],
    ['when do we meet in December?', 'list in December'],
    ['what is on today?', 'today'],
    ['what has been held in Addis Ababa?', 'past in Addis Ababa'],
    ['regional consultations in Geneva', 'list regional in Geneva'],
    ['any documents for the stocktaking?', 'docs stocktaking'],
    ['tell me about the conference', 'show conference'],
  ])('“%s” is understood as “%s”, and that is said', async (question, command) => {
    const { say } = await house();
    const reply = await say(question);
    expect(reply.outcome).toBe('answered');
    expect(reply.card.elements[0]).toEqual({
      type: 'text',
      emphasis: 'muted',
      content: ['Understood as', ' ', { type: 'code', text: command }],
    });
    const direct = await say(command);
    expect(reply.card.elements.slice(1)).toEqual(direct.card.elements);
  });
});

describe('filters', () => {
  test.each([
    ['list tentative', ['cso-pacific', 'stocktaking-briefing-2', 'conference', 'cso-stocktaking']],
    ['list in Geneva', ['unece']],
    ['list by UNESCAP', ['unescap']],
    ['list organiser:UNESCAP', ['unescap']],
    ['list on 6 November', ['unescap', 'unece', 'stocktaking-briefing-2']],
    ['list next week', ['unescap', 'unece', 'stocktaking-briefing-2']],
    ['list this week', ['cso-pacific', 'working-group', 'stocktaking-briefing']],
    ['list after 8 November', ['stocktaking-briefing-2', 'stocktaking', 'conference']],
    ['list between 4 and 6 December', ['stocktaking']],
    ['list kind:briefing', ['stocktaking-briefing', 'stocktaking-briefing-2']],
    ['list next month', ['stocktaking']],
    ['list Mexico', ['stocktaking']],
    ['past hearings', ['hearing-2']],
    ['past subregional in Lusaka', ['eca-southern']],
    ['past thematic in Geneva in October', ['thematic-6']],
    ['past before September', ['eca-eastern', 'eclac']],
    ['past region:Africa', ['eca']],
  ])('“%s”', async (line, handles) => {
    const { say } = await house();
    expect([...handlesIn(await say(line))].sort()).toEqual([...handles].sort());
  });
});

describe('what follows', () => {
  test('an event that is ahead is one press away', async () => {
    const { say } = await house();
    const shown = await say('show unescap');
    const follows = shown.card.elements
      .flatMap((element) => (element.type === 'event' ? element.actions : []))
      .find(({ label }) => label === 'What follows');
    expect(handlesIn(await say(follows?.run ?? ''))).toEqual(['stocktaking-briefing-2', 'stocktaking', 'conference']);
  });

  test.each(['show eca', 'show conference', 'show cso-stocktaking'])('is not asked of “%s”', async (line) => {
    const { read } = await house();
    expect(await read(line)).not.toContain('What follows');
  });
});

describe('documents', () => {
  test('are what can be read and where, and what is still pending', async () => {
    const { read } = await house();
    const [ready = '', pending = ''] = (await read('docs')).split('PENDING');
    expect(ready).toContain('Draft agenda <http://refugeesmigrants.un.org/stocktaking-phase>');
    expect(ready).toContain('Logistical note <http://refugeesmigrants.un.org/stocktaking-phase>');
    expect(ready).toContain('first batch <https://www.iom.int/migration-research-leaders-syndicate>');
    expect(pending).toContain('Report of the Seventh Global Meeting: pending');
    expect(pending).toContain('Publication compiled from the 26 technical papers');
    expect(pending).not.toContain('http');
  });
});

describe('one’s own time zone', () => {
  test('is remembered, named in every answer about it, and can be given back', async () => {
    const { read } = await house();
    expect(await read('zone', { zone: 'Asia/Kathmandu' })).toContain('Kathmandu time (Asia/Kathmandu)');
    expect(await read('zone nairobi')).toContain(
      'Nairobi time (Africa/Nairobi) from now on. It is Wednesday 1 November 2017, 11:00',
    );
    expect(await read('zone')).toContain('Nairobi time (Africa/Nairobi), which you chose');
    expect(await read('zone', { user: 'grace' })).toContain('Zurich');
    await read('zone auto');
    expect(await read('zone')).toContain('as your own clock does');
  });

  test('that nobody knows is answered with those that come close', async () => {
    const { say } = await house();
    const reply = await say('zone Nairoby');
    expect(reply.outcome).toBe('refused');
    expect(reply.card.elements[1]).toMatchObject({ type: 'actions', purpose: 'choice' });
  });
});

describe('the calendar', () => {
  test('is a month, Monday first, with marks that the legend explains', async () => {
    const { read } = await house();
    expect(await read('calendar')).toMatchInlineSnapshot(`
      "November 2017
      Mon   Tue   Wed   Thu   Fri   Sat   Sun
                  *1ab  2     3     4     5
      6cd   7c    8c    9     10    11    12
      13    14    15    16    17    18    19
      20    21    22    23    24    25    26
      27    28    29    30

      ?  week of 30 Oct  Pacific regional CSO consultation (Tentative)  [cso-pacific]
      a  Wed 1 Nov       Working Group on IOM-UN Relations and Related Issues: GCM update  [working-group]
      b  Wed 1 Nov       Briefing on the stocktaking meeting, New York  [stocktaking-briefing]
      c  6–8 Nov         UNESCAP regional consultation, Bangkok  [unescap]
      d  Mon 6 Nov       UNECE regional consultation, Geneva  [unece]
      ?  week of 6 Nov   Second briefing on the stocktaking meeting (Tentative)  [stocktaking-briefing-2]

      October 2017: calendar 2017-10   December 2017: calendar 2017-12"
    `);
  });
});

describe('the notes', () => {
  test('are the lines of the update that are no events', async () => {
    const { read } = await house();
    const text = await read('notes');
    expect(text).toContain('WEDNESDAY 1 NOVEMBER 2017');
    expect(text).toContain('34 national multistakeholder consultations');
    expect(text).toContain('– Means of implementation');
  });
});

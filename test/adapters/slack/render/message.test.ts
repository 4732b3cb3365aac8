import { describe, expect, test } from 'vitest';
import { renderHome } from '../../../../adapters/slack/render/home.ts';
import { renderMessage } from '../../../../adapters/slack/render/message.ts';
import {
  action,
  card,
  choice,
  code,
  explained,
  heading,
  list,
  muted,
  offer,
  strong,
  text,
  type Card,
  type Element,
  type EventElement,
  type MonthDay,
} from '../../../../src/cards/card.ts';
import { english } from '../../../../src/language/index.ts';
import { house } from '../../../support/house.ts';
import { faultsInMessage, faultsInView } from './limits-of-slack.ts';

const language = english;

/** Compares with `test/golden/slack/NAME.json`; `vitest run THIS-FILE -u` writes what is new, for a person to read. */
async function golden(name: string, value: unknown): Promise<void> {
  const file = new URL(`../../../golden/slack/${name}.json`, import.meta.url).pathname;
  await expect(`${JSON.stringify(value, null, 2)}\n`).toMatchFileSnapshot(file);
}

const hearing: EventElement = {
  type: 'event',
  detail: 'full',
  handle: 'hearing-3',
  title: 'Third hearing <draft> & *more*',
  status: { code: 'tentative', text: 'Tentative' },
  when: {
    type: 'date',
    text: 'Wednesday 8 November 2017, 15:00–16:30 New York time',
    instant: '2017-11-08T20:00:00Z',
  },
  shortWhen: 'Wed 8 Nov, 15:00–16:30 New York time',
  relative: 'in 7 days',
  local: '21:00–22:30 Geneva time',
  place: 'New York',
  facts: [
    { label: 'Online', value: [{ type: 'link', text: 'Web TV', url: 'https://webtv.example.org/?a=1&b=2' }] },
    { label: 'Part of', value: ['Hearings (', code('hearings'), ')'] },
    { label: 'Documents', value: [{ type: 'link', text: 'Agenda', url: 'https://example.org/agenda.pdf' }] },
    { label: 'Documents', value: ['Note: pending'] },
    { label: 'About', value: [`What was said before, once more. ${'It goes on. '.repeat(20)}`] },
  ],
  comprises: [],
  actions: [action('Details', 'show hearing-3'), action('Cancel it', 'cancel hearing-3', 'danger')],
};

const day: EventElement = {
  ...hearing,
  detail: 'line',
  handle: 'unescap',
  title: 'UNESCAP regional consultation',
  status: null,
  when: { type: 'date', text: 'Monday 6 to Wednesday 8 November 2017, Bangkok time', instant: null },
  shortWhen: '6–8 Nov',
  local: null,
  place: 'Bangkok',
  facts: [],
  actions: [action('Details', 'show unescap')],
};

const line: EventElement = { ...hearing, detail: 'line', facts: [], actions: [action('Details', 'show hearing-3')] };

const partOf = (handle: string, title: string): EventElement => {
  return { ...day, handle, title, actions: [action('Details', `show ${handle}`)] };
};
const nested: EventElement = {
  ...day,
  comprises: [
    { ...partOf('pacific', 'Pacific'), comprises: [partOf('fiji', 'Fiji')] },
    { ...partOf('asia', 'Asia'), status: { code: 'cancelled', text: 'Cancelled' } },
  ],
};

const week = (first: number, marks: Readonly<Record<number, readonly string[]>>): readonly MonthDay[] =>
  Array.from({ length: 7 }, (_, at) => {
    const number = first + at;
    const isThere = number >= 1 && number <= 30;
    return { day: isThere ? number : null, isToday: number === 1, marks: marks[number] ?? [] };
  });

const cards: Readonly<Record<string, Card>> = {
  text: card(
    'A title',
    text('Words, ', strong('strong words'), ', ', code('show unescap'), ' and ', {
      type: 'link',
      text: 'a link',
      url: 'https://example.org/',
    }),
    text('It begins ', hearing.when, '.'),
    muted('Good to know.'),
  ),
  'heading-without-title': card(null, heading('Today'), text('Nothing.'), heading('After that'), day, line),
  'heading-under-title': card('Coming up', heading('November 2017'), day, line, heading('Alone')),
  fields: card(null, {
    type: 'fields',
    fields: [
      { label: 'Working group', value: ['GCM'] },
      { label: 'Last changed', value: [hearing.when] },
      { label: 'Rules', value: ['Long. '.repeat(60)] },
    ],
  }),
  'event-full': card(null, hearing, { ...hearing, handle: 'hearing-4', facts: [], actions: [], comprises: [] }),
  'event-full-comprises': card(null, { ...nested, detail: 'full' }),
  'event-lines': card('Coming up', day, line, nested),
  list: card(
    null,
    list([
      [code('next'), ' — what comes next'],
      [code('list'), ' — everything'],
    ]),
  ),
  month: card(null, {
    type: 'month',
    title: 'November 2017',
    weekdays: ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'],
    weeks: [
      week(-1, { 1: ['a', 'b', 'c'] }),
      week(6, { 6: ['b', 'c'], 7: ['b'], 8: ['b', 'c', 'd', 'e'] }),
      week(13, {}),
      week(20, {}),
      week(27, { 30: ['f'] }),
    ],
    legend: [
      { mark: 'a', event: day },
      { mark: 'b', event: nested },
    ],
  }),
  'actions-explained': card(
    null,
    ...offer(
      explained('Next', 'next', 'what comes <next>'),
      explained('Show it again', 'pending --token 1', 'Move it'),
    ),
    ...offer(action('All commands', 'help all')),
  ),
  'actions-offer': card(
    null,
    text('Go on'),
    ...offer(action('More', 'list --page 2', 'primary'), action('Help', 'help')),
  ),
  'actions-choice': card(
    null,
    text('Really?'),
    choice(action('Yes', 'cancel x --yes', 'danger'), action('No', 'show x')),
  ),
  'actions-choice-of-long': card(
    null,
    text('Which one?'),
    choice(action('Second briefing on the stocktaking meeting', 'show second'), action('Briefing', 'show first')),
  ),
  file: card(null, text('Here it is.'), { type: 'file', name: 'gcm.csv', mediaType: 'text/csv', content: 'a,b\r\n' }),
  form: card('move: changes a date', {
    type: 'form',
    command: 'move',
    submit: 'Go',
    fields: [
      { name: 'event', label: 'Event', control: { type: 'event' }, isRequired: true, value: 'x', problem: 'No such.' },
      { name: 'to', label: 'New date', control: { type: 'date' }, isRequired: true, value: null, problem: null },
    ],
  }),
  success: { ...card('Saved', text('It is.')), tone: 'success' },
  problem: { ...card(null, text('No event here is called “<!channel>”.')), tone: 'problem' },
  failure: { ...card(null, text('Something went wrong.')), tone: 'failure' },
  nothing: card(null),
};

describe('each element as Slack gets it', () => {
  test.each(Object.entries(cards))('%s', async (name, shown) => {
    const message = renderMessage(shown, { language });
    expect(faultsInMessage(message)).toEqual([]);
    await golden(name, message);
  });

  test('the answers on the day of the update', async () => {
    const { say } = await house();
    for (const [name, typed] of [
      ['sample-next', 'next'],
      ['sample-list', 'list'],
      ['sample-show-stocktaking', 'show stocktaking'],
    ] as const) {
      const message = renderMessage((await say(typed)).card, { language });
      expect(faultsInMessage(message)).toEqual([]);
      await golden(name, message);
    }
  });

  test('the Home tab', async () => {
    const view = renderHome(
      [card('Consultations', hearing), card('Your times', text('Geneva'), ...offer(action('Change', 'zone')))],
      {
        language,
      },
    );
    expect(faultsInView(view)).toEqual([]);
    await golden('home', view);
  });
});

describe('a date', () => {
  const shownOf = (instant: string | null) =>
    JSON.stringify(renderMessage(card(null, { ...hearing, when: { ...hearing.when, instant } }), { language }).blocks);

  test('that is a moment is shown by Slack in each reader’s zone, beside the words of the venue', () => {
    const shown = shownOf('2017-11-08T20:00:00.000Z');
    expect(shown).toContain('Wednesday 8 November 2017, 15:00–16:30 New York time');
    expect(shown).toContain('<!date^1510171200^{date_long_pretty} {time}|');
  });

  test('that is a day or vaguer is never shifted', () => {
    expect(shownOf(null)).not.toContain('<!date');
    expect(shownOf('no moment')).not.toContain('<!date');
  });
});

describe('what does not fit', () => {
  const many = (count: number): readonly Element[] =>
    Array.from({ length: count }, (_, at) => partOf(`event-${at.toString()}`, day.title));
  const markup = (shown: Card) =>
    renderMessage(shown, { language }).blocks.flatMap((block) =>
      'text' in block && block.text ? [block.text.text] : [],
    );

  test('is counted, and nothing is counted twice', () => {
    const { blocks } = renderMessage(card('Coming up', ...many(500)), { language });
    const lines = markup(card('Coming up', ...many(500)))
      .join('\n')
      .split('\n')
      .filter((shown) => shown.startsWith('•'));
    const more = blocks.find((block) => block.type === 'context');
    expect(lines.length).toBeGreaterThan(80);
    expect(more?.elements[0]?.text).toBe(
      `+${(500 - lines.length).toString()} more that do not fit here. Ask for less to see them.`,
    );
  });

  test('leaves room for the buttons that turn the page', () => {
    const { blocks } = renderMessage(card(null, ...many(500), ...offer(action('Next page', 'list --page 2'))), {
      language,
    });
    expect(blocks.at(-1)).toMatchObject({ type: 'actions', elements: [{ value: 'list --page 2' }] });
    expect(blocks.slice(-3).map(({ type }) => type)).toEqual(['context', 'actions', 'actions']);
  });

  test('is not announced when everything is there', () => {
    const twenty = markup(card('Coming up', ...many(20)));
    expect(twenty.join('\n').match(/event-\d+/gu)).toHaveLength(20);
    expect(renderMessage(card('Coming up', ...many(20)), { language }).blocks.map(({ type }) => type)).toEqual([
      'header',
      'section',
      'actions',
    ]);
  });

  test('of a long text goes on in another section', () => {
    const long = Array.from({ length: 1000 }, (_, at) => `word${at.toString()}`).join(' ');
    expect(markup(card(null, text(long))).join(' ')).toBe(long);
  });

  test('is a button whose command line would have to be cut', () => {
    const shown = renderMessage(card(null, text('Go on'), ...offer(action('Find', `find ${'x'.repeat(2000)}`))), {
      language,
    });
    expect(shown.blocks.map(({ type }) => type)).toEqual(['section', 'context']);
  });
});

test('a long card does not push the others off the Home tab', () => {
  const long = card('Long', ...Array.from({ length: 300 }, () => text('Much.')));
  const view = renderHome([long, card('Short', text('Here.'))], { language });
  expect(faultsInView(view)).toEqual([]);
  expect(JSON.stringify(view)).toContain('Here.');
});

test('the buttons of a message have identifiers of their own that stay the same', () => {
  const shown = card(null, hearing, ...offer(action('More', 'list')));
  const ids = JSON.stringify(renderMessage(shown, { language })).match(/run:\d+/gu);
  expect(ids).toEqual(['run:0', 'run:1', 'run:2']);
  expect(renderMessage(shown, { language })).toEqual(renderMessage(shown, { language }));
});

test('the lines of a list share one menu that leads to each event, before what turns the page', () => {
  const turn = offer(action('Next page', 'list --page 2'));
  const { blocks } = renderMessage(card('Coming up', line, nested, line, ...turn), { language });
  const menu = blocks.at(-2);
  expect(JSON.stringify(menu).match(/show [\w-]+/gu)).toEqual([
    'show hearing-3',
    'show unescap',
    'show pacific',
    'show fiji',
    'show asia',
  ]);
  expect(blocks.at(-1)).toMatchObject({ type: 'actions', elements: [{ value: 'list --page 2' }] });
});

test('the adapter’s own buttons come last', () => {
  const buttons = [{ label: 'Share in channel', actionId: 'share', value: 'next' }];
  const { blocks } = renderMessage(card(null, text('Here.')), { language, buttons });
  expect(blocks.at(-1)).toMatchObject({ type: 'actions', elements: [{ action_id: 'share', value: 'next' }] });
});

test('a screen reader hears for which event a button is', () => {
  const { blocks } = renderMessage(card(null, hearing), { language });
  expect(JSON.stringify(blocks)).toContain('"accessibility_label":"Details: Third hearing <draft> & *more*"');
});

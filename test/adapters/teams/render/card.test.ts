import { describe, expect, test } from 'vitest';
import { filesOf, renderCard, renderForm } from '../../../../adapters/teams/render/card.ts';
import { readForm } from '../../../../adapters/teams/render/form.ts';
import { LIMITS, sizeOf } from '../../../../adapters/teams/render/limits.ts';
import { renderPreview } from '../../../../adapters/teams/render/preview.ts';
import type { AdaptiveCard } from '../../../../adapters/teams/render/shapes.ts';
import { renderPlain } from '../../../../adapters/teams/render/text.ts';
import type { Card, Control, EventElement, FormField } from '../../../../src/cards/card.ts';
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
} from '../../../../src/cards/card.ts';
import { english } from '../../../../src/language/index.ts';
import { house } from '../../../support/house.ts';
import { problemsOf } from './microsoft.ts';

const options = { language: english };

/** Compares with the file of that name, and has Microsoft read it. */
async function expectGolden(shown: AdaptiveCard, name: string): Promise<void> {
  await expect(`${JSON.stringify(shown, null, 2)}\n`).toMatchFileSnapshot(`../../../golden/teams/${name}.json`);
  expect(problemsOf(shown)).toEqual([]);
}

const hearing: EventElement = {
  type: 'event',
  detail: 'line',
  handle: 'hearing-2',
  title: 'Second multistakeholder hearing',
  status: null,
  when: { type: 'date', text: 'Monday 6 November 2017, 15:00–16:30, New York time', instant: '2017-11-06T20:00:00Z' },
  shortWhen: '6 Nov, 15:00–16:30 New York time',
  relative: 'in 5 days',
  local: 'Monday 6 November, 23:00–00:30, Nairobi time',
  place: 'New York, United States',
  facts: [],
  comprises: [],
  actions: [action('Details', 'show hearing-2')],
};

const consultation: EventElement = {
  ...hearing,
  detail: 'full',
  handle: 'uneca',
  title: 'UNECA regional consultation',
  status: { code: 'tentative', text: 'Tentative' },
  facts: [
    { label: 'Organiser', value: ['UNECA'] },
    {
      label: 'Documents',
      value: [{ type: 'link', text: 'Agenda [en]', url: 'https://example.org/a?b=c' }, ' (draft)'],
    },
    { label: 'Documents', value: ['Report: pending'] },
    { label: 'Precedes', value: ['Stocktaking (', code('stocktaking'), ')'] },
  ],
  comprises: [
    { ...hearing, comprises: [{ ...hearing, title: 'IGAD', status: { code: 'cancelled', text: 'Cancelled' } }] },
  ],
  actions: [action('Add to calendar', 'calendar uneca', 'primary'), action('Delete', 'delete uneca', 'danger')],
};

const PICTURE = {
  type: 'file',
  name: 'gcm-feed.png',
  alt: 'QR code of the calendar’s address',
  mediaType: 'image/png',
  encoding: 'base64',
  content: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==',
} as const;

const blank = { day: null, isToday: false, marks: [] };
const cards: Readonly<Record<string, Card>> = {
  text: card(null, text('Ask ', code('next'), ' or ', strong('help'), '.'), muted('It is ', consultation.when, '.')),
  heading: card('Coming up', heading('November 2017'), heading('1. *Not* a [list](https://example.org)')),
  fields: card(null, {
    type: 'fields',
    fields: [{ label: 'Time zone', value: ['Geneva (', code('Europe/Zurich'), ')'] }],
  }),
  'event-full': card(null, consultation),
  'event-line': card(null, hearing, {
    ...consultation,
    detail: 'line',
    actions: [action('Details', 'show uneca')],
  }),
  list: card(null, list([['One'], [{ type: 'link', text: 'Two', url: 'mailto:desk@example.org' }]])),
  month: card(null, {
    type: 'month',
    title: 'November 2017',
    weekdays: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
    weeks: [
      [
        blank,
        blank,
        { day: 1, isToday: true, marks: ['a', 'b'] },
        { day: 2, isToday: false, marks: ['b'] },
        blank,
        blank,
        blank,
      ],
    ],
    legend: [{ mark: 'a', event: hearing }],
  }),
  'actions-explained': card(
    null,
    ...offer(
      explained('Next', 'next', 'what comes next'),
      explained('Show it again', 'pending --token 1', 'Move it'),
      action('All commands', 'help all'),
    ),
  ),
  'actions-offer': card(
    null,
    ...offer(...Array.from({ length: 8 }, (_, at) => action(`Page ${at + 1}`, `list --page ${at + 1}`))),
  ),
  'actions-choice': card(
    null,
    text('Really?'),
    choice(action('Yes', 'delete x --yes', 'danger'), action('No', 'show x')),
  ),
  'actions-choice-long': card(
    null,
    choice(
      action('UNESCAP regional consultation', 'show unescap'),
      action('UNECE regional consultation', 'show unece'),
    ),
  ),
  file: card(null, { type: 'file', name: 'gcm.ics', mediaType: 'text/calendar', content: 'BEGIN:VCALENDAR' }),
  success: { ...card('Saved', text('It is in the schedule.')), tone: 'success' },
  problem: { ...card(null, text('“x” fits several events. Which one?')), tone: 'problem' },
  failure: { ...card(null, text('Something went wrong on our side.')), tone: 'failure' },
};

describe('every element', () => {
  test.each(Object.entries(cards))('%s', async (name, shown) => {
    await expectGolden(renderCard(shown, options), name);
  });

  test('a file with an address becomes a link, and is handed out for the adapter to serve', async () => {
    const shown = cards.file ?? card(null);
    await expectGolden(renderCard(shown, { ...options, fileUrl: () => 'https://example.org/f/gcm.ics' }), 'file-link');
    expect(filesOf(shown).map(({ name }) => name)).toEqual(['gcm.ics']);
  });

  test('a picture is shown in the card itself, with the words for whoever does not see it', async () => {
    const shown = card('A feed', PICTURE);
    await expectGolden(renderCard(shown, options), 'picture');
    expect(renderCard(shown, options).body.at(-1)).toEqual({
      type: 'Image',
      url: `data:image/png;base64,${PICTURE.content}`,
      altText: 'QR code of the calendar’s address',
      width: '240px',
    });
    expect(filesOf(shown)).toEqual([]);
  });

  test.each([
    ['that is too large for a card', { content: 'A'.repeat(LIMITS.pictureBytes) }],
    ['of a kind that clients do not show', { mediaType: 'image/svg+xml' }],
    ['that is no base64', { content: '"><script>' }],
  ])('a picture %s is offered by link', (_, own) => {
    const shown = card(null, { ...PICTURE, ...own });
    expect(JSON.stringify(renderCard(shown, options).body)).not.toContain('data:');
    expect(filesOf(shown).map(({ name }) => name)).toEqual(['gcm-feed.png']);
  });
});

const controls: readonly (readonly [Control, string | null])[] = [
  [{ type: 'text', multiline: true, maxLength: 200 }, 'Two\nlines'],
  [{ type: 'integer', min: 1, max: 20 }, '3'],
  [{ type: 'choice', options: [{ value: 'json', label: 'JSON' }] }, null],
  [{ type: 'flag' }, 'true'],
  [{ type: 'event' }, 'uneca'],
  [{ type: 'date' }, '2017-11-06'],
  [{ type: 'month' }, null],
  [{ type: 'filter' }, 'hearings'],
  [{ type: 'zone' }, null],
  [{ type: 'file' }, null],
];

function formOf(...fields: readonly Partial<FormField>[]): Card {
  const whole = fields.map((field, at): FormField => ({
    name: `f${at.toString()}`,
    label: `Field ${at.toString()}`,
    control: { type: 'text', multiline: false, maxLength: 100 },
    isRequired: false,
    value: null,
    problem: null,
    ...field,
  }));
  return card('add: a new event', { type: 'form', command: 'add', submit: 'Go', fields: whole });
}

const form = { opaque: 'signed', events: [{ value: 'uneca', label: 'UNECA regional consultation' }], dataset: null };

describe('a form', () => {
  test('has an input for every control', async () => {
    const shown = formOf(...controls.map(([control, value], at) => ({ control, value, isRequired: at % 2 === 0 })));
    await expectGolden(renderForm(shown, { ...options, form }), 'form');
  });

  test('keeps what was typed and says below it what is wrong', async () => {
    const shown = formOf(
      { control: { type: 'integer', min: 1, max: 20 }, value: 'many', problem: '“many” is not a number.' },
      { control: { type: 'date' }, value: 'someday', problem: '“someday” is not a date.' },
      { control: { type: 'event' }, value: 'con', problem: '“con” fits several events.', isRequired: true },
    );
    await expectGolden(renderForm({ ...shown, tone: 'problem' }, { ...options, form }), 'form-problem');
  });

  test('asks the bot while somebody types the name of an event, when there is somebody to ask', async () => {
    const shown = formOf({ control: { type: 'event' } });
    await expectGolden(renderForm(shown, { ...options, form: { ...form, dataset: 'events' } }), 'form-typeahead');
  });

  test('asks in writing where there is nothing to choose from', () => {
    const shown = formOf({ control: { type: 'event' } }, { control: { type: 'choice', options: [] } });
    const { body } = renderForm(shown, { ...options, form: { ...form, events: [] } });
    expect(body.map(({ type }) => type)).toEqual(['TextBlock', 'Input.Text', 'Input.Text']);
  });

  test('keeps its button when its questions do not fit', () => {
    const shown = renderForm(formOf(...Array.from({ length: 500 }, () => ({ value: 'x'.repeat(4_000) }))), {
      ...options,
      form,
    });
    expect(shown.actions).toHaveLength(1);
    expect(sizeOf(shown)).toBeLessThanOrEqual(LIMITS.cardBytes);
  });

  test('is read back as it was filled in', () => {
    const data = {
      command: 'add',
      opaque: 'signed',
      'field.title': 'Hearing',
      'field.count': 3,
      'field.silent': 'true',
      'field.dry-run': 'false',
      'field.zone': '',
      'field.__proto__': 'x',
      'field.odd': { no: 'text' },
    };
    const given = readForm(data);
    expect(Object.entries(given)).toEqual([
      ['title', 'Hearing'],
      ['count', '3'],
      ['silent', 'true'],
      ['__proto__', 'x'],
    ]);
    expect([readForm(null), readForm('x'), readForm([])]).toEqual([{}, {}, {}]);
  });
});

describe('what does not fit', () => {
  const inlinesOf = (shown: AdaptiveCard) =>
    shown.body.flatMap((block) => (block.type === 'RichTextBlock' ? block.inlines : []));

  test('is counted in the last line', () => {
    const shown = renderCard(card('All', ...Array.from({ length: 500 }, () => hearing)), options);
    const rows = shown.body.filter(({ type }) => type === 'ColumnSet').length;
    expect(rows).toBeGreaterThan(20);
    expect(inlinesOf(shown).at(-1)?.text).toBe(`and ${(500 - rows).toString()} more`);
  });

  test('is cut inside an event that comprises too much', () => {
    const parts = Array.from({ length: 500 }, () => ({ ...hearing, detail: 'line' as const }));
    const shown = renderCard(card(null, { ...consultation, comprises: parts }), options);
    const inside = shown.body.find(({ type }) => type === 'Container');
    expect(inside?.type === 'Container' && inside.items.length).toBeGreaterThan(20);
    expect(inlinesOf(shown).at(-1)?.text).toMatch(/^and \d+ more$/u);
  });

  test('of 200 buttons are those beyond the overflow menu', () => {
    const actions = Array.from({ length: 200 }, (_, at) => action(`Do ${at.toString()}`, `do ${at.toString()}`));
    const [set] = renderCard(card(null, ...offer(...actions)), options).body;
    const modes = set?.type === 'ActionSet' ? set.actions.map(({ mode }) => mode ?? 'primary') : [];
    expect(modes.filter((mode) => mode === 'primary')).toHaveLength(6);
    expect(modes).toHaveLength(20);
  });

  test('a command line too long to be sent is not offered, because half of it would do something else', () => {
    expect(renderCard(card(null, ...offer(action('Go', 'x'.repeat(2_001)))), options).body).toEqual([]);
  });
});

describe('text is shown as it was typed', () => {
  const typed =
    '1. *a* _b_ [c](https://evil.example) # <at>Ada</at> <b>x</b> {{DATE(2017-11-01T00:00:00Z)}} &lt; \\ `d`';

  test.each([
    ['a title', card(typed)],
    ['a heading', card(null, heading(typed))],
    ['a paragraph', card(null, text(typed))],
    ['a list', card(null, list([[typed]]))],
    ['an event', card(null, { ...hearing, title: typed })],
  ])('in %s', (_name, shown) => {
    const body = JSON.stringify(renderCard(shown, options).body);
    expect(body).not.toContain('TextBlock"' + ',"text');
    expect(body).not.toMatch(/"type":"TextBlock"/u);
    expect(body).not.toContain('{{DATE');
    expect(body.replaceAll('\u2060', '')).toContain(JSON.stringify(typed).slice(1, -1));
  });

  test('an address that is not to be followed is shown instead of linked', () => {
    const shown = renderCard(card(null, text({ type: 'link', text: 'Click', url: 'javascript:alert(1)' })), options);
    expect(shown.body).toEqual([
      { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: 'Click <javascript:alert(1)>' }] },
    ]);
  });

  test('in a notification and in a search result, too', () => {
    expect(renderPlain(card(null, text('<b>x</b> &lt; {{TIME(2017-11-01T00:00:00Z)}}')), english)).toBe(
      '<\u2060b>x<\u2060/b> &\u2060lt; {\u2060{TIME(2017-11-01T00:00:00Z)}}',
    );
    expect(renderPreview({ ...consultation, title: 'A <b>bold</b> title' })).toEqual({
      contentType: 'application/vnd.microsoft.card.thumbnail',
      content: {
        title: 'A <\u2060b>bold<\u2060/b> title',
        text: '6 Nov, 15:00–16:30 New York time · Monday 6 November, 23:00–00:30, Nairobi time · New York, United States · Tentative',
      },
    });
  });
});

test('the sample schedule’s answers, as a delegate in Nairobi sees them', async () => {
  const { say } = await house();
  for (const line of ['next', 'list', 'calendar', 'show stocktaking']) {
    const { card: answer } = await say(line, { zone: 'Africa/Nairobi' });
    await expectGolden(renderCard(answer, options), `sample-${line.replace(' ', '-')}`);
  }
});

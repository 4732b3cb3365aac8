import { describe, expect, test } from 'vitest';
import { section } from '../../../../adapters/slack/render/block.ts';
import { readForm, readPasted } from '../../../../adapters/slack/render/answers.ts';
import {
  errorsOf,
  loadingView,
  readMetadata,
  renderForm,
  suggestions,
} from '../../../../adapters/slack/render/form.ts';
import {
  card,
  text,
  type Card,
  type Control,
  type EventElement,
  type FormElement,
  type FormField,
} from '../../../../src/cards/card.ts';
import type { AnyCommand } from '../../../../src/engine/command.ts';
import { formOf } from '../../../../src/engine/form.ts';
import { english } from '../../../../src/language/index.ts';
import { faultsInView } from './limits-of-slack.ts';

const language = english;

/** Compares with `test/golden/slack/NAME.json`; `vitest run THIS-FILE -u` writes what is new, for a person to read. */
async function golden(name: string, value: unknown): Promise<void> {
  const file = new URL(`../../../golden/slack/${name}.json`, import.meta.url).pathname;
  await expect(`${JSON.stringify(value, null, 2)}\n`).toMatchFileSnapshot(file);
}

function field(name: string, control: Control, more: Partial<FormField> = {}): FormField {
  return { name, label: `The ${name}`, control, isRequired: true, value: null, problem: null, ...more };
}

function cardOf(...fields: readonly FormField[]): Card & { readonly elements: readonly [FormElement] } {
  return {
    tone: 'normal',
    title: 'move: changes the date of an event',
    elements: [{ type: 'form', command: 'move', submit: 'Go', fields, carried: { version: '3' } }],
  };
}

const event: EventElement = {
  type: 'event',
  detail: 'line',
  handle: 'round-2',
  title: 'Second round',
  status: null,
  when: { type: 'date', text: 'Wednesday 8 November 2017', instant: null },
  shortWhen: 'Wed 8 Nov',
  relative: null,
  local: null,
  place: null,
  facts: [],
  comprises: [],
  actions: [],
};

const options = [
  { value: 'json', label: 'JSON' },
  { value: 'csv', label: 'CSV' },
];

const empty = cardOf(
  field('title', { type: 'text', multiline: false, maxLength: 200 }),
  field('about', { type: 'text', multiline: true, maxLength: 4000 }, { isRequired: false }),
  field('count', { type: 'integer', min: 1, max: 20 }),
  field('format', { type: 'choice', options }),
  field('other-format', { type: 'choice', options }, { isRequired: false }),
  field('silent', { type: 'flag' }),
  field('event', { type: 'event' }),
  field('date', { type: 'date' }),
  field('month', { type: 'month' }),
  field('filter', { type: 'filter' }, { isRequired: false }),
  field('zone', { type: 'zone' }),
  field('file', { type: 'file' }),
);

const filled = cardOf(
  field('title', { type: 'text', multiline: false, maxLength: 200 }, { value: 'A <title>\u0007' }),
  field('about', { type: 'text', multiline: true, maxLength: 4000 }, { value: 'x'.repeat(3500) }),
  field('count', { type: 'integer', min: 1, max: 20 }, { value: '5' }),
  field('format', { type: 'choice', options }, { value: 'csv' }),
  field('silent', { type: 'flag' }, { value: '' }),
  field('loud', { type: 'flag' }, { value: 'true' }),
  field('event', { type: 'event' }, { value: 'unescap', problem: 'It is over.' }),
  field('date', { type: 'date' }, { value: '2017-12-05' }),
  field('zone', { type: 'zone' }, { value: 'Nairobi' }),
);

describe('a form', () => {
  test.each([
    ['form-empty', empty],
    ['form-filled', filled],
  ] as const)('%s', async (name, shown) => {
    const titleOf = (handle: string) => (handle === 'unescap' ? 'UNESCAP regional consultation' : null);
    const view = renderForm(shown, { language, titleOf, context: { channel: 'C01' } });
    expect(faultsInView(view)).toEqual([]);
    await golden(name, view);
  });

  test.each([
    ['next Tuesday', { type: 'date' }],
    ['2017-02-30', { type: 'date' }],
    ['many', { type: 'integer', min: 1, max: 20 }],
    ['21', { type: 'integer', min: 1, max: 20 }],
  ] as const)('keeps “%s” as text where the better input cannot hold it', (value, control) => {
    const { blocks } = renderForm(cardOf(field('x', control, { value })), { language });
    expect(blocks.at(-1)).toMatchObject({ element: { type: 'plain_text_input', initial_value: value } });
  });

  test('that is no form is a window to read', async () => {
    const view = renderForm(card('Saved', { type: 'text', emphasis: 'normal', content: ['It is.'] }), { language });
    expect(faultsInView(view)).toEqual([]);
    expect(view.submit).toBeUndefined();
    await golden('modal-to-read', view);
  });

  test('says the name of the command once, above what it is for', () => {
    const card = formOf({ name: 'zone', summary: 'zone.summary', args: {} } as AnyCommand, language);
    const view = renderForm(card, { language });
    expect(view.title.text).toBe('Zone');
    expect(view.submit?.text).toBe('Continue');
    expect(view.blocks).toEqual([section('The time zone in which you read times, or another one')]);
  });

  test.each([
    ['its title', card('Undo change 1', text('It is.')), 'Undo change 1', ['section']],
    [
      'the beginning of a long one, which is whole below',
      card('Move “UNECE consultation”', text('It is.')),
      'Move “UNECE consultatio…',
      ['header', 'section'],
    ],
    ['the one event that it shows', card(null, text('Saved.'), event), 'Second round', null],
    ['nothing else, when it shows several', card(null, event, event), 'Consultations', null],
  ])('a window to read is called by %s', (_, shown, title, types) => {
    const view = renderForm(shown, { language });
    expect(view.title.text).toBe(title);
    if (types !== null) expect(view.blocks.map(({ type }) => type)).toEqual(types);
    expect(faultsInView(view)).toEqual([]);
  });

  test('says what is wrong beside the field', () => {
    expect(errorsOf(filled.elements[0])).toEqual({ 'field:event': 'It is over.' });
    expect(errorsOf(empty.elements[0])).toEqual({});
  });

  test('brings back its command, what is carried and what the caller gave along', () => {
    const view = renderForm(filled, { language, context: { channel: 'C01' } });
    expect(readMetadata(view.private_metadata ?? '')).toEqual({
      command: 'move',
      context: { channel: 'C01' },
      carried: { version: '3' },
      filled: ['title', 'about', 'count', 'format', 'loud', 'event', 'date', 'zone'],
    });
    expect(readMetadata('')).toBeNull();
    expect(readMetadata('{"command":5}')).toBeNull();
  });

  test('does not take more from its caller than Slack brings back', () => {
    expect(() => renderForm(empty, { language, context: 'x'.repeat(3000) })).toThrow(RangeError);
  });
});

describe('answers', () => {
  const state = {
    'field:title': { answer: { type: 'plain_text_input', value: 'A title' } },
    'field:about': { answer: { type: 'plain_text_input', value: null } },
    'field:count': { answer: { type: 'number_input', value: '5' } },
    'field:format': { answer: { type: 'radio_buttons', selected_option: { value: 'csv' } } },
    'field:silent': { answer: { type: 'checkboxes', selected_options: [] } },
    'field:loud': { answer: { type: 'checkboxes', selected_options: [{ value: 'true' }] } },
    'field:event': { event: { type: 'external_select', selected_option: { value: 'unescap' } } },
    'field:date': { answer: { type: 'datepicker', selected_date: '2017-12-05' } },
    'field:other-date': { answer: { type: 'datepicker', selected_date: null } },
    'field:file': { answer: { type: 'file_input', files: [{ id: 'F01' }] } },
    'pasted:file': { answer: { type: 'plain_text_input', value: 'BEGIN:VCALENDAR' } },
    'something-else': { answer: { type: 'plain_text_input', value: 'x' } },
  };
  const answered = {
    title: 'A title',
    count: '5',
    format: 'csv',
    loud: 'true',
    event: 'unescap',
    date: '2017-12-05',
    file: 'F01',
  };

  test('come as a command takes them', () => {
    expect(readForm(state)).toEqual(answered);
    expect(readPasted(state)).toEqual({ file: 'BEGIN:VCALENDAR' });
  });

  test('that were emptied are not the same as those that were never given', () => {
    const known = { filled: ['about', 'silent'], carried: { version: '3' } };
    expect(readForm(state, known)).toEqual({ ...answered, about: '', silent: 'false', version: '3' });
  });
});

test('suggestions are cut to what Slack takes, and one that cannot be chosen is left out', () => {
  const many = Array.from({ length: 120 }, (_, at) => ({ label: 'x'.repeat(100), value: `event-${at.toString()}` }));
  const shown = suggestions([{ label: 'Too long', value: 'x'.repeat(151) }, ...many]).options;
  expect(shown).toHaveLength(100);
  expect(shown[0]).toEqual({
    text: { type: 'plain_text', text: `${'x'.repeat(74)}…`, emoji: false },
    value: 'event-0',
  });
});

test('a loading view can be opened at once', async () => {
  const view = loadingView('A title that is too long for a modal', language);
  expect(faultsInView(view)).toEqual([]);
  await golden('loading', view);
});

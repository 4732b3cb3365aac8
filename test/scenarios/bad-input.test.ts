import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cardText } from '../../src/cards/text.ts';
import { english } from '../../src/language/index.ts';
import { house } from '../support/house.ts';

describe('what the bot does not understand', () => {
  test('a slip in a command is answered with the command, what followed kept', async () => {
    const { say } = await house();
    const reply = await say('lisst regional');
    expect(reply.outcome).toBe('refused');
    expect(reply.card.elements[1]).toEqual({
      type: 'actions',
      purpose: 'choice',
      actions: [{ label: 'list regional', run: 'list regional', style: 'normal' }],
    });
  });

  test('a word that is nothing leads to help', async () => {
    const { read } = await house();
    expect(await read('xyzzy')).toBe('I don’t know “xyzzy”.\n\nWhat I can do: help');
  });

  test('a name that fits several events is answered with the list to choose from', async () => {
    const { say } = await house();
    const reply = await say('show africa sub-regional');
    expect(reply.card.elements[1]).toMatchObject({ type: 'actions', purpose: 'choice' });
    const [, choices] = reply.card.elements;
    const runs = choices?.type === 'actions' ? choices.actions.map(({ run }) => run) : [];
    expect(runs.length).toBeGreaterThan(1);
    for (const run of runs) expect((await say(run)).outcome).toBe('answered');
  });

  test('a date that reads two ways is asked, and each reading can be chosen', async () => {
    const { say } = await house();
    const reply = await say('list on 04/12');
    expect(reply.outcome).toBe('refused');
    expect(reply.card.elements[1]).toEqual({
      type: 'actions',
      purpose: 'choice',
      actions: [
        { label: 'Monday 4 December 2017', run: 'list on 2017-12-04', style: 'normal' },
        { label: 'Thursday 12 April 2018', run: 'list on 2018-04-12', style: 'normal' },
      ],
    });
  });

  test('a day that no calendar has is answered with the last one of its month', async () => {
    const { read } = await house();
    expect(await read('list on 31 November')).toContain('There is no 31 November');
  });

  test('an unknown place, a misspelt kind and an unknown option each get a sentence', async () => {
    const { read } = await house();
    expect(await read('list in Atlantis')).toBe(
      'Nothing in this schedule is held in “Atlantis”, and it is not a date.',
    );
    expect(await read('list regionall')).toContain('1. regional');
    expect(await read('list --colour red')).toContain('“list” has no option --colour.');
  });

  test('a missing argument is asked for by a form', async () => {
    const { say } = await house();
    const reply = await say('show');
    expect(reply.outcome).toBe('asked');
    expect(reply.card.elements).toEqual([
      {
        type: 'form',
        command: 'show',
        about: 'Everything about one event',
        submit: 'Continue',
        fields: [
          { name: 'event', label: 'Event', control: { type: 'event' }, isRequired: true, value: null, problem: null },
        ],
      },
    ]);
  });

  test('a form keeps what was typed beside what is wrong', async () => {
    const { bot } = await house();
    const reply = await bot.handle({
      actor: { platform: 'console', tenant: '', user: 'ada', name: 'Ada' },
      input: { type: 'form', command: 'next', given: { count: 'many', filter: 'on Blursday' } },
    });
    expect(reply.outcome).toBe('asked');
    const [form] = reply.card.elements;
    const fields = form?.type === 'form' ? form.fields : [];
    expect(fields.map(({ name, value, problem }) => ({ name, value, problem }))).toEqual([
      { name: 'count', value: 'many', problem: '“many” is not a whole number from 1 to 20.' },
      {
        name: 'filter',
        value: 'on Blursday',
        problem: 'I don’t know “on” as a kind, place, organiser, status or date.',
      },
    ]);
  });
});

describe('text that means harm', () => {
  const lines = [
    ['100 kB', 'x'.repeat(100_000)],
    ['control characters', 'next \u0000\u0007\u001b[31m\u009b'],
    ['right-to-left marks', 'show \u202estocktaking\u202c'],
    ['emoji', 'show 🦄👩‍👩‍👧‍👦🇨🇭'],
    ['SQL', `show '; DROP TABLE "Event"; --`],
    ['HTML', 'find <script>alert(1)</script> &amp; <!channel> @everyone'],
    ['message format', 'show {count, plural, other {#}} {0} {'],
    ['half a surrogate pair', 'show \ud83d'],
    ['a regular expression', 'find (((((((((((((((a+)+)+)+)+)+)+$'],
    ['names of every object', 'show __proto__ constructor hasOwnProperty'],
    ['nothing but quotes', `"'“”„«»‹›‘’‚\``],
  ] as const;

  test.each(lines)('%s gets a sentence, and the store stays as it was', async (_name, line) => {
    const { say, store, errors } = await house();
    const [group] = await store.groups();
    const before = await store.load(group?.id ?? '');
    const reply = await say(line);
    const text = cardText(reply.card, { language: english });
    expect(text).not.toBe('');
    expect(text).not.toMatch(/at .+:\d+:\d+|\bError\b/u);
    // eslint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u);
    expect(reply.outcome).not.toBe('failed');
    expect(errors).toEqual([]);
    expect(await store.load(group?.id ?? '')).toEqual(before);
  });

  test('any line at all gets an answer, never an error of ours', async () => {
    const { say, errors } = await house();
    const words = [
      'next',
      'list',
      'show',
      'in',
      'before',
      '--as-of',
      'on',
      '04/12',
      '31 November',
      'Geneva',
      '"',
      '?',
      'week of',
      '-1',
      '--',
      'kind:',
      'add',
      'edit unece',
      'move unece',
      'to',
      'cancel',
      'because',
      'repeat unece',
      'weekly',
      'until',
      'undo',
      'doc add',
      'nest',
      'preceded by',
      'role grant',
      'group set',
      'answer',
      '--group',
      '--yes',
    ];
    const line = fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'grapheme', maxLength: 12 })), {
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(line, async (parts) => {
        const reply = await say(parts.join(' '));
        expect([parts, reply.outcome]).not.toEqual([parts, 'failed']);
      }),
      { numRuns: 300 },
    );
    expect(errors).toEqual([]);
  });
});

describe('rights', () => {
  test('a member may not see who changed what, or import', async () => {
    const { say } = await house();
    for (const line of ['audit', 'import schedule.json --yes']) {
      const reply = await say(line, { role: 'viewer' });
      expect(reply.outcome).toBe('refused');
    }
  });

  test('help shows nobody what they may not run', async () => {
    const { read } = await house();
    expect(await read('help all', { role: 'viewer' })).not.toContain('audit');
    expect(await read('help all', { role: 'editor' })).toContain('audit');
    expect(await read('help', { role: 'viewer' })).not.toContain('• pending');
    expect(await read('help', { role: 'editor' })).toContain('• pending');
  });
});

describe('an error of ours', () => {
  test('is one sentence with a reference that leads to the line in the log', async () => {
    const { bot, errors, store } = await house();
    await store.close();
    const reply = await bot.handle({
      actor: { platform: 'console', tenant: '', user: 'ada', name: 'Ada' },
      input: { type: 'line', line: 'next' },
    });
    expect(reply.outcome).toBe('failed');
    const text = cardText(reply.card, { language: english });
    const reference = /reference (?<code>[0-9A-F]{4})/u.exec(text)?.groups?.code;
    expect(errors.map(({ fields }) => fields)).toEqual([expect.objectContaining({ reference })]);
  });
});

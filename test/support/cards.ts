import fc from 'fast-check';
import type {
  Action,
  ActionsElement,
  Card,
  Control,
  Element,
  EventElement,
  Field,
  FieldsElement,
  FileElement,
  FormElement,
  FormField,
  HeadingElement,
  Inline,
  ListElement,
  MonthElement,
  TextElement,
} from '../../src/cards/card.ts';

/** Texts that have broken a chat platform before: markup, mentions, controls, marks, length. */
export const NASTY_TEXTS: readonly string[] = [
  '',
  ' ',
  '\u0000\u0007\u001b[31m',
  '\u200b',
  '<!channel> <!here> <!everyone>',
  '@here @channel @everyone',
  '<@U01DELEG> <#C01GEN> <!subteam^S01>',
  '<at>GCM</at>',
  '<!date^1^{date}|now>',
  '&amp; &lt;!channel&gt; & < >',
  'https://example.org/?a=1&b=<2>|x',
  '[label](https://example.org) ![picture](https://example.org/a.png)',
  '*bold* _italic_ ~gone~ `code` ```pre```',
  '**bold** __bold__ # heading',
  '> quoted\n>>> everything\n  > indented',
  '- item\n1. first\n# heading',
  ':warning: :tada::tada: 10:30:45',
  '${expression} {{field}} {0}',
  'first\r\nsecond\u2028third\u0085fourth\tfifth',
  '\u202egnirts desrever\u202c \u2066isolated\u2069',
  'المشاورات الإقليمية للدول العربية',
  'התייעצות אזורית',
  '区域磋商会议',
  '👩‍👩‍👧‍👦🏳️‍🌈👍🏽🇨🇭',
  '\ud800 lone \udc00',
  `e${'\u0301'.repeat(400)}`,
  '&'.repeat(5000),
  '<'.repeat(3001),
  '`'.repeat(200),
  'x'.repeat(10_000),
  'word '.repeat(2000),
  '👩‍👩‍👧‍👦'.repeat(900),
  'line\n'.repeat(1200),
  '"quoted" \\ back\\slash \'single\'',
];

/** Addresses: good ones, dangerous ones, and what is no address at all. */
export const NASTY_URLS: readonly string[] = [
  'https://example.org/a?b=1&c=2#d',
  'http://example.org/<b>|c',
  'webcal://example.org/calendar/token.ics',
  'mailto:secretariat@example.org?subject=<!channel>',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'https://user:secret@example.org/',
  'ftp://example.org/file',
  '/relative',
  '',
  'not an address',
  `https://example.org/${'a'.repeat(4000)}`,
  `https://example.org/?${'&'.repeat(2000)}`,
  'https://пример.испытание/путь',
];

/** A text as people and machines really send it, or as nobody should. */
export const nastyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NASTY_TEXTS) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  {
    weight: 1,
    arbitrary: fc.array(fc.constantFrom(...NASTY_TEXTS), { minLength: 2, maxLength: 4 }).map((texts) => texts.join('')),
  },
);

const nullable = (arbitrary: fc.Arbitrary<string>) => fc.option(arbitrary, { nil: null });

const nastyUrl = fc.oneof(
  fc.constantFrom(...NASTY_URLS),
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
);

const instant = fc.option(
  fc
    .date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  { nil: null },
);

const date = fc.record({ type: fc.constant('date' as const), text: nastyText, instant });

/** A piece of a line of every sort. */
export const arbitraryInline: fc.Arbitrary<Inline> = fc.oneof(
  nastyText,
  date,
  fc.record({ type: fc.constant('link' as const), text: nastyText, url: nastyUrl }),
  fc.record({ type: fc.constant('code' as const), text: nastyText }),
  fc.record({ type: fc.constant('strong' as const), text: nastyText }),
);

const line = fc.array(arbitraryInline, { maxLength: 5 });

const arbitraryField: fc.Arbitrary<Field> = fc.record({ label: nastyText, value: line });

const arbitraryAction: fc.Arbitrary<Action> = fc.record({
  label: nastyText,
  run: fc.oneof(fc.constantFrom('next', 'show stocktaking', 'list --page 2'), nastyText),
  style: fc.constantFrom('normal', 'primary', 'danger'),
});

const status = fc.option(
  fc.record({
    code: fc.constantFrom(
      'tentative' as const,
      'confirmed' as const,
      'postponed' as const,
      'cancelled' as const,
      'draft' as const,
    ),
    text: nastyText,
  }),
  { nil: null },
);

/** @param depth how deep the parts of parts go */
function eventOf(depth: number): fc.Arbitrary<EventElement> {
  const parts = depth === 0 ? fc.constant([]) : fc.array(eventOf(depth - 1), { maxLength: 3 });
  return fc.record({
    type: fc.constant('event'),
    detail: fc.constantFrom('full', 'line'),
    handle: fc.oneof(fc.constantFrom('stocktaking', 'unescap', 'hearing-2'), nastyText),
    title: nastyText,
    status,
    when: date,
    shortWhen: nastyText,
    relative: nullable(nastyText),
    local: nullable(nastyText),
    place: nullable(nastyText),
    facts: fc.array(arbitraryField, { maxLength: 6 }),
    comprises: parts,
    actions: fc.array(arbitraryAction, { maxLength: 6 }),
  });
}

/** An event, whole or as a line, with parts of parts. */
export const arbitraryEvent: fc.Arbitrary<EventElement> = eventOf(3);

const arbitraryText: fc.Arbitrary<TextElement> = fc.record({
  type: fc.constant('text'),
  emphasis: fc.constantFrom('normal', 'muted'),
  content: line,
});

const arbitraryHeading: fc.Arbitrary<HeadingElement> = fc.record({ type: fc.constant('heading'), text: nastyText });

const arbitraryFields: fc.Arbitrary<FieldsElement> = fc.record({
  type: fc.constant('fields'),
  fields: fc.array(arbitraryField, { maxLength: 15 }),
});

const arbitraryList: fc.Arbitrary<ListElement> = fc.record({
  type: fc.constant('list'),
  items: fc.array(line, { maxLength: 10 }),
});

const arbitraryMonth: fc.Arbitrary<MonthElement> = fc.record({
  type: fc.constant('month'),
  title: nastyText,
  weekdays: fc.oneof(
    fc.constant(['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su']),
    fc.array(nastyText, { minLength: 7, maxLength: 7 }),
  ),
  weeks: fc.array(
    fc.array(
      fc.record({
        day: fc.option(fc.integer({ min: 1, max: 31 }), { nil: null }),
        isToday: fc.boolean(),
        marks: fc.array(fc.oneof(fc.constantFrom('a', 'b', 'c'), nastyText), { maxLength: 4 }),
      }),
      { minLength: 7, maxLength: 7 },
    ),
    { maxLength: 6 },
  ),
  legend: fc.array(fc.record({ mark: fc.oneof(fc.constantFrom('a', 'b'), nastyText), event: eventOf(1) }), {
    maxLength: 5,
  }),
});

const arbitraryActions: fc.Arbitrary<ActionsElement> = fc.record({
  type: fc.constant('actions'),
  purpose: fc.constantFrom('choice', 'offer'),
  actions: fc.array(arbitraryAction, { maxLength: 8 }),
});

const arbitraryFile: fc.Arbitrary<FileElement> = fc.record({
  type: fc.constant('file'),
  name: nastyText,
  mediaType: fc.constantFrom('text/csv', 'text/calendar', 'application/json'),
  content: nastyText,
});

const bounds = fc.tuple(fc.integer({ min: -10, max: 10 }), fc.integer({ min: 0, max: 10_000 }));

const arbitraryControl: fc.Arbitrary<Control> = fc.oneof(
  fc.record({
    type: fc.constant('text' as const),
    multiline: fc.boolean(),
    maxLength: fc.integer({ min: 1, max: 10_000 }),
  }),
  bounds.map(([min, more]) => ({ type: 'integer' as const, min, max: min + more })),
  fc.record({
    type: fc.constant('choice' as const),
    options: fc.uniqueArray(fc.record({ value: nastyText, label: nastyText }), {
      selector: ({ value }) => value,
      maxLength: 12,
    }),
  }),
  fc.constantFrom<Control>(
    { type: 'flag' },
    { type: 'event' },
    { type: 'date' },
    { type: 'month' },
    { type: 'filter' },
    { type: 'zone' },
    { type: 'file' },
  ),
);

// Names come from the code that declares the command, so they are short and well formed.
const arbitraryFormField: fc.Arbitrary<FormField> = fc.record({
  name: fc.stringMatching(/^[a-z][a-z-]{0,20}$/u),
  label: nastyText,
  control: arbitraryControl,
  isRequired: fc.boolean(),
  value: nullable(
    fc.oneof(fc.constantFrom('true', 'false', '5', '2017-12-05', '2017-02-30', 'stocktaking'), nastyText),
  ),
  problem: nullable(nastyText),
});

/** A form with every sort of question, filled in well or badly. */
export const arbitraryForm: fc.Arbitrary<FormElement> = fc.record({
  type: fc.constant('form'),
  command: fc.constantFrom('next', 'import', 'a-command-with-a-name-longer-than-a-title'),
  submit: nastyText,
  fields: fc.uniqueArray(arbitraryFormField, { selector: ({ name }) => name, maxLength: 12 }),
});

/** One element of every sort. */
export const arbitraryElement: fc.Arbitrary<Element> = fc.oneof(
  arbitraryText,
  arbitraryHeading,
  arbitraryFields,
  arbitraryEvent,
  arbitraryList,
  arbitraryMonth,
  arbitraryActions,
  arbitraryFile,
  arbitraryForm,
);

/** Cards that are too much: a single element many times over. */
const excessiveElements: fc.Arbitrary<readonly Element[]> = fc.oneof(
  fc.tuple(eventOf(0), fc.integer({ min: 100, max: 500 })).map(([event, count]) => Array<Element>(count).fill(event)),
  fc
    .tuple(eventOf(1), fc.integer({ min: 100, max: 500 }))
    .map(([event, count]): readonly Element[] => [
      { ...event, detail: 'full', comprises: Array<EventElement>(count).fill({ ...event, comprises: [] }) },
    ]),
  fc
    .tuple(arbitraryAction, fc.integer({ min: 50, max: 200 }))
    .map(([action, count]): readonly Element[] => [
      { type: 'actions', purpose: 'offer', actions: Array<Action>(count).fill(action) },
    ]),
  fc
    .tuple(line, fc.integer({ min: 100, max: 500 }))
    .map(([item, count]): readonly Element[] => [{ type: 'list', items: Array<typeof item>(count).fill(item) }]),
  fc
    .tuple(arbitraryText, fc.integer({ min: 60, max: 200 }))
    .map(([element, count]) => Array<Element>(count).fill(element)),
);

/**
 * Any card: of every tone, with every sort of element, texts that try to break out of it, and now and then far more
 * than any platform takes.
 */
export function arbitraryCard(): fc.Arbitrary<Card> {
  return fc.record({
    tone: fc.constantFrom('normal', 'success', 'problem', 'failure'),
    title: nullable(nastyText),
    elements: fc.oneof(
      { weight: 4, arbitrary: fc.array(arbitraryElement, { maxLength: 8 }) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(excessiveElements, fc.array(arbitraryElement, { maxLength: 3 }))
          .map(([many, few]) => [...many, ...few]),
      },
    ),
  });
}

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { IMPORT_PROBLEM_CODES, problemSentence } from '../../src/calendar/problem.ts';
import { MAX_FILE_BYTES } from '../../src/calendar/read-file.ts';
import { en } from '../../src/language/en/index.ts';
import { createLanguage } from '../../src/language/language.ts';
import { EVENT_KINDS } from '../../src/schedule/event.ts';
import { after, EMPTY, goodPlan, planOf, problemsOf } from './importing.ts';

const language = createLanguage(en);
const at = (path: string) => ({ kind: 'path', path }) as const;
const row = (number: number) => ({ kind: 'row', row: number, line: number }) as const;
const KEYS =
  'uid, sequence, handle, title, kind, status, visibility, when, venue, onlineUrl, organiser, region, participation, description, parent, precededBy, documents, outcomes, reason, series';
const COLUMNS =
  'handle, title, kind, status, reason, visibility, start, end, precision, zone, venue, city, country, online_url, organiser, region, max_per_delegation, head_level, participation_notes, description, parent, preceded_by, documents, outcomes, series, uid, sequence';

describe('a file that cannot be read', () => {
  const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));

  test.each([
    ['a.json', '', 'file-empty', {}],
    ['a.csv', '\ufeff \r\n', 'file-empty', {}],
    ['a.csv', new Uint8Array(MAX_FILE_BYTES + 1), 'file-too-large', { megabytes: 32 }],
    ['a.ics', new Uint8Array(50 * 1024 * 1024), 'file-too-large', { megabytes: 32 }],
    ['a.xlsx', new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 6, 0, 8]), 'file-binary', {}],
    ['a.csv', 'title\n\u0000\u0001', 'file-binary', {}],
    ['a.txt', 'Dear all,\nthe schedule is attached.', 'file-format', { name: 'a.txt' }],
  ])('%s (%#) is refused as a whole', async (name, content, code, values) => {
    expect(await problemsOf(name, content)).toEqual([{ place: { kind: 'file' }, field: null, code, values }]);
  });

  test('in latin-1 is refused with the line of the first character that is not UTF-8', async () => {
    expect(await problemsOf('a.csv', new Uint8Array(Buffer.from('title\nOne\nGenève\n', 'latin1')))).toEqual([
      { place: { kind: 'line', line: 3, column: null }, field: null, code: 'file-encoding', values: {} },
    ]);
  });

  test.each([
    ['UTF-8 with a byte order mark', '\ufefftitle\nGenève'],
    ['UTF-16 with a byte order mark', utf16('title\nGenève')],
    ['UTF-16 without one', utf16('title\nGeneve').subarray(2)],
  ])('is a different thing from one in %s', async (_name, content) => {
    expect((await goodPlan('a.csv', content)).created[0]?.title).toMatch(/^Gen[eè]ve$/);
  });

  test.each([
    ['{"events": [\n  {"title": "A",}\n]}', 'json-broken', { found: '}' }, 2, 17],
    ['{"events": [\n  {"title": "A"', 'json-ended', {}, 2, 16],
    ['{"events": [\n  {"title": "A\n"}]}', 'json-broken', { found: '' }, 2, 15],
    ['{"events": [01]}', 'json-broken', { found: '0' }, 1, 13],
    ["{'events': []}", 'json-broken', { found: "'" }, 1, 2],
    ['{"events": []} x', 'json-broken', { found: 'x' }, 1, 16],
  ])('%j is broken JSON, and the place is said', async (content, code, values, line, column) => {
    expect(await problemsOf('a.json', content)).toEqual([
      { place: { kind: 'line', line, column }, field: null, code, values },
    ]);
  });

  test.each([
    ['title,city\n"A,Geneva\nB,Bern\n', 'open', 2],
    ['title,city\nA,Geneva\nB "x",Bern\n', 'quote', 3],
    ['title,city\n"A"x,Geneva\n', 'quote', 2],
  ])('%j is broken CSV, and the line is said', async (content, reason, line) => {
    expect(await problemsOf('a.csv', content)).toEqual([
      { place: { kind: 'line', line, column: null }, field: null, code: 'csv-broken', values: { reason } },
    ]);
  });

  test('of iCalendar with a line that is none is refused with that line', async () => {
    expect(
      await problemsOf('a.ics', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nnonsense\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n'),
    ).toEqual([
      {
        place: { kind: 'line', line: 3, column: null },
        field: null,
        code: 'ics-broken',
        values: { found: 'nonsense' },
      },
    ]);
  });
});

describe('the headings of CSV', () => {
  test('that are unknown, doubled or missing are named with all there are', async () => {
    expect(await problemsOf('a.csv', 'Title,When,title,,\nA,B,C,D,\n')).toEqual([
      { place: row(1), field: null, code: 'column-unknown', values: { column: 'When', known: COLUMNS } },
      { place: row(1), field: null, code: 'column-duplicate', values: { column: 'title' } },
      { place: row(1), field: null, code: 'column-unnamed', values: { number: 4, known: COLUMNS } },
    ]);
    expect(await problemsOf('a.csv', 'city,country\nGeneva,Switzerland\n')).toMatchObject([
      { place: row(1), field: null, code: 'column-missing', values: { known: COLUMNS } },
      { place: row(2), field: 'title', code: 'required' },
    ]);
  });

  test('may be separated by semicolons or tabs, in any case, with spaces', async () => {
    for (const mark of [';', '\t']) {
      const plan = await goodPlan(
        'a.csv',
        `Title${mark}Online URL${mark}Max per delegation\nA, b${mark}https://example.org${mark}4\n`,
      );
      expect(plan.created).toMatchObject([
        { title: 'A, b', onlineUrl: 'https://example.org', participation: { maxPerDelegation: 4 } },
      ]);
    }
  });

  test('are fewer than the cells of a row: the row is named as a spreadsheet numbers it', async () => {
    const text = 'title,outcomes\r\nA,"one\ntwo"\r\n\r\nB,c,d\r\n';
    expect(await problemsOf('a.csv', text)).toEqual([
      { place: { kind: 'row', row: 4, line: 5 }, field: null, code: 'row-too-long', values: { cells: 3, columns: 2 } },
    ]);
  });
});

describe('one record', () => {
  const cases: readonly (readonly [object, string | null, string, object])[] = [
    [{}, 'title', 'required', {}],
    [{ title: null }, 'title', 'required', {}],
    [{ title: ' \u202e ' }, 'title', 'required', {}],
    [{ title: 7 }, 'title', 'wrong-type', { expected: 'string', found: '7' }],
    [{ title: 'x'.repeat(100_000) }, 'title', 'too-long', { length: 100_000, limit: 200 }],
    [{ description: 'x'.repeat(4001) }, 'description', 'too-long', { length: 4001, limit: 4000 }],
    [
      { kind: 'regional consultation' },
      'kind',
      'value-unknown',
      { value: 'regional consultation', allowed: EVENT_KINDS.join(', ') },
    ],
    [
      { status: 'maybe' },
      'status',
      'value-unknown',
      { value: 'maybe', allowed: 'tentative, confirmed, postponed, cancelled' },
    ],
    [{ handle: 'UN ECE' }, 'handle', 'handle-form', { value: 'UN ECE' }],
    [{ onlineUrl: 'javascript:alert(1)' }, 'onlineUrl', 'url-form', { value: 'javascript:alert(1)' }],
    [{ onlineUrl: 'https://' }, 'onlineUrl', 'url-form', { value: 'https://' }],
    [{ sequence: -1 }, 'sequence', 'number-form', { value: '-1', least: 0, most: 2147483647 }],
    [
      { participation: { maxPerDelegation: '4' } },
      'participation.maxPerDelegation',
      'number-form',
      { value: '4', least: 1, most: 1000 },
    ],
    [{ documents: [{ url: 'https://example.org' }] }, 'documents[0].title', 'required', {}],
    [{ documents: [{ title: 'A', language: '??' }] }, 'documents[0].language', 'language-form', { value: '??' }],
    [
      { documents: [{ title: 'A', link: 'x' }] },
      'documents[0]',
      'key-unknown',
      { key: 'link', known: 'title, url, language, note' },
    ],
    [{ outcomes: 'Done.' }, 'outcomes', 'wrong-type', { expected: 'array', found: 'Done.' }],
    [{ outcomes: Array(101).fill('x') }, 'outcomes', 'too-many', { count: 101, limit: 100 }],
    [{ venue: { town: 'Geneva' } }, 'venue', 'key-unknown', { key: 'town', known: 'name, city, country' }],
    [JSON.parse('{"__proto__": {"admin": true}}'), null, 'key-unknown', { key: '__proto__', known: KEYS }],
    [{ parent: 'nobody' }, 'parent', 'reference-unknown', { value: 'nobody' }],
    [{ precededBy: ['a'] }, 'precededBy', 'reference-self', { value: 'a' }],
    [{ when: '2017-11-06' }, 'when', 'wrong-type', { expected: 'object', found: '2017-11-06' }],
    [{ when: {} }, 'when.start', 'required', {}],
    [
      { when: { start: '2017', date: 1 } },
      'when',
      'key-unknown',
      { key: 'date', known: 'precision, start, end, zone' },
    ],
    [
      { when: { start: '04/12' } },
      'when.start',
      'date-ambiguous',
      { value: '04/12', dayFirst: '2017-12-04', monthFirst: '2017-04-12' },
    ],
    [
      { when: { start: '4.12.2018' } },
      'when.start',
      'date-ambiguous',
      { value: '4.12.2018', dayFirst: '2018-12-04', monthFirst: '2018-04-12' },
    ],
    [{ when: { start: '13/12/17' } }, 'when.start', 'date-form', { value: '13/12/17', form: '2017-12-13' }],
    [{ when: { start: 'next Tuesday' } }, 'when.start', 'date-form', { value: 'next Tuesday', form: 'YYYY-MM-DD' }],
    [{ when: { start: '2017-11-31' } }, 'when.start', 'date-impossible', { value: '2017-11-31', last: '2017-11-30' }],
    [{ when: { start: '2017-W53' } }, 'when.start', 'date-impossible', { value: '2017-W53', last: 'none' }],
    [{ when: { start: '2017-11-06T24:00' } }, 'when.start', 'time-impossible', { value: '2017-11-06T24:00' }],
    [{ when: { start: '2017-11-06T15:00Z' } }, 'when.start', 'date-offset', { value: '2017-11-06T15:00Z' }],
    [{ when: { start: '9999' } }, 'when.start', 'year-out-of-range', { value: 9999, first: 1900, last: 2200 }],
    [
      { when: { start: '2017-11', precision: 'day' } },
      'when.start',
      'date-precision',
      { value: '2017-11', precision: 'day', form: 'YYYY-MM-DD' },
    ],
    [
      { when: { start: '2017-11-06', end: '2017-11-07T10:00' } },
      'when.end',
      'date-precision',
      { value: '2017-11-07T10:00', precision: 'day', form: 'YYYY-MM-DD' },
    ],
    [
      { when: { start: '2017-11-08', precision: 'week' } },
      'when.start',
      'week-not-monday',
      { value: '2017-11-08', monday: '2017-11-06' },
    ],
    [
      { when: { start: '2017-11-08', end: '2017-11-06' } },
      'when.end',
      'end-not-after-start',
      { start: '2017-11-08', end: '2017-11-06' },
    ],
    [
      { when: { start: '2017-11-08', precision: 'hour' } },
      'when.precision',
      'value-unknown',
      { value: 'hour', allowed: 'time, day, week, month, year' },
    ],
    [{ when: { start: '2017-11-08', zone: 'Geneva' } }, 'when.zone', 'zone-unknown', { value: 'Geneva' }],
    [
      { when: { start: '2017-03-26T02:30' } },
      'when.start',
      'time-skipped',
      { value: '2017-03-26T02:30', zone: 'Europe/Zurich', earlier: '2017-03-26T01:30', later: '2017-03-26T03:30' },
    ],
    [
      { when: { start: '2011-12-30', zone: 'Pacific/Apia' } },
      'when.start',
      'day-skipped',
      { value: '2011-12-30', zone: 'Pacific/Apia', earlier: '2011-12-29', later: '2011-12-31' },
    ],
  ];

  test.each(cases)('%j is refused (%#)', async (record, field, code, values) => {
    const complete =
      Object.keys(record).length === 0 || 'title' in record ? record : { title: 'A', handle: 'a', ...record };
    // A copy by spread would lose the prototype key that one case is about.
    const event = Object.hasOwn(record, '__proto__')
      ? '{"title":"A","__proto__":{"admin":true}}'
      : JSON.stringify(complete);
    expect(await problemsOf('a.json', `[${event}]`)).toEqual([{ place: at('events[0]'), field, code, values }]);
    expect(Object.prototype).not.toHaveProperty('admin');
  });

  test('of CSV is refused under the names of its columns', async () => {
    const text = [
      'title,kind,start,end,zone,max_per_delegation,documents,online_url',
      'A,talk,04/12/2017,,,four,Agenda|https://example.org|en|draft|more,ftp://example.org',
      'B,,,2017-11-06,,,,',
      'C,,2017-11-06,,Mars/Phobos,,Agenda | gopher://x,',
    ].join('\r\n');
    expect(await problemsOf('a.csv', text)).toEqual([
      {
        place: row(2),
        field: 'documents',
        code: 'document-form',
        values: { value: 'Agenda|https://example.org|en|draft|more' },
      },
      {
        place: row(2),
        field: 'kind',
        code: 'value-unknown',
        values: { value: 'talk', allowed: EVENT_KINDS.join(', ') },
      },
      { place: row(2), field: 'online_url', code: 'url-form', values: { value: 'ftp://example.org' } },
      {
        place: row(2),
        field: 'max_per_delegation',
        code: 'number-form',
        values: { value: 'four', least: 1, most: 1000 },
      },
      {
        place: row(2),
        field: 'start',
        code: 'date-ambiguous',
        values: { value: '04/12/2017', dayFirst: '2017-12-04', monthFirst: '2017-04-12' },
      },
      { place: row(3), field: 'end', code: 'end-without-start', values: { value: '2017-11-06' } },
      { place: row(4), field: 'documents', code: 'url-form', values: { value: 'gopher://x' } },
      { place: row(4), field: 'zone', code: 'zone-unknown', values: { value: 'Mars/Phobos' } },
    ]);
  });

  test('of any depth is refused without being walked through', async () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    expect(await problemsOf('a.json', `{"events":[{"title":${deep}}]}`)).toEqual([
      { place: at('events[0]'), field: 'title', code: 'wrong-type', values: { expected: 'string', found: '[…]' } },
    ]);
  });
});

describe('the outermost of JSON', () => {
  test('has no other keys, and lists where lists belong', async () => {
    expect(await problemsOf('a.json', '{"schedule": [], "events": {}, "notes": [7], "group": null}')).toEqual([
      { place: at(''), field: null, code: 'key-unknown', values: { key: 'schedule', known: 'group, events, notes' } },
      { place: at(''), field: 'events', code: 'wrong-type', values: { expected: 'array', found: '{…}' } },
      { place: at('group'), field: null, code: 'required', values: {} },
      { place: at('notes[0]'), field: null, code: 'wrong-type', values: { expected: 'object', found: '7' } },
    ]);
    expect(await problemsOf('a.json', '7')).toMatchObject([{ code: 'wrong-type' }]);
  });

  test('states settings of this group only, and sound ones', async () => {
    const group = { slug: 'other', zone: 'Mars/Phobos', language: 'x', organizerEmail: 'nobody', owner: 1 };
    expect(await problemsOf('a.json', JSON.stringify({ group }))).toEqual([
      { place: at('group'), field: 'zone', code: 'zone-unknown', values: { value: 'Mars/Phobos' } },
      { place: at('group'), field: 'language', code: 'language-form', values: { value: 'x' } },
      { place: at('group'), field: 'organizerEmail', code: 'email-form', values: { value: 'nobody' } },
      {
        place: at('group'),
        field: null,
        code: 'key-unknown',
        values: { key: 'owner', known: 'slug, name, zone, language, organizerName, organizerEmail' },
      },
    ]);
    expect(await problemsOf('a.json', '{"group": {"slug": "other"}}')).toEqual([
      { place: at('group'), field: 'slug', code: 'group-other', values: { value: 'other', slug: 'gcm' } },
    ]);
  });

  test('has notes with a day and a text, each once', async () => {
    const note = { date: '2017-11-01', text: 'A' };
    const notes = [{ topic: 'A' }, { date: '2017-11', text: '' }, note, note];
    expect(await problemsOf('a.json', JSON.stringify({ notes }))).toEqual([
      { place: at('notes[0]'), field: 'date', code: 'required', values: {} },
      { place: at('notes[0]'), field: 'text', code: 'required', values: {} },
      { place: at('notes[1]'), field: 'text', code: 'required', values: {} },
      {
        place: at('notes[1]'),
        field: 'date',
        code: 'date-precision',
        values: { value: '2017-11', precision: 'day', form: 'YYYY-MM-DD' },
      },
      { place: at('notes[3]'), field: null, code: 'note-duplicate', values: { value: 'A' } },
    ]);
  });
});

describe('records together', () => {
  const event = (handle: string, more: object = {}) => ({ handle, title: handle, ...more });

  test('have each their own handle and UID', async () => {
    const events = [event('a', { uid: 'u' }), event('a'), event('b', { uid: 'u' })];
    expect(await problemsOf('a.json', JSON.stringify(events))).toEqual([
      { place: at('events[1]'), field: 'handle', code: 'handle-duplicate', values: { value: 'a' } },
      { place: at('events[2]'), field: 'uid', code: 'uid-duplicate', values: { value: 'u' } },
    ]);
  });

  test('take no handle of an event that they do not name', async () => {
    const data = after(await goodPlan('a.json', JSON.stringify([event('a'), event('b', { uid: 'u' })])));
    expect(await problemsOf('a.json', JSON.stringify([event('a', { uid: 'u' })]), data)).toEqual([
      { place: at('events[0]'), field: 'handle', code: 'handle-taken', values: { value: 'a' } },
    ]);
  });

  test('do not go round in circles, also through what is stored', async () => {
    const circle = [event('a', { parent: 'b' }), event('b', { parent: 'c' }), event('c', { parent: 'a' })];
    expect(await problemsOf('a.json', JSON.stringify(circle))).toEqual([
      { place: at('events[0]'), field: 'parent', code: 'reference-cycle', values: { cycle: 'a → b → c → a' } },
    ]);
    const data = after(await goodPlan('a.json', JSON.stringify([event('a', { precededBy: ['b'] }), event('b')])));
    expect(await problemsOf('a.json', JSON.stringify([{ handle: 'b', precededBy: ['a'] }]), data)).toEqual([
      { place: at('events[0]'), field: 'precededBy', code: 'reference-cycle', values: { cycle: 'b → a → b' } },
    ]);
  });

  test('may form a chain of any length', async () => {
    const chain = Array.from({ length: 20_000 }, (_, index) =>
      event(`e${index}`, index ? { parent: `e${index - 1}` } : {}),
    );
    expect((await goodPlan('a.json', JSON.stringify(chain.toReversed()))).created).toHaveLength(20_000);
  });

  test('may refer to a record that has a problem of its own', async () => {
    const events = [event('a', { parent: 'b' }), event('b', { kind: 'talk' })];
    expect((await problemsOf('a.json', JSON.stringify(events))).map(({ code }) => code)).toEqual(['value-unknown']);
  });
});

describe('any bytes at all', () => {
  test('are answered, never thrown at', async () => {
    const start = fc.constantFrom(
      '',
      '{"events":[',
      '[{',
      'title,start\r\n',
      'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n',
      '\ufeff',
      '\u0000',
    );
    const name = fc.constantFrom('a.json', 'a.csv', 'a.ics', 'a', '');
    await fc.assert(
      fc.asyncProperty(name, start, fc.uint8Array({ maxLength: 300 }), async (file, head, tail) => {
        const answer = await planOf(file, new Uint8Array([...new TextEncoder().encode(head), ...tail]));
        expect(['plan', 'problems']).toContain(answer.type);
      }),
      { numRuns: 500 },
    );
  });

  test('of any JSON value in place of any key are answered, never thrown at', async () => {
    const key = fc.constantFrom(...KEYS.split(', '), 'other');
    const value = fc.jsonValue({ maxDepth: 3 });
    const keys = fc.dictionary(key, value, { noNullPrototype: true });
    await fc.assert(
      fc.asyncProperty(fc.array(keys), fc.array(value), value, async (events, notes, group) => {
        const answer = await planOf('a.json', JSON.stringify({ events, notes, group }), EMPTY);
        if (answer.type === 'problems') for (const problem of answer.problems) problemSentence(problem, language);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a problem in words', () => {
  test('says where, what, and what would be right', async () => {
    const sentences = async (...from: Parameters<typeof problemsOf>): Promise<string[]> =>
      (await problemsOf(...from)).map((problem) => problemSentence(problem, language));
    expect(await sentences('a.csv', 'title,start\nA,04/12\n')).toEqual([
      'row 2, start: “04/12” can be read two ways. Write 2017-12-04 if the day comes first, 2017-04-12 if the month does.',
    ]);
    expect(await sentences('a.json', '{"events": [}')).toEqual([
      'line 1, column 13: The JSON is broken at “}”. Often a comma, a quote or a bracket is missing just before.',
    ]);
    expect(await sentences('a.json', '{"events": [{"title": "A", "handle": "a", "parent": "a"}]}')).toEqual([
      'events[0], parent: An event cannot name itself: “a”.',
    ]);
    expect(await sentences('a.json', '{"events": 7}')).toEqual([
      'events: This should be a list in square brackets, not 7.',
    ]);
    expect(await sentences('a.csv', '')).toEqual(['The file is empty.']);
  });

  test('has a sentence in the catalogue for every code', () => {
    for (const code of IMPORT_PROBLEM_CODES) expect(en.messages).toHaveProperty([`import.problem.${code}`]);
  });
});

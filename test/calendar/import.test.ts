import { describe, expect, test } from 'vitest';
import { changeOf } from '../../src/calendar/import.ts';
import { countingIdentity, event, NOW } from '../support/store-samples.ts';
import { after, EMPTY, goodPlan, planOf, problemsOf } from './importing.ts';

const json = (...events: object[]): string => JSON.stringify({ events });
const stored = async (...events: object[]) => after(await goodPlan('a.json', json(...events)));

describe('a new event', () => {
  test('is confirmed, published and otherwise unknown when the file says only its title', async () => {
    const plan = await goodPlan('a.json', json({ title: 'Briefing on the stocktaking meeting' }));
    const title = 'Briefing on the stocktaking meeting';
    expect(plan.created).toEqual([event('briefing-stocktaking-meeting', { uid: 'uid-1', title })]);
  });

  test('takes the group’s zone of the file before the one of the context', async () => {
    const content = { group: { zone: 'Asia/Bangkok' }, events: [{ title: 'A', when: { start: '2017-11-06T15:00' } }] };
    const plan = await goodPlan('a.json', JSON.stringify(content));
    expect(plan.created[0]?.when).toEqual({
      precision: 'time',
      start: '2017-11-06T15:00',
      end: null,
      zone: 'Asia/Bangkok',
    });
  });

  test.each([
    ['2017-11-06T15:00', { precision: 'time', start: '2017-11-06T15:00' }],
    ['2017-11-06 15:00:00', { precision: 'time', start: '2017-11-06T15:00' }],
    ['2017-11-06', { precision: 'day', start: '2017-11-06' }],
    ['2017-W45', { precision: 'week', start: '2017-11-06' }],
    ['2020-W53', { precision: 'week', start: '2020-12-28' }],
    ['2018-12', { precision: 'month', start: '2018-12' }],
    ['2018', { precision: 'year', start: '2018' }],
  ])('with the start %s has the precision that the start shows', async (start, when) => {
    const plan = await goodPlan('a.json', json({ title: 'A', when: { start } }));
    expect(plan.created[0]?.when).toEqual({ ...when, end: null, zone: 'Europe/Zurich' });
  });

  test('with a hostile text keeps the text as data, without what would reorder or break lines', async () => {
    const title = '<b>\u202eDROP TABLE events;--\r\n“it’s” \u0000\u200f🙂';
    const plan = await goodPlan('a.json', json({ title, description: 'one\r\ntwo\u0007\u2028three' }));
    expect(plan.created[0]).toMatchObject({
      title: '<b>DROP TABLE events;-- “it’s” \u200f🙂',
      description: 'one\ntwo\nthree',
    });
  });

  test('is told apart from another one with the same title by its handle', async () => {
    const plan = await goodPlan('a.json', json({ title: 'Briefing' }, { title: 'Briefing', when: { start: '2018' } }));
    expect(plan.created.map(({ handle }) => handle)).toEqual(['briefing', 'briefing-2']);
  });
});

describe('an event that is there already', () => {
  test('is unchanged when the same file comes again, with or without handles', async () => {
    const file = json(
      { handle: 'a', title: 'A' },
      { title: 'B' },
      { title: 'B' },
      { title: 'B', when: { start: '2018' } },
    );
    const data = after(await goodPlan('a.json', file));
    const again = await goodPlan('a.json', file, data);
    expect(again).toMatchObject({ created: [], changed: [], group: null });
    expect(again.unchanged).toEqual(data.events);
  });

  test('keeps what the file leaves out, and loses what the file clears', async () => {
    const data = await stored({ handle: 'a', title: 'A', region: 'Africa', organiser: 'ECA', outcomes: ['Done.'] });
    const plan = await goodPlan('a.json', json({ handle: 'a', region: null }), data);
    const before = data.events[0];
    expect(plan.changed).toEqual([{ before, after: { ...before, region: null, version: 2 }, fields: ['region'] }]);
  });

  test('gets a higher sequence when its date changes, and keeps its zone when the file names none', async () => {
    const when = { start: '2017-11-06', zone: 'Asia/Bangkok' };
    const data = await stored({ handle: 'a', title: 'A', when });
    const plan = await goodPlan('a.json', json({ handle: 'a', when: { start: '2017-11-07' } }), data);
    expect(plan.changed[0]).toMatchObject({
      after: { version: 2, sequence: 1, when: { start: '2017-11-07', zone: 'Asia/Bangkok' } },
      fields: ['when'],
    });
  });

  test('never gets a lower sequence, and takes a higher one from the file', async () => {
    const data = await stored({ handle: 'a', title: 'A', sequence: 5 });
    const lower = await goodPlan('a.json', json({ handle: 'a', sequence: 2 }), data);
    expect(lower).toMatchObject({ changed: [], unchanged: data.events });
    const higher = await goodPlan('a.json', json({ handle: 'a', sequence: 9 }), data);
    expect(higher.changed).toMatchObject([{ after: { sequence: 9, version: 2 }, fields: ['sequence'] }]);
    expect(await goodPlan('a.json', json({ handle: 'a', sequence: 9 }), after(higher, data))).toMatchObject({
      changed: [],
    });
  });

  test('is renamed when its UID comes with another handle, also into the handle of one renamed beside it', async () => {
    const data = await stored(
      { uid: 'u1', handle: 'a', title: 'A' },
      { uid: 'u2', handle: 'b', title: 'B', parent: 'a' },
    );
    const plan = await goodPlan('a.json', json({ uid: 'u1', handle: 'b' }, { uid: 'u2', handle: 'a' }), data);
    expect(plan.changed.map(({ after: { uid, handle }, fields }) => ({ uid, handle, fields }))).toEqual([
      { uid: 'u1', handle: 'b', fields: ['handle'] },
      { uid: 'u2', handle: 'a', fields: ['handle'] },
    ]);
  });

  test('is left alone when the file does not name it', async () => {
    const data = await stored({ handle: 'a', title: 'A' });
    const plan = await goodPlan('a.json', json({ handle: 'b', title: 'B', parent: 'a' }), data);
    expect(plan).toMatchObject({ created: [{ handle: 'b', parent: data.events[0]?.uid }], changed: [], unchanged: [] });
  });

  test('has its venue replaced as a whole by JSON, and cell by cell by CSV', async () => {
    const data = await stored({ handle: 'a', title: 'A', venue: { name: 'Palais des Nations', city: 'Geneva' } });
    const whole = await goodPlan('a.json', json({ handle: 'a', venue: { city: 'Bangkok' } }), data);
    expect(whole.changed[0]?.after.venue).toEqual({ name: null, city: 'Bangkok', country: null });
    const cell = await goodPlan('a.csv', 'handle,country\na,Switzerland\n', data);
    expect(cell.changed[0]?.after.venue).toEqual({
      name: 'Palais des Nations',
      city: 'Geneva',
      country: 'Switzerland',
    });
    expect(cell.changed[0]?.after.sequence).toBe(1);
  });
});

describe('notes and the group', () => {
  const file = {
    group: { slug: 'gcm', name: 'Working Group', organizerEmail: 'gcm@example.org' },
    notes: [{ date: '2017-11-01', topic: 'CSO', text: 'Six consultations held.', points: ['One more to come.'] }],
  };

  test('are planned with the events, and unchanged when the file comes again', async () => {
    const plan = await goodPlan('a.json', JSON.stringify(file));
    expect(plan.notes.created).toEqual([{ uid: 'uid-1', ...file.notes[0] }]);
    expect(plan.group).toEqual({
      before: EMPTY.group,
      after: { ...EMPTY.group, name: 'Working Group', organizerEmail: 'gcm@example.org' },
      fields: ['name', 'organizerEmail'],
    });
    const again = await goodPlan('a.json', JSON.stringify(file), after(plan));
    expect(again).toMatchObject({ notes: { created: [], changed: [] }, group: null });
  });

  test('show a note whose points changed as changed', async () => {
    const data = after(await goodPlan('a.json', JSON.stringify(file)));
    const other = { notes: [{ ...file.notes[0], points: [] }] };
    expect((await goodPlan('a.json', JSON.stringify(other), data)).notes.changed).toMatchObject([
      { fields: ['points'] },
    ]);
  });
});

describe('a plan', () => {
  const by = {
    groupId: 'group-1',
    actor: { platform: 'console', tenant: '', user: 'staff', name: null },
    action: 'import',
    at: NOW,
  };

  test('becomes one change in which a parent stands before its children', async () => {
    const plan = await goodPlan(
      'a.json',
      json(
        { handle: 'c', title: 'C', parent: 'b' },
        { handle: 'b', title: 'B', parent: 'a' },
        { handle: 'a', title: 'A' },
      ),
    );
    const change = changeOf(plan, by);
    expect(change).toMatchObject(by);
    expect(change.writes).toMatchObject([
      { type: 'event', before: null, after: { handle: 'a' } },
      { type: 'event', before: null, after: { handle: 'b' } },
      { type: 'event', before: null, after: { handle: 'c' } },
    ]);
  });

  test('that changes the group’s settings says so in the change', async () => {
    const plan = await goodPlan('a.json', '{"group": {"name": "Working Group"}}');
    const after = { ...EMPTY.group, name: 'Working Group' };
    expect(changeOf(plan, by).writes).toEqual([{ type: 'group', before: EMPTY.group, after }]);
  });

  test('of a file that changes nothing becomes a change without writes', async () => {
    const data = await stored({ handle: 'a', title: 'A' });
    expect(changeOf(await goodPlan('a.json', json({ handle: 'a', title: 'A' }), data), by).writes).toEqual([]);
  });

  test('of 20,000 rows tells of its progress, and one bad row among them stops all', async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => `e${index},Event ${index},2018-01-01`);
    const progress: [number, number][] = [];
    const file = (lines: string[]): string => ['handle,title,start', ...lines].join('\r\n');
    const good = await planOf('a.csv', file(rows), EMPTY, {
      onProgress: (done, total) => progress.push([done, total]),
    });
    expect(good).toMatchObject({ type: 'plan', created: { length: 20_000 } });
    expect(progress).toHaveLength(22);
    expect(progress.at(-1)).toEqual([20_000, 20_000]);
    const bad = rows.with(12_344, 'e12344,Event 12344,2018-02-30');
    expect(await problemsOf('a.csv', file(bad))).toEqual([
      {
        place: { kind: 'row', row: 12_346, line: 12_346 },
        field: 'start',
        code: 'date-impossible',
        values: { value: '2018-02-30', last: '2018-02-28' },
      },
    ]);
  });

  test('takes new identifiers only from the identity it was given', async () => {
    const identity = countingIdentity('uid');
    identity.uid();
    const plan = await goodPlan('a.json', json({ title: 'A' }), EMPTY, { identity });
    expect(plan.created[0]?.uid).toBe('uid-2');
  });
});

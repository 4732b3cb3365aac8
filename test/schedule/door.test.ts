import { describe, expect, test } from 'vitest';
import { BotError } from '../../src/errors.ts';
import type { ScheduleChange, Write } from '../../src/ports.ts';
import { contentProblems } from '../../src/schedule/content.ts';
import { changeSchedule } from '../../src/schedule/door.ts';
import type { ScheduledEvent } from '../../src/schedule/event.ts';
import { relationProblems } from '../../src/schedule/relations.ts';
import { createSchedule } from '../../src/schedule/schedule.ts';
import { neighboursOf } from '../../src/schedule/similar.ts';
import { ACTOR, adding, editing, event, NOW, workingGroup } from '../support/store-samples.ts';

const scheduleOf = (events: readonly ScheduledEvent[], revision = 1) =>
  createSchedule({ group: workingGroup({ revision }), events, notes: [] });

describe('the door to a schedule', () => {
  const wanted = { groupId: 'group', actor: ACTOR, action: 'nest', at: NOW, role: 'editor', access: 'editor' } as const;
  const [a, b] = [event('a'), event('b')];

  test('opens for nobody without the right', async () => {
    const store = { commit: () => Promise.reject(new Error('reached the store')) };
    const writes = [adding(event('a'))];
    const passing = changeSchedule({ ...wanted, role: 'viewer', writes }, store, () => Promise.resolve(scheduleOf([])));
    await expect(passing).rejects.toMatchObject({ code: 'denied' });
  });

  test('lets nothing through that is not right', async () => {
    const store = { commit: () => Promise.reject(new Error('reached the store')) };
    const writes = [adding(event('a', { title: '' }))];
    expect(await changeSchedule({ ...wanted, writes }, store, () => Promise.resolve(scheduleOf([])))).toEqual({
      type: 'refused',
      problems: [{ code: 'required', of: 'a', field: 'title' }],
    });
  });

  test('checks relations again on what others wrote meanwhile, and binds them to that revision', async () => {
    const schedules = [scheduleOf([a, b], 1), scheduleOf([a, { ...b, parent: a.uid, version: 2 }], 2)];
    const commits: ScheduleChange[] = [];
    const store = {
      commit(change: ScheduleChange) {
        commits.push(change);
        return Promise.reject(new BotError('moved-on'));
      },
    };
    const writes = [editing(a, { parent: b.uid })];
    const passage = await changeSchedule({ ...wanted, writes }, store, () =>
      Promise.resolve(schedules[commits.length] ?? scheduleOf([])),
    );
    expect(commits.map(({ basedOn }) => basedOn)).toEqual([1]);
    expect(passage).toEqual({
      type: 'refused',
      problems: [{ code: 'cycle', relation: 'parent', names: ['a', 'b', 'a'] }],
    });
  });
});

describe('what may be written', () => {
  test.each<[string, Partial<ScheduledEvent>, object]>([
    ['a title without end', { title: 'x'.repeat(201) }, { code: 'too-long', field: 'title', max: 200 }],
    ['a link that is no address', { onlineUrl: 'ftp://example.org' }, { code: 'url', field: 'onlineUrl' }],
    ['a handle with spaces', { handle: 'not one' }, { code: 'form', field: 'handle' }],
    [
      'more documents than there is room for',
      { documents: Array.from({ length: 51 }, () => ({ title: 'A', url: null, language: null, note: null })) },
      { code: 'too-many', field: 'documents', max: 50 },
    ],
    [
      'a day that no calendar has',
      { when: { precision: 'day', start: '2017-11-31', end: null, zone: 'UTC' } },
      { code: 'when', problem: { code: 'no-such-date', text: '2017-11-31', lastDay: '2017-11-30' } },
    ],
  ])('is not %s', (_name, fields, problem) => {
    expect(contentProblems([adding(event('a', fields))])).toMatchObject([problem]);
    expect(contentProblems([adding(event('a'))])).toEqual([]);
  });
});

describe('relations', () => {
  const chain = Array.from({ length: 5000 }, (_, at) =>
    event(`e${at.toString()}`, { parent: at === 0 ? null : `uid-e${(at - 1).toString()}` }),
  );

  test('go in no circle, however long, and to nobody who is not there', () => {
    const schedule = scheduleOf(chain);
    const [first = event('a')] = chain;
    const closing: Write = editing(first, { parent: 'uid-e4999' });
    expect(relationProblems([closing], schedule)).toMatchObject([{ code: 'cycle', relation: 'parent' }]);
    expect(relationProblems([editing(first, { parent: 'nobody' })], schedule)).toEqual([
      { code: 'unknown', relation: 'parent', names: ['nobody'] },
    ]);
    expect(relationProblems([editing(first, { title: 'New' })], schedule)).toEqual([]);
  });

  test('are those of the schedule as it will be', () => {
    const [a, b] = [event('a', { precededBy: ['uid-b'] }), event('b')];
    const turned: Write[] = [editing(a, { precededBy: [] }), editing(b, { precededBy: ['uid-a'] })];
    expect(relationProblems(turned, scheduleOf([a, b]))).toEqual([]);
    expect(relationProblems(turned.slice(1), scheduleOf([a, b]))).toMatchObject([{ code: 'cycle' }]);
  });
});

describe('what is beside a new event', () => {
  const at = (start: string, end: string | null = null) => ({
    when: { precision: 'time' as const, start, end, zone: 'Europe/Zurich' },
  });
  const briefing = event('new', {
    title: 'Briefing on the stocktaking',
    ...at('2017-11-08T15:00', '2017-11-08T16:00'),
  });

  test('is what is called alike and not far away, and what is at the same time', () => {
    const events = [
      event('alike', { title: 'Stocktaking briefing', ...at('2017-11-20T10:00') }),
      event('far', { title: 'Stocktaking briefing', ...at('2018-06-20T10:00') }),
      event('off', { title: 'Stocktaking briefing', ...at('2017-11-08T15:00'), status: 'cancelled' }),
      event('during', { title: 'Lunch', ...at('2017-11-08T15:30', '2017-11-08T15:45') }),
      event('after', { title: 'Tea', ...at('2017-11-08T16:00') }),
      event('part', { title: 'Opening', ...at('2017-11-08T15:00'), parent: 'uid-new' }),
    ];
    const { similar, overlapping } = neighboursOf(briefing, scheduleOf(events));
    expect(similar.map(({ handle }) => handle)).toEqual(['alike']);
    expect(overlapping.map(({ handle }) => handle)).toEqual(['during']);
  });

  test('is never more than is asked for, in a schedule of any size', () => {
    const events = Array.from({ length: 5000 }, (_, n) =>
      event(`e${n.toString()}`, { title: 'Briefing on the stocktaking', ...at('2017-11-08T15:00') }),
    );
    expect(neighboursOf(briefing, scheduleOf(events), 2).similar).toHaveLength(2);
  });
});

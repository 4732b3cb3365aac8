import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exportCsv, exportJson } from '../../src/calendar/export.ts';
import { arbitrarySchedule } from '../support/schedules.ts';
import { after, EMPTY, goodPlan, GROUP } from './importing.ts';

const schedule = arbitrarySchedule(GROUP);

describe('an export', () => {
  test('in JSON, imported again, changes nothing, and into an empty schedule gives the same one', async () => {
    await fc.assert(
      fc.asyncProperty(schedule, async (data) => {
        const file = exportJson(data);
        expect(await goodPlan('a.json', file, data)).toMatchObject({
          created: [],
          changed: [],
          notes: { created: [], changed: [] },
          group: null,
        });
        expect(exportJson(after(await goodPlan('a.json', file, EMPTY)))).toBe(file);
      }),
      { numRuns: 300 },
    );
  });

  test('in CSV, imported again, changes nothing, and into an empty schedule gives the same events', async () => {
    await fc.assert(
      fc.asyncProperty(schedule, async (data) => {
        if (data.events.length === 0) return;
        const file = await exportCsv(data);
        expect(await goodPlan('a.csv', file, data)).toMatchObject({ created: [], changed: [] });
        expect(await exportCsv(after(await goodPlan('a.csv', file, EMPTY)))).toBe(file);
      }),
      { numRuns: 300 },
    );
  });

  test('in CSV has no cell that a spreadsheet runs as a formula', async () => {
    const data = after(
      await goodPlan('a.json', JSON.stringify([{ handle: 'a', title: '=HYPERLINK("http://x")', region: "'@b" }])),
    );
    expect((await exportCsv(data)).split('\r\n')).toEqual([
      '\ufeffhandle,title,kind,status,visibility,start,end,precision,zone,venue,city,country,online_url,organiser,region,max_per_delegation,head_level,participation_notes,description,parent,preceded_by,documents,outcomes,uid,sequence',
      `a,"'=HYPERLINK(""http://x"")",meeting,confirmed,published,,,,,,,,,,''@b,,,,,,,,,uid-1,0`,
      '',
    ]);
  });

  test('in JSON names other events by handle, and states every key', async () => {
    const data = after(
      await goodPlan(
        'a.json',
        JSON.stringify([
          { handle: 'a', title: 'A' },
          { handle: 'b', title: 'B', parent: 'a' },
        ]),
      ),
    );
    const { events } = JSON.parse(exportJson(data)) as { events: unknown[] };
    expect(events[1]).toEqual({
      handle: 'b',
      title: 'B',
      kind: 'meeting',
      status: 'confirmed',
      visibility: 'published',
      when: null,
      venue: null,
      onlineUrl: null,
      organiser: null,
      region: null,
      participation: null,
      description: null,
      parent: 'a',
      precededBy: [],
      documents: [],
      outcomes: [],
      uid: 'uid-2',
      sequence: 0,
    });
  });
});

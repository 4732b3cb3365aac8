import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exportCsv, exportJson } from '../../src/calendar/export.ts';
import { arbitrarySchedule } from '../support/schedules.ts';
import { workingGroup } from '../support/store-samples.ts';
import { after, EMPTY, goodPlan } from './importing.ts';

const schedule = arbitrarySchedule(workingGroup());

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
      '\ufeffhandle,title,kind,status,reason,visibility,start,end,precision,zone,venue,city,country,online_url,organiser,region,max_per_delegation,head_level,participation_notes,description,parent,preceded_by,documents,outcomes,series,uid,sequence',
      `a,"'=HYPERLINK(""http://x"")",meeting,confirmed,,published,,,,,,,,,,''@b,,,,,,,,,,uid-1,0`,
      '',
    ]);
  });

  test('carries the series of an event and why it is off, and takes them away where they are cleared', async () => {
    const off = { handle: 'a', title: 'A', status: 'cancelled', reason: 'no quorum', series: 'weekly' };
    const data = after(await goodPlan('a.json', JSON.stringify([off])));
    expect(data.events[0]).toMatchObject({ reason: 'no quorum', series: 'weekly' });
    expect(JSON.parse(exportJson(data))).toMatchObject({ events: [{ reason: 'no quorum', series: 'weekly' }] });
    const silent = await goodPlan('a.csv', 'handle,title\na,A', data);
    expect(silent.unchanged).toHaveLength(1);
    const files = [
      ['a.csv', 'handle,reason,series\na,,'],
      ['a.json', '[{ "handle": "a", "reason": null, "series": null }]'],
    ] as const;
    for (const [name, file] of files) {
      const [changed] = (await goodPlan(name, file, data)).changed;
      expect(changed?.fields).toEqual(['reason', 'series']);
      expect([changed?.after.reason, changed?.after.series]).toEqual([undefined, undefined]);
    }
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
      reason: null,
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
      series: null,
      uid: 'uid-2',
      sequence: 0,
    });
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { after, goodPlan } from './importing.ts';

const bytes = readFileSync(new URL('../../prisma/sample/gcm-2017-11-01.json', import.meta.url));
const plan = await goodPlan('gcm-2017-11-01.json', bytes);
const byHandle = new Map(plan.created.map((event) => [event.handle, event]));
const handleOf = new Map(plan.created.map(({ uid, handle }) => [uid, handle]));

describe('the sample schedule', () => {
  test('has every event of the update, each with its date and place as the text gives them', () => {
    const lines = plan.created.map(({ handle, kind, status, when, venue }) =>
      [
        handle,
        kind,
        status,
        when?.start ?? '–',
        when?.end ?? '',
        when?.zone ?? '',
        venue?.city ?? '',
        venue?.country ?? '',
      ].join(' | '),
    );
    expect(lines).toEqual([
      'eca-eastern | subregional | confirmed | 2017-07-24 | 2017-07-25 | Africa/Nairobi | Nairobi | ',
      'eclac | regional | confirmed | 2017-08-30 | 2017-08-31 | America/Santiago | Santiago | ',
      'eca-southern | subregional | confirmed | 2017-09-21 | 2017-09-22 | Africa/Lusaka | Lusaka | ',
      'escwa | regional | confirmed | 2017-09-26 | 2017-09-27 | Asia/Beirut | Beirut | ',
      'eca-western | subregional | confirmed | 2017-09-27 | 2017-09-28 | Africa/Dakar | Dakar | ',
      'syndicate-workshop | workshop | confirmed | 2017-09-28 | 2017-09-29 | Europe/Zurich |  | ',
      'global-meeting-7 | meeting | confirmed | 2017-10-10 | 2017-10-11 | Europe/Zurich |  | ',
      'hearing-2 | hearing | confirmed | 2017-10-11 |  | Europe/Zurich |  | ',
      'thematic-6 | thematic | confirmed | 2017-10-12 | 2017-10-13 | Europe/Zurich | Geneva | ',
      'eca-central | subregional | confirmed | 2017-10-24 | 2017-10-25 | Africa/Addis_Ababa | Addis Ababa | ',
      'eca-northern | subregional | confirmed | 2017-10-24 | 2017-10-25 | Africa/Addis_Ababa | Addis Ababa | ',
      'eca | regional | confirmed | 2017-10-26 | 2017-10-27 | Africa/Addis_Ababa | Addis Ababa | ',
      'cso-pacific | civil-society | tentative | 2017-10-30 |  | Europe/Zurich |  | ',
      'working-group | meeting | confirmed | 2017-11-01 |  | Europe/Zurich |  | ',
      'stocktaking-briefing | briefing | confirmed | 2017-11-01 |  | America/New_York | New York | ',
      'stocktaking-briefing-2 | briefing | tentative | 2017-11-06 |  | Europe/Zurich |  | ',
      'unece | regional | confirmed | 2017-11-06 |  | Europe/Zurich | Geneva | ',
      'unescap | regional | confirmed | 2017-11-06 | 2017-11-08 | Asia/Bangkok | Bangkok | ',
      'cso-stocktaking | civil-society | tentative | – |  |  |  | ',
      'stocktaking | stocktaking | confirmed | 2017-12-04 | 2017-12-06 | America/Mexico_City | Puerto Vallarta | Mexico',
      'conference | conference | tentative | 2018-12 |  | Africa/Casablanca |  | Morocco',
    ]);
  });

  test('knows only a week of the uncertain ones, and only a month of the conference', () => {
    const vague = plan.created.filter(({ when }) => when && when.precision !== 'day');
    expect(vague.map(({ handle, when }) => [handle, when?.precision])).toEqual([
      ['cso-pacific', 'week'],
      ['stocktaking-briefing-2', 'week'],
      ['conference', 'month'],
    ]);
  });

  test('has the five African consultations inside the one of ECA, and what was held before what', () => {
    const inside = plan.created.filter(({ parent }) => parent !== null);
    expect(inside.map(({ handle, parent, region }) => [handle, handleOf.get(parent ?? ''), region])).toEqual([
      ['eca-eastern', 'eca', 'Eastern Africa'],
      ['eca-southern', 'eca', 'Southern Africa'],
      ['eca-western', 'eca', 'Western Africa'],
      ['eca-central', 'eca', 'Central Africa'],
      ['eca-northern', 'eca', 'Northern Africa'],
    ]);
    const preceded = plan.created.filter(({ precededBy }) => precededBy.length > 0);
    expect(preceded.map(({ handle, precededBy }) => [handle, precededBy.map((uid) => handleOf.get(uid))])).toEqual([
      ['thematic-6', ['hearing-2']],
      ['stocktaking', ['cso-stocktaking']],
    ]);
  });

  test('tells the documents that can be read from those that are pending', () => {
    const documents = plan.created.flatMap(({ handle, documents }) =>
      documents.map(({ title, url }) => [handle, title, url]),
    );
    expect(documents).toEqual([
      [
        'syndicate-workshop',
        'Technical papers on policy conundrums: first batch',
        'https://www.iom.int/migration-research-leaders-syndicate',
      ],
      ['syndicate-workshop', 'Publication compiled from the 26 technical papers on policy conundrums', null],
      ['global-meeting-7', 'Report of the Seventh Global Meeting', null],
      ['stocktaking', 'Draft agenda', 'http://refugeesmigrants.un.org/stocktaking-phase'],
      ['stocktaking', 'Logistical note', 'http://refugeesmigrants.un.org/stocktaking-phase'],
    ]);
  });

  test('has the rules on delegations to the stocktaking meeting', () => {
    expect(byHandle.get('stocktaking')?.participation).toEqual({
      maxPerDelegation: 4,
      headLevel: 'Ambassadorial',
      notes: 'Side events are discouraged by the Co-facilitators.',
    });
  });

  test('has the lines that are not events as notes of the day', () => {
    expect(plan.notes.created.map(({ date, topic, points }) => [date, topic, points.length])).toEqual([
      ['2017-11-01', 'IOM input to the SG’s report', 3],
      ['2017-11-01', 'IOM input to the SG’s report', 1],
      ['2017-11-01', 'IOM input to the SG’s report', 0],
      ['2017-11-01', 'Intergovernmental conference', 1],
      ['2017-11-01', 'National consultations', 0],
      ['2017-11-01', 'CSO consultations', 1],
      ['2017-11-01', 'CSO stocktaking', 0],
      ['2017-11-01', 'Closing remarks', 1],
    ]);
  });

  test('changes nothing when it comes a second time', async () => {
    const again = await goodPlan('gcm-2017-11-01.json', bytes, after(plan));
    expect(again).toMatchObject({ created: [], changed: [], notes: { created: [], changed: [] }, group: null });
  });
});

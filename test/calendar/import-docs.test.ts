import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { COLUMNS } from '../../src/calendar/columns.ts';
import { MAX_FILE_BYTES } from '../../src/calendar/read-file.ts';
import { WINDOWS_ZONES } from '../../src/calendar/windows-zones.ts';
import { EVENT_KINDS } from '../../src/schedule/event.ts';
import { LIMITS } from '../../src/schedule/limits.ts';
import { isZone } from '../../src/dates/zones.ts';
import { goodPlan } from './importing.ts';

const page = readFileSync(new URL('../../docs/import.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/^```(json|csv|ics)\n([\s\S]*?)^```$/gm)].map(([, format = '', text = '']) => ({
  format,
  text,
}));

describe('the page on imports', () => {
  test.each(examples)('has an example in $format that imports', async ({ format, text }) => {
    const { created, notes } = await goodPlan(`example.${format}`, text);
    expect([format, created.map(({ handle }) => handle), notes.created.length]).toEqual(
      {
        json: ['json', ['stocktaking', 'briefing', 'side-event'], 1],
        csv: ['csv', ['stocktaking', 'briefing', 'another-briefing', 'side-event'], 0],
        ics: ['ics', ['unescap-regional-consultation'], 0],
      }[format],
    );
  });

  test('has one example for each format', () => {
    expect(examples.map(({ format }) => format)).toEqual(['json', 'csv', 'ics']);
  });

  test('names every column, every kind and the limits as they are', () => {
    for (const name of [...COLUMNS.map(({ heading }) => heading), ...EVENT_KINDS])
      expect(page).toContain(`\`${name}\``);
    expect(page).toContain(
      `${MAX_FILE_BYTES / 1024 / 1024} MB a file; a title has at most ${LIMITS.title} characters, a description ${LIMITS.description}, an address ${LIMITS.url}; ${LIMITS.documents} documents, ${LIMITS.outcomes} outcomes and ${LIMITS.precededBy}`,
    );
  });
});

test('the zones behind Windows names are all there', () => {
  expect(Object.entries(WINDOWS_ZONES).filter(([, zone]) => !isZone(zone))).toEqual([]);
});

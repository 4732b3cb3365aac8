import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { vtimezone } from '../../src/calendar/vtimezone.ts';
import { canonicalZone } from '../../src/dates/zones.ts';
import { instantOf } from '../../src/schedule/when.ts';

/** The instant of a wall time by a VTIMEZONE, as another program reads it. */
function instantBy(definition: string, wall: string): number {
  const time = ICAL.Time.fromDateTimeString(`${wall}:00`);
  time.zone = new ICAL.Timezone(new ICAL.Component(ICAL.parse(definition) as unknown[]));
  return time.toUnixTime() * 1000;
}

const ZONES = [...new Set(Intl.supportedValuesOf('timeZone').map((zone) => canonicalZone(zone) ?? zone))];

describe('the definition of a zone', () => {
  test.each(['1998', '2017', '2026'])('is there under the zone’s own name and right for every zone in %s', (year) => {
    const walls = ['01-15T09:00', '04-02T09:00', '07-15T09:00', '09-05T09:00', '10-30T09:00', '11-08T09:00'].map(
      (rest) => `${year}-${rest}`,
    );
    for (const zone of ZONES) {
      const definition = vtimezone(zone, walls);
      expect(definition).toContain(`\r\nTZID:${zone}\r\n`);
      expect([zone, walls.map((wall) => instantBy(definition, wall))]).toEqual([
        zone,
        walls.map((wall) => instantOf(wall, zone)),
      ]);
    }
  });

  test.each([
    // Each side of a clock change.
    ['Europe/Zurich', '2017-10-29T01:59', '2017-10-28T23:59:00Z'],
    ['Europe/Zurich', '2017-10-29T03:00', '2017-10-29T02:00:00Z'],
    ['Europe/Zurich', '2017-03-26T03:00', '2017-03-26T01:00:00Z'],
    // Half an hour forward.
    ['Australia/Lord_Howe', '2017-10-01T02:30', '2017-09-30T15:30:00Z'],
    ['Asia/Kathmandu', '2017-10-01T09:00', '2017-10-01T03:15:00Z'],
    // Rules that are no longer in force.
    ['America/Santiago', '2017-08-30T10:00', '2017-08-30T13:00:00Z'],
    ['America/Sao_Paulo', '2017-11-08T10:00', '2017-11-08T12:00:00Z'],
    ['America/Mexico_City', '2017-06-04T10:00', '2017-06-04T15:00:00Z'],
    ['Africa/Casablanca', '2017-06-08T10:00', '2017-06-08T10:00:00Z'],
  ])('%s: %s is %s', (zone, wall, instant) => {
    expect(new Date(instantBy(vtimezone(zone, [wall]), wall)).toISOString()).toBe(instant.replace('Z', '.000Z'));
  });

  test('keeps today’s rules wherever they are right, since calendars recognise them', () => {
    expect(vtimezone('Europe/Kyiv', ['2026-07-01T10:00'])).toContain('RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU');
    expect(vtimezone('America/New_York', ['2005-04-05T10:00'])).toContain('RRULE:');
    expect(vtimezone('America/New_York', ['2005-04-02T10:00'])).not.toContain('RRULE:');
  });

  test('names an offset of the time before zones to the second', () => {
    expect(vtimezone('Africa/Monrovia', ['1960-01-01T10:00'])).toContain('TZOFFSETTO:-004430');
  });
});

test('the zone of the process has no say', async () => {
  const script = `
    import { calendarOf, time, days } from './test/calendar/ics-samples.ts';
    import { event } from './test/support/store-samples.ts';
    process.stdout.write(await calendarOf([
      event('a', { when: time('2017-11-08T22:00', '2017-11-09T01:30', 'America/New_York') }),
      event('b', { when: days('2017-03-26', '2017-10-29') }),
      event('c', { when: time('2017-03-26T02:30', null, 'UTC') }),
    ], { stamp: 'last-change' }));`;
  const outputs = await Promise.all(
    ['UTC', 'Pacific/Kiritimati', 'America/St_Johns', 'Europe/Zurich'].map(async (zone) => {
      const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
        cwd: fileURLToPath(new URL('../..', import.meta.url)),
        env: { ...process.env, TZ: zone },
      });
      return stdout;
    }),
  );
  expect(new Set(outputs).size).toBe(1);
  expect(outputs[0]).toContain('DTSTART;TZID=America/New_York:20171108T220000');
});

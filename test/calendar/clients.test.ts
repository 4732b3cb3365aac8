import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { CalendarOptions } from '../../src/calendar/ics.ts';
import { revise } from '../../src/schedule/change.ts';
import type { ScheduledEvent } from '../../src/schedule/event.ts';
import { event, NOW } from '../support/store-samples.ts';
import { calendarOf, days, time } from './ics-samples.ts';

const run = promisify(execFile);

// Debian’s own, whatever else is on the path.
const KHAL = '/usr/bin/khal';
const PYTHON = '/usr/bin/python3';
const hasKhal = existsSync(KHAL);
const hasIcalendar = existsSync('/usr/lib/python3/dist-packages/icalendar');

/** Runs where the client is installed, and in CI in any case, so that it fails there rather than be forgotten. */
const isCi = Boolean(process.env.CI);
const named = (name: string, isThere: boolean) => (isThere || isCi ? name : `${name} (skipped: it is not installed)`);

const briefing = event('briefing', {
  title: 'Briefing; première réunion, 🌍',
  when: time('2017-11-08T15:00', '2017-11-08T16:30', 'Europe/Zurich'),
  venue: { name: null, city: 'Geneva', country: 'Switzerland' },
  description: 'Agenda:\n1. Opening',
});
const santiago = event('santiago', { when: time('2017-08-30T10:00', '2017-08-30T12:00', 'America/Santiago') });
const conference = event('conference', { when: days('2017-12-04', '2017-12-06'), status: 'tentative' });

const moved = revise(briefing, { when: time('2017-11-09T09:00', '2017-11-09T10:00', 'Asia/Kolkata') }, NOW);
const cancelled = revise(moved, { status: 'cancelled' }, NOW);

describe.skipIf(!hasKhal && !isCi)(named('khal', hasKhal), () => {
  let home: string;
  let config: string;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'gcm-khal-'));
    onTestFinished(() => rm(home, { recursive: true }));
    config = join(home, 'config');
    await mkdir(join(home, 'calendar'));
    await writeFile(
      config,
      [
        '[calendars]',
        '[[gcm]]',
        `path = ${join(home, 'calendar')}`,
        '[sqlite]',
        `path = ${join(home, 'khal.db')}`,
        '[default]',
        'default_calendar = gcm',
        '[locale]',
        'local_timezone = Europe/Zurich',
        'default_timezone = Europe/Zurich',
        'timeformat = %H:%M',
        'dateformat = %Y-%m-%d',
        'longdateformat = %Y-%m-%d',
        'datetimeformat = %Y-%m-%d %H:%M',
        'longdatetimeformat = %Y-%m-%d %H:%M',
        '',
      ].join('\n'),
    );
  });

  async function khal(...args: readonly string[]): Promise<string> {
    const env = { HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home, LANG: 'C.UTF-8' };
    const { stdout } = await run(KHAL, ['-c', config, ...args], { env: { ...env, PATH: '/usr/bin:/bin' } });
    return stdout.trimEnd();
  }

  async function take(events: readonly ScheduledEvent[], options: Partial<CalendarOptions> = {}): Promise<void> {
    const file = join(home, 'message.ics');
    await writeFile(file, await calendarOf(events, options));
    await khal('import', '--batch', '-a', 'gcm', file);
  }

  async function shown(): Promise<readonly string[]> {
    const format = '{start-long} | {end-long} | {title} | {location} | {status}';
    const list = await khal('list', '--once', '--day-format', '', '--format', format, '2017-08-01', '200d');
    return list
      .split('\n')
      .map((line) => line.trimEnd())
      .filter((line) => line !== '');
  }

  test('shows times by its own clock, several days whole, and what is tentative', async () => {
    await take([briefing, santiago, conference]);
    expect(await shown()).toEqual([
      // Ten o’clock in Santiago was 15:00 in Geneva: winter there, summer here.
      '2017-08-30 15:00 | 2017-08-30 17:00 | About santiago |  | CONFIRMED',
      '2017-11-08 15:00 | 2017-11-08 16:30 | Briefing; première réunion, 🌍 | Geneva, Switzerland | CONFIRMED',
      '2017-12-04 | 2017-12-06 | About conference |  | TENTATIVE',
    ]);
  });

  test('moves an entry when it gets a higher sequence, and makes no second one', async () => {
    await take([briefing], { method: 'REQUEST', attendees: [{ email: 'mission@example.int' }] });
    await take([moved], { method: 'REQUEST', attendees: [{ email: 'mission@example.int' }] });
    expect(await shown()).toEqual([
      '2017-11-09 04:30 | 2017-11-09 05:30 | Briefing; première réunion, 🌍 | Geneva, Switzerland | CONFIRMED',
    ]);
    expect(await readdir(join(home, 'calendar'))).toHaveLength(1);
  });

  test('rings when it is asked to', async () => {
    await take([briefing], { alarms: [30] });
    await take([santiago]);
    const format = '{title} {alarm-symbol}';
    const list = await khal('list', '--once', '--day-format', '', '--format', format, '2017-08-01', '200d');
    expect(list.split('\n').map((line) => line.trim())).toEqual([
      'About santiago',
      'Briefing; première réunion, 🌍  ⏰',
    ]);
  });

  test('shows what is cancelled as cancelled', async () => {
    await take([briefing], { method: 'REQUEST', attendees: [{ email: 'mission@example.int' }] });
    await take([cancelled], { method: 'CANCEL', attendees: [{ email: 'mission@example.int' }] });
    expect(await shown()).toEqual([
      '2017-11-09 04:30 | 2017-11-09 05:30 | Cancelled: Briefing; première réunion, 🌍 | Geneva, Switzerland | CANCELLED',
    ]);
  });
});

describe.skipIf(!hasIcalendar && !isCi)(named('python3-icalendar', hasIcalendar), () => {
  // Zones are taken from the file, not from what the machine knows of them.
  const SCRIPT = `
import json, sys
from icalendar import Calendar
calendar = Calendar.from_ical(sys.stdin.buffer.read())
zones = {str(z['TZID']): z.to_tz() for z in calendar.walk('VTIMEZONE')}
def moment(event, name):
    if name not in event: return None
    value = event[name]
    zone = zones.get(value.params.get('TZID'))
    dt = value.dt
    if zone is not None: dt = zone.localize(dt.replace(tzinfo=None))
    return dt.isoformat() if not hasattr(dt, 'astimezone') else dt.astimezone(__import__('datetime').timezone.utc).isoformat()
def one(event):
    return {'uid': str(event['UID']), 'sequence': event['SEQUENCE'], 'summary': str(event['SUMMARY']),
            'status': str(event['STATUS']), 'description': str(event.get('DESCRIPTION', '')),
            'alarms': [str(a['TRIGGER'].dt) for a in event.walk('VALARM')], 'start': moment(event, 'DTSTART'), 'end': moment(event, 'DTEND'), 'errors': [str(e) for e in event.errors]}
print(json.dumps({'method': str(calendar['METHOD']), 'errors': [str(e) for e in calendar.errors],
                  'events': [one(e) for e in calendar.walk('VEVENT')]}))
`;

  async function read(text: string): Promise<unknown> {
    const running = run(PYTHON, ['-c', SCRIPT], { env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' } });
    running.child.stdin?.end(text);
    return JSON.parse((await running).stdout);
  }

  test('finds the instants by the zones in the file, and every text as it was', async () => {
    expect(await read(await calendarOf([briefing, santiago, conference]))).toEqual({
      method: 'PUBLISH',
      errors: [],
      events: [
        {
          uid: 'uid-briefing',
          sequence: 0,
          summary: 'Briefing; première réunion, 🌍',
          status: 'CONFIRMED',
          alarms: [],
          description: 'Agenda:\n1. Opening',
          start: '2017-11-08T14:00:00+00:00',
          end: '2017-11-08T15:30:00+00:00',
          errors: [],
        },
        {
          uid: 'uid-santiago',
          sequence: 0,
          summary: 'About santiago',
          status: 'CONFIRMED',
          alarms: [],
          description: '',
          start: '2017-08-30T13:00:00+00:00',
          end: '2017-08-30T15:00:00+00:00',
          errors: [],
        },
        {
          uid: 'uid-conference',
          sequence: 0,
          summary: 'About conference',
          status: 'TENTATIVE',
          alarms: [],
          description: 'Tentative',
          start: '2017-12-04',
          end: '2017-12-07',
          errors: [],
        },
      ],
    });
  });

  test('finds the alarms, those of whole days in the morning', async () => {
    expect(await read(await calendarOf([briefing, conference], { alarms: [1440, 30] }))).toMatchObject({
      events: [
        { uid: 'uid-briefing', alarms: ['-1 day, 0:00:00', '-1 day, 23:30:00'] },
        // Fifteen hours before midnight: at nine on the day before.
        { uid: 'uid-conference', alarms: ['-1 day, 9:00:00'] },
      ],
    });
  });

  test('finds an update and a cancellation under the same UID, each with a higher sequence', async () => {
    const options = { attendees: [{ email: 'mission@example.int' }] };
    const read1 = await read(await calendarOf([moved], { ...options, method: 'REQUEST' }));
    const read2 = await read(await calendarOf([cancelled], { ...options, method: 'CANCEL' }));
    expect([read1, read2]).toMatchObject([
      {
        method: 'REQUEST',
        events: [{ uid: 'uid-briefing', sequence: 1, status: 'CONFIRMED', start: '2017-11-09T03:30:00+00:00' }],
      },
      { method: 'CANCEL', events: [{ uid: 'uid-briefing', sequence: 2, status: 'CANCELLED' }] },
    ]);
  });
});

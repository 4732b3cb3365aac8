import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CALENDAR_SERVICES, calendarLinks, LINK_LENGTH, type CalendarService } from '../../src/calendar/links.ts';
import { english } from '../../src/language/index.ts';
import type { ScheduledEvent } from '../../src/schedule/event.ts';
import { event } from '../support/store-samples.ts';
import { days, scheduleOf, time } from './ics-samples.ts';

function linksOf(given: ScheduledEvent): ReturnType<typeof calendarLinks> {
  return calendarLinks(given, { schedule: scheduleOf([given]), language: english });
}

/** What the service finds in the address, as a browser’s parser reads it. */
function parametersOf(given: ScheduledEvent, service: CalendarService): Record<string, string> {
  const url = linksOf(given).find((link) => link.service === service)?.url ?? '';
  // A plus means itself to some of the services and a space to others.
  expect(url).not.toContain('+');
  return Object.fromEntries(new URL(url).searchParams);
}

const briefing = event('briefing', {
  title: 'Q&A: 100% “ready”? + more',
  when: time('2017-11-08T15:00', '2017-11-08T16:30', 'Europe/Zurich'),
  venue: { name: null, city: 'Geneva', country: 'Switzerland' },
  description: 'First <line> & more\nsecond',
});
const conference = event('conference', { when: days('2018-12-10', '2018-12-11', 'Africa/Casablanca') });
const oneDay = event('day', { when: days('2018-12-10') });
const open = event('open', { when: time('2017-11-08T15:00', null, 'Asia/Kathmandu') });

describe('one-click links', () => {
  test('lead to each of the services', () => {
    expect(linksOf(briefing).map(({ service, url }) => [service, url.slice(0, url.indexOf('?'))])).toEqual([
      ['Google', 'https://calendar.google.com/calendar/render'],
      ['Outlook.com', 'https://outlook.live.com/calendar/0/deeplink/compose'],
      ['Microsoft 365', 'https://outlook.office.com/calendar/0/deeplink/compose'],
      ['Yahoo', 'https://calendar.yahoo.com/'],
    ]);
  });

  test('a time: with its zone at Google, in UTC elsewhere', () => {
    expect(parametersOf(briefing, 'Google')).toEqual({
      action: 'TEMPLATE',
      dates: '20171108T150000/20171108T163000',
      ctz: 'Europe/Zurich',
      text: 'Q&A: 100% “ready”? + more',
      location: 'Geneva, Switzerland',
      details: 'First <line> & more\nsecond',
    });
    const outlook = {
      path: '/calendar/action/compose',
      rru: 'addevent',
      startdt: '2017-11-08T14:00:00Z',
      enddt: '2017-11-08T15:30:00Z',
      subject: 'Q&A: 100% “ready”? + more',
      location: 'Geneva, Switzerland',
      body: 'First &lt;line&gt; &amp; more<br>second',
    };
    expect(parametersOf(briefing, 'Outlook.com')).toEqual(outlook);
    expect(parametersOf(briefing, 'Microsoft 365')).toEqual(outlook);
    expect(parametersOf(briefing, 'Yahoo')).toEqual({
      v: '60',
      st: '20171108T140000Z',
      et: '20171108T153000Z',
      title: 'Q&A: 100% “ready”? + more',
      in_loc: 'Geneva, Switzerland',
      desc: 'First <line> & more\nsecond',
    });
  });

  test.each([
    ['one day', oneDay, { dates: '20181210/20181211' }, { st: '20181210', dur: 'allday' }, '2018-12-10', '2018-12-11'],
    [
      'two days',
      conference,
      { dates: '20181210/20181212' },
      { st: '20181210', et: '20181212' },
      '2018-12-10',
      '2018-12-12',
    ],
  ])('%s: a date, with the exclusive end', (_name, given, google, yahoo, startdt, enddt) => {
    expect(parametersOf(given, 'Google')).toEqual({ action: 'TEMPLATE', ...google, text: given.title });
    expect(parametersOf(given, 'Yahoo')).toEqual({ v: '60', ...yahoo, title: given.title });
    expect(parametersOf(given, 'Outlook.com')).toMatchObject({ startdt, enddt, allday: 'true' });
  });

  test('an open end is not made up', () => {
    expect(parametersOf(open, 'Google')).toMatchObject({
      dates: '20171108T150000/20171108T150000',
      ctz: 'Asia/Kathmandu',
    });
    expect(parametersOf(open, 'Outlook.com')).not.toHaveProperty('enddt');
    expect(parametersOf(open, 'Yahoo')).toEqual({ v: '60', st: '20171108T091500Z', title: open.title });
  });

  test.each([
    ['undated', event('a')],
    ['vague', event('a', { when: { precision: 'month', start: '2018-12', end: null, zone: 'Europe/Zurich' } })],
    ['cancelled', { ...briefing, status: 'cancelled' as const }],
    ['postponed', { ...briefing, status: 'postponed' as const }],
  ])('there are none for what is %s', (_name, given) => {
    expect(linksOf(given)).toEqual([]);
  });

  test('a long description is cut with an ellipsis, the dates stay', () => {
    const parameters = parametersOf({ ...briefing, description: 'Ω🌍<'.repeat(1000) }, 'Google');
    expect(parameters.details).toMatch(/^(?:Ω🌍<)+(?:Ω🌍?)?…$/u);
    expect(parameters.dates).toBe('20171108T150000/20171108T163000');
  });

  test('an address is never too long and always whole', () => {
    const text = (maxLength: number) => fc.string({ unit: 'binary', minLength: 1, maxLength });
    fc.assert(
      fc.property(text(200), text(200), text(4000), (title, city, description) => {
        const given = { ...briefing, title, description, venue: { name: null, city, country: null } };
        const links = linksOf(given);
        expect(links.map(({ service }) => service)).toEqual([...CALENDAR_SERVICES]);
        for (const { url } of links) {
          expect(url.length).toBeLessThanOrEqual(LINK_LENGTH);
          expect(url).toMatch(/^https:\/\/[\w.]+\/[\w/]*\?(?:[\w]+=(?:[\w.!~*'()-]|%[0-9A-F]{2})*&?)+$/u);
          expect(() => decodeURIComponent(url)).not.toThrow();
        }
      }),
      { numRuns: 200 },
    );
  });
});

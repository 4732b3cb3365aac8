import { placeInWords } from '../cards/present.ts';
import { addDays } from '../dates/calendar-days.ts';
import type { Language } from '../language/language.ts';
import { isDatable, isOff } from '../schedule/dated.ts';
import type { ScheduledEvent } from '../schedule/event.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { instantOf, type When } from '../schedule/when.ts';
import { safeLine, safeText } from './content-line.ts';
import { describer } from './description.ts';

/** A calendar on the web that takes an event from an address, by the name it gives itself. */
export const CALENDAR_SERVICES = ['Google', 'Outlook.com', 'Microsoft 365', 'Yahoo'] as const;
export type CalendarService = (typeof CALENDAR_SERVICES)[number];

/** An address that opens a filled-in new entry in somebody’s own calendar. */
export interface CalendarLink {
  readonly service: CalendarService;
  readonly url: string;
}

/** The longest address: browsers, mail programs and chats all take as much; Slack’s limit is 3000. */
export const LINK_LENGTH = 2000;

// Of the whole, in encoded characters; the description gets what is left.
const TITLE_LENGTH = 700;
const PLACE_LENGTH = 300;

/**
 * The one-click links of an event, in the order of {@link CALENDAR_SERVICES}. None for an event whose day is not known
 * or that is not held then. What does not fit into an address is cut at the end of the description, with an ellipsis.
 *
 * None of the services documents these addresses; what they take is known from those who tried (the *Add event to
 * calendar* documentation of the Interaction Design Foundation; spatie/calendar-links #220 and #240 for Yahoo).
 */
export function calendarLinks(
  event: ScheduledEvent,
  { schedule, language }: { readonly schedule: Schedule; readonly language: Language },
): readonly CalendarLink[] {
  if (!isDatable(event) || isOff(event.status)) return [];
  const details = safeText(describer(schedule, language)(event));
  const place = safeLine(placeInWords(event) ?? '');
  const title = safeLine(event.title);
  return CALENDAR_SERVICES.map((service) => ({ service, url: addressOf(service, event.when, title, place, details) }));
}

function addressOf(service: CalendarService, when: When, title: string, place: string, details: string): string {
  switch (service) {
    case 'Google':
      return address('https://calendar.google.com/calendar/render', { action: 'TEMPLATE', ...googleTimes(when) }, [
        ['text', title],
        ['location', place],
        ['details', details],
      ]);
    case 'Outlook.com':
      return outlookAddress('https://outlook.live.com', when, title, place, details);
    case 'Microsoft 365':
      return outlookAddress('https://outlook.office.com', when, title, place, details);
    case 'Yahoo':
      return address('https://calendar.yahoo.com/', { v: '60', ...yahooTimes(when) }, [
        ['title', title],
        ['in_loc', place],
        ['desc', details],
      ]);
  }
}

function outlookAddress(site: string, when: When, title: string, place: string, details: string): string {
  const fixed = { path: '/calendar/action/compose', rru: 'addevent', ...outlookTimes(when) };
  return address(
    `${site}/calendar/0/deeplink/compose`,
    fixed,
    [
      ['subject', title],
      ['location', place],
      ['body', details],
    ],
    // It takes the body for HTML.
    (character) => (character === '\n' ? '<br>' : (HTML[character] ?? character)),
  );
}

const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Google knows zones, so its entry follows the clock changes of the place. */
function googleTimes({ precision, start, end, zone }: When): Readonly<Record<string, string>> {
  if (precision === 'day') return { dates: `${compact(start)}/${compact(addDays(end ?? start, 1))}` };
  // It asks for an end; an open one is the start itself, as in RFC 5545 §3.6.1.
  return { dates: `${compact(start)}00/${compact(end ?? start)}00`, ctz: zone };
}

function outlookTimes({ precision, start, end, zone }: When): Readonly<Record<string, string>> {
  if (precision === 'day') return { startdt: start, enddt: addDays(end ?? start, 1), allday: 'true' };
  return { startdt: inUtc(start, zone), ...(end === null ? {} : { enddt: inUtc(end, zone) }) };
}

/** With an end Yahoo no longer looks at `dur`, so several days are from midnight to midnight there. */
function yahooTimes({ precision, start, end, zone }: When): Readonly<Record<string, string>> {
  if (precision === 'day') {
    return end === null ? { st: compact(start), dur: 'allday' } : { st: compact(start), et: compact(addDays(end, 1)) };
  }
  return { st: compact(inUtc(start, zone)), ...(end === null ? {} : { et: compact(inUtc(end, zone)) }) };
}

function inUtc(local: string, zone: string): string {
  return `${new Date(instantOf(local, zone)).toISOString().slice(0, 19)}Z`;
}

function compact(iso: string): string {
  return iso.replace(/[-:]/g, '');
}

function address(
  base: string,
  fixed: Readonly<Record<string, string>>,
  [title, place, details]: readonly [Parameter, Parameter, Parameter],
  write: (character: string) => string = (character) => character,
): string {
  const query = Object.entries(fixed).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  let url = `${base}?${query.join('&')}`;
  const add = ([name, value]: Parameter, limit: number, as?: typeof write) => {
    const room = Math.min(limit, LINK_LENGTH - url.length - name.length - 2);
    const written = encodeWithin(value, room, as);
    if (written !== '') url += `&${name}=${written}`;
  };
  add(title, TITLE_LENGTH);
  add(place, PLACE_LENGTH);
  add(details, LINK_LENGTH, write);
  return url;
}

type Parameter = readonly [name: string, value: string];

const ELLIPSIS = encodeURIComponent('…');

/** As much of a text as fits when it is percent-encoded: whole characters, an ellipsis where something is missing. */
function encodeWithin(text: string, limit: number, write: (character: string) => string = (one) => one): string {
  let encoded = '';
  let cut = '';
  for (const character of text) {
    encoded += encodeURIComponent(write(character));
    if (encoded.length > limit) return cut === '' ? '' : cut + ELLIPSIS;
    if (encoded.length + ELLIPSIS.length <= limit) cut = encoded;
  }
  return encoded;
}

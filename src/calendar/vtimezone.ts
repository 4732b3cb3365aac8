import { Temporal } from 'temporal-polyfill';
import { tzlib_get_ical_block as blockOf } from 'timezones-ical-library';
import {
  dateOfDay,
  dayNumber,
  isoDate,
  lastDayOfMonth,
  MILLISECONDS_A_DAY,
  weekdayOf,
} from '../dates/calendar-days.ts';
import { instantOf } from '../schedule/when.ts';

/**
 * The VTIMEZONE of an IANA zone (RFC 5545 §3.6.5), right for every given wall time `YYYY-MM-DDTHH:MM`. Lines end with
 * CRLF, the last one too.
 *
 * The well-known block with today's rules is what calendars recognise best, so it is taken wherever it is right. Rules
 * change, though: by those of today a meeting of 2017 in Santiago, São Paulo or Istanbul would move by an hour. For
 * such times every change of the clocks in their years is listed instead.
 */
export function vtimezone(zone: string, walls: Iterable<string>): string {
  const used = [...walls];
  const block = currentBlock(zone);
  if (block !== null && used.every((wall) => offsetIn(block, wall) === offsetOf(zone, wall))) return block.text;
  const years = used.map((wall) => Number(wall.slice(0, 4)));
  const first = years.reduce((least, year) => Math.min(least, year));
  const last = years.reduce((most, year) => Math.max(most, year));
  return listed(zone, first, last + 1);
}

/** A change of the clocks: from `onset` by the old clock the offset is `to`. Wall time as if in UTC, milliseconds. */
interface Observance {
  readonly onset: number;
  readonly from: number;
  readonly to: number;
}

interface Block {
  readonly text: string;
  readonly rules: readonly Rule[];
  /** By year, as far as they were asked for. */
  readonly onsets: Map<number, readonly Observance[]>;
}

interface Rule {
  readonly month: number;
  /** 1: the first such weekday of the month; -1: the last. */
  readonly nth: number;
  /** 1 for Monday to 7 for Sunday; `null`: the offset never changes. */
  readonly weekday: number | null;
  /** Milliseconds from midnight. */
  readonly time: number;
  readonly from: number;
  readonly to: number;
}

/** The first year of the library’s rules. */
const RULES_BEGIN = 1970;
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const blocks = new Map<string, Block | null>();

function currentBlock(zone: string): Block | null {
  let block = blocks.get(zone);
  if (block === undefined) {
    block = readBlock(zone);
    blocks.set(zone, block);
  }
  return block;
}

function readBlock(zone: string): Block | null {
  // For a name that only points to another zone, and for one it doesn't know, the library answers with something else.
  const [given] = [blockOf(zone)].flat();
  if (!given?.startsWith('BEGIN:VTIMEZONE')) return null;
  const rules = given.split(/^BEGIN:(?:STANDARD|DAYLIGHT)$/m).slice(1);
  const read = rules.map((rule): Rule | null => {
    const valueOf = (name: string): string => new RegExp(`^${name}:(.*)$`, 'm').exec(rule)?.[1]?.trim() ?? '';
    const yearly = /^FREQ=YEARLY;BYMONTH=(\d+);BYDAY=(-?\d)(\w\w)$/.exec(valueOf('RRULE'));
    if (!yearly && (rules.length > 1 || valueOf('RRULE') !== '')) return null;
    const start = valueOf('DTSTART');
    return {
      month: Number(yearly?.[1] ?? 1),
      nth: Number(yearly?.[2] ?? 1),
      weekday: yearly ? WEEKDAYS.indexOf(yearly[3] ?? '') + 1 : null,
      time: Number(start.slice(9, 11)) * 3_600_000 + Number(start.slice(11, 13)) * 60_000,
      from: milliseconds(valueOf('TZOFFSETFROM')),
      to: milliseconds(valueOf('TZOFFSETTO')),
    };
  });
  if (read.some((rule) => rule === null)) return null;
  const text = given.replace(/^TZID:.*$/m, `TZID:${zone}`).replace(/^X-LIC-LOCATION:.*$/m, `X-LIC-LOCATION:${zone}`);
  return { text: `${text}\r\n`, rules: read.filter((rule) => rule !== null), onsets: new Map() };
}

function offsetIn(block: Block, wall: string): number | null {
  const year = Number(wall.slice(0, 4));
  const [only] = block.rules;
  if (year <= RULES_BEGIN) return null;
  if (only?.weekday === null) return only.to;
  const at = Date.parse(`${wall}Z`);
  const earlier = onsetsIn(block, year).findLast(({ onset }) => onset <= at);
  return (earlier ?? onsetsIn(block, year - 1).at(-1))?.to ?? null;
}

function onsetsIn(block: Block, year: number): readonly Observance[] {
  let onsets = block.onsets.get(year);
  if (!onsets) {
    onsets = block.rules
      .map((rule) => ({ onset: onsetOf(rule, year), from: rule.from, to: rule.to }))
      .sort((one, other) => one.onset - other.onset);
    block.onsets.set(year, onsets);
  }
  return onsets;
}

function onsetOf({ month, nth, weekday, time }: Rule, year: number): number {
  const first = isoDate(year, month, 1);
  const last = lastDayOfMonth(first.slice(0, 7));
  const wanted = weekday ?? weekdayOf(first);
  const day =
    nth > 0
      ? dayNumber(first) + ((wanted - weekdayOf(first) + 7) % 7) + (nth - 1) * 7
      : dayNumber(last) - ((weekdayOf(last) - wanted + 7) % 7) + (nth + 1) * 7;
  return day * MILLISECONDS_A_DAY + time;
}

function offsetOf(zone: string, wall: string): number {
  return Date.parse(`${wall}Z`) - instantOf(wall, zone);
}

function listed(zone: string, firstYear: number, lastYear: number): string {
  let point = Temporal.PlainDateTime.from({ year: firstYear, month: 1, day: 1 }).toZonedDateTime(zone);
  const begin = point.offsetNanoseconds / 1e6;
  const changes: Observance[] = [{ onset: Date.UTC(firstYear, 0), from: begin, to: begin }];
  for (;;) {
    const next = point.getTimeZoneTransition('next');
    if (!next || next.year > lastYear) break;
    const from = point.offsetNanoseconds / 1e6;
    changes.push({ onset: next.epochMilliseconds + from, from, to: next.offsetNanoseconds / 1e6 });
    point = next;
  }
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${zone}`,
    `X-LIC-LOCATION:${zone}`,
    // One component a change: of changes listed as RDATE some programs forget the first, which is the DTSTART.
    ...changes.flatMap(({ onset, from, to }) => {
      const name = to > from ? 'DAYLIGHT' : 'STANDARD';
      return [
        `BEGIN:${name}`,
        `DTSTART:${stamp(onset)}`,
        `TZOFFSETFROM:${offset(from)}`,
        `TZOFFSETTO:${offset(to)}`,
        `END:${name}`,
      ];
    }),
    'END:VTIMEZONE',
    '',
  ].join('\r\n');
}

function stamp(wall: number): string {
  const time = new Date(wall).toISOString().slice(11, 19).replaceAll(':', '');
  return `${dateOfDay(Math.floor(wall / MILLISECONDS_A_DAY)).replaceAll('-', '')}T${time}`;
}

// UTC-OFFSET, RFC 5545 §3.3.14: seconds only where there are any.
function offset(milliseconds: number): string {
  const seconds = Math.round(Math.abs(milliseconds) / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const digits = parts.slice(0, seconds % 60 === 0 ? 2 : 3).map((part) => String(part).padStart(2, '0'));
  return `${milliseconds < 0 ? '-' : '+'}${digits.join('')}`;
}

function milliseconds(offset: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d\d)(\d\d)/.exec(offset) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3_600_000 + Number(minutes) * 60_000);
}

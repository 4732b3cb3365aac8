import { isoDate, isRealDate, addDays, weekdayOf } from '../dates/calendar-days.ts';
import { PRECISIONS } from '../schedule/when.ts';
import type { Precision, WhenProblem } from '../schedule/when.ts';
import type { MessageValues } from '../language/language.ts';
import { shown } from './problem.ts';
import type { ImportProblemCode } from './problem.ts';

/** The time of an event as a file states it; without a zone until it is known which event is meant. */
export interface WhenInput {
  readonly precision: Precision;
  readonly start: string;
  readonly end: string | null;
  readonly zone: string | null;
}

/** Takes note of a problem with one key of a value. Always false, so that a reader can return it. */
export type Report = (path: readonly PropertyKey[], code: ImportProblemCode, values?: MessageValues) => false;

const KEYS = ['precision', 'start', 'end', 'zone'];

/**
 * Reads `{ start, end, precision, zone }`. The precision may be left out: `2017-11-06T15:00` is a time, `2017-11-06` a
 * day, `2017-W45` a week, `2018-12` a month, `2018` a year.
 *
 * @param thisYear for dates that were written without a year, in the explanation of the problem
 * @returns `false` when something was reported
 */
export function readWhen(value: unknown, thisYear: number, report: Report): WhenInput | null | false {
  if (value === null) return null;
  if (typeof value !== 'object' || Array.isArray(value)) {
    return report(['when'], 'wrong-type', { expected: 'object', found: shown(value) });
  }
  const { precision, start, end = null, zone = null } = value as Record<string, unknown>;
  let sound = true;
  const problem: Report = (path, code, values = {}) => {
    sound = false;
    return report(['when', ...path], code, values);
  };
  for (const key of Object.keys(value)) {
    if (!KEYS.includes(key)) problem([], 'key-unknown', { key: shown(key), known: KEYS.join(', ') });
  }
  if (zone !== null && typeof zone !== 'string') {
    problem(['zone'], 'wrong-type', { expected: 'string', found: shown(zone) });
  }
  const stated = precisionOf(precision, problem);
  const first = pointOf(start, 'start', thisYear, problem);
  const last = end === null ? null : pointOf(end, 'end', thisYear, problem);
  if (first === false || last === false || stated === false || !sound) return false;
  // The day of a week stands for the week.
  const asStated = (point: Point): Precision =>
    stated === 'week' && point.precision === 'day' ? 'week' : point.precision;
  const own = asStated(first);
  if (stated !== null && own !== stated) {
    return problem(['start'], 'date-precision', { value: shown(start), precision: stated, form: FORMS[stated] });
  }
  if (last && asStated(last) !== own && !(own === 'week' && last.precision === 'day')) {
    return problem(['end'], 'date-precision', { value: shown(end), precision: own, form: FORMS[own] });
  }
  return { precision: own, start: first.text, end: last?.text ?? null, zone: zone as string | null };
}

/** What the rules of the schedule say against a time, in the words of an import. */
export function whenProblem(problem: WhenProblem): { code: ImportProblemCode; values: MessageValues } {
  switch (problem.code) {
    case 'form':
      return { code: 'date-form', values: { value: shown(problem.text), form: problem.form } };
    case 'no-such-date':
      return { code: 'date-impossible', values: { value: problem.text, last: problem.lastDay ?? 'none' } };
    case 'no-such-time':
      return { code: 'time-impossible', values: { value: problem.text } };
    case 'year-out-of-range':
      return { code: 'year-out-of-range', values: { value: problem.year, first: problem.first, last: problem.last } };
    case 'end-before-start':
      return { code: 'end-not-after-start', values: { start: problem.start, end: problem.end } };
    case 'unknown-zone':
      return { code: 'zone-unknown', values: { value: shown(problem.zone) } };
    case 'not-a-monday':
      return { code: 'week-not-monday', values: { value: problem.date, monday: problem.monday } };
    case 'skipped-time':
      return {
        code: 'time-skipped',
        values: { value: problem.text, zone: problem.zone, earlier: problem.earlier, later: problem.later },
      };
    case 'skipped-day':
      return {
        code: 'day-skipped',
        values: { value: problem.date, zone: problem.zone, earlier: problem.before, later: problem.after },
      };
  }
}

const FORMS: Readonly<Record<Precision, string>> = {
  time: 'YYYY-MM-DDTHH:MM',
  day: 'YYYY-MM-DD',
  week: 'YYYY-MM-DD',
  month: 'YYYY-MM',
  year: 'YYYY',
};

function precisionOf(value: unknown, problem: Report): Precision | null | false {
  if (value === undefined || value === null) return null;
  const word = typeof value === 'string' ? value.trim().toLowerCase() : value;
  const found = PRECISIONS.find((precision) => precision === word);
  return found ?? problem(['precision'], 'value-unknown', { value: shown(value), allowed: PRECISIONS.join(', ') });
}

interface Point {
  readonly precision: Precision;
  readonly text: string;
}

const SHAPES: readonly (readonly [Precision, RegExp])[] = [
  ['year', /^\d{4}$/],
  ['month', /^\d{4}-\d{2}$/],
  ['day', /^\d{4}-\d{2}-\d{2}$/],
  ['time', /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2})(?::00(?:\.0+)?)?$/],
];

function pointOf(value: unknown, key: 'start' | 'end', thisYear: number, problem: Report): Point | false {
  if (value === undefined || value === null || value === '') return problem([key], 'required');
  if (typeof value !== 'string') return problem([key], 'wrong-type', { expected: 'string', found: shown(value) });
  const text = value.trim();
  for (const [precision, shape] of SHAPES) {
    const match = shape.exec(text);
    if (match) return { precision, text: precision === 'time' ? `${match[1]}T${match[2]}` : text };
  }
  const week = /^(\d{4})-?[Ww](\d{2})$/.exec(text);
  if (week) {
    const monday = mondayOfWeek(Number(week[1]), Number(week[2]));
    if (monday) return { precision: 'week', text: monday };
    return problem([key], 'date-impossible', { value: text, last: 'none' });
  }
  if (/^\d{4}-\d{2}-\d{2}[T ][\d:.]+ ?(?:Z|[+-]\d{2}:?\d{2})$/i.test(text)) {
    return problem([key], 'date-offset', { value: shown(text) });
  }
  const readings = readingsOf(text, thisYear);
  const [dayFirst, monthFirst] = readings;
  if (dayFirst && monthFirst) return problem([key], 'date-ambiguous', { value: shown(text), dayFirst, monthFirst });
  return problem([key], 'date-form', { value: shown(text), form: dayFirst ?? 'YYYY-MM-DD' });
}

/** The Monday of an ISO 8601 week; `null` when the year has no such week. */
function mondayOfWeek(year: number, week: number): string | null {
  // 4 January is always in week 1.
  const fourth = isoDate(year, 1, 4);
  const monday = addDays(fourth, 1 - weekdayOf(fourth) + (week - 1) * 7);
  const thursday = addDays(monday, 3);
  return week >= 1 && thursday.startsWith(String(year).padStart(4, '0')) ? monday : null;
}

// 04/12, 4.12.2017, 12-04-17: day first or month first, whichever is a date; both when both are.
function readingsOf(text: string, thisYear: number): string[] {
  const match = /^(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{4}|\d{2}))?\.?(?:\s.*)?$/.exec(text);
  if (!match) return [];
  const [one, other] = [Number(match[1]), Number(match[3])];
  const year = match[4] === undefined ? thisYear : Number(match[4]) + (match[4].length === 2 ? 2000 : 0);
  const readings = [
    [other, one],
    [one, other],
  ].flatMap(([month = 0, day = 0]) => (isRealDate(year, month, day) ? [isoDate(year, month, day)] : []));
  return [...new Set(readings)];
}

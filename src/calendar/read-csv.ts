import { COLUMNS, documentParts, unguardFormula } from './columns.ts';
import type { Column } from './columns.ts';
import type { ImportProblem, Place } from './problem.ts';
import { shown } from './problem.ts';
import { lineAt, unreadable } from './read-file.ts';
import type { RawFile, RawRecord } from './read-file.ts';

const KNOWN = COLUMNS.map(({ heading }) => heading).join(', ');
const HEADINGS = { kind: 'row', row: 1, line: 1 } as const;

/** Reads events from CSV (RFC 4180): a row of headings, then an event a row. Commas, semicolons or tabs separate. */
export async function readCsv(text: string): Promise<RawFile> {
  const { parse, CsvError } = await import('csv-parse/sync');
  let rows: readonly { readonly record: readonly string[]; readonly info: { readonly lines: number } }[];
  try {
    rows = parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      info: true,
    }) as unknown as typeof rows;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const reason = error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'open' : error.code.includes('QUOTE') ? 'quote' : 'other';
    const line = reason === 'open' ? openQuoteLine(text) : Number(error.lines ?? 1);
    return unreadable('csv-broken', { reason }, { kind: 'line', line, column: null });
  }
  const headings = rows[0]?.record ?? [];
  const { columns, problems } = columnsOf(headings, rows);
  const nameOf = (path: readonly PropertyKey[]): string =>
    COLUMNS.find(({ path: own }) => own.every((key, index) => key === path[index] || index >= path.length))?.heading ??
    path.join('.');
  const events: RawRecord[] = [];
  let line = (rows[0]?.info.lines ?? 1) + 1;
  for (const [index, { record, info }] of rows.entries()) {
    if (index === 0) continue;
    const place = { kind: 'row', row: index + 1, line } as const;
    line = info.lines + 1;
    if (record.every((cell) => cell.trim() === '')) continue;
    const extra = record.slice(headings.length).find((cell) => cell.trim() !== '');
    if (extra !== undefined) {
      const values = { cells: record.length, columns: headings.length };
      problems.push({ place, field: null, code: 'row-too-long', values });
    }
    events.push({ place, value: valueOf(record, columns, place, problems), nameOf });
  }
  return { group: null, events, notes: [], problems };
}

// The parser notices an open quote only at the end of the file; its author looks for where it opens.
function openQuoteLine(text: string): number {
  let opened = 0;
  let open = false;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) {
    if (open && text[at + 1] === '"') at += 1;
    else {
      open = !open;
      opened = at;
    }
  }
  return lineAt(text, opened);
}

// Spreadsheets separate by semicolons where the comma is the decimal sign.
function delimiterOf(text: string): string {
  const headings = text.split(/\r?\n|\r/, 1)[0] ?? '';
  const count = (delimiter: string): number => headings.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, other) => (count(other) > count(best) ? other : best));
}

function columnsOf(
  headings: readonly string[],
  rows: readonly { readonly record: readonly string[] }[],
): { columns: readonly (Column | null)[]; problems: ImportProblem[] } {
  const problems: ImportProblem[] = [];
  const seen = new Set<Column>();
  const report = (code: ImportProblem['code'], values: ImportProblem['values']): null => {
    problems.push({ place: HEADINGS, field: null, code, values });
    return null;
  };
  const columns = headings.map((cell, index) => {
    const heading = cell
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/g, '_');
    const found = COLUMNS.find((column) => column.heading === heading);
    if (!found) {
      if (heading === '' && rows.every(({ record }) => (record[index] ?? '').trim() === '')) return null;
      if (heading === '') return report('column-unnamed', { number: index + 1, known: KNOWN });
      return report('column-unknown', { column: shown(cell), known: KNOWN });
    }
    if (seen.has(found)) return report('column-duplicate', { column: found.heading });
    seen.add(found);
    return found;
  });
  if (!['title', 'handle', 'uid'].some((name) => [...seen].some(({ heading }) => heading === name))) {
    report('column-missing', { known: KNOWN });
  }
  return { columns, problems };
}

type Cell = string | number | null | readonly unknown[];

function valueOf(
  record: readonly string[],
  columns: readonly (Column | null)[],
  place: Place,
  problems: ImportProblem[],
): Record<string, unknown> {
  const value: Record<string, Cell | Record<string, Cell>> = {};
  for (const [index, column] of columns.entries()) {
    const cell = record[index];
    if (!column || cell === undefined) continue;
    const content = contentOf(unguardFormula(cell).trim(), column, place, problems);
    if (content === undefined) continue;
    const [key, part] = column.path;
    if (part === undefined) value[key] = content;
    else value[key] = { ...(value[key] as Record<string, Cell> | undefined), [part]: content };
  }
  return withWholeWhen(value, place, problems);
}

// A date is one value over four columns. Without a start there is none.
function withWholeWhen(
  value: Record<string, unknown>,
  place: Place,
  problems: ImportProblem[],
): Record<string, unknown> {
  const when = value.when as Record<string, Cell> | undefined;
  if (!when || typeof when.start === 'string') return value;
  const rest = Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'when'));
  if (when.end) {
    problems.push({ place, field: 'end', code: 'end-without-start', values: { value: shown(when.end) } });
    return rest;
  }
  return when.start === null ? { ...rest, when: null } : rest;
}

function contentOf(cell: string, column: Column, place: Place, problems: ImportProblem[]): Cell | undefined {
  if (cell === '' && !column.clears) return undefined;
  switch (column.holds) {
    case 'text':
      return cell === '' ? null : cell;
    case 'number':
      if (cell === '') return null;
      return /^\d{1,15}$/.test(cell) ? Number(cell) : cell;
    case 'handles':
      return cell.split(/[\s,;]+/).filter((handle) => handle !== '');
    case 'lines':
      return linesOf(cell);
    case 'documents':
      return linesOf(cell).flatMap((line) => {
        const [title = '', url = '', language = '', note = '', ...more] = documentParts(line);
        if (more.length === 0) return [{ title, url: url || null, language: language || null, note: note || null }];
        problems.push({ place, field: column.heading, code: 'document-form', values: { value: shown(line) } });
        return [];
      });
  }
}

function linesOf(cell: string): string[] {
  return cell
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

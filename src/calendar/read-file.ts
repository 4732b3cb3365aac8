import type { ImportProblem, ImportProblemCode, Place } from './problem.ts';
import { shown } from './problem.ts';
import type { MessageValues } from '../language/language.ts';

/** The largest file that is read at all, in bytes: 32 MB, twice what 20,000 events take in JSON. */
export const MAX_FILE_BYTES = 32 * 1024 * 1024;

/** The formats the importer reads. */
export type ImportFormat = 'json' | 'csv' | 'ics';

/** One record of a file before anything about it is known. */
export interface RawRecord {
  readonly place: Place;
  /** In the shape of the JSON format. */
  readonly value: unknown;
  /** What the file calls a key of the value: its column, its iCalendar property, its JSON path. */
  readonly nameOf: (path: readonly PropertyKey[]) => string;
}

/** What a reader of one format found. With problems, the records may be incomplete. */
export interface RawFile {
  readonly group: RawRecord | null;
  readonly events: readonly RawRecord[];
  readonly notes: readonly RawRecord[];
  readonly problems: readonly ImportProblem[];
}

/** A file that can't be read any further, for one reason. */
export function unreadable(
  code: ImportProblemCode,
  values: MessageValues = {},
  place: Place = { kind: 'file' },
): RawFile {
  return { group: null, events: [], notes: [], problems: [{ place, field: null, code, values }] };
}

/** The text of a file and its format, or the problem that keeps it from being read. */
export function textOf(
  name: string,
  bytes: Uint8Array,
): { readonly text: string; readonly format: ImportFormat } | { readonly unreadable: RawFile } {
  if (bytes.length > MAX_FILE_BYTES) {
    return { unreadable: unreadable('file-too-large', { megabytes: MAX_FILE_BYTES / 1024 / 1024 }) };
  }
  const encoding = encodingOf(bytes);
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    const lossy = new TextDecoder(encoding).decode(bytes);
    if (isBinary(lossy)) return { unreadable: unreadable('file-binary') };
    if (!/^\s*BEGIN:VCALENDAR/i.test(lossy)) {
      const line = lineAt(lossy, lossy.indexOf('\ufffd'));
      return { unreadable: unreadable('file-encoding', {}, { kind: 'line', line, column: null }) };
    }
    // Old calendar programs write their machine's code page without saying so; this one is by far the commonest.
    text = new TextDecoder('windows-1252').decode(bytes);
  }
  if (text.trim() === '') return { unreadable: unreadable('file-empty') };
  if (isBinary(text)) return { unreadable: unreadable('file-binary') };
  const format = formatOf(name, text);
  return format ? { text, format } : { unreadable: unreadable('file-format', { name: shown(name) }) };
}

/** The line in which a character stands; the first line is 1. */
export function lineAt(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < index; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  // Without a mark, UTF-16 shows itself by the empty halves of its ASCII characters.
  const start = bytes.subarray(0, 64);
  if (start.length >= 4 && start.length % 2 === 0) {
    if (start.every((byte, index) => (index % 2 === 1) === (byte === 0))) return 'utf-16le';
    if (start.every((byte, index) => (index % 2 === 0) === (byte === 0))) return 'utf-16be';
  }
  return 'utf-8';
}

// A NUL is in no text. A few other control characters slip into texts; a file full of them is something else.
function isBinary(text: string): boolean {
  const start = text.slice(0, 4096);
  const controls = start.match(/[^\P{Cc}\t\n\r\f]/gu)?.length ?? 0;
  return (
    start.includes('\0') ||
    controls > start.length / 10 ||
    start.startsWith('PK\u0003\u0004') ||
    start.startsWith('%PDF-')
  );
}

// What a file begins with is surer than what its name ends with.
function formatOf(name: string, text: string): ImportFormat | null {
  const start = text.slice(0, 1000).trimStart();
  if (/^BEGIN:VCALENDAR/i.test(start)) return 'ics';
  if (/^[{[]/.test(start)) return 'json';
  const ending = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase();
  switch (ending) {
    case 'json':
      return 'json';
    case 'ics':
    case 'ical':
      return 'ics';
    case 'csv':
    case 'tsv':
      return 'csv';
    default:
      return /(?:^|[,;\t])\s*"?(?:title|handle|uid)"?\s*(?:[,;\t\r\n]|$)/i.test(start.split('\n', 1)[0] ?? '')
        ? 'csv'
        : null;
  }
}

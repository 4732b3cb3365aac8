import { lineAt, unreadable } from './read-file.ts';
import type { RawFile, RawRecord } from './read-file.ts';
import type { ImportProblem } from './problem.ts';
import { shown } from './problem.ts';

const SECTIONS = ['group', 'events', 'notes'];

/** Reads a schedule in JSON: an object with `group`, `events` and `notes`, or a bare list of events. */
export function readJson(text: string): RawFile {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    // The engine's own message has no position half of the time, and changes from version to version.
    const index = faultOf(text);
    const line = lineAt(text, index);
    const column = index - text.lastIndexOf('\n', index - 1);
    const place = { kind: 'line', line, column } as const;
    if (index === text.length) return unreadable('json-ended', {}, place);
    return unreadable('json-broken', { found: shown(text.charAt(index)) }, place);
  }
  const top = { kind: 'path', path: '' } as const;
  if (Array.isArray(content)) content = { events: content };
  if (!isRecord(content)) return unreadable('wrong-type', { expected: 'object', found: shown(content) }, top);
  const problems: ImportProblem[] = [];
  for (const key of Object.keys(content)) {
    if (!SECTIONS.includes(key)) {
      const values = { key: shown(key), known: SECTIONS.join(', ') };
      problems.push({ place: top, field: null, code: 'key-unknown', values });
    }
  }
  const list = (section: string): RawRecord[] => {
    const value = Object.hasOwn(content, section) ? content[section] : undefined;
    if (value === undefined) return [];
    if (Array.isArray(value)) return value.map((entry, index) => record(`${section}[${index}]`, entry));
    problems.push({
      place: top,
      field: section,
      code: 'wrong-type',
      values: { expected: 'array', found: shown(value) },
    });
    return [];
  };
  const events = list('events');
  const notes = list('notes');
  const group = Object.hasOwn(content, 'group') ? record('group', content.group) : null;
  return { group, events, notes, problems };
}

function record(path: string, value: unknown): RawRecord {
  return { place: { kind: 'path', path }, value: isRecord(value) ? whole(value) : value, nameOf: pathName };
}

// An object inside a record states the whole of it: what it leaves out is not known.
function whole(value: Record<string, unknown>): Record<string, unknown> {
  const parts: Record<string, unknown> = {};
  if (isRecord(value.venue)) parts.venue = { name: null, city: null, country: null, ...value.venue };
  if (isRecord(value.participation)) {
    parts.participation = { maxPerDelegation: null, headLevel: null, notes: null, ...value.participation };
  }
  return { ...value, ...parts };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function pathName(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index ? '.' : ''}${String(key)}`))
    .join('');
}

const SPACE = /[ \t\n\r]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const LITERAL = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;

function isPlain(character: string): boolean {
  return character >= ' ' && character !== '"' && character !== '\\';
}

/** The index of the first character that cannot be in JSON (RFC 8259) where it stands; the length when the end is early. */
function faultOf(text: string): number {
  let at = 0;
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.test(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  const skipText = (): boolean => {
    if (text.charAt(at) !== '"') return false;
    at += 1;
    // One at a time: a pattern for a text of megabytes would exhaust the engine's stack.
    for (;;) {
      if (isPlain(text.charAt(at))) at += 1;
      else if (!skip(ESCAPE)) break;
    }
    if (text.charAt(at) !== '"') return false;
    at += 1;
    return true;
  };
  const open: string[] = [];
  let expecting: 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'comma-or-end' = 'value';
  for (;;) {
    skip(SPACE);
    const character = text.charAt(at);
    const closer = open.at(-1);
    if (character === closer && expecting !== 'value' && expecting !== 'key') {
      open.pop();
      at += 1;
      expecting = 'comma-or-end';
    } else if (expecting === 'comma-or-end') {
      if (character !== ',' || closer === undefined) return at;
      at += 1;
      expecting = closer === '}' ? 'key' : 'value';
    } else if (expecting === 'key' || expecting === 'key-or-end') {
      if (!skipText()) return at;
      skip(SPACE);
      if (text.charAt(at) !== ':') return at;
      at += 1;
      expecting = 'value';
    } else if (character === '{' || character === '[') {
      open.push(character === '{' ? '}' : ']');
      at += 1;
      expecting = character === '{' ? 'key-or-end' : 'value-or-end';
    } else if (skipText() || skip(LITERAL)) {
      expecting = 'comma-or-end';
    } else {
      return at;
    }
  }
}

import type { Language, MessageValues } from '../language/language.ts';

/**
 * Where in a file something stands, as its author can find it.
 *
 * | kind   | format | meaning                                                                                     |
 * |--------|--------|---------------------------------------------------------------------------------------------|
 * | `file` | any    | the file as a whole                                                                         |
 * | `line` | any    | a line of the text, the first is 1; `column` counts characters, the first is 1              |
 * | `row`  | CSV    | a row as a spreadsheet numbers it: the headings are row 1; `line` is where it begins in text |
 * | `path` | JSON   | the record: `events[3]`, `notes[0]`, `group`; empty for the outermost object                |
 * | `uid`  | .ics   | the UID of the event; empty when it has none                                                |
 */
export type Place =
  | { readonly kind: 'file' }
  | { readonly kind: 'line'; readonly line: number; readonly column: number | null }
  | { readonly kind: 'row'; readonly row: number; readonly line: number }
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'uid'; readonly uid: string };

/** Everything that can be wrong with a file. Each code has its sentence in the catalogue under `import.problem.CODE`. */
export const IMPORT_PROBLEM_CODES = [
  // the file
  'file-empty',
  'file-too-large',
  'file-binary',
  'file-encoding',
  'file-format',
  // its form
  'json-broken',
  'json-ended',
  'csv-broken',
  'ics-broken',
  'ics-ended',
  'column-unknown',
  'column-unnamed',
  'column-duplicate',
  'column-missing',
  'row-too-long',
  'key-unknown',
  'wrong-type',
  // one value
  'required',
  'too-long',
  'too-many',
  'value-unknown',
  'handle-form',
  'number-form',
  'url-form',
  'language-form',
  'zone-unknown',
  'email-form',
  'document-form',
  // dates
  'date-form',
  'date-ambiguous',
  'date-impossible',
  'date-offset',
  'date-precision',
  'week-not-monday',
  'end-not-after-start',
  'end-without-start',
  'time-impossible',
  'time-skipped',
  'day-skipped',
  'year-out-of-range',
  // how records fit together
  'handle-duplicate',
  'handle-taken',
  'uid-duplicate',
  'note-duplicate',
  'reference-unknown',
  'reference-self',
  'reference-cycle',
  'group-other',
  // .ics
  'recurrence-endless',
  'recurrence-too-long',
  'recurrence-too-many',
  'recurrence-part',
  'method-unsupported',
] as const;
export type ImportProblemCode = (typeof IMPORT_PROBLEM_CODES)[number];

/** One thing that is wrong with a file, and where. */
export interface ImportProblem {
  readonly place: Place;
  /** The key, column or iCalendar property as the file names it; `null` when the problem is of the whole place. */
  readonly field: string | null;
  readonly code: ImportProblemCode;
  /** What fills the blanks of the sentence: the value found (shortened), what would be right, limits. */
  readonly values: MessageValues;
}

/** What an import answers when anything at all is wrong; nothing may be written then. */
export interface ImportProblems {
  readonly type: 'problems';
  /** In the order of the file; never empty. */
  readonly problems: readonly ImportProblem[];
}

/** The problem in words: where, what is wrong, what would be right. */
export function problemSentence(problem: ImportProblem, language: Pick<Language, 't'>): string {
  const sentence = language.t(`import.problem.${problem.code}`, problem.values);
  const place = placeWords(problem, language);
  return place === null ? sentence : language.t('import.problem', { place, sentence });
}

function placeWords({ place, field }: ImportProblem, language: Pick<Language, 't'>): string | null {
  const where = placeAlone(place, language);
  if (where === null) return field;
  return field === null ? where : language.t('import.place.field', { place: where, field });
}

function placeAlone(place: Place, language: Pick<Language, 't'>): string | null {
  switch (place.kind) {
    case 'file':
      return null;
    case 'line':
      return place.column === null
        ? language.t('import.place.line', { line: place.line })
        : language.t('import.place.line-column', { line: place.line, column: place.column });
    case 'row':
      return language.t('import.place.row', { row: place.row });
    case 'path':
      return place.path === '' ? null : place.path;
    case 'uid':
      return place.uid === '' ? language.t('import.place.no-uid') : language.t('import.place.uid', { uid: place.uid });
  }
}

const SHOWN = 60;

/** A value of a file as a problem shows it: one line, at most 60 characters, control characters replaced by spaces. */
export function shown(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return '[…]';
  if (typeof value === 'object') return '{…}';
  const line = (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
    .slice(0, SHOWN * 4)
    .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim()
    .toWellFormed();
  const characters = Array.from(line);
  return characters.length > SHOWN ? `${characters.slice(0, SHOWN).join('')}…` : line;
}

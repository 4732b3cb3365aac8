/** A column of the CSV format: its heading, and where its cell belongs in the JSON format. */
export interface Column {
  readonly heading: string;
  readonly path: readonly [string] | readonly [string, string];
  /** An empty cell says "not known". Without this, an empty cell says nothing. */
  readonly clears: boolean;
  /** A text, a whole number, handles with spaces between them, a document a line, or a text a line. */
  readonly holds: 'text' | 'number' | 'handles' | 'documents' | 'lines';
}

const column = (
  heading: string,
  path: Column['path'],
  { clears = true, holds = 'text' }: { clears?: boolean; holds?: Column['holds'] } = {},
): Column => ({ heading, path, clears, holds });

/** The columns of the CSV format, in the order in which they are exported. */
export const COLUMNS: readonly Column[] = [
  column('handle', ['handle'], { clears: false }),
  column('title', ['title'], { clears: false }),
  column('kind', ['kind'], { clears: false }),
  column('status', ['status'], { clears: false }),
  column('reason', ['reason']),
  column('visibility', ['visibility'], { clears: false }),
  column('start', ['when', 'start']),
  column('end', ['when', 'end']),
  column('precision', ['when', 'precision'], { clears: false }),
  column('zone', ['when', 'zone'], { clears: false }),
  column('venue', ['venue', 'name']),
  column('city', ['venue', 'city']),
  column('country', ['venue', 'country']),
  column('online_url', ['onlineUrl']),
  column('organiser', ['organiser']),
  column('region', ['region']),
  column('max_per_delegation', ['participation', 'maxPerDelegation'], { holds: 'number' }),
  column('head_level', ['participation', 'headLevel']),
  column('participation_notes', ['participation', 'notes']),
  column('description', ['description']),
  column('parent', ['parent']),
  column('preceded_by', ['precededBy'], { holds: 'handles' }),
  column('documents', ['documents'], { holds: 'documents' }),
  column('outcomes', ['outcomes'], { holds: 'lines' }),
  column('series', ['series']),
  column('uid', ['uid'], { clears: false }),
  column('sequence', ['sequence'], { clears: false, holds: 'number' }),
];

// What a spreadsheet takes for a formula at the start of a cell, in ASCII and in full width.
const FORMULA = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/** The cell with an apostrophe in front when a spreadsheet would otherwise run it as a formula. */
export function guardFormula(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

/** The cell as it was before `guardFormula`. */
export function unguardFormula(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}

/** The parts of a document's line, `title | url | language | note`; a bar or backslash inside a part has a `\` in front. */
export function documentParts(line: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (let at = 0; at < line.length; at += 1) {
    if (line.charAt(at) === '|') {
      parts.push(part);
      part = '';
      continue;
    }
    if (/^\\[\\|]/.test(line.slice(at, at + 2))) at += 1;
    part += line.charAt(at);
  }
  return [...parts, part].map((text) => text.trim());
}

/** A document's line from its parts, as `documentParts` reads it; empty parts at the end are left out. */
export function documentLine(parts: readonly string[]): string {
  const last = parts.findLastIndex((part) => part !== '');
  return parts
    .slice(0, last + 1)
    .map((part) => part.replace(/[\\|]/g, '\\$&'))
    .join(' | ');
}

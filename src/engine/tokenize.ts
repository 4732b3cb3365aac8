/** A word of a command line. */
export interface Token {
  readonly text: string;
  /** Where it stands in the line: UTF-16 offsets, quotes included. */
  readonly start: number;
  readonly end: number;
  /** It stood in quotes, so it is never a key, an option or part of a date. */
  readonly isQuoted: boolean;
}

/** Opening quotes and what closes them: keyboards and chat programs write all of these. */
const QUOTES: Readonly<Record<string, string>> = {
  '"': '"”“',
  '“': '”"“',
  '„': '“”"',
  '«': '»',
  '»': '«',
  '‹': '›',
  "'": "'’",
  '‘': "’'",
  '‚': '‘’',
  '`': '`',
};

const SPACE = /\s/u;

/**
 * Cuts a line into words. A quote opens a word only at its beginning, so that “don't” survives, and closes it only
 * before a space or the end; a quote that is never closed is a letter like any other. In `key:"two words"` the quoted
 * part belongs to the word.
 */
export function tokenize(line: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < line.length) {
    if (SPACE.test(line.charAt(at))) {
      at += 1;
      continue;
    }
    const start = at;
    const whole = closedQuote(line, at);
    if (whole) {
      tokens.push({ text: line.slice(start + 1, whole.close), start, end: whole.close + 1, isQuoted: true });
      at = whole.close + 1;
      continue;
    }
    let word = '';
    while (at < line.length && !SPACE.test(line.charAt(at))) {
      const value = line.charAt(at - 1) === ':' && at > start ? closedQuote(line, at) : null;
      if (value) {
        word += line.slice(at + 1, value.close);
        at = value.close + 1;
      } else {
        word += line.charAt(at);
        at += 1;
      }
    }
    tokens.push({ text: word, start, end: at, isQuoted: false });
  }
  return tokens;
}

function closedQuote(line: string, open: number): { readonly close: number } | null {
  const closers = QUOTES[line.charAt(open)];
  if (closers === undefined) return null;
  for (let at = open + 1; at < line.length; at += 1) {
    const next = line.charAt(at + 1);
    if (closers.includes(line.charAt(at)) && (next === '' || SPACE.test(next))) return { close: at };
  }
  return null;
}

/** Pairs to choose from when a word has to be put in quotes. */
const PAIRS = ['""', '``', '«»', '‹›', "''"] as const;

/** Writes a word so that {@link tokenize} reads it back as it is, white space folded. */
export function quote(word: string): string {
  const flat = word.replace(/\s+/gu, ' ').trim();
  const isPlain = flat !== '' && !SPACE.test(flat) && QUOTES[flat.charAt(0)] === undefined && !/^[-–—]|:/u.test(flat);
  if (isPlain) return flat;
  for (const [open, close] of PAIRS) {
    const quoted = `${open}${flat}${close}`;
    if (closedQuote(quoted, 0)?.close === quoted.length - 1) return quoted;
  }
  return `"${flat.replace(/["”“]/gu, '')}"`;
}

// Embeddings, overrides and isolates reorder what stands around them; plain direction marks (U+200E, U+200F) do not.
const REORDERING = /[\u202a-\u202e\u2066-\u2069]/g;
const CONTROL = /[\p{Cc}]/gu;
const CONTROL_BUT_NEWLINE = /[^\P{Cc}\n]/gu;

/**
 * A text of one line, made harmless: line breaks and tabs become a space, other control characters, bidirectional
 * overrides and lone surrogates go, no space at the ends.
 */
export function cleanLine(text: string): string {
  return text
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')
    .replace(CONTROL, '')
    .replace(REORDERING, '')
    .toWellFormed()
    .trim();
}

/** A text of several lines, made harmless in the same way; every line break becomes LF, tabs become a space. */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/[\t\v\f]+/g, ' ')
    .replace(CONTROL_BUT_NEWLINE, '')
    .replace(REORDERING, '')
    .toWellFormed()
    .trim();
}

import { cleanLine, cleanText } from '../clean.ts';

// What `cleanText` would touch, and a little more: most texts have none of it, and a feed has many texts.
const SUSPICIOUS = /[^\n\x20-\x7e\u00a0-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\uffff]/;
const MAX_OCTETS = 75;
const ASCII = /^[\x20-\x7e]*$/;

/** A text of several lines without anything that a calendar must not hold: control characters, lone surrogates. */
export function safeText(text: string): string {
  return SUSPICIOUS.test(text) ? cleanText(text) : text;
}

/** A text of one line, made harmless in the same way. */
export function safeLine(text: string): string {
  return SUSPICIOUS.test(text) || text.includes('\n') ? cleanLine(text) : text;
}

/** A value of type TEXT (RFC 5545 §3.3.11). */
export function textValue(text: string): string {
  return safeText(text)
    .replace(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n');
}

/**
 * A name as it may stand in a quoted parameter. RFC 5545 §3.2 has no way to write a quote there, and what RFC 6868 adds
 * few calendars read, so quotes and backslashes become their nearest neighbours.
 */
export function parameterText(text: string): string {
  return safeLine(text).replaceAll('"', "'").replaceAll('\\', '/');
}

/**
 * A web address as a value of type URI (RFC 5545 §3.3.13), which is not escaped: commas and semicolons are part of it.
 * Letters beyond ASCII are written as RFC 3986 asks. `null`: no address that a browser opens.
 */
export function uriValue(address: string): string | null {
  if (/^https?:\/\/[!#-;=?-~]+$/i.test(address)) return address;
  const url = URL.parse(address);
  return url && /^https?:$/.test(url.protocol) ? url.href : null;
}

/** An e-mail address as a URI (RFC 6068 §2). */
export function mailtoPath(email: string): string {
  return encodeURI(safeLine(email)).replace(/[?#&;,]/g, encodeURIComponent);
}

/**
 * A content line as it is transmitted, without the line break at its end: no physical line over 75 octets of UTF-8, no
 * break inside a character (RFC 5545 §3.1). The line must not hold line breaks or lone surrogates.
 */
export function fold(line: string): string {
  // A UTF-16 unit is three octets at most.
  if (line.length * 3 <= MAX_OCTETS) return line;
  if (ASCII.test(line)) return line.length <= MAX_OCTETS ? line : foldAscii(line);
  let folded = '';
  let from = 0;
  let octets = 0;
  for (let at = 0; at < line.length; at += 1) {
    const unit = line.charCodeAt(at);
    const isPair = unit >= 0xd800 && unit <= 0xdbff;
    const size = unit < 0x80 ? 1 : unit < 0x800 ? 2 : isPair ? 4 : 3;
    if (octets + size > MAX_OCTETS) {
      folded += `${line.slice(from, at)}\r\n `;
      from = at;
      octets = 1;
    }
    octets += size;
    if (isPair) at += 1;
  }
  return from === 0 ? line : folded + line.slice(from);
}

function foldAscii(line: string): string {
  let folded = line.slice(0, MAX_OCTETS);
  // The space at its beginning is part of a continuation.
  for (let at = MAX_OCTETS; at < line.length; at += MAX_OCTETS - 1) {
    folded += `\r\n ${line.slice(at, at + MAX_OCTETS - 1)}`;
  }
  return folded;
}

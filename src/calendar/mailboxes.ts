import { cleanLine } from '../clean.ts';
import { LIMITS } from '../schedule/limits.ts';
import type { Attendee } from './ics.ts';
import { isEmailAddress } from './email-address.ts';

/** How many addresses one command takes. */
export const MAX_MAILBOXES = 50;

/**
 * Reads e-mail addresses as people and mail programs write them: `a@example.org, "Doe, Jane" <jane@example.org>` (RFC
 * 5322 §3.4), also parted by semicolons, and as chat programs make links of them (`<mailto:a@example.org|a@example.org>`).
 *
 * @returns each address once, in lower case, the first name counts; or the part that is no address
 */
export function readMailboxes(
  text: string,
): { readonly mailboxes: readonly Attendee[] } | { readonly problem: 'address' | 'too-many'; readonly part: string } {
  const mailboxes = new Map<string, Attendee>();
  for (const part of partsOf(text)) {
    const mailbox = mailboxIn(part);
    if (!mailbox) return { problem: 'address', part: cleanLine(part) };
    if (!mailboxes.has(mailbox.email)) mailboxes.set(mailbox.email, mailbox);
    if (mailboxes.size > MAX_MAILBOXES) return { problem: 'too-many', part: cleanLine(part) };
  }
  return { mailboxes: [...mailboxes.values()] };
}

/** The text between commas and semicolons, those in quotes and brackets apart. */
function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  let part = '';
  let isQuoted = false;
  let isBracketed = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (isQuoted && character === '\\') {
      part += text.slice(at, at + 2);
      at += 1;
      continue;
    }
    if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && character === '<') isBracketed = true;
    else if (!isQuoted && character === '>') isBracketed = false;
    else if (!isQuoted && !isBracketed && /[,;]/u.test(character)) {
      parts.push(part);
      part = '';
      continue;
    }
    part += character;
  }
  return [...parts, part].map((each) => each.trim()).filter((each) => each !== '');
}

function mailboxIn(part: string): Attendee | null {
  const bracketed = /^(?<name>[^]*?)\s*<(?<address>[^<>]*)>$/u.exec(part)?.groups;
  const address = (bracketed?.address ?? part).replace(/^mailto:/iu, '').replace(/\|.*$/u, '');
  const email = address.trim().toLowerCase();
  if (!isEmailAddress(email)) return null;
  const written = bracketed?.name ?? '';
  const quoted = /^"(?<inside>(?:[^"\\]|\\.)*)"$/su.exec(written)?.groups?.inside;
  const name = cleanLine((quoted?.replace(/\\(.)/gsu, '$1') ?? written).slice(0, LIMITS.name));
  return { email, name: name === '' ? null : name };
}

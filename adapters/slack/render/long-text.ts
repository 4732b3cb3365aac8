import { beginning } from './escape.ts';

/** A piece of a text, and the white space that stands before it in the whole. */
export interface TextPart {
  readonly before: string;
  readonly text: string;
}

/** The longest white space that is taken out between two parts: a `block_id` has to hold it. UTF-16 units. */
const LONGEST_GAP = 50;

/**
 * A text in parts that fit into so many UTF-16 units each: cut between paragraphs or lines where that is possible, else
 * between words. What stands between two parts is in neither, as Slack may take away space at the ends of an answer.
 */
export function textParts(text: string, room: number): readonly TextPart[] {
  const parts: TextPart[] = [];
  let rest = text;
  let before = '';
  while (rest.length > room) {
    const part = firstPart(rest, room);
    parts.push({ before, text: part });
    before = /^\s*/u.exec(rest.slice(part.length, part.length + LONGEST_GAP))?.[0] ?? '';
    rest = rest.slice(part.length + before.length);
  }
  return [...parts, { before, text: rest }];
}

/** The whole of which the parts are what is left of each: one that is empty leaves no gap. */
export function joinedParts(parts: readonly TextPart[]): string {
  return parts.reduce((whole, { before, text }) => {
    if (text === '') return whole;
    return whole === '' ? text : whole + before + text;
  }, '');
}

/** No part is shorter than half of the room, so that there are few. */
function firstPart(text: string, room: number): string {
  const most = text.slice(0, room + 1);
  for (const gap of ['\n\n', '\n', ' ']) {
    const at = most.lastIndexOf(gap);
    const part = most.slice(0, Math.max(0, at)).trimEnd();
    if (part.length > room / 2) return part;
  }
  return beginning(text, room);
}

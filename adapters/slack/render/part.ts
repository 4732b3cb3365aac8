import type { Language } from '../../../src/language/language.ts';
import { context, section, sizeOf, type Block } from './block.ts';
import { escaped } from './escape.ts';
import { LIMITS } from './limits.ts';

/** A piece of a message before it is known what fits. */
export type Part =
  /** One block, there or not; it stands for so many things when the rest is counted. */
  | { readonly type: 'block'; readonly block: Block; readonly counts: number }
  /** Lines that share sections, in Slack's markup: the heading at most {@link HEADING}, each line {@link LINE} long. */
  | { readonly type: 'lines'; readonly heading: string | null; readonly lines: readonly string[] }
  /** What people go on with. Room is kept for it, whatever stands before it. */
  | { readonly type: 'kept'; readonly blocks: readonly Block[]; readonly leftOut: number };

/** The longest heading of lines that share a section, in characters of markup. */
export const HEADING = 500;
/** The longest line of them. */
export const LINE = 2000;

/** How much may be sent. */
export interface Room {
  readonly blocks: number;
  /** Of JSON. */
  readonly characters: number;
}

/** Makes a part of a block that is not worth counting: a rule, a heading. */
export function uncounted(block: Block): Part {
  return { type: 'block', block, counts: 0 };
}

export function counted(block: Block): Part {
  return { type: 'block', block, counts: 1 };
}

const NONE: Room = { blocks: 0, characters: 0 };
/** How much room a block is given for what Slack adds to it: an id, defaults. */
const OVERHEAD = 60;
/** The line that counts what is left out. */
const MORE: Room = { blocks: 1, characters: 400 };

function roomFor(block: Block): number {
  return sizeOf(block) + OVERHEAD;
}

/**
 * Blocks that fit. From the first part that does not fit on, everything is left out and counted in one line, except
 * what people go on with, which has up to half of the room to itself.
 */
export function pack(parts: readonly Part[], room: Room, language: Language): readonly Block[] {
  const kept = new Map<Part, readonly Block[]>();
  const rest = { blocks: room.blocks - MORE.blocks, characters: room.characters - MORE.characters };
  const least = { blocks: room.blocks / 2, characters: room.characters / 2 };
  let leftOut = 0;
  for (const part of parts) {
    if (part.type !== 'kept') continue;
    const own = { blocks: rest.blocks - least.blocks, characters: rest.characters - least.characters };
    const { fitting, taken } = beginningOf(part.blocks, own);
    kept.set(part, fitting);
    rest.blocks -= fitting.length;
    rest.characters -= taken;
    leftOut += part.leftOut + buttonsIn(part.blocks.slice(fitting.length));
  }
  return emitted(parts, kept, rest, leftOut, language);
}

function emitted(
  parts: readonly Part[],
  kept: ReadonlyMap<Part, readonly Block[]>,
  room: Room,
  leftOutBefore: number,
  language: Language,
): readonly Block[] {
  const shown: Block[] = [];
  let { blocks, characters } = room;
  let leftOut = leftOutBefore;
  let isFull = false;
  let end = 0;
  for (const part of parts) {
    if (part.type === 'kept') {
      shown.push(...(kept.get(part) ?? []));
      continue;
    }
    const { fitting, missing, taken } = fittingOf(part, isFull ? NONE : { blocks, characters });
    shown.push(...fitting);
    blocks -= fitting.length;
    characters -= taken;
    leftOut += missing;
    if (!isFull) end = shown.length;
    isFull ||= missing > 0 || (fitting.length === 0 && part.type === 'block');
  }
  if (leftOut === 0) return shown;
  const more = context(escaped(language.t('slack.more', { count: leftOut })));
  return [...withoutLooseEnd(shown.slice(0, end), isFull), more, ...shown.slice(end)];
}

/** A heading or a rule at the end leads to nothing. */
function withoutLooseEnd(blocks: readonly Block[], isFull: boolean): readonly Block[] {
  const last = blocks.findLastIndex(({ type }) => type !== 'header' && type !== 'divider');
  return isFull ? blocks.slice(0, Math.max(1, last + 1)) : blocks;
}

interface Fitting {
  readonly fitting: readonly Block[];
  /** Room, in characters. */
  readonly taken: number;
  /** How many things of the part are not there. */
  readonly missing: number;
}

function fittingOf(part: Exclude<Part, { type: 'kept' }>, room: Room): Fitting {
  if (part.type === 'lines') return linesOf(part.heading, part.lines, room);
  const { fitting, taken } = beginningOf([part.block], room);
  return { fitting, taken, missing: fitting.length > 0 ? 0 : part.counts };
}

/** Sections of lines, each as full as it may be. */
function linesOf(heading: string | null, lines: readonly string[], room: Room): Fitting {
  const fitting: Block[] = [];
  let taken = 0;
  let at = 0;
  let text = heading ?? '';
  while (fitting.length < room.blocks && (at < lines.length || text !== '')) {
    let size = roomFor(section(text));
    const first = at;
    for (let next = lines[at]; next !== undefined; next = lines[at]) {
      // JSON writes quotes, back-slashes and line ends with two characters.
      size += JSON.stringify(next).length;
      const isTooLong = text.length + next.length + 1 > LIMITS.sectionText;
      if (isTooLong || taken + size > room.characters) break;
      text += text === '' ? next : `\n${next}`;
      at += 1;
    }
    if (at === first && lines.length > 0) break;
    const block = section(text);
    if (taken + roomFor(block) > room.characters) return { fitting, taken, missing: lines.length - first };
    fitting.push(block);
    taken += roomFor(block);
    text = '';
  }
  return { fitting, taken, missing: lines.length - at };
}

function beginningOf(blocks: readonly Block[], room: Room): Omit<Fitting, 'missing'> {
  let taken = 0;
  let count = 0;
  for (const block of blocks.slice(0, Math.max(0, room.blocks))) {
    const size = roomFor(block);
    if (taken + size > room.characters) break;
    taken += size;
    count += 1;
  }
  return { fitting: blocks.slice(0, count), taken };
}

function buttonsIn(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => {
    if (block.type === 'actions') return sum + block.elements.length;
    return block.type === 'section' && block.accessory ? sum + 1 : sum;
  }, 0);
}

import { sizeOf } from './limits.ts';
import type { Block } from './shapes.ts';

/** What fits of a card's blocks, and how many of its lines do not. */
export interface Fitted {
  readonly blocks: readonly Block[];
  /** Counted as the innermost blocks: a line of a list, a fact, a set of buttons. */
  readonly left: number;
}

/**
 * The blocks that fit, from the top; the first one that does not ends the card, so that nothing is missing in the
 * middle. A container may be cut inside.
 *
 * @param room bytes as {@link sizeOf} counts them
 */
export function fitted(blocks: readonly Block[], room: number): Fitted {
  const kept: Block[] = [];
  let free = room;
  for (const [at, block] of blocks.entries()) {
    const size = sizeOf(block);
    if (size <= free) {
      kept.push(block);
      free -= size;
      continue;
    }
    const rest = blocks.slice(at + 1).reduce((sum, later) => sum + linesIn(later), 0);
    if (block.type !== 'Container') return { blocks: kept, left: rest + linesIn(block) };
    const inside = fitted(block.items, free - sizeOf({ ...block, items: [] }));
    if (inside.blocks.length > 0) kept.push({ ...block, items: inside.blocks });
    return { blocks: kept, left: rest + inside.left };
  }
  return { blocks: kept, left: 0 };
}

function linesIn(block: Block): number {
  return block.type === 'Container' ? block.items.reduce((sum, item) => sum + linesIn(item), 0) : 1;
}

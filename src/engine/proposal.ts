import type { Preview, Write } from '../ports.ts';

/** A change that a command would make. It is shown to its author first, who publishes, changes or drops it. */
export interface Proposal extends Preview {
  readonly type: 'proposal';
  /** None: it would change nothing, and that is said. */
  readonly writes: readonly Write[];
  /** The revision that it takes back. */
  readonly undoes?: number;
}

/** Describes a change for its author to decide on. */
export function proposal(
  title: string,
  writes: readonly Write[],
  more: Omit<Proposal, 'type' | 'title' | 'writes'> = {},
): Proposal {
  return { type: 'proposal', title, writes, ...more };
}

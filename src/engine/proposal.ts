import type { Element } from '../cards/card.ts';
import type { Write } from '../ports.ts';

/** A change that a command would make. It is shown to its author first, who publishes, changes or drops it. */
export interface Proposal {
  readonly type: 'proposal';
  /** What it is, as the title of the preview: “Move UNESCAP regional consultation”. */
  readonly title: string;
  /** None: it would change nothing, and that is said. */
  readonly writes: readonly Write[];
  /** The revision that it takes back. */
  readonly undoes?: number;
  /** Shown above what changes: what else its author should know. */
  readonly remarks?: readonly Element[];
  /** Shown instead of old → new, where the change is too large for that. */
  readonly shown?: readonly Element[];
  /** Whether to tell nobody is its first choice: a whole file comes in, and nobody wants a notice for each line. */
  readonly isQuiet?: boolean;
}

/** Describes a change for its author to decide on. */
export function proposal(
  title: string,
  writes: readonly Write[],
  more: Omit<Proposal, 'type' | 'title' | 'writes'> = {},
): Proposal {
  return { type: 'proposal', title, writes, ...more };
}

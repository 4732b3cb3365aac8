import type { Language } from '../../../src/language/language.ts';

/** What the functions of a renderer share while one message or view is made. */
export interface Rendering {
  readonly language: Language;
  /** Counts the buttons, so that each has an `action_id` of its own and always the same one. */
  readonly nextButton: () => number;
}

/** Begins a message or view. */
export function beginRendering(language: Language): Rendering {
  let buttons = 0;
  return { language, nextButton: () => buttons++ };
}

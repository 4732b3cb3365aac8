import { choice, text, type Action, type ActionsElement, type Card } from '../cards/card.ts';
import type { Context } from './command.ts';

/** What a request comes to. */
export interface Answer {
  readonly card: Card;
  /**
   * `answered`: what was asked for. `asked`: the bot needs a choice, a confirmation or a filled-in form first.
   * `refused`: the person has to do something else. `failed`: the bot is at fault.
   */
  readonly outcome: 'answered' | 'asked' | 'refused' | 'failed';
  /** For whoever asked and nobody else, wherever they asked: the command says so. */
  readonly isPersonal?: true;
  /** The answer to a question: the same for all who read alike, until the minute is over or the schedule changes. */
  readonly isQuestion?: true;
}

/** A person with a request, before it is known what day the answer is for. */
export type Session = Omit<Context, 'now' | 'at' | 'given' | 'commandName'>;

/** A card's outcome, unless whoever made it knows better: a question that it asks, a problem that it is. */
export function answerOf(card: Card): Answer {
  const isQuestion = card.elements.some(
    (element) => element.type === 'form' || (element.type === 'actions' && element.purpose === 'choice'),
  );
  return { outcome: card.tone === 'problem' ? 'refused' : isQuestion ? 'asked' : 'answered', card };
}

/** The person has to do something else: why, and ways to go on. */
export function refused(sentence: string, ...ways: readonly ActionsElement[]): Answer {
  return { outcome: 'refused', card: { tone: 'problem', title: null, elements: [text(sentence), ...ways] } };
}

/** The bot is at fault. */
export function failed(sentence: string): Answer {
  return { outcome: 'failed', card: { tone: 'failure', title: null, elements: [text(sentence)] } };
}

/** What could have been meant, to choose from; nothing when nothing comes close. */
export function meant(actions: readonly Action[]): readonly ActionsElement[] {
  return actions.length === 0 ? [] : [choice(...actions)];
}

import { BotError } from '../errors.ts';
import type { IdentitySource } from '../identity.ts';
import type { Language } from '../language/language.ts';
import type { Log } from '../log.ts';
import { failed, refused, type Answer } from './answer.ts';
import type { Reply } from './dispatch.ts';

/** What speaking of a failure takes. */
export interface FailureParts {
  readonly log: Log;
  readonly language: Language;
  readonly identity: IdentitySource;
}

/**
 * Says what an error means for whoever asked. One of ours, or of the store's, gets a reference that is in the log.
 *
 * @param isOperator whoever asked runs the bot, and is told what the matter with its database is; to members that says
 * nothing, and the names of its servers are not for them
 */
export function failureAnswer({ log, language, identity }: FailureParts, error: unknown, isOperator = false): Answer {
  const isOfStore = error instanceof BotError && error.code.startsWith('store-');
  if (error instanceof BotError && (isOperator || !isOfStore)) {
    const sentence = language.t(`error.${error.code}`, error.context);
    if (!isOfStore) return refused(sentence);
    log.error({ err: error }, 'the store failed');
    return failed(sentence);
  }
  const reference = identity.reference();
  log.error({ err: error, reference }, isOfStore ? 'the store failed' : 'a request failed');
  return failed(language.t(isOfStore ? 'error.store' : 'error.ours', { reference }));
}

/** What is said when the bot was not even asked, as when the store does not tell whether it was asked before. */
export function failureReply(parts: FailureParts, error: unknown): Reply {
  return { ...failureAnswer(parts, error), language: parts.language };
}

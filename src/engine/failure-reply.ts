import { BotError } from '../errors.ts';
import type { IdentitySource } from '../identity.ts';
import type { Language } from '../language/language.ts';
import type { Log } from '../log.ts';
import { failed } from './answer.ts';
import type { Reply } from './dispatch.ts';

/** What is said when the bot was not even asked, as when the store does not tell whether it was asked before. */
export function failureReply(
  parts: { readonly log: Log; readonly language: Language; readonly identity: IdentitySource },
  error: unknown,
): Reply {
  const { log, language, identity } = parts;
  const reference = identity.reference();
  log.error({ err: error, reference }, 'a request failed');
  const isKnown = error instanceof BotError;
  const sentence = isKnown ? language.t(`error.${error.code}`, error.context) : language.t('error.ours', { reference });
  return { ...failed(sentence), language };
}

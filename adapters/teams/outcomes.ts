import type { Language, MessageKey } from '../../src/language/language.ts';
import { wasNotReached } from '../../src/not-reached.ts';
import type { Sending } from '../../src/ports.ts';
import { TokenError, type ConnectorAnswer } from './connector.ts';

/** Something that was not sent, or of which nobody knows. */
export type Failure = Exclude<Sending, { outcome: 'sent' }>;

type Reason = Extract<MessageKey, `teams.reason.${string}`>;

/**
 * The errors after which a message is never there, by the connector's code. From Microsoft's “Status codes from bot
 * conversational APIs” (learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-messages)
 * and, for the blocked conversation, from answers of Microsoft's staff (learn.microsoft.com/answers, 5858588).
 */
const NEVER: Readonly<Record<string, Reason | undefined>> = {
  ActivityNotFoundInConversation: 'teams.reason.message-gone',
  BadArgument: 'teams.reason.refused',
  BotDisabledByAdmin: 'teams.reason.disabled',
  BotDisabledByUser: 'teams.reason.blocked',
  BotNotInConversationRoster: 'teams.reason.not-in-conversation',
  BotNotRegistered: 'teams.reason.not-registered',
  ConversationBlockedByUser: 'teams.reason.blocked',
  ConversationNotFound: 'teams.reason.conversation-gone',
  ForbiddenOperationException: 'teams.reason.not-in-conversation',
  InvalidBotApiHost: 'teams.reason.other-cloud',
  MessageSizeTooBig: 'teams.reason.too-big',
  MessageWritesBlocked: 'teams.reason.blocked',
  NotEnoughPermissions: 'teams.reason.not-allowed',
  UserNotFound: 'teams.reason.user-gone',
};

/** What an answer without a code that is known means, by its status. */
const BY_STATUS: Readonly<Record<number, Reason | undefined>> = {
  401: 'teams.reason.not-registered',
  403: 'teams.reason.not-allowed',
  404: 'teams.reason.conversation-gone',
  413: 'teams.reason.too-big',
};

/** Reasons after which nothing can be posted in a conversation until somebody does something about it. */
const DEAD_CONVERSATION: readonly Reason[] = [
  'teams.reason.blocked',
  'teams.reason.conversation-gone',
  'teams.reason.disabled',
  'teams.reason.not-in-conversation',
];

/** Statuses with which Microsoft asks to try again: same source. 503 says that nothing was done. */
const AGAIN: readonly number[] = [412, 429, 502, 503, 504];

/** What went wrong with a call of the connector. */
export interface CallFailure {
  readonly failure: Failure;
  /** Nothing can be posted in that conversation any more. */
  readonly isDeadConversation: boolean;
}

/** Tells apart what may be tried again, what never will be, and what nobody knows; `null`: nothing went wrong. */
export function failureIn(answer: ConnectorAnswer, language: Language): CallFailure | null {
  const { status, body, retryAfterMs } = answer;
  if (status < 300) return null;
  if (AGAIN.includes(status)) {
    const reason = language.t(status === 429 || status === 412 ? 'teams.reason.busy' : 'teams.reason.broke');
    return { failure: { outcome: 'again', afterMs: retryAfterMs, reason }, isDeadConversation: false };
  }
  if (status >= 500) {
    return { failure: { outcome: 'unknown', reason: language.t('teams.reason.broke') }, isDeadConversation: false };
  }
  const code = codeIn(body);
  const reason = NEVER[code] ?? BY_STATUS[status] ?? 'teams.reason.refused';
  return {
    failure: { outcome: 'never', reason: language.t(reason, { code: code || status.toString() }) },
    isDeadConversation: DEAD_CONVERSATION.includes(reason),
  };
}

/** The same for a call that has no answer. */
export function failureOf(error: unknown, language: Language): Failure {
  if (error instanceof TokenError) return { outcome: 'again', afterMs: null, reason: language.t('teams.reason.token') };
  return wasNotReached(error)
    ? { outcome: 'again', afterMs: null, reason: language.t('teams.reason.unreachable') }
    : { outcome: 'unknown', reason: language.t('teams.reason.broke') };
}

/** The connector writes `{"error": {"code": "BotNotInConversationRoster", …}}`, and some codes with spaces. */
function codeIn(body: ConnectorAnswer['body']): string {
  const { error } = body as { readonly error?: { readonly code?: unknown } | null };
  return typeof error?.code === 'string' ? error.code.replaceAll(/\s+/gu, '') : '';
}

import { webApi } from '@slack/bolt';
import type { Language, MessageKey } from '../../src/language/language.ts';
import { wasNotReached } from '../../src/not-reached.ts';
import type { Sending } from '../../src/ports.ts';

/** Something that was not sent, or of which nobody knows. */
export type Failure = Exclude<Sending, { outcome: 'sent' }>;

type Meaning = readonly [outcome: Failure['outcome'], reason: Extract<MessageKey, `slack.reason.${string}`>];

/**
 * What Slack's error codes mean for a message, from the “Errors” section of each method's reference (chat.postMessage,
 * chat.update, conversations.open, files.completeUploadExternal). A code that is not here is a refusal.
 */
const CODES: Readonly<Record<string, Meaning | undefined>> = {
  // The place.
  channel_not_found: ['never', 'slack.reason.channel-gone'],
  channel_is_limited_access: ['never', 'slack.reason.not-allowed'],
  is_archived: ['never', 'slack.reason.archived'],
  not_in_channel: ['never', 'slack.reason.not-in-channel'],
  thread_not_found: ['never', 'slack.reason.message-gone'],
  message_not_found: ['never', 'slack.reason.message-gone'],
  cant_update_message: ['never', 'slack.reason.message-gone'],
  edit_window_closed: ['never', 'slack.reason.message-gone'],
  is_inactive: ['never', 'slack.reason.archived'],
  // The person.
  user_not_found: ['never', 'slack.reason.user-gone'],
  users_not_found: ['never', 'slack.reason.user-gone'],
  user_disabled: ['never', 'slack.reason.user-gone'],
  user_not_visible: ['never', 'slack.reason.user-gone'],
  cannot_dm_bot: ['never', 'slack.reason.user-gone'],
  messages_tab_disabled: ['never', 'slack.reason.not-allowed'],
  // The right to.
  account_inactive: ['never', 'slack.reason.revoked'],
  invalid_auth: ['never', 'slack.reason.revoked'],
  not_authed: ['never', 'slack.reason.revoked'],
  token_expired: ['never', 'slack.reason.revoked'],
  token_revoked: ['never', 'slack.reason.revoked'],
  app_uninstalled: ['never', 'slack.reason.revoked'],
  access_denied: ['never', 'slack.reason.not-allowed'],
  ekm_access_denied: ['never', 'slack.reason.not-allowed'],
  missing_scope: ['never', 'slack.reason.not-allowed'],
  no_permission: ['never', 'slack.reason.not-allowed'],
  restricted_action: ['never', 'slack.reason.not-allowed'],
  restricted_action_read_only_channel: ['never', 'slack.reason.not-allowed'],
  restricted_action_thread_only_channel: ['never', 'slack.reason.not-allowed'],
  restricted_action_non_threadable_channel: ['never', 'slack.reason.not-allowed'],
  team_access_not_granted: ['never', 'slack.reason.not-allowed'],
  // The moment: refused before anything was done.
  message_limit_exceeded: ['again', 'slack.reason.busy'],
  org_login_required: ['again', 'slack.reason.moving'],
  rate_limited: ['again', 'slack.reason.busy'],
  ratelimited: ['again', 'slack.reason.busy'],
  request_timeout: ['again', 'slack.reason.busy'],
  service_unavailable: ['again', 'slack.reason.busy'],
  team_added_to_org: ['again', 'slack.reason.moving'],
  // “It's possible some aspect of the operation succeeded before the error was raised.”
  fatal_error: ['unknown', 'slack.reason.broke'],
  internal_error: ['unknown', 'slack.reason.broke'],
};

/** Codes after which nothing can be posted in a conversation until somebody does something about it. */
const DEAD_CONVERSATION: readonly string[] = [
  'account_inactive',
  'app_uninstalled',
  'channel_is_limited_access',
  'channel_not_found',
  'invalid_auth',
  'is_archived',
  'is_inactive',
  'not_authed',
  'not_in_channel',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'token_expired',
  'token_revoked',
];

/** What went wrong with a call of the Web API. */
export interface CallFailure {
  readonly failure: Failure;
  /** Slack's own name for it; `null`: Slack did not say anything. */
  readonly code: string | null;
  /** Nothing can be posted in that conversation any more. */
  readonly isDeadConversation: boolean;
}

/** Tells apart what may be tried again, what never will be, and what nobody knows. */
export function failureOf(error: unknown, language: Language): CallFailure {
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return failed(['again', 'slack.reason.busy'], language, { afterMs: error.retryAfter * 1000 });
  }
  if (error instanceof webApi.WebAPIPlatformError) {
    const code = error.data.error;
    const meaning = CODES[code] ?? ['never', 'slack.reason.refused'];
    return { ...failed(meaning, language, { code }), isDeadConversation: DEAD_CONVERSATION.includes(code) };
  }
  if (error instanceof webApi.WebAPIHTTPError) {
    // 503 says that nothing was done; of another failure of the server only Slack knows what it left behind.
    const isRefused = error.statusCode === 503 || error.statusCode < 500;
    return failed([isRefused ? 'again' : 'unknown', 'slack.reason.broke'], language);
  }
  return failed(
    wasNotReached(error) ? ['again', 'slack.reason.unreachable'] : ['unknown', 'slack.reason.broke'],
    language,
  );
}

function failed(
  [outcome, key]: Meaning,
  language: Language,
  { code = null, afterMs = null }: { readonly code?: string | null; readonly afterMs?: number | null } = {},
): CallFailure {
  const reason = language.t(key, { code: code ?? '' });
  const failure: Failure = outcome === 'again' ? { outcome, afterMs, reason } : { outcome, reason };
  return { failure, code, isDeadConversation: false };
}

import type { Log } from '../../src/log.ts';
import type { Content } from './content.ts';

/** How long Slack may take to take an answer, in milliseconds. */
const PATIENCE = 10_000;

/** An answer to something that somebody did, through the address that came with it. */
export interface Response extends Content {
  /** Everybody in the conversation sees it; otherwise only who asked. */
  readonly isPublic?: boolean;
  /** It takes the place of the message that was acted on. */
  readonly replaces?: boolean;
  /** The thread that it belongs to. */
  readonly thread?: string | null;
}

/**
 * Sends an answer to a `response_url`. Slack takes five of them within half an hour
 * (https://docs.slack.dev/interactivity/handling-user-interaction#message_responses).
 *
 * @returns whether Slack took it; why not is in the log
 */
export async function respond(log: Log, url: string | undefined, response: Response): Promise<boolean> {
  if (url === undefined) return false;
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(messageOf(response)),
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!answer.ok) log.warn({ status: answer.status }, 'Slack did not take an answer');
    return answer.ok;
  } catch (error) {
    log.warn({ err: error }, 'an answer did not reach Slack');
    return false;
  }
}

/** What Slack calls such an answer, as the body of an acknowledgement or of a later request. */
export function messageOf({ text, blocks, isPublic = false, replaces = false, thread = null }: Response) {
  return {
    response_type: isPublic ? ('in_channel' as const) : ('ephemeral' as const),
    replace_original: replaces,
    text,
    blocks: [...blocks],
    ...(thread === null ? {} : { thread_ts: thread }),
  };
}

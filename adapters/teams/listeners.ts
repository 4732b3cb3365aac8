import type { App } from '@microsoft/teams.apps';
import { failureReply, type Desk } from './desk.ts';
import { readActivity, type Activity } from './incoming.ts';
import { onConversationUpdate, onInstallation } from './membership.ts';
import { onMessage } from './messages.ts';
import { onPress } from './presses.ts';
import { onSearch, onTypeahead } from './search.ts';

/** What an activity is answered with; only an invoke has a body. */
interface Response {
  readonly status: number;
  readonly body?: object;
}

/**
 * Listens to everything that the bot answers to, in one place: the SDK's patterns would see a text before its mentions
 * are taken out, and it answers 200 to an invoke that nobody handles.
 */
export function listen(app: App, desk: Desk): void {
  app.use(async (context) => {
    const activity = readActivity(context.activity);
    if (!activity) return { status: 400 };
    try {
      return await desk.background.during(answerTo(desk, activity));
    } catch (error) {
      failureReply(desk, error);
      return { status: 500 };
    }
  });
}

async function answerTo(desk: Desk, activity: Activity): Promise<Response> {
  switch (activity.type) {
    case 'message':
      await onMessage(desk, activity);
      return { status: 200 };
    case 'installationUpdate':
      await onInstallation(desk, activity);
      return { status: 200 };
    case 'conversationUpdate':
      await onConversationUpdate(desk, activity);
      return { status: 200 };
    case 'invoke': {
      const body = await invoked(desk, activity);
      return body ? { status: 200, body } : { status: 501 };
    }
    // Read receipts, reactions, edits and whatever else Teams tells: nothing to do.
    default:
      return { status: 200 };
  }
}

async function invoked(desk: Desk, activity: Activity): Promise<object | null> {
  switch (activity.name) {
    case 'adaptiveCard/action':
      return onPress(desk, activity);
    case 'application/search':
      return onTypeahead(desk, activity);
    case 'composeExtension/query':
      return onSearch(desk, activity);
    default:
      return null;
  }
}

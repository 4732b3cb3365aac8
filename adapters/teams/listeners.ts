import type { App } from '@microsoft/teams.apps';
import { failureReply } from '../../src/engine/failure-reply.ts';
import type { Desk } from './desk.ts';
import { onAction, onDialogSubmit, onFetch, type Dialog } from './dialogs.ts';
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
    case 'invoke':
      return invoked(desk, activity);
    // Read receipts, reactions, edits and whatever else Teams tells: nothing to do.
    default:
      return { status: 200 };
  }
}

async function invoked(desk: Desk, activity: Activity): Promise<Response> {
  switch (activity.name) {
    case 'adaptiveCard/action':
      return { status: 200, body: await onPress(desk, activity) };
    case 'application/search':
      return { status: 200, body: await onTypeahead(desk, activity) };
    case 'composeExtension/query':
      return { status: 200, body: await onSearch(desk, activity) };
    case 'composeExtension/fetchTask':
      return dialogResponse(await onAction(desk, activity));
    case 'task/fetch':
      return dialogResponse(await onFetch(desk, activity));
    case 'composeExtension/submitAction':
    case 'task/submit':
      return dialogResponse(await onDialogSubmit(desk, activity));
    // What the app does not offer. Teams then says so itself (Bot Framework, “invoke activity”).
    default:
      return { status: 501 };
  }
}

/** An answer without a body closes the dialog. */
function dialogResponse(dialog: Dialog): Response {
  return dialog === null ? { status: 200 } : { status: 200, body: dialog };
}

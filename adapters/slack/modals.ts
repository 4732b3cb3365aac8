import type { types } from '@slack/bolt';
import type { Reply } from '../../src/engine/dispatch.ts';
import type { Registry } from '../../src/engine/registry.ts';
import { within } from '../../src/deadline.ts';
import type { Asker, Desk } from './desk.ts';
import type { ModalView } from './render/form.ts';
import { loadingView, viewOf, type Purpose } from './windows.ts';

/**
 * How long an answer is waited for before a loading view takes the place of the form: a trigger lives three seconds.
 * Milliseconds.
 */
export const HEAD_START = 250;

/** Whether a line is sure to ask for more, unless it is refused: the command needs something, and nothing was given. */
export function needsForm(registry: Registry, line: string): boolean {
  const [name, ...rest] = line.split(/\s+/u);
  const command = rest.length === 0 ? registry.find(name ?? '') : undefined;
  return command !== undefined && Object.values(command.args).some(({ isRequired }) => isRequired);
}

/**
 * Shows an answer, or the form that it asks for, in a window of its own: at once if it is there, otherwise with a view
 * that says that it is being looked up.
 *
 * @returns whether the window could be opened: the trigger may have gone stale
 */
export async function showInModal(
  desk: Desk,
  asker: Asker,
  trigger: string,
  reply: Promise<Reply>,
  purpose: Purpose,
): Promise<boolean> {
  const client = await desk.accounts.clientOf(asker.origin.tenant);
  if (!client) return false;
  const early = await within(reply, HEAD_START, desk.timer);
  const first = early.isReady ? viewOf(early.value, purpose) : loadingView(desk.language, purpose);
  let opened;
  try {
    opened = await client.views.open({ trigger_id: trigger, view: viewFor(first) });
  } catch (error) {
    desk.log.warn({ err: error }, 'a window could not be opened');
    return false;
  }
  if (early.isReady) return true;
  await updateModal(desk, asker, opened.view?.id ?? '', await reply, purpose);
  return true;
}

/** Puts an answer in the place of what a window shows. Whoever has closed it meanwhile does not want it any more. */
export async function updateModal(
  desk: Desk,
  asker: Asker,
  viewId: string,
  reply: Reply,
  purpose: Purpose,
): Promise<void> {
  const client = await desk.accounts.clientOf(asker.origin.tenant);
  try {
    await client?.views.update({ view_id: viewId, view: viewFor(viewOf(reply, purpose)) });
  } catch (error) {
    desk.log.warn({ err: error }, 'a window could not be updated');
  }
}

/** The renderer's view as the SDK types it. */
function viewFor(view: ModalView): types.ModalView {
  return view;
}

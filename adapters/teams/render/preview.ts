import { offStatus, type EventElement } from '../../../src/cards/card.ts';
import { plain } from './escape.ts';
import { LIMITS } from './limits.ts';

/** How an event looks among the results of a search, before it is chosen. */
export interface Preview {
  readonly contentType: 'application/vnd.microsoft.card.thumbnail';
  readonly content: { readonly title: string; readonly text: string };
}

/**
 * An event as a line of the message extension's results: title; when, where, status. Teams reads HTML in the text of a
 * thumbnail card, and shows the same text as it is elsewhere; both show these letters.
 */
export function renderPreview(event: EventElement): Preview {
  const status = event.status?.text ?? null;
  const where = [event.shortWhen, event.local, event.place];
  const text = (offStatus(event) === null ? [...where, status] : [status, ...where])
    .filter((part) => part !== null && part !== '')
    .join(' · ');
  return {
    contentType: 'application/vnd.microsoft.card.thumbnail',
    content: { title: plain(event.title, LIMITS.title) || '–', text: plain(text, LIMITS.notification) || '–' },
  };
}

import { z } from 'zod';
import type { Store } from '../../src/ports.ts';
import { adaptiveCardOf, attachmentOf, EVENTS_DATASET } from './content.ts';
import { within } from '../../src/deadline.ts';
import { say, type Desk } from './desk.ts';
import { originOf, type Activity, type Origin } from './incoming.ts';
import { renderPreview } from './render/preview.ts';
import { choicesOf, suggestedEvents } from './suggestions.ts';

/** How long a search may take, in milliseconds: Teams gives up after five seconds (“Respond to search command”). */
const ANSWER_WITHIN = 4000;
/** How many choices Teams takes of a search in a card (“Typeahead search in Adaptive Cards”). */
const CHOICES = 15;
/** How many events a message extension shows; each is a card of its own. */
const RESULTS = 10;

const typing = z.looseObject({ queryText: z.string().nullish(), dataset: z.string().nullish() });
const query = z.looseObject({
  parameters: z.array(z.looseObject({ name: z.string(), value: z.unknown().optional() })).nullish(),
});

/** Answers `application/search`: somebody types into a choice of a form. */
export async function onTypeahead(desk: Desk, activity: Activity): Promise<object> {
  const { data } = typing.safeParse(activity.value);
  const isOurs = data?.dataset === EVENTS_DATASET;
  const events = isOurs
    ? within(suggestedEvents(desk, originOf(activity), data.queryText ?? ''), ANSWER_WITHIN, desk.timer)
    : null;
  const found = await events;
  const choices = found?.isReady ? choicesOf(found.value).slice(0, CHOICES) : [];
  return {
    statusCode: 200,
    type: 'application/vnd.microsoft.search.searchResponse',
    value: { results: choices.map(({ label, value }) => ({ title: label, value })) },
  };
}

/**
 * Answers `composeExtension/query`: somebody searches the schedule while they write a message. What they insert is read
 * by everybody in the conversation, so that it is what everybody may see, in the working group's time.
 */
export async function onSearch(desk: Desk, activity: Activity): Promise<object> {
  const origin = originOf(activity);
  const { data } = query.safeParse(activity.value);
  const given = data?.parameters?.find(({ name }) => name === 'query')?.value;
  const found = await within(
    resultsOf(desk, origin, typeof given === 'string' ? given : ''),
    ANSWER_WITHIN,
    desk.timer,
  );
  const attachments = found.isReady ? found.value : [];
  return { composeExtension: { type: 'result', attachmentLayout: 'list', attachments } };
}

async function resultsOf(desk: Desk, origin: Origin, text: string): Promise<readonly object[]> {
  const own = { role: 'viewer', zone: await zoneOfGroup(desk.store, origin), isZoneForced: true } as const;
  const events = (await suggestedEvents(desk, origin, text, own)).slice(0, RESULTS);
  const replies = await Promise.all(events.map(({ handle }) => say(desk, origin, `show ${handle}`, own)));
  return replies.map(({ card, language }, at) => {
    const event = events[at];
    return {
      ...attachmentOf(adaptiveCardOf(card, language, (file) => desk.links.addressFor(file, null))),
      ...(event ? { preview: renderPreview(event) } : {}),
    };
  });
}

async function zoneOfGroup(store: Store, { tenant, conversation }: Origin): Promise<string | null> {
  const key = { platform: 'teams', tenant, id: conversation };
  const [groups, known] = await Promise.all([store.groups(), store.conversation(key)]);
  return (groups.find(({ id }) => id === known?.groupId) ?? groups[0])?.zone ?? null;
}

import { asWord, flag, named, optional, words } from '../src/engine/argument.ts';
import { defineCommand } from '../src/engine/command.ts';
import { when } from '../src/engine/date-argument.ts';
import { eventFacts, patchOf } from '../src/engine/event-arguments.ts';
import { proposal } from '../src/engine/proposal.ts';
import { createEvent, handleFrom } from '../src/schedule/change.ts';
import { LIMITS } from '../src/schedule/limits.ts';

export const add = defineCommand({
  name: 'add',
  aliases: ['new'],
  summary: 'add.summary',
  access: 'editor',
  args: {
    title: asWord(words({ maxLength: LIMITS.title })),
    when: optional(when()),
    place: optional(named(words({ maxLength: LIMITS.name }))),
    kind: optional(eventFacts.kind),
    status: optional(eventFacts.status),
    online: optional(eventFacts.online),
    organiser: optional(eventFacts.organiser),
    region: optional(eventFacts.region),
    people: optional(eventFacts.people),
    level: optional(eventFacts.level),
    rules: optional(eventFacts.rules),
    about: optional(eventFacts.about),
    handle: optional(eventFacts.handle),
    draft: flag(),
  },
  examples: [
    'add "Briefing on the stocktaking meeting" 8 Nov 15:00-16:30 in New York kind:briefing',
    'add "Negotiation round" week of 19 February 2018 kind:negotiation status:tentative --draft',
    'add "Retreat" place:Nairobi',
  ],
  isPreviewed: true,
  isEveryday: true,
  async fillFrom(message, context) {
    const { eventInMessage } = await import('../src/engine/read-message.ts');
    return eventInMessage(message, context);
  },
  run({ schedule, language, present, identity }, { draft, ...said }) {
    const taken = new Set(schedule.events.map(({ handle }) => handle));
    const { title } = said;
    const event = createEvent(
      {
        // A place of its own comes before the one that stands behind the date.
        ...patchOf({ ...said, place: said.place ?? undefined }, null, language),
        title,
        handle: said.handle ?? handleFrom(title, taken),
        visibility: draft ? 'draft' : 'published',
      },
      { now: present.toString(), identity },
    );
    return proposal(language.t('add.title', { title }), [{ type: 'event', before: null, after: event }]);
  },
});

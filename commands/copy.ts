import { dateProblemInWords } from '../src/dates/words.ts';
import { refused } from '../src/engine/answer.ts';
import { after, event } from '../src/engine/argument.ts';
import { defineCommand } from '../src/engine/command.ts';
import { when } from '../src/engine/date-argument.ts';
import { patchOf } from '../src/engine/event-arguments.ts';
import { proposal } from '../src/engine/proposal.ts';
import { createEvent, handleFrom } from '../src/schedule/change.ts';
import { keepingHours } from '../src/schedule/hours.ts';

export const copy = defineCommand({
  name: 'copy',
  aliases: ['duplicate'],
  summary: 'copy.summary',
  access: 'editor',
  args: { event: event(), to: after('to', when()) },
  examples: ['copy unece to 13 November', 'copy stocktaking-briefing to 15 November 10:00-11:00 in Geneva'],
  isPreviewed: true,
  run({ language, schedule, present, identity }, { event, to }) {
    const kept = keepingHours(event.when, to.when);
    if ('problem' in kept) return refused(dateProblemInWords(kept.problem, language));
    const { title, kind, visibility, venue, onlineUrl, organiser, region, participation, description, parent } = event;
    const taken = new Set(schedule.events.map(({ handle }) => handle));
    const source = { now: present.toString(), identity };
    // Documents, debrief and what came before belong to the meeting that they were written for.
    const copied = createEvent(
      {
        ...{ title, kind, visibility, venue, onlineUrl, organiser, region, participation, description, parent },
        ...patchOf({ when: { ...to, when: kept.when } }, event, language),
        handle: handleFrom(event.handle, taken),
        status: event.status === 'confirmed' ? 'confirmed' : 'tentative',
      },
      source,
    );
    return proposal(language.t('copy.title', { title }), [{ type: 'event', before: null, after: copied }]);
  },
});

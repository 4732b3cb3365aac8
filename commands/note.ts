import { named, optional, words } from '../src/engine/argument.ts';
import { defineCommand } from '../src/engine/command.ts';
import { when } from '../src/engine/date-argument.ts';
import { proposal } from '../src/engine/proposal.ts';
import { LIMITS } from '../src/schedule/limits.ts';
import { dateAt } from '../src/schedule/when.ts';

export const note = defineCommand({
  name: 'note',
  aliases: [],
  summary: 'note.summary',
  access: 'editor',
  args: {
    text: words({ maxLength: LIMITS.noteText }),
    topic: optional(named(words({ maxLength: LIMITS.topic }))),
    date: optional(named(when())),
  },
  examples: [
    'note 34 national consultations have been supported so far.',
    'note The report is being finalised. topic:"Global meeting" date:"31 October 2017"',
  ],
  isPreviewed: true,
  run({ language, present, group, identity }, { text, topic, date }) {
    const today = dateAt(present.epochMilliseconds, group.zone);
    const added = {
      uid: identity.uid(),
      date: date === null ? today : date.when.start.slice(0, 10).padEnd(10, '-01'),
      topic,
      text,
      points: [],
    };
    return proposal(language.t('note.title'), [{ type: 'note', before: null, after: added }]);
  },
});

import { action, offer } from '../src/cards/card.ts';
import { dateProblemInWords } from '../src/dates/words.ts';
import { refused } from '../src/engine/answer.ts';
import { after, event } from '../src/engine/argument.ts';
import { changeEvent, scope } from '../src/engine/change-event.ts';
import { defineCommand } from '../src/engine/command.ts';
import { when } from '../src/engine/date-argument.ts';
import { patchOf } from '../src/engine/event-arguments.ts';
import type { ScheduledEvent } from '../src/schedule/event.ts';
import { keepingHours } from '../src/schedule/hours.ts';
import { isVague } from '../src/schedule/when.ts';

export const move = defineCommand({
  name: 'move',
  aliases: ['reschedule'],
  summary: 'move.summary',
  access: 'editor',
  args: { event: event(), to: after('to', when()), scope: scope() },
  examples: [
    'move unece to 7 November',
    'move stocktaking-briefing-2 to Wednesday 8 November 15:00-16:30 in New York',
    'move the conference to 10-11 December 2018 in Marrakech',
  ],
  isPreviewed: true,
  isEveryday: true,
  run(context, { event, to, scope }) {
    const { language } = context;
    if (event.status === 'cancelled') {
      const restore = action(language.t('restore.offer'), `restore ${event.handle}`);
      return refused(language.t('move.cancelled', { title: event.title }), ...offer(restore));
    }
    const kept = keepingHours(event.when, to.when);
    if ('problem' in kept) return refused(dateProblemInWords(kept.problem, language));
    const patch = patchOf({ when: { ...to, when: kept.when } }, event, language);
    const settled = isVague(kept.when) ? ('tentative' as const) : ('confirmed' as const);
    const series = {
      // One whose date is still to be decided does not move along with others that have theirs.
      isMeant: ({ status }: ScheduledEvent) =>
        status !== 'cancelled' && (status !== 'postponed' || event.status === 'postponed'),
      own: ({ status }: ScheduledEvent) => (status === 'postponed' ? { status: settled, reason: undefined } : {}),
    };
    const title = language.t('move.title', { title: event.title });
    return changeEvent(event, patch, { title, scope, ...series }, context);
  },
});

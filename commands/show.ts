import { action, card, type Action } from '../src/cards/card.ts';
import { eventInFull } from '../src/cards/present.ts';
import { addDays } from '../src/dates/calendar-days.ts';
import { event } from '../src/engine/argument.ts';
import { defineQuestion, type QuestionContext } from '../src/engine/command.ts';
import { upcoming } from '../src/schedule/agenda.ts';
import type { ScheduledEvent } from '../src/schedule/event.ts';
import { everything } from '../src/schedule/filter.ts';
import { datesOf } from '../src/schedule/when.ts';

export const show = defineQuestion({
  name: 'show',
  aliases: ['event', 'details'],
  summary: 'show.summary',
  access: 'viewer',
  args: { event: event() },
  examples: ['show stocktaking', 'show "GCM stocktaking meeting"', 'show unescap'],
  run(context, { event }) {
    const full = eventInFull(event, context);
    return card(null, { ...full, actions: [...full.actions, ...whatFollows(event, context)] });
  },
});

/** Leads to what comes after an event that is ahead, if anything does. */
function whatFollows({ when }: ScheduledEvent, { schedule, at, language }: QuestionContext): readonly Action[] {
  if (when === null) return [];
  const { last } = datesOf(when, at.zone);
  if (last < at.today) return [];
  const after = { ...everything, period: { from: addDays(last, 1), to: null, text: '' } };
  const isFollowed = upcoming(schedule, at, after).some((other) => other.when !== null);
  return isFollowed ? [action(language.t('next.more'), `list after ${last}`)] : [];
}

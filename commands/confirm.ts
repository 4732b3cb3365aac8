import { action, offer } from '../src/cards/card.ts';
import { refused } from '../src/engine/answer.ts';
import { event } from '../src/engine/argument.ts';
import { changeEvent, scope } from '../src/engine/change-event.ts';
import { defineCommand } from '../src/engine/command.ts';
import type { ScheduledEvent } from '../src/schedule/event.ts';

export const confirm = defineCommand({
  name: 'confirm',
  aliases: [],
  summary: 'confirm.summary',
  access: 'editor',
  args: { event: event(), scope: scope() },
  examples: ['confirm conference', 'confirm "Pacific regional CSO consultation"'],
  isPreviewed: true,
  run(context, { event, scope }) {
    const { language } = context;
    const { title, handle, status } = event;
    if (status === 'cancelled') {
      const restore = action(language.t('restore.offer'), `restore ${handle}`);
      return refused(language.t('confirm.cancelled', { title, handle }), ...offer(restore));
    }
    if (status === 'postponed') return refused(language.t('confirm.postponed', { title, handle }));
    const isMeant = (other: ScheduledEvent) => other.status === 'tentative';
    const named = { title: language.t('confirm.title', { title }), scope, isMeant };
    return changeEvent(event, { status: 'confirmed' }, named, context);
  },
});

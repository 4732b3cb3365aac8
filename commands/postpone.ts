import { action, offer } from '../src/cards/card.ts';
import { refused } from '../src/engine/answer.ts';
import { after, event, optional, words } from '../src/engine/argument.ts';
import { changeEvent, scope } from '../src/engine/change-event.ts';
import { defineCommand } from '../src/engine/command.ts';
import { LIMITS } from '../src/schedule/limits.ts';

export const postpone = defineCommand({
  name: 'postpone',
  aliases: [],
  summary: 'postpone.summary',
  access: 'editor',
  args: {
    event: event(),
    because: optional(after('because', words({ maxLength: LIMITS.reason }))),
    scope: scope(),
  },
  examples: ['postpone unece', 'postpone unescap because the venue is not available'],
  nearby: 'move',
  isPreviewed: true,
  run(context, { event, because, scope }) {
    const { language } = context;
    const { title, handle, status } = event;
    if (status === 'cancelled') {
      const restore = action(language.t('restore.offer'), `restore ${handle}`);
      return refused(language.t('postpone.cancelled', { title }), ...offer(restore));
    }
    const patch = { status: 'postponed' as const, reason: because ?? undefined };
    return changeEvent(event, patch, { title: language.t('postpone.title', { title }), scope }, context);
  },
});

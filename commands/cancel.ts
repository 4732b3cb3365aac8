import { muted } from '../src/cards/card.ts';
import { after, event, optional, words } from '../src/engine/argument.ts';
import { changeEvent, scope } from '../src/engine/change-event.ts';
import { defineCommand } from '../src/engine/command.ts';
import { LIMITS } from '../src/schedule/limits.ts';

export const cancel = defineCommand({
  name: 'cancel',
  aliases: ['call-off'],
  summary: 'cancel.summary',
  access: 'editor',
  args: {
    event: event(),
    because: optional(after('because', words({ maxLength: LIMITS.reason }))),
    scope: scope(),
  },
  examples: ['cancel unece', 'cancel stocktaking-briefing-2 because it has been merged with the first one'],
  isPreviewed: true,
  run(context, { event, because, scope }) {
    const { language, schedule } = context;
    const parts = schedule.partsOf(event.uid).filter(({ status }) => status !== 'cancelled');
    const remarks = parts.length === 0 ? [] : [muted(language.t('cancel.parts', { count: parts.length }))];
    const patch = { status: 'cancelled' as const, reason: because ?? event.reason };
    const title = language.t('cancel.title', { title: event.title });
    return changeEvent(event, patch, { title, scope, remarks }, context);
  },
});

import { muted } from '../src/cards/card.ts';
import { event } from '../src/engine/argument.ts';
import { changeEvent, scope } from '../src/engine/change-event.ts';
import { defineCommand } from '../src/engine/command.ts';

export const publish = defineCommand({
  name: 'publish',
  aliases: [],
  summary: 'publish.summary',
  access: 'editor',
  args: { event: event(), scope: scope() },
  examples: ['publish unece'],
  isPreviewed: true,
  run(context, { event, scope }) {
    const title = context.language.t('publish.title', { title: event.title });
    return changeEvent(event, { visibility: 'published' }, { title, scope }, context);
  },
});

export const unpublish = defineCommand({
  name: 'unpublish',
  aliases: [],
  summary: 'unpublish.summary',
  access: 'editor',
  args: { event: event(), scope: scope() },
  examples: ['unpublish unece'],
  isPreviewed: true,
  async run(context, { event, scope }) {
    const { language, store, group } = context;
    const title = language.t('unpublish.title', { title: event.title });
    const invitations = await store.invitations.of(group.id, [event.uid]);
    const count = invitations.filter(({ removedAt }) => removedAt === null).length;
    const remarks = count === 0 ? [] : [muted(language.t('unpublish.invited', { count, handle: event.handle }))];
    return changeEvent(event, { visibility: 'draft' }, { title, scope, remarks }, context);
  },
});

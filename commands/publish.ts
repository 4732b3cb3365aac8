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
  run(context, { event, scope }) {
    const title = context.language.t('unpublish.title', { title: event.title });
    return changeEvent(event, { visibility: 'draft' }, { title, scope }, context);
  },
});

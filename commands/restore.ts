import { event } from '../src/engine/argument.ts';
import { changeEvent, scope } from '../src/engine/change-event.ts';
import { defineCommand, type Context } from '../src/engine/command.ts';
import type { EventStatus, ScheduledEvent } from '../src/schedule/event.ts';

export const restore = defineCommand({
  name: 'restore',
  aliases: ['reinstate'],
  summary: 'restore.summary',
  access: 'editor',
  args: { event: event(), scope: scope() },
  examples: ['restore unece'],
  async run(context, { event, scope }) {
    const { language } = context;
    const isOff = event.status === 'cancelled' || event.status === 'postponed';
    const patch = isOff ? { status: await statusBefore(event, context), reason: undefined } : {};
    return changeEvent(event, patch, { title: language.t('restore.title', { title: event.title }), scope }, context);
  },
});

/** What an event was before it was called off. */
async function statusBefore(event: ScheduledEvent, { store, group }: Context): Promise<EventStatus> {
  const entries = await store.audit(group.id, { limit: 200, subject: event.uid });
  const held = entries
    .flatMap(({ write }) => (write.type === 'event' && write.before ? [write.before.status] : []))
    .find((status) => status === 'confirmed' || status === 'tentative');
  return held ?? 'confirmed';
}

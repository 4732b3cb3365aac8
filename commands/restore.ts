import { event } from '../src/engine/argument.ts';
import { changeEvent, scope } from '../src/engine/change-event.ts';
import { defineCommand, type Context } from '../src/engine/command.ts';
import { proposal } from '../src/engine/proposal.ts';
import { isOff } from '../src/schedule/dated.ts';
import type { EventStatus, ScheduledEvent } from '../src/schedule/event.ts';
import { othersInScope } from '../src/schedule/series.ts';

export const restore = defineCommand({
  name: 'restore',
  aliases: ['reinstate'],
  summary: 'restore.summary',
  access: 'editor',
  args: { event: event(), scope: scope() },
  examples: ['restore unece'],
  isPreviewed: true,
  async run(context, { event, scope }) {
    const { language, schedule } = context;
    const title = language.t('restore.title', { title: event.title });
    if (!isOff(event.status)) return proposal(title, []);
    const alike = othersInScope(event, 'all', schedule).filter(({ status }) => status === event.status);
    const before = new Map<string, EventStatus>();
    for (const each of [event, ...alike]) before.set(each.uid, await statusBefore(each, context));
    const series = {
      isMeant: ({ uid }: ScheduledEvent) => before.has(uid),
      own: ({ uid }: ScheduledEvent) => ({ status: before.get(uid) ?? 'confirmed' }),
    };
    return changeEvent(event, { reason: undefined }, { title, scope, ...series }, context);
  },
});

/** What an event was before it was called off. */
async function statusBefore(event: ScheduledEvent, { store, group }: Context): Promise<EventStatus> {
  const entries = await store.audit(group.id, { limit: 200, subject: event.uid });
  const held = entries
    .flatMap(({ write }) => (write.type === 'event' && write.before ? [write.before.status] : []))
    .find((status) => !isOff(status));
  return held ?? 'confirmed';
}

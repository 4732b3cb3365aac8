import { heading, muted, type Element } from '../src/cards/card.ts';
import { carried, editable, event, integer, optional, words } from '../src/engine/argument.ts';
import { changeEvent, scope } from '../src/engine/change-event.ts';
import { defineCommand, type Context } from '../src/engine/command.ts';
import { when } from '../src/engine/date-argument.ts';
import { eventFacts, patchOf, saidOf } from '../src/engine/event-arguments.ts';
import { formFor } from '../src/engine/form.ts';
import { changedMeanwhile } from '../src/engine/meanwhile.ts';
import { zoneOfPlace } from '../src/engine/place.ts';
import { zoneName } from '../src/dates/zones.ts';
import { changedFields, type EventPatch } from '../src/schedule/change.ts';
import type { ScheduledEvent } from '../src/schedule/event.ts';
import { LIMITS } from '../src/schedule/limits.ts';

export const edit = defineCommand({
  name: 'edit',
  aliases: ['change'],
  summary: 'edit.summary',
  access: 'editor',
  args: {
    event: event(),
    title: editable(words({ maxLength: LIMITS.title })),
    when: editable(when()),
    place: editable(words({ maxLength: LIMITS.name })),
    kind: editable(eventFacts.kind),
    status: editable(eventFacts.status),
    online: editable(eventFacts.online),
    organiser: editable(eventFacts.organiser),
    region: editable(eventFacts.region),
    people: editable(eventFacts.people),
    level: editable(eventFacts.level),
    rules: editable(eventFacts.rules),
    about: editable(eventFacts.about),
    handle: editable(eventFacts.handle),
    scope: scope(),
    version: carried(optional(integer({ min: 1, max: 999_999_999 }))),
  },
  examples: [
    'edit stocktaking place:"Puerto Vallarta, Mexico" people:4',
    'edit unece when:"6 November 10:00-13:00" online:https://example.org/join',
    'edit conference title:"Conference in Morocco" about:-',
  ],
  isPreviewed: true,
  async fill(context, given) {
    const { findEvent } = await import('../src/schedule/search.ts');
    const found = findEvent(context.schedule, given.event ?? '', context.language);
    if (found.type !== 'one') return given;
    const { handle, version } = found.event;
    return { version: version.toString(), ...saidOf(found.event, context), ...given, event: handle };
  },
  async run(context, { event, scope, version, ...said }) {
    const { language, commands, given } = context;
    const self = commands.find('edit');
    if (self && Object.values(said).every((value) => value === undefined)) return formFor(self, given, context);

    const base = await seen(event, version, context);
    const authors = ownPart(patchOf(said, base, language), base);
    const title = language.t('edit.title', { title: event.title });
    const remarks = [...(await meanwhile(base, event, context)), ...zoneKept(event, authors, context)];
    return changeEvent(event, authors, { title, scope, remarks }, context);
  },
});

/** The event as the form was filled in with it; a line without a version speaks of the event as it is. */
async function seen(event: ScheduledEvent, version: number | null, { store, group }: Context): Promise<ScheduledEvent> {
  if (version === null || version >= event.version) return event;
  const entries = await store.audit(group.id, { limit: 200, subject: event.uid });
  const states = entries.flatMap(({ write }) => (write.type === 'event' ? [write.after] : []));
  return states.find((state) => state.version === version) ?? event;
}

/** What the author changed themselves: a form brings back everything that it showed. */
function ownPart(patch: EventPatch, base: ScheduledEvent): EventPatch {
  const fields = changedFields(base, { ...base, ...patch });
  return Object.fromEntries(fields.map((field) => [field, patch[field]]));
}

/** A new place does not move the clock: whoever means the time there says it again. */
function zoneKept({ when }: ScheduledEvent, patch: EventPatch, { language }: Context): readonly Element[] {
  if (when === null || patch.when !== undefined || patch.venue == null) return [];
  const { name, city, country } = patch.venue;
  const place = [name, city, country].filter((part) => part !== null).join(', ');
  const zone = zoneOfPlace(place, language);
  if (zone === null || zone === when.zone) return [];
  return [muted(language.t('edit.zone-kept', { zone: zoneName(when.zone, language) }))];
}

/** What others changed since the form was filled in. */
async function meanwhile(base: ScheduledEvent, event: ScheduledEvent, context: Context): Promise<readonly Element[]> {
  const changed = await changedMeanwhile([{ type: 'event', before: base, after: event }], context);
  return changed.length === 0 ? [] : [...changed, heading(context.language.t('conflict.yours'))];
}

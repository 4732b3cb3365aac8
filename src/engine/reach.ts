import type { Reach } from '../cards/preview.ts';
import type { Write } from '../ports.ts';
import { changeOf, type Change } from '../reminders/changes.ts';
import { followersOf } from '../reminders/followers.ts';
import { isDatable } from '../schedule/dated.ts';
import { passes } from '../schedule/filter.ts';
import { noticesOf } from '../schedule/notices.ts';
import type { Context } from './command.ts';

/** How many events are looked up among the invitations; a change of more is an import or a series. */
const LOOKED_UP = 100;

/** What would be told of a change if it is published and told. */
function announcedBy(writes: readonly Write[]): readonly Change[] {
  return noticesOf({ tell: true, writes }).flatMap(({ before, after }) =>
    changeOf(before?.visibility === 'published' ? before : null, after),
  );
}

/** Whom a change would reach, and through what. */
export async function reachOf(writes: readonly Write[], context: Context): Promise<Reach> {
  const { store, group } = context;
  const changes = announcedBy(writes);
  const uids = changes.flatMap(({ before, after }) => (before ? [after.uid] : []));
  const [followers, invitations, feeds] = await Promise.all([
    followersOf(changes, context),
    store.invitations.of(group.id, uids.slice(0, LOOKED_UP)),
    store.feeds.of(group.id),
  ]);
  const open = invitations.filter(({ removedAt }) => removedAt === null);
  const inCalendars = writes
    .flatMap((write) => (write.type === 'event' ? [write.before ?? write.after, write.after] : []))
    .filter((event) => event.visibility === 'published' && isDatable(event));
  return {
    ...followers,
    isAnnounced: changes.length > 0,
    invited: new Set(open.map(({ address }) => address)).size,
    feeds: feeds.filter(({ filter, zone }) => inCalendars.some((event) => passes(event, filter, zone))).length,
  };
}

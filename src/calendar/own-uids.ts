import { createHash } from 'node:crypto';

/**
 * What the UIDs of a file are called in one group. They are unique in the whole house, as they are meant to be in the
 * world (RFC 7986 §5.3): a meeting that stands in two groups is two entries, each with its own sequence, which calendars
 * must not take for one. The second group to import it gives it a UID of its own, the same at every import.
 *
 * @param here the UIDs that the group has
 * @param elsewhere those that other groups have
 */
export function ownUids(
  groupId: string,
  here: ReadonlySet<string>,
  elsewhere: ReadonlySet<string>,
): (uid: string) => string {
  return (uid) => {
    if (here.has(uid)) return uid;
    const own = createHash('sha256').update(`${groupId} ${uid}`).digest('hex').slice(0, 32);
    return here.has(own) || elsewhere.has(uid) ? own : uid;
  };
}

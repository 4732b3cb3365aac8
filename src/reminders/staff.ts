import type { Identity, Store } from '../ports.ts';

/** What says who a group's staff are. */
export interface StaffSources {
  readonly store: Pick<Store, 'roles'>;
  /** The administrators whom the settings name. */
  readonly firstAdmins?: readonly Identity[];
}

/**
 * The people who look after a group: its editors and administrators, each once. The administrators of the settings look
 * after a group that has none of its own. Who has a role through a Slack user group or a Teams team is not among them:
 * only the platform knows them by name.
 */
export async function staffOf(
  groupId: string,
  { store, firstAdmins = [] }: StaffSources,
): Promise<readonly Identity[]> {
  const grants = (await store.roles(groupId)).filter(({ kind, role }) => kind === 'person' && role !== 'viewer');
  const own = grants.map(({ platform, tenant, id }): Identity => ({ platform, tenant, user: id }));
  const hasAdmin = grants.some(({ role }) => role === 'admin');
  return hasAdmin ? own : [...own, ...firstAdmins.filter((each) => !own.some((known) => isSame(known, each)))];
}

/** Whether two identities are one person on one platform. */
export function isSame(one: Identity, other: Identity): boolean {
  return one.platform === other.platform && one.tenant === other.tenant && one.user === other.user;
}

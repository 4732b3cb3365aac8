import type { MembersOf } from '../engine/roles.ts';
import type { Identity, RoleGrant, Store } from '../ports.ts';
import { tenantOf } from './ledger.ts';

/** What says who a group's staff are. */
export interface StaffSources {
  readonly store: Pick<Store, 'roles'>;
  /** The administrators whom the settings name. */
  readonly firstAdmins?: readonly Identity[];
  /** Who belongs to a user group or team; without it nobody says. */
  readonly membersOf?: MembersOf;
}

/** The people who look after a group: its editors and administrators, each once. */
export interface Staff {
  readonly people: readonly Identity[];
  /** Whose members look after it as well: only their platform knows them. */
  readonly teams: readonly RoleGrant[];
}

/** Who looks after a group. The administrators of the settings do where it has none of its own. */
export async function staffOf(groupId: string, { store, firstAdmins = [] }: StaffSources): Promise<Staff> {
  const grants = (await store.roles(groupId)).filter(({ role }) => role !== 'viewer');
  const persons = grants.filter(({ kind }) => kind === 'person');
  const own = persons.map(({ platform, tenant, id }): Identity => ({ platform, tenant, user: id }));
  const further = persons.some(({ role }) => role === 'admin') ? [] : firstAdmins;
  return {
    people: [...own, ...further.filter((each) => !own.some((known) => isSame(known, each)))],
    teams: grants.filter(({ kind }) => kind === 'team'),
  };
}

/**
 * Whether somebody is of a group's staff. While a platform does not say who belongs to a team, whoever may belong to it
 * does.
 */
export async function isOfStaff(person: Identity, groupId: string, sources: StaffSources): Promise<boolean> {
  const { people, teams } = await staffOf(groupId, sources);
  if (people.some((each) => isSame(each, person))) return true;
  const here = teams.filter((team) => tenantOf(team) === tenantOf(person));
  for (const team of here) {
    const members = (await sources.membersOf?.(team)) ?? null;
    if (members === null || members.includes(person.user)) return true;
  }
  return false;
}

/** Whether two identities are one person on one platform. */
function isSame(one: Identity, other: Identity): boolean {
  return tenantOf(one) === tenantOf(other) && one.user === other.user;
}

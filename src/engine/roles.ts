import type { Actor, ConversationKey, Identity, RoleGrant, Store } from '../ports.ts';
import type { WorkingGroup } from '../schedule/event.ts';
import { mayAct, ROLES, type Role } from './access.ts';

/** Asks a platform whether somebody belongs to a Slack user group or a Teams team. */
export type IsInTeam = (person: Identity, team: RoleGrant) => Promise<boolean>;

/** Asks a platform who belongs to one: their ids there; `null`: it does not say at the moment. */
export type MembersOf = (team: ConversationKey) => Promise<readonly string[] | null>;

/** What decides what somebody may do. */
export interface RoleSources {
  readonly store: Pick<Store, 'roles'>;
  /** What the settings say, whatever the store does. */
  readonly roleOf: (actor: Actor, group: WorkingGroup) => Role | Promise<Role>;
  /** Without it nobody has a right through a team. */
  readonly isInTeam?: IsInTeam | undefined;
}

/** Answers what somebody may do in a group: the highest of the settings, their own grant and those of their teams. */
export function createRoles({ store, roleOf, isInTeam }: RoleSources) {
  // Every change of a role makes a new revision of its group.
  const held = new Map<string, { readonly revision: number; readonly grants: readonly RoleGrant[] }>();

  const grantsOf = async ({ id, revision }: WorkingGroup): Promise<readonly RoleGrant[]> => {
    const known = held.get(id);
    if (known?.revision === revision) return known.grants;
    const grants = await store.roles(id);
    held.set(id, { revision, grants });
    return grants;
  };

  return {
    async of(actor: Actor, group: WorkingGroup): Promise<Role> {
      const [settled, grants] = await Promise.all([roleOf(actor, group), grantsOf(group)]);
      const here = grants.filter(({ platform, tenant }) => platform === actor.platform && tenant === actor.tenant);
      const own = here.filter(({ kind, id }) => kind === 'person' && id === actor.user).map(({ role }) => role);
      let role = highest([settled, ...own]);
      for (const team of here.filter(({ kind }) => kind === 'team')) {
        if (mayAct(role, team.role)) continue;
        // A platform that does not answer gives no right.
        const isMember = (await isInTeam?.(actor, team).catch(() => false)) ?? false;
        if (isMember) role = highest([role, team.role]);
      }
      return role;
    },
  };
}

function highest(roles: readonly Role[]): Role {
  return roles.reduce((best, role) => (ROLES.indexOf(role) > ROLES.indexOf(best) ? role : best), 'viewer');
}

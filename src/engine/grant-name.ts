import type { RoleGrant, Store } from '../ports.ts';

/** What a person or a team is called who has a role: as it was given to them, or as their platform has called them since. */
export async function nameOfGrant(
  { kind, platform, tenant, id, name }: Omit<RoleGrant, 'role'>,
  store: Pick<Store, 'member'>,
): Promise<string> {
  if (name !== null || kind === 'team') return name ?? id;
  return (await store.member({ platform, tenant, user: id }))?.name ?? id;
}

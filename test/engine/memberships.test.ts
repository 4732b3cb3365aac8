import { expect, test } from 'vitest';
import { createMemberships } from '../../src/engine/memberships.ts';
import type { RoleGrant } from '../../src/ports.ts';

const team = (platform: string): RoleGrant => {
  return { kind: 'team', platform, tenant: 'T1', id: 'S1', name: null, role: 'editor' };
};
const ada = { platform: 'slack', tenant: 'T1', user: 'U1' };

test('who belongs to a team is asked of the platform that has it, and nobody does while it is not there', async () => {
  const { isInTeam, membersOf, askOn } = createMemberships();
  expect(await isInTeam(ada, team('slack'))).toBe(false);
  expect(await membersOf(team('slack'))).toBeNull();
  askOn('slack', {
    isInTeam: (person, { id }) => Promise.resolve(person.user === 'U1' && id === 'S1'),
    membersOf: ({ id }) => Promise.resolve([`of ${id}`]),
  });
  expect(await isInTeam(ada, team('slack'))).toBe(true);
  expect(await isInTeam({ ...ada, user: 'U2' }, team('slack'))).toBe(false);
  expect(await isInTeam(ada, team('teams'))).toBe(false);
  expect(await membersOf(team('slack'))).toEqual(['of S1']);
  expect(await membersOf(team('teams'))).toBeNull();
});

import type { IsInTeam, MembersOf } from './roles.ts';

/** Who belongs to which user group or team. */
export interface TeamMembers {
  readonly isInTeam: IsInTeam;
  readonly membersOf: MembersOf;
}

/**
 * The same, asked of the platform that has the team. The bot is there before its platforms are: each says how it is
 * asked once it is up. Nobody belongs to a team whose platform is not there.
 */
export interface Memberships extends TeamMembers {
  /** @param members is given people and teams of that platform only */
  askOn(platform: string, members: TeamMembers): void;
}

export function createMemberships(): Memberships {
  const platforms = new Map<string, TeamMembers>();
  return {
    isInTeam: async (person, team) => (await platforms.get(team.platform)?.isInTeam(person, team)) ?? false,
    membersOf: async (team) => (await platforms.get(team.platform)?.membersOf(team)) ?? null,
    askOn(platform, members) {
      platforms.set(platform, members);
    },
  };
}

import type { IsInTeam } from './roles.ts';

/**
 * Who belongs to which user group or team, asked of the platform that has it. The bot is there before its platforms
 * are: each says how it is asked once it is up.
 */
export interface Memberships {
  /** Nobody belongs to a team whose platform is not there. */
  readonly isInTeam: IsInTeam;
  /** @param isInTeam is given people and teams of that platform only */
  askOn(platform: string, isInTeam: IsInTeam): void;
}

export function createMemberships(): Memberships {
  const platforms = new Map<string, IsInTeam>();
  return {
    isInTeam: async (person, team) => (await platforms.get(team.platform)?.(person, team)) ?? false,
    askOn(platform, isInTeam) {
      platforms.set(platform, isInTeam);
    },
  };
}

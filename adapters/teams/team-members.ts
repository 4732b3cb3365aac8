import type { Clock } from '../../src/clock.ts';
import type { TeamMembers } from '../../src/engine/memberships.ts';
import type { Log } from '../../src/log.ts';
import type { ConversationKey } from '../../src/ports.ts';
import { remembering } from '../../src/remembering.ts';
import type { Timer } from '../../src/timer.ts';
import type { TeamsMessenger } from './messenger.ts';

/** How many people a process keeps in mind, and of how many teams all who belong to them. */
const HELD = 10_000;
const TEAMS_HELD = 100;

/** Asks Teams who belongs to a team. Whoever Teams does not confirm in time does not. */
export function createTeamMembers(parts: {
  readonly messenger: Pick<TeamsMessenger, 'isMember' | 'membersOf'>;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly log: Log;
}): TeamMembers {
  const { messenger, log } = parts;
  const failed = (error: unknown, { id }: ConversationKey) => {
    log.warn({ err: error, team: id }, 'Teams does not tell who belongs to a team');
  };
  const isMember = remembering<ConversationKey & { readonly user: string }, boolean>(parts, {
    ask: ({ user, ...team }) => messenger.isMember(team, user),
    nothing: false,
    keyOf: ({ tenant, id, user }) => `${tenant} ${id} ${user}`,
    most: HELD,
    failed,
  });
  const membersOf = remembering<ConversationKey, readonly string[] | null>(parts, {
    ask: (team) => messenger.membersOf(team),
    nothing: null,
    keyOf: ({ tenant, id }) => `${tenant} ${id}`,
    most: TEAMS_HELD,
    failed,
  });
  return {
    isInTeam: ({ user }, { platform, tenant, id }) => isMember({ platform, tenant, id, user }),
    membersOf: ({ platform, tenant, id }) => membersOf({ platform, tenant, id }),
  };
}

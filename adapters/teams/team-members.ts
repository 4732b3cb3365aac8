import type { Clock } from '../../src/clock.ts';
import type { IsInTeam } from '../../src/engine/roles.ts';
import type { Log } from '../../src/log.ts';
import { remembering } from '../../src/remembering.ts';
import type { Timer } from '../../src/timer.ts';
import type { TeamsMessenger } from './messenger.ts';

/** How many answers a process keeps in mind. */
const HELD = 10_000;

/** Asks Teams who belongs to a team. Whoever Teams does not confirm in time does not. */
export function createTeamMembers(parts: {
  readonly messenger: Pick<TeamsMessenger, 'isMember'>;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly log: Log;
}): IsInTeam {
  const { messenger, log } = parts;
  const isMember = remembering<{ platform: string; tenant: string; id: string; user: string }, boolean>(parts, {
    ask: ({ user, ...team }) => messenger.isMember(team, user),
    nothing: false,
    keyOf: ({ tenant, id, user }) => `${tenant} ${id} ${user}`,
    most: HELD,
    failed: (error, { id }) => {
      log.warn({ err: error, team: id }, 'Teams does not tell who belongs to a team');
    },
  });
  return ({ user }, { platform, tenant, id }) => isMember({ platform, tenant, id, user });
}
